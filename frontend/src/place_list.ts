import { all } from "./dom";

const IGNORED = ["Tab", "Shift", "Escape"]; // keys that choose nothing

/**
 * Call `go` with the place that is chosen in a list inside `root`; "" is none.
 *
 * In a closed list an arrow key chooses the next place at once; the reader who looks for another one further down
 * decides by Enter, or by leaving the list.
 */
export function listenToPlaces(root: HTMLElement, go: (place: string) => void): void {
  let byKey = false;
  const commit = ({ target }: Event) => {
    if (!(target instanceof HTMLSelectElement)) return;
    byKey = false;
    if (target.value !== target.dataset.shown) go(target.value);
  };
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const waits = target instanceof HTMLSelectElement && target.value !== target.dataset.shown;
    if (key === "Enter" && waits) {
      event.preventDefault(); // it would open the list
      commit(event);
    } else byKey ||= !IGNORED.includes(key);
  });
  root.addEventListener("pointerdown", () => (byKey = false));
  root.addEventListener("change", (event) => {
    if (!byKey) commit(event);
  });
  root.addEventListener("keyup", (event) => {
    if (event.key === "Enter") commit(event); // in the open list
  });
  root.addEventListener("focusout", commit);
}

/** Show a place as the chosen one; null is none. */
export function showPlace(root: ParentNode, place: string | null): void {
  for (const list of all<HTMLSelectElement>(root, "select[data-goto]")) {
    list.value = place ?? "";
    list.dataset.shown = list.value;
  }
}
