import type { Words } from "../contract";
import type { LegendRow } from "../model/scene";
import type { Line } from "./line";
import { button, html, path, setAttr, setShown, setText, svg } from "./dom";
import { drawHead, fadeEnds, POINTS } from "./symbols";

type Row = Exclude<LegendRow, "levels">;
const OPEN_SIGN: Line = [
  [1, 7],
  [25, 7],
];

/** The legend below the map: all of it, or on narrow frames the tints and hatchings, and a button for the rest. */
export class Legend {
  readonly el: HTMLElement;
  /** What is always there, with the buttons. */
  readonly bar: HTMLElement;
  private readonly short: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly body: HTMLElement;
  private drawn = "";

  constructor(
    parent: Element,
    private readonly levels: string[],
  ) {
    this.el = html("div", "oc-legend", parent);
    this.body = html("div", "oc-legend-body", this.el);
    this.bar = html("div", "oc-legend-bar", this.el);
    this.short = html("div", "oc-legend-short", this.bar);
    this.button = button("oc-bar-button oc-legend-button", this.bar);
    setAttr(this.button, "aria-expanded", "false");
    this.button.addEventListener("click", () => this.open(!this.el.classList.contains("oc-open")));
    this.el.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open(false);
    });
  }

  private open(on: boolean): void {
    this.el.classList.toggle("oc-open", on);
    setAttr(this.button, "aria-expanded", String(on));
  }

  /** Show the rows for what is drawn; "levels" stands for the ramp. */
  show(drawn: LegendRow[], words: Words): void {
    const wanted = JSON.stringify([drawn, words["legend.title"]]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setShown(this.button, drawn.length > 0);
    setText(this.button, words["legend.open"]);
    this.showShort(drawn, words);
    this.body.replaceChildren();
    if (drawn.includes("levels")) {
      const scale = html("div", "oc-legend-scale", this.body);
      html("div", "oc-legend-title", scale, words["legend.title"]);
      html("div", "oc-ramp", scale).append(...this.rampCells());
    }
    for (const row of drawn) {
      if (row === "levels") continue;
      const el = html("div", "oc-legend-row", this.body);
      el.append(swatch(row), html("span", "", undefined, words[`legend.${row}`]));
    }
  }

  /** Show on narrow frames what tints and hatching say. */
  private showShort(drawn: LegendRow[], words: Words): void {
    this.short.replaceChildren();
    if (drawn.includes("levels")) {
      const scale = html("div", "oc-legend-scale", this.short);
      html("div", "oc-legend-title", scale, words["legend.levels_short"]);
      html("div", "oc-ramp", scale).append(...this.rampCells());
    }
    const hatched = { border: words["legend.border_short"], area: words["legend.area_short"] };
    for (const row of ["border", "area"] as const) {
      if (!drawn.includes(row)) continue;
      const el = html("div", "oc-legend-sign", this.short);
      el.append(swatch(row), html("span", "", undefined, hatched[row]));
    }
  }

  private rampCells(): HTMLElement[] {
    return this.levels.map((label, i) => {
      const cell = html("div", "oc-ramp-cell");
      html("span", `oc-ramp-colour oc-l${i + 1}`, cell);
      html("span", "oc-ramp-label", cell, label);
      return cell;
    });
  }
}

/** Draw the small picture beside a row of the legend. */
function swatch(row: Row): SVGSVGElement {
  const el = svg("svg", { class: "oc-swatch", width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" });
  const point = (name: string, d: string) =>
    path("oc-point-mark", d, svg("g", { class: name, transform: "translate(13 7)" }, el));
  switch (row) {
    case "border":
    case "area":
    case "blank":
    case "filtered": {
      const frame = { x: 1, y: 1, width: 24, height: 12 };
      svg("rect", { class: "oc-swatch-ground", ...frame }, el);
      const hatched = row === "border" || row === "area";
      svg("rect", { class: "oc-swatch-frame", ...frame, fill: hatched ? `url(#oc-flat-${row}-0)` : "none" }, el);
      break;
    }
    case "schematic":
    case "hollow":
      path("oc-route-line", "M1 7H20", el);
      drawHead(row === "hollow" ? "hollow" : "solid", el, 8.8, "translate(25 7) ");
      break;
    case "open_end":
      fadeEnds(path("oc-route-line", "M1 7H25", el), el, "oc-fade-legend", "--route", OPEN_SIGN, {
        start: "open",
        end: "named",
      });
      break;
    case "inferred":
      path("oc-route-line", "M7 7H26", el);
      svg(
        "circle",
        { class: "oc-origin", r: 2.7 },
        svg("g", { class: "oc-inferred", transform: "translate(4 7)" }, el),
      );
      break;
    case "corridor":
      svg("rect", { class: "oc-swatch-corridor", x: 1, y: 1.5, width: 24, height: 6 }, el);
      path("oc-national", "M1 7.5H25", el);
      path("oc-limit-sample", "M1 12H25", el);
      break;
    case "rough":
      point("oc-site oc-rough", POINTS.site);
      break;
    default:
      point(`oc-${row}`, POINTS[row]);
  }
  return el;
}
