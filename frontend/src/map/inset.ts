import type { Lang, MapData } from "../contract";
import { boxAround, clamp, extentOf, middleOf, overlap, unionOf, type Box, type Point } from "./box";
import { BASE_REM, button, html, path, remOf, setAttr, setShown, setText, svg } from "./dom";
import type { Mark, PointMark, RegionMark } from "./mark";
import type { Marks } from "./marks";
import { BASE_ZOOM, type Sheet } from "./sheet";
import { addPatterns, LEVELS, POINTS } from "./symbols";

const SIZE = { width: 172, height: 122 }; // units of its own, 15 in a rem, so that its letters follow those around
const SCALE = 2 ** (6.95 - BASE_ZOOM);
const LEAST_GAIN = 1.35; // below this enlargement it is not worth its place
const LINE = 13; // units from one site's name to the next
const MOST_ZOOM = 7; // from here on the map itself shows what the inset shows

/**
 * Regions too small on the whole map, or far from it: a panel of its own, if there are any. For the pointer only. Where
 * the frame is too narrow for it, a button leads to land that is far away.
 */
export class Inset {
  readonly el: HTMLElement;
  shown = false;
  private readonly far: MapData["far"];
  /** The regions; the first gives it its name. */
  private readonly regions: RegionMark[];
  /** The extent on the sheet of the first of them, or of the land that is far away. */
  private readonly box: Box;
  private readonly scale: number;
  /** What it shows, on the sheet. */
  private readonly window: Box;
  private readonly sites: { mark: PointMark; label: SVGTextElement }[];
  private readonly leader: SVGSVGElement;
  private readonly leaderLine: SVGPathElement;
  private readonly rings: SVGPathElement[];
  private readonly labels: { mark: RegionMark; label: SVGTextElement }[];
  private readonly title: HTMLElement;
  private readonly button: HTMLElement | undefined;
  private readonly count: HTMLElement;
  private readonly ratio: HTMLElement;
  /** On the whole map the first is smaller than a finger and may lie under a route: a place to hit it. */
  private readonly target: SVGGElement | null;

  constructor(
    private readonly sheet: Sheet,
    marks: Marks,
    { ui, bar }: { ui: Element; bar: Element },
    { far, inset }: Pick<MapData, "far" | "inset">,
    show: (box: Box) => void,
  ) {
    this.far = far;
    this.regions = inset.map((id) => regionOf(marks, id));
    const boxes = this.regions.map(({ box }) => box);
    const corners = far && [sheet.point([far[0], far[1]]), sheet.point([far[2], far[3]])];
    this.box = corners ? extentOf(corners) : (boxes[0] ?? { x0: 0, y0: 0, x1: 0, y1: 0 });
    this.leader = svg("svg", { class: "oc-leader", "aria-hidden": "true" }, ui);
    this.leaderLine = svg("path", { d: "" }, this.leader);
    this.el = html("div", "oc-inset", ui);
    this.el.setAttribute("aria-hidden", "true");
    const { width, height } = SIZE;
    const all = corners ? this.box : unionOf([this.box, ...boxes]);
    const [cx, cy] = middleOf(all);
    this.scale = corners ? Math.min(SCALE, width / (all.x1 - all.x0), height / (all.y1 - all.y0)) : SCALE;
    const [w, h] = [width / this.scale, height / this.scale];
    const [x0, y0] = [cx - w * (corners ? 0.5 : 0.36), cy - h / 2]; // names stand east of small regions
    this.window = { x0, y0, x1: x0 + w, y1: y0 + h };
    const viewBox = `0 0 ${width} ${height}`;
    const root = svg("svg", { class: "oc-inset-map", viewBox, focusable: "false" }, this.el);
    addPatterns(root, "oc-inset", LEVELS, 1 / this.scale);
    const map = svg("g", { transform: `scale(${this.scale}) translate(${-x0} ${-y0})` }, root);
    this.drawRegions(marks, map);
    this.rings = ["halo", "ink"].map((name) => path(`oc-line oc-ring-${name}`, "", map));
    const texts = svg("g", { class: "oc-inset-texts" }, root);
    this.sites = this.drawSites(marks, root, texts);
    this.labels = this.regions.slice(far ? this.regions.length : 1).map((mark) => {
      const { y } = this.pixelOf([0, middleOf(mark.box)[1]]);
      const text = { class: "oc-label oc-t-blank", "font-size": 11, "text-anchor": "end" };
      return { mark, label: svg("text", { ...text, y: y + 4 }, texts) };
    });
    const caption = html("div", "oc-inset-caption", this.el);
    this.title = html("span", "oc-inset-title", caption);
    this.count = html("b", "oc-inset-count", caption);
    this.ratio = html("span", "oc-inset-ratio", caption);
    const target = svg("g", { class: "oc-point" }, marks.groups.small);
    const [first] = this.regions;
    this.button = far && button("oc-bar-button oc-far-button", bar);
    this.button?.addEventListener("click", () => show(this.box));
    this.target = first && !far ? marks.addTarget(first.key, middleOf(first.box), 9, "oc-point-hit", target) : null;
    this.show(false);
  }

  /** Whether there is enough to be gained at this zoom. */
  get useful(): boolean {
    const { map } = this.sheet;
    const outside = this.far !== undefined && !map.getBounds().contains(this.sheet.latLngBounds(this.box));
    return this.regions.length > 0 && map.getZoom() < MOST_ZOOM && (outside || this.gain >= LEAST_GAIN);
  }

  /** How much larger it shows things than the map. */
  private get gain(): number {
    return ((this.scale * remOf()) / BASE_REM) * this.sheet.pixel;
  }

  /** Where on the frame the first region itself lies. */
  get home(): Point {
    return this.sheet.containerPoint(middleOf(this.box));
  }

  /** Whether a mark is one of its regions. */
  has(mark: Mark | undefined): boolean {
    return this.regions.some((one) => one === mark);
  }

  /** Whether it shows a region's name now, so that the map need not. */
  names(mark: RegionMark): boolean {
    return this.shown && !this.far && this.has(mark);
  }

  offerFarLand(on: boolean): void {
    if (this.button) setShown(this.button, on);
  }

  show(on: boolean): void {
    const zoom = this.sheet.map.getZoom();
    this.shown = on;
    setShown(this.el, on);
    setShown(this.leader, on);
    if (this.target) setShown(this.target, zoom < 6.5);
    for (const { mark } of this.sites) {
      mark.inInset = on;
      mark.el.classList.toggle("oc-in-inset", on);
      mark.el.classList.toggle("oc-quiet", zoom < MOST_ZOOM); // else they would bury the region they lie in
    }
  }

  /** Write names, numbers and the scale, and show what is selected. */
  update(lang: Lang, selectedKey: string): void {
    const [first] = this.regions;
    if (!first) return;
    const named = this.far ? this.regions : [first];
    const title = named.map(({ name }) => name[lang]).join(", ");
    setText(this.title, title);
    if (this.button) setText(this.button, title);
    setText(this.count, first.n && named.length === 1 ? String(first.n) : "");
    const digits = { maximumFractionDigits: 1, minimumFractionDigits: 1 };
    setText(this.ratio, `×${this.gain.toLocaleString(lang, digits)}`);
    for (const { mark, label } of this.labels) {
      setText(label, mark.n ? `${mark.name[lang]} ${mark.n}` : mark.name[lang]);
      const end = Math.max(this.pixelOf([mark.box.x0, 0]).x - 5, label.getComputedTextLength() + 3);
      setAttr(label, "x", end.toFixed(1));
    }
    for (const { mark, label } of this.sites) {
      setText(label, mark.name[lang]);
      setShown(label, mark.shown);
    }
    const chosen = this.regions.find(({ key }) => key === selectedKey);
    for (const ring of this.rings) setAttr(ring, "d", chosen?.outline ?? "");
  }

  /** Draw the leader from the panel to the place. */
  drawLeader(): void {
    if (!this.shown) return;
    const { offsetLeft: left, offsetTop: top, offsetWidth: w, offsetHeight: h } = this.el;
    const { box } = this;
    const a = this.sheet.containerPoint([box.x0, box.y0]);
    const b = this.sheet.containerPoint([box.x1, box.y1]);
    const level = (a.y + b.y) / 2;
    const size = this.sheet.map.getSize();
    const beside = a.x > left + w + 8;
    const inView = (beside || b.y < top) && b.x > 0 && a.x < size.x && b.y > 0 && a.y < size.y;
    const from = beside ? `${left + w} ${clamp(level, top + 8, top + h - 12)}` : `${left + w - 12} ${top}`;
    const d = inView ? `M${from}L${Math.round(a.x - 1)} ${Math.round(level)}` : "";
    setAttr(this.leaderLine, "d", d);
  }

  /** Sheet → pixels of the inset. */
  private pixelOf([x, y]: [number, number]): Point {
    return { x: (x - this.window.x0) * this.scale, y: (y - this.window.y0) * this.scale };
  }

  private drawRegions(marks: Marks, map: Element): void {
    const regions = marks.regions.filter(({ box }) => overlap(box, this.window));
    for (const mark of regions) {
      const [d, key] = [mark.outline, mark.key];
      mark.elements.push(svg("path", { class: "oc-region oc-l0", d, "data-twin": key }, map));
      mark.hatches.push({ el: svg("path", { class: "oc-hatch", d, fill: "none" }, map), prefix: "oc-inset" });
    }
    const d = regions.map(({ outline }) => outline).join("");
    path("oc-line oc-region-line", d, map);
  }

  private drawSites(marks: Marks, root: Element, texts: Element) {
    const inWindow = ({ at: [x, y] }: PointMark) => overlap(boxAround({ x, y }, 0), this.window);
    const sites = marks.points
      .filter((mark) => mark.kind === "site" && inWindow(mark))
      .map((mark) => ({ mark, ...this.pixelOf(mark.at) }))
      .sort((a, b) => a.y - b.y);
    const column = Math.max(...sites.map(({ x }) => x)) + 12;
    const text = { class: "oc-label oc-t-site", "font-size": 11, "font-weight": 500, "font-style": "italic" };
    const heights = spreadUpwards(sites.map(({ y }) => y));
    return sites.map(({ mark, x, y }, i) => {
      const name = mark.el.getAttribute("class") ?? "";
      const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
      const g = svg("g", { class: name, transform, "data-twin": mark.key }, root);
      svg("circle", { class: "oc-point-hit", r: 7 }, g);
      path("oc-point-mark", POINTS.site, g).setAttribute("transform", "scale(.9)");
      mark.elements.push(g);
      mark.crowded = true;
      const at = { x: column.toFixed(1), y: (heights[i] + 4).toFixed(1) };
      return { mark, label: svg("text", { ...text, ...at, "data-twin": mark.key }, texts) };
    });
  }
}

/** Move sorted heights up where they lie closer than a line; the lowest stays. */
export function spreadUpwards(heights: number[]): number[] {
  let ceiling = Infinity;
  return heights.reduceRight<number[]>((spread, y) => {
    ceiling = Math.min(y, ceiling - LINE);
    return [ceiling, ...spread];
  }, []);
}

function regionOf(marks: Marks, id: string): RegionMark {
  const mark = marks.regions.find((one) => one.id === id);
  if (!mark) throw new Error(`the data have no region ${id}`);
  return mark;
}
