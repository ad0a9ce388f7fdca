import type { ByLang, LabelData, MapData, PointFeature, RouteEnd } from "../contract";
import type { Pick } from "../model/scene";
import { boxAround, middleOf, type Box, type Pair } from "./box";
import { path, setShown, svg } from "./dom";
import { beyondFrame, type LinesOf } from "./geometry";
import { alongLine, headingAtEnd, type Line } from "./line";
import {
  keyOf,
  type CorridorMark,
  type Mark,
  type MarkBase,
  type PointKind,
  type PointMark,
  type RegionMark,
  type RouteMark,
} from "./mark";
import type { Sheet } from "./sheet";
import { drawHead, fadeEnds, POINTS } from "./symbols";

const FINGER = 44; // pixels that a finger needs to hit
const LEAST_TARGET = 24; // pixels below which a region cannot be hit itself

// prettier-ignore
/** The groups of the sheets, from the bottom up; the order of those that take the focus is that of the Tab key. */
const GROUPS = [
  "countries", "corridor-hits", "land", "regions", "hatch", "rivers", "region-lines",
  "corridors", "limits", "national", "selection", "routes", "reach",
  "sites", "tripoints", "responses", "small", "focus",
] as const;
type Group = (typeof GROUPS)[number];
const LIVE: Group[] = ["regions", "corridors", "routes", "sites", "tripoints", "responses"];
const TOP: Group[] = ["selection", "focus"];

interface PointProperties {
  name: ByLang;
  note: ByLang;
  approximate?: boolean;
  region?: ByLang;
  /** The place that a click on it selects, if it is another one. */
  place?: string;
}

export interface River {
  id: string;
  name: ByLang;
  minor: boolean;
  line: Line;
}

export interface Country {
  id: string;
  name: ByLang;
  at: Pair;
}

const symbolClass = (end: RouteEnd) => (end === "inferred" ? "oc-symbol oc-inferred" : "oc-symbol");

/** Draws every feature once and keeps the marks; all later changes are changes of attributes. */
export class Marks {
  readonly groups = {} as Record<Group, SVGGElement>;
  readonly all: Mark[];
  readonly byKey: Map<string, Mark>;
  readonly regions: RegionMark[];
  readonly corridors: CorridorMark[];
  readonly routes: RouteMark[];
  readonly points: PointMark[];
  readonly rivers: River[];
  readonly countries: Country[];
  /** The outline of the whole country. */
  readonly land: SVGPathElement;

  constructor(
    private readonly sheet: Sheet,
    data: MapData,
    private readonly linesOf: LinesOf,
  ) {
    for (const name of GROUPS) {
      this.groups[name] = svg("g", { class: `oc-g oc-g-${name}` }, TOP.includes(name) ? sheet.top : sheet.root);
      if (!LIVE.includes(name)) this.groups[name].setAttribute("aria-hidden", "true"); // not meant for the pointer either
    }
    this.land = this.drawLand(data);
    this.countries = this.drawNeighbours(data);
    this.regions = this.drawRegions(data.regions);
    this.rivers = data.rivers.map((feature) => this.drawRiver(feature));
    this.corridors = this.drawCorridors(data.corridors);
    this.routes = data.routes.map((feature) => this.drawRoute(feature));
    const points = (kind: PointKind) =>
      data[`${kind}s` as const].map((feature: PointFeature<PointProperties>) => this.drawPoint(kind, feature));
    this.points = [...points("site"), ...points("tripoint"), ...points("response")];
    this.all = [...this.regions, ...this.corridors, ...this.routes, ...this.points];
    this.byKey = new Map(this.all.map((mark) => [mark.key, mark]));
  }

  /** Show the circles of the regions that are too small to tap now. */
  showFingerTargets(): void {
    for (const { box, fingerTarget } of this.regions) {
      const size = Math.max(box.x1 - box.x0, box.y1 - box.y0) / this.sheet.pixel;
      setShown(fingerTarget, size < LEAST_TARGET);
    }
  }

  /** Make an element the button of a mark. */
  private base<El extends MarkBase["el"]>(kind: Mark["kind"], id: string, name: ByLang, el: El) {
    const attributes = { role: "button", tabindex: "0", "data-id": id, "data-kind": kind, "aria-pressed": "false" };
    for (const [attribute, value] of Object.entries(attributes)) el.setAttribute(attribute, value);
    const pick: Pick = { kind: kind === "route" ? "route" : "place", id };
    return { id, pick, key: keyOf(pick), name, el, elements: [el] as SVGElement[], tip: "", shown: true, n: 0 };
  }

  /** Trace a shape's rings, or its open lines. */
  private trace(shape: { lines: number[][] }, end?: "") {
    return this.sheet.trace(this.linesOf(shape), end);
  }

  /** Where the data want the name; of a neighbour without a position, the middle of the extent. */
  private labelAt({ label }: LabelData, box: Box): Pair {
    return label ? this.sheet.point(label) : middleOf(box);
  }

  private drawLand({ countries, country }: MapData): SVGPathElement {
    const home = countries.filter(({ id }) => id === country);
    const d = home.map((feature) => this.trace(feature).d).join("");
    path("oc-line oc-national", d, this.groups.national);
    return path("oc-land", d, this.groups.land);
  }

  private drawNeighbours({ countries, country, frame }: MapData): Country[] {
    const neighbours = countries.filter(({ id }) => id !== country);
    return neighbours.map((feature) => {
      const { id, properties } = feature;
      const { d, box } = this.sheet.trace(beyondFrame(this.linesOf(feature), frame));
      path("oc-country", d, this.groups.countries);
      return { id, name: properties.name, at: this.labelAt(properties, box) };
    });
  }

  private drawRegions(features: MapData["regions"]): RegionMark[] {
    const sorted = [...features].sort((a, b) => a.properties.name.es.localeCompare(b.properties.name.es, "es"));
    const marks = sorted.map((feature): RegionMark => {
      const { id, properties } = feature;
      const { d, box } = this.trace(feature);
      const el = path("oc-region oc-l0", d, this.groups.regions);
      const hatch = svg("path", { class: "oc-hatch", d, fill: "none" }, this.groups.hatch);
      const at = this.labelAt(properties, box);
      const base = this.base("region", id, properties.name, el);
      return {
        ...base,
        kind: "region",
        outline: d,
        box,
        at,
        hatches: [{ el: hatch, prefix: "oc-map" }],
        indirect: false,
        level: 0,
        fingerTarget: this.addTarget(base.key, at, FINGER / 2, "oc-reach", svg("g", {}, this.groups.reach)),
        align: properties.align ?? "middle",
      };
    });
    path("oc-line oc-region-line", marks.map(({ outline }) => outline).join(""), this.groups["region-lines"]);
    return marks;
  }

  /** Give a mark another place to be hit by the pointer. */
  addTarget(key: string, at: Pair, r: number, name: string, g: SVGGElement): SVGGElement {
    g.setAttribute("data-twin", key);
    svg("circle", { class: name, r }, g);
    this.sheet.addSymbol(g, at);
    return g;
  }

  private drawRiver(feature: MapData["rivers"][number]): River {
    const { id, properties } = feature;
    const { d, lines } = this.trace(feature, "");
    const minor = properties.rank === 2;
    path(`oc-line oc-river${minor ? " oc-minor" : ""}`, d, this.groups.rivers);
    const line = lines.reduce((longest, one) => (one.length > longest.length ? one : longest));
    return { id, name: properties.name, minor, line };
  }

  /** A corridor is one mark: its outer side is tinted and clickable, its inner side only gives the dotted limit. */
  private drawCorridors(features: MapData["corridors"]): CorridorMark[] {
    const inner = features.filter(({ properties }) => properties.side === "inner");
    const limits = new Map(inner.map((feature) => [feature.properties.place, this.trace(feature).d]));
    const outer = features.filter(({ properties }) => properties.side === "outer");
    return outer.map((feature): CorridorMark => {
      const { properties } = feature;
      const { d, box, lines } = this.trace(feature);
      const hit = path("oc-corridor-hit", d, this.groups["corridor-hits"]);
      const el = path("oc-corridor", d, this.groups.corridors);
      const limit = path("oc-line oc-limit", limits.get(properties.place) ?? "", this.groups.limits);
      const base = this.base("corridor", properties.place, properties.name, el);
      base.elements.push(limit);
      hit.setAttribute("data-twin", base.key);
      return {
        ...base,
        kind: "corridor",
        outline: d,
        box,
        at: this.labelAt(properties, box),
        hit,
        lines,
        align: properties.align ?? "middle",
        near: false,
      };
    });
  }

  private drawRoute(feature: MapData["routes"][number]): RouteMark {
    const { id, properties } = feature;
    const { d, box, lines } = this.trace(feature, "");
    const [line] = lines;
    const { start, end } = properties;
    const g = svg("g", { class: "oc-route" }, this.groups.routes);
    const casing = svg("path", { class: "oc-line oc-route-casing", d, "aria-hidden": "true" }, g);
    const shown = svg("path", { class: "oc-line oc-route-line", d, "aria-hidden": "true" }, g);
    if (start === "open" || end === "open") {
      fadeEnds(casing, g, `oc-fade-casing-${id}`, "--route-halo", line, { start, end });
      fadeEnds(shown, g, `oc-fade-${id}`, "--route", line, { start, end });
    }
    if (start !== "open") {
      const origin = svg("g", { class: symbolClass(start), "aria-hidden": "true" }, g);
      svg("circle", { class: "oc-origin", r: 2.7 }, origin);
      this.sheet.addSymbol(origin, line[0]);
    }
    if (end !== "open") {
      const head = svg("g", { class: symbolClass(end), "aria-hidden": "true" }, g);
      drawHead(properties.hollow ? "hollow" : "solid", head, 8.2);
      this.sheet.addSymbol(head, line[line.length - 1], (pixel) => headingAtEnd(line, 9 * pixel));
    }
    const el = path("oc-line oc-route-hit", d, g);
    return {
      ...this.base("route", id, properties.name, el),
      kind: "route",
      elements: [g],
      outline: d,
      box,
      at: alongLine(line, 0.5).at,
      line,
      goods: properties.goods,
      note: properties.note,
      near: false,
    };
  }

  private drawPoint(kind: PointKind, { id, properties, ...feature }: PointFeature<PointProperties>): PointMark {
    const at = this.sheet.point(feature.at);
    const rough = properties.approximate ? " oc-rough" : "";
    const el = svg("g", { class: `oc-point oc-${kind}${rough}` }, this.groups[`${kind}s`]);
    svg("circle", { class: "oc-point-hit", r: 11 }, el);
    path("oc-point-mark", POINTS[kind], el);
    this.sheet.addSymbol(el, at);
    const base = this.base(kind, id, properties.name, el);
    return {
      ...base,
      pick: { kind: "place", id: properties.place ?? id },
      kind,
      outline: "",
      box: boxAround({ x: at[0], y: at[1] }, 0.5),
      at,
      note: properties.note,
      region: properties.region,
      inInset: false,
      crowded: false,
    };
  }
}
