import { all } from "./dom";

/** How much room the panel beside the map has: "" is the usual. It is not in the address. */
type PanelSize = "" | "wide" | "closed";

const size = () => (document.documentElement.dataset.panel ?? "") as PanelSize;

/** Show in the buttons what the panel's size is. */
export function showPanelSize(root: ParentNode): void {
  for (const button of all(root, "[data-panel]:not(html)"))
    button.setAttribute("aria-pressed", String(button.dataset.panel === size()));
}

function setPanelSize(wanted: PanelSize): void {
  document.documentElement.dataset.panel = wanted;
  showPanelSize(document);
}

/** Open the panel where it is closed: something is to be read in it. */
export function openPanel(): void {
  if (size() === "closed") setPanelSize("");
}

/** Let the buttons in an element widen or close the panel, and undo that. */
export function listenForPanelSize(root: HTMLElement): void {
  root.addEventListener("click", ({ target }) => {
    const wanted = (target as Element).closest<HTMLElement>("button[data-panel]")?.dataset.panel as
      PanelSize | undefined;
    if (wanted) setPanelSize(wanted === size() ? "" : wanted);
  });
}
