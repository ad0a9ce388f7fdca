import type { EdgeCardData, EdgeItemData, Lang } from "../contract";
import { boxAround, inside, middleOf, overlap, unionOf, type Box, type Pair } from "./box";
import { COMPASS, placesBeside, sideOf } from "./compass";
import { button, detach, html, path, setAttr, setShown, setText, svg } from "./dom";
import { keyOf } from "./mark";
import type { Marks } from "./marks";
import type { Sheet } from "./sheet";
import { drawHead } from "./symbols";
import { spoken } from "./tips";
import type { Tooltip } from "./tooltip";

/** In stacks at both edges; in a row above the map; or in a list behind a button. */
export type CardMode = "stacks" | "row" | "button";

interface Float {
  stamp: string;
  at: Pair;
  side: string;
  el: HTMLElement;
}

/** Return the cards with those of their items whose routes are shown. */
export function cardsWith(cards: EdgeCardData[], routes: string[]): EdgeCardData[] {
  const shown = new Set(routes);
  return cards
    .map((card) => ({ ...card, items: card.items.filter(({ route }) => shown.has(route)) }))
    .filter(({ items }) => items.length);
}

/** Cards for flows whose other end lies outside the frame, or has no line: each item selects its route. */
export class EdgeCards {
  readonly left: HTMLElement;
  readonly right: HTMLElement;
  readonly row: HTMLElement;
  readonly pane: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly middle: Pair;
  private floating: Float[] = [];
  private drawn = "";

  constructor(
    private readonly sheet: Sheet,
    private readonly marks: Marks,
    private readonly tooltip: Tooltip,
    ui: Element,
    private readonly onRoute: (id: string) => void,
  ) {
    this.left = html("div", "oc-edges oc-edges-left", ui);
    this.right = html("div", "oc-edges oc-edges-right", ui);
    this.button = button("oc-edges-button oc-panel", ui);
    this.row = html("div", "oc-edges oc-edges-row", ui);
    this.pane = sheet.map.createPane("oc-cards");
    this.middle = middleOf(unionOf(marks.regions.map(({ box }) => box)));
    for (const el of [this.left, this.right, this.row, this.button, this.pane]) detach(el, el === this.row);
    const scroll = ({ deltaY }: WheelEvent) => {
      this.row.scrollLeft += deltaY; // a mouse that has but one wheel
    };
    this.row.addEventListener("wheel", scroll, { passive: true });
    this.button.addEventListener("click", () => this.open(!this.row.classList.contains("oc-open")));
    this.row.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open(false);
    });
    this.open(false);
  }

  /** Show cards; draw them anew only when they changed. A button that had the focus has it afterwards. */
  show(cards: EdgeCardData[], mode: CardMode, lang: Lang, title: string): void {
    setText(this.button, title);
    const wanted = JSON.stringify([cards, mode, lang]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setShown(this.button, mode === "button" && cards.length > 0);
    this.row.classList.toggle("oc-edges-list", mode === "button");
    const focused = this.buttons().find((one) => one === document.activeElement)?.dataset.id;
    for (const el of [this.left, this.right, this.row, this.pane]) el.replaceChildren();
    this.floating = [];
    for (const card of cards) this.holderOf(card, mode).appendChild(this.draw(card, mode, lang));
    const again = focused && this.buttons().find(({ dataset }) => dataset.id === focused);
    if (again) again.focus({ preventScroll: true });
  }

  /** Show which route is selected. */
  select(key: string): void {
    for (const one of this.buttons())
      setAttr(one, "aria-pressed", String(keyOf({ kind: "route", id: one.dataset.id ?? "" }) === key));
  }

  /**
   * Put the floating cards beside their points: rather on the side away from the country, and clear of the
   * frame's edge, of panels and of one another. All boxes are in pixels of the panes; `ends` are those of routes.
   */
  move(panels: Box[], ends: Box[]): void {
    const { map } = this.sheet;
    const { x: w, y: h } = map.getSize();
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const frame = { x0: x, y0: y, x1: x + w, y1: y + h };
    const taken = [...panels];
    for (const { at, side, el } of this.floating) {
      const p = this.sheet.layerPoint(at);
      const inView = overlap(boxAround(p, 1), frame);
      const places = placesBeside(p, side, el.offsetWidth, el.offsetHeight);
      const costs = places.map(
        (box, i) =>
          i / 2 +
          100 * taken.filter((other) => overlap(box, other)).length +
          12 * ends.filter((end) => overlap(box, end)).length +
          (inView && !inside(box, frame) ? 60 : 0) +
          8 * this.cornersOnLand(box),
      );
      const box = places[costs.indexOf(Math.min(...costs))];
      taken.push(box);
      el.style.transform = `translate(${Math.round(box.x0)}px, ${Math.round(box.y0)}px)`;
    }
  }

  /** Open or close the list behind the button. */
  private open(on: boolean): void {
    this.row.classList.toggle("oc-open", on);
    setAttr(this.button, "aria-expanded", String(on));
  }

  private holderOf(card: EdgeCardData, mode: CardMode): HTMLElement {
    if (mode !== "stacks") return this.row;
    if (card.at) return this.floatAt(card.at);
    return card.side?.includes("e") ? this.right : this.left;
  }

  /** Return the holder of all cards beside one point. */
  private floatAt(position: Pair): HTMLElement {
    const stamp = position.join();
    const there = this.floating.find((one) => one.stamp === stamp);
    if (there) return there.el;
    const el = html("div", "oc-card-at", this.pane);
    const at = this.sheet.point(position);
    this.floating.push({ stamp, at, side: sideOf(at, this.middle), el });
    return el;
  }

  private draw(card: EdgeCardData, mode: CardMode, lang: Lang): HTMLElement {
    const el = html("div", mode === "stacks" && card.at ? "oc-card oc-card-small" : "oc-card");
    const side = card.at ? sideOf(this.sheet.point(card.at), this.middle) : (card.side ?? "n");
    const angle = COMPASS[side] + (card.direction === "in" ? 180 : 0);
    const size = { width: 20, height: 20, viewBox: "0 0 20 20" };
    const arrow = svg("svg", { class: "oc-card-arrow", ...size, "aria-hidden": "true" }, el);
    const g = svg("g", { transform: `rotate(${angle} 10 10)` }, arrow);
    path("oc-route-line oc-schematic", "M2 10H13", g);
    drawHead("solid", g, 8.2, "translate(18 10) ");
    const body = html("div", "oc-card-body", el);
    html("div", "oc-card-name", body, card.name[lang]);
    const items = html("div", "oc-card-items", body);
    card.items.forEach((item, i) => {
      if (i) items.append(", ");
      items.append(this.itemButton(card, item, lang));
    });
    return el;
  }

  private itemButton(card: EdgeCardData, item: EdgeItemData, lang: Lang): HTMLButtonElement {
    const [text, tip] = [item.text[lang], item.tip[lang]];
    const name = `${card.name[lang]}: ${text}`;
    const el = button("oc-card-item", undefined, text);
    el.dataset.id = item.route;
    el.dataset.kind = "route";
    if (item.end !== "named") el.classList.add(`oc-item-${item.end}`);
    el.setAttribute("aria-label", spoken(name, tip));
    el.addEventListener("click", () => {
      this.open(false);
      this.onRoute(item.route);
    });
    el.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") this.tooltip.showBelow(el, name, tip);
    });
    el.addEventListener("focus", () => {
      if (el.matches(":focus-visible")) this.tooltip.showBelow(el, name, tip);
    });
    for (const type of ["pointerleave", "blur"]) el.addEventListener(type, () => this.tooltip.hide());
    return el;
  }

  private buttons(): HTMLButtonElement[] {
    return [this.left, this.right, this.row, this.pane].flatMap((el) => [...el.querySelectorAll("button")]);
  }

  /** Count how many of six points of a box lie on the country. */
  private cornersOnLand({ x0, y0, x1, y1 }: Box): number {
    const corners = [x0, (x0 + x1) / 2, x1].flatMap((x) => [y0, y1].map((y): Pair => [x, y]));
    return corners.filter((corner) => this.marks.land.isPointInFill(this.sheet.fromLayer(corner))).length;
  }
}
