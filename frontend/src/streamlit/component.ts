/** What Streamlit hands to the script of a component. */
export interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  setTriggerValue: (name: string, value: unknown) => void;
}
