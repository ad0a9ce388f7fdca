import type { Lang } from "../contract";
import { boxAround, clamp, middleOf, overlap, unionOf, type Box, type Point } from "./box";
import { html, path, setAttr, setShown, setText, svg } from "./dom";
import type { PointMark, RegionMark } from "./mark";
import type { Marks } from "./marks";
import { BASE_ZOOM, type Sheet } from "./sheet";
import { addPatterns, LEVELS, POINTS } from "./symbols";

const SIZE = { width: 172, height: 122 };
const SCALE = 2 ** (6.95 - BASE_ZOOM);
const LEAST_GAIN = 1.35; // below this enlargement it is not worth its place
const LINE = 13; // pixels from one site's name to the next
const MOST_ZOOM = 7; // from here on the map itself shows what the inset shows

/** Lima and Callao, too small on the whole map: a panel of its own with a leader. For the pointer only. */
export class Inset {
  readonly el: HTMLElement;
  shown = false;
  private readonly lima: RegionMark;
  private readonly callao: RegionMark;
  /** What it shows, on the sheet. */
  private readonly window: Box;
  private readonly sites: { mark: PointMark; label: SVGTextElement }[];
  private readonly leader: SVGSVGElement;
  private readonly leaderLine: SVGPathElement;
  private readonly rings: SVGPathElement[];
  private readonly callaoName: SVGTextElement;
  private readonly title: HTMLElement;
  private readonly count: HTMLElement;
  private readonly ratio: HTMLElement;
  /** On the whole map Lima is smaller than a finger and lies under a route: a place to hit it. */
  private readonly target: SVGGElement;

  constructor(
    private readonly sheet: Sheet,
    marks: Marks,
    ui: Element,
  ) {
    this.lima = regionOf(marks, "PE-LMA");
    this.callao = regionOf(marks, "PE-CAL");
    this.leader = svg("svg", { class: "oc-leader", "aria-hidden": "true" }, ui);
    this.leaderLine = svg("path", { d: "" }, this.leader);
    this.el = html("div", "oc-inset", ui);
    this.el.setAttribute("aria-hidden", "true");
    const { width, height } = SIZE;
    const all = unionOf([this.lima.box, this.callao.box]);
    const [cx, cy] = middleOf(all);
    const [x0, y0] = [cx - (width / SCALE) * 0.36, cy - height / SCALE / 2];
    this.window = { x0, y0, x1: x0 + width / SCALE, y1: y0 + height / SCALE };
    const viewBox = `0 0 ${width} ${height}`;
    const root = svg("svg", { class: "oc-inset-map", width, height, viewBox, focusable: "false" }, this.el);
    addPatterns(root, "oc-inset", LEVELS, 1 / SCALE);
    const map = svg("g", { transform: `scale(${SCALE}) translate(${-x0} ${-y0})` }, root);
    this.drawRegions(marks, map);
    this.rings = ["halo", "ink"].map((name) => path(`oc-line oc-ring-${name}`, "", map));
    const texts = svg("g", { class: "oc-inset-texts" }, root);
    this.sites = this.drawSites(marks, root, texts);
    const { x, y } = this.pixelOf([this.callao.box.x0, middleOf(this.callao.box)[1]]);
    const text = { class: "oc-label oc-t-blank", "font-size": 11, "text-anchor": "end" };
    this.callaoName = svg("text", { ...text, x: x - 5, y: y + 4 }, texts);
    const caption = html("div", "oc-inset-caption", this.el);
    this.title = html("span", "oc-inset-title", caption);
    this.count = html("b", "oc-inset-count", caption);
    this.ratio = html("span", "oc-inset-ratio", caption);
    const target = svg("g", { class: "oc-point" }, marks.groups.small);
    this.target = marks.addTarget(this.lima.key, middleOf(this.lima.box), 9, "oc-point-hit", target);
    this.show(false);
  }

  /** Whether there is enough to be gained at this zoom. */
  get useful(): boolean {
    return this.sheet.map.getZoom() < MOST_ZOOM && SCALE * this.sheet.pixel >= LEAST_GAIN;
  }

  /** Where on the frame Lima itself lies. */
  get home(): Point {
    return this.sheet.containerPoint(middleOf(this.lima.box));
  }

  /** Whether it shows a region's name now, so that the map need not. */
  names(mark: RegionMark): boolean {
    return this.shown && (mark === this.lima || mark === this.callao);
  }

  show(on: boolean): void {
    const zoom = this.sheet.map.getZoom();
    this.shown = on;
    setShown(this.el, on);
    setShown(this.leader, on);
    setShown(this.target, zoom < 6.5);
    for (const { mark } of this.sites) {
      mark.inInset = on;
      mark.el.classList.toggle("oc-in-inset", on);
      mark.el.classList.toggle("oc-quiet", zoom < MOST_ZOOM); // else they would bury the region they lie in
    }
  }

  /** Write names, numbers and the scale, and show what is selected. */
  update(lang: Lang, selectedKey: string): void {
    const { lima, callao } = this;
    setText(this.title, lima.name[lang]);
    setText(this.count, lima.n ? String(lima.n) : "");
    const digits = { maximumFractionDigits: 1, minimumFractionDigits: 1 };
    setText(this.ratio, `×${(SCALE * this.sheet.pixel).toLocaleString(lang, digits)}`);
    setText(this.callaoName, callao.n ? `${callao.name[lang]} ${callao.n}` : callao.name[lang]);
    for (const { mark, label } of this.sites) {
      setText(label, mark.name[lang]);
      setShown(label, mark.shown);
    }
    const chosen = [lima, callao].find(({ key }) => key === selectedKey);
    for (const ring of this.rings) setAttr(ring, "d", chosen?.outline ?? "");
  }

  /** Draw the leader from the panel to the place. */
  drawLeader(): void {
    if (!this.shown) return;
    const { offsetLeft: left, offsetTop: top, offsetWidth: w, offsetHeight: h } = this.el;
    const { box } = this.lima;
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
    return { x: (x - this.window.x0) * SCALE, y: (y - this.window.y0) * SCALE };
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
