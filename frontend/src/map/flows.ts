import type { FlowData, FlowEndData, Lang, Words } from "../contract";
import { counted } from "../text";
import { button, html, setAttr, setShown, setText } from "./dom";
import { keyOf } from "./mark";
import { spoken } from "./tips";
import type { Tooltip } from "./tooltip";

const ARROWS = { out: "→", in: "←" };

/** Return the flows with those of their ends whose routes are shown. */
export function flowsWith(flows: FlowData[], routes: string[]): FlowData[] {
  const shown = new Set(routes);
  return flows
    .map(({ goods, ends }) => ({ goods, ends: ends.filter(({ route }) => shown.has(route)) }))
    .filter(({ ends }) => ends.length);
}

/** Return the text of each end: its place, or the flow's whole course where two flows would read alike. */
export function textsOf(ends: FlowEndData[], lang: Lang): string[] {
  const texts = ends.map(({ direction, place }) => `${ARROWS[direction]} ${place[lang]}`);
  return texts.map((text, i) => (texts.indexOf(text) === texts.lastIndexOf(text) ? text : ends[i].course[lang]));
}

/** Whether there is room for the list from the start, and whether it stands below the map. */
interface Room {
  roomy: boolean;
  below: boolean;
}

/** The list of flows without a line, beside the map or below it, with its button: each end selects its route. */
export class Flows {
  readonly button: HTMLButtonElement;
  readonly el: HTMLElement;
  /** What the reader chose; until then it is open where there is room. */
  private chosen: boolean | null = null;
  roomy = false;
  /** It is below the map: what is chosen is read further down. */
  below = false;
  private drawn = "";
  private selected = "";

  /** `onToggle` is called when the list was opened or closed. */
  constructor(
    parent: Element,
    bar: Element,
    private readonly tooltip: Tooltip,
    private readonly onRoute: (id: string) => void,
    private readonly onToggle: () => void,
  ) {
    this.button = button("oc-bar-button oc-flows-button", bar);
    setShown(this.button, false); // until there are flows
    this.el = html("div", "oc-flows", parent);
    setAttr(this.button, "aria-controls", (this.el.id = "oc-flows"));
    setAttr(this.el, "role", "group");
    this.button.addEventListener("click", () => this.choose(!this.open));
    this.el.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.choose(false);
      this.button.focus();
    });
  }

  get open(): boolean {
    return this.drawn !== "" && (this.chosen ?? this.roomy);
  }

  /** Show flows; draw them anew only when they changed. A button that had the focus has it afterwards. */
  show(flows: FlowData[], lang: Lang, words: Words): void {
    const wanted = flows.length ? JSON.stringify([flows, lang]) : "";
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setShown(this.button, flows.length > 0);
    setText(this.button, words["map.flows"]);
    setAttr(this.el, "aria-label", words["map.flows"]);
    const focused = this.ends().find((one) => one === document.activeElement)?.dataset.id;
    this.el.replaceChildren(html("div", "oc-flows-title", undefined, words["map.flows"]));
    const list = html("ul", "oc-flows-list", this.el);
    for (const flow of flows) this.draw(flow, html("li", "oc-flow", list), lang, words);
    this.ends()
      .find(({ dataset }) => focused && dataset.id === focused)
      ?.focus({ preventScroll: true });
    this.settle(this);
  }

  /** Show which route is selected; beside the map, the list opens for it. */
  select(key: string): void {
    const of = ({ dataset }: HTMLElement) => keyOf({ kind: "route", id: dataset.id ?? "" });
    const ends = this.ends();
    for (const one of ends) setAttr(one, "aria-pressed", String(of(one) === key));
    if (key !== this.selected && !this.below && !this.open && ends.some((one) => of(one) === key)) this.choose(true);
    this.selected = key;
  }

  /** Adapt to the room that the map has. */
  settle({ roomy, below }: Room): void {
    this.roomy = roomy;
    this.below = below;
    setShown(this.el, this.open);
    setAttr(this.button, "aria-expanded", String(this.open));
  }

  choose(open: boolean): void {
    this.chosen = open;
    this.settle(this);
    this.onToggle();
  }

  private draw({ goods, ends }: FlowData, parent: Element, lang: Lang, words: Words): void {
    html("span", "oc-flow-goods", parent, goods[lang]);
    const statements = new Set(ends.map(({ statement }) => statement)).size;
    parent.append(" ", html("span", "oc-flow-count", undefined, counted(words, "count.statements", statements)));
    const line = html("div", "oc-flow-ends", parent);
    textsOf(ends, lang).forEach((text, i) => line.append(this.endButton(goods[lang], ends[i], text, lang), " "));
  }

  private endButton(goods: string, { route, course, end }: FlowEndData, text: string, lang: Lang): HTMLButtonElement {
    const el = button("oc-flow-end", undefined, text);
    el.dataset.id = route;
    el.dataset.kind = "route";
    if (end !== "named") el.classList.add(`oc-flow-${end}`);
    setAttr(el, "role", "button");
    setAttr(el, "aria-label", spoken(goods, course[lang]));
    el.addEventListener("click", () => {
      if (this.below) this.choose(false);
      this.onRoute(route);
    });
    const tell = () => this.tooltip.showBelow(el, goods, course[lang]);
    el.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && tell());
    el.addEventListener("focus", () => el.matches(":focus-visible") && tell());
    for (const type of ["pointerleave", "blur"]) el.addEventListener(type, () => this.tooltip.hide());
    return el;
  }

  private ends(): HTMLButtonElement[] {
    return [...this.el.querySelectorAll<HTMLButtonElement>(".oc-flow-end")];
  }
}
