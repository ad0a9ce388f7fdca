const PATIENCE_MS = 5000;

/** Do something to an element as soon as the page has it. */
export function whenFound(selector: string, act: (element: HTMLElement) => void): void {
  const find = (): boolean => {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) act(found);
    return found !== null;
  };
  if (find()) return;
  const watch = new MutationObserver(() => {
    if (find()) watch.disconnect();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), PATIENCE_MS);
}
