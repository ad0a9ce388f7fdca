/** What Streamlit hands to the script of a component. */
export interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  setTriggerValue: (name: string, value: unknown) => void;
}

/** Return the link of ours that a click opens in this tab; null for any other click. */
export function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  return event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-go]") : null;
}
