import { all } from "./dom";
import type { SearchEntry } from "./model/search";

const PATIENCE_MS = 4000;

/**
 * Show a result in `main` as soon as it is drawn: mark a statement, and with `focus` move the focus there. Return what
 * stops it.
 */
export function land(main: HTMLElement, { kind, text, opens }: SearchEntry, focus: boolean): () => void {
  const panel = () => first(main, ":is(.st-key-panel, #panel) h2");
  const inPanel = Boolean(opens.place || opens.route);
  const old = inPanel ? panel() : undefined;
  const isStatement = kind === "statements";
  let isFocused = false;
  for (const marked of all(main, ".sought")) marked.classList.remove("sought");
  const look = (): void => {
    const target = isStatement ? statement(main, text) : inPanel ? panel() : first(main, "h1, h2");
    if (!target || target === old) return;
    if (isStatement && !target.classList.contains("sought")) {
      target.classList.add("sought");
      target.scrollIntoView({ block: "center" });
    }
    if (focus && (!isFocused || document.activeElement === document.body)) {
      isFocused = true;
      target.tabIndex = -1;
      target.focus({ preventScroll: isStatement });
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(main, { childList: true, subtree: true });
  const timer = setTimeout(() => watch.disconnect(), PATIENCE_MS);
  look();
  return () => {
    clearTimeout(timer);
    watch.disconnect();
  };
}

const isVisible = (element: HTMLElement): boolean => element.getClientRects().length > 0;

function first(main: HTMLElement, selector: string): HTMLElement | undefined {
  return all(main, selector).find(isVisible);
}

function statement(main: HTMLElement, text: string): HTMLElement | null | undefined {
  return all(main, ".tx")
    .find((one) => isVisible(one) && one.textContent.includes(text))
    ?.closest("li");
}
