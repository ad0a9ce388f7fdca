/** Return an element that our own HTML always has. */
export function one(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`No ${selector}`);
  return found;
}

/** Return all elements that match. */
export function all<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

/** Return the link of ours that a click opens in this tab; null for any other click. */
export function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  return event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-go]") : null;
}

/** Return the address of what is open. */
const openIn = (root: HTMLElement) => root.querySelector<HTMLElement>("[data-self]")?.dataset.self;

/**
 * Write into an element; a focus in it stays on its link, or goes to the first element with a tabindex. Where nothing is
 * open any more, it goes back to the link that opens it, and the page with it.
 */
export function rewrite(root: HTMLElement, write: () => void): void {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const opened = openIn(root);
  write();
  if (!focused || focused.isConnected) return;
  if (opened && !openIn(root)) refocus(root, opened, true);
  else refocus(root, focused.getAttribute("href"));
}

/** Give the focus to the link with an address, or else to the first element with a tabindex. */
export function refocus(root: HTMLElement, href: string | null, scrolls = false): void {
  const again = href ? root.querySelector<HTMLElement>(`[href="${CSS.escape(href)}"]:not([tabindex])`) : null;
  again?.focus({ preventScroll: !scrolls });
  if (!again || document.activeElement !== again) root.querySelector<HTMLElement>("[tabindex]")?.focus();
}

const liveRegions = new WeakMap<HTMLElement, HTMLElement>();

/** Set the page's title, and move the text to announce into a live region that stays: screen readers ignore a new one. */
export function announce(root: HTMLElement): void {
  const source = root.querySelector<HTMLElement>("[data-announce]");
  if (!source) return;
  source.remove();
  const { title } = source.dataset;
  if (title) setTimeout(() => (document.title = title)); // slower than writing the panel
  const live =
    liveRegions.get(root) ?? Object.assign(document.createElement("p"), { className: "oc-say", role: "status" });
  liveRegions.set(root, live);
  if (!live.isConnected) root.after(live);
  if (live.textContent !== source.textContent) live.textContent = source.textContent;
}
