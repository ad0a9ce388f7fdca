import type { Pick } from "../model/scene";
import { middleOf, nearestIn, type Pair } from "./box";
import { keyOf, type Mark } from "./mark";
import type { MapParts } from "./parts";

const ARROWS: Record<string, Pair | undefined> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Answer to pointer, keyboard and focus on the marks of the map and of the inset. */
export function listen(parts: MapParts, nameOf: (mark: Mark) => string, onPick: (pick: Pick) => void): void {
  const { camera, inset, map, marks, selection, sheet, tooltip } = parts;

  function markOf({ target }: Event): Mark | null {
    const el = target instanceof Element ? target.closest<HTMLElement>("[data-id], [data-twin]") : null;
    if (!el) return null;
    const { id = "", kind, twin } = el.dataset;
    return marks.byKey.get(twin ?? keyOf({ kind: kind === "route" ? "route" : "place", id })) ?? null;
  }

  function hover(mark: Mark | null): void {
    if (!mark) tooltip.hide();
    selection.hover(mark);
  }

  function onClick(event: MouseEvent): void {
    const mark = markOf(event);
    const dragged = event.detail > 0 && (map.dragging as L.Handler & { moved(): boolean }).moved();
    if (mark && !dragged) onPick(mark.pick);
  }

  function onPointer(event: PointerEvent): void {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const mark = markOf(event);
    hover(mark);
    if (mark) tooltip.showAtPointer(event, nameOf(mark), mark.tip);
  }

  function onKey(event: KeyboardEvent): void {
    const mark = markOf(event);
    const arrow = ARROWS[event.key];
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!arrow && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (arrow) focusNext(mark, arrow);
    else if (!event.repeat) onPick(mark.pick);
  }

  /** Move the focus to the nearest region in a direction. */
  function focusNext(mark: Mark, direction: Pair): void {
    const others = marks.regions.filter((one) => one !== mark && one.shown);
    const middles = others.map(({ box }) => middleOf(box));
    others[nearestIn(middleOf(mark.box), direction, middles)]?.el.focus();
  }

  /** Show the focus only to those who use the keyboard. */
  function onFocus(mark: Mark | null): void {
    const visible = mark?.el.matches(":focus-visible") ? mark : null;
    selection.focus(visible);
    if (!visible) return tooltip.hide();
    camera.reveal(visible);
    tooltip.show(nameOf(visible), visible.tip, sheet.containerPoint(visible.at));
  }

  for (const root of [sheet.root, inset.el] as HTMLElement[]) {
    root.addEventListener("pointerover", onPointer);
    root.addEventListener("pointermove", onPointer);
    root.addEventListener("pointerout", () => hover(null));
    root.addEventListener("keydown", onKey);
  }
  inset.el.addEventListener("click", onClick);
  // After Leaflet's own listener: it measures the page, which costs most right after the panel is written.
  map.getContainer().addEventListener("click", (event) => {
    if (event.target instanceof Element && sheet.root.contains(event.target)) onClick(event);
  });
  // On the pane: an <svg> that listens to the focus becomes a stop of the Tab key itself.
  const pane = sheet.root.parentElement;
  pane?.addEventListener("focusin", (event) => onFocus(markOf(event)));
  pane?.addEventListener("focusout", () => onFocus(null));
  map.on("dragstart", () => hover(null));
}
