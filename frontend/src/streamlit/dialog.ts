// Streamlit's dialog, in which a view is shared: Back closes it and nothing else, and closing gives the focus back.
import { whenFound } from "./when_found";

const DIALOG = '[data-testid="stDialog"]';
const CLOSE = '[aria-label="Close"]';
const MARK = "ocmap-dialog"; // the entry of the browser's history that Back leaves

const dialog = () => document.querySelector<HTMLElement>(DIALOG);
let opener: HTMLElement | null = null;
let isOpen = false;
let isLeaving = false; // whether our own step back in the history is on its way
let closeName = "";

/** Name the dialog's close button, which Streamlit names in English. */
export function nameCloseButton(name: string): void {
  closeName = name;
}

/** Watch for dialogs. */
export function watchDialogs(): void {
  document.addEventListener(
    "click",
    ({ target }) => {
      if (!isOpen && target instanceof Element) opener = target.closest<HTMLElement>("a, button");
    },
    true,
  );
  // Before Streamlit and the map's view hear of it: the address is the same, so there is nothing to do for them.
  addEventListener("popstate", leave, true);
  new MutationObserver(look).observe(document.body, { childList: true });
}

function look(): void {
  const open = dialog() !== null;
  if (open === isOpen) return;
  isOpen = open;
  if (open) {
    history.pushState(MARK, "");
    whenFound(`${DIALOG} ${CLOSE}`, (button) => button.setAttribute("aria-label", closeName));
    return;
  }
  if (history.state === MARK) {
    isLeaving = true;
    history.back();
  }
  if (opener?.isConnected) opener.focus();
}

function leave(event: PopStateEvent): void {
  if (!isOpen && !isLeaving) return;
  event.stopImmediatePropagation();
  if (isOpen) dialog()?.querySelector<HTMLElement>(`[aria-label="${closeName}"]`)?.click();
  isLeaving = false;
}
