import type { Lang } from "../../contract";
import type { Scene } from "../../model/scene";
import type { Box } from "../box";
import { alongLine, boxesAlong, type Line } from "../line";
import type { CorridorMark, Mark, PointMark, RegionMark, RouteMark } from "../mark";
import type { Country, River } from "../marks";
import type { MapParts } from "../parts";
import type { Sheet } from "../sheet";
import { Grid } from "./grid";
import { scaled, styleOf, type Candidate } from "./placer";
import { around, beside, lineSplits, type Attempt } from "./tries";

/** The names that the map would like to show, and what they keep clear of. */
export class Candidates {
  private readonly sheet: Sheet;
  private readonly lang: Lang;
  private readonly zoom: number;
  private readonly routes: Grid;
  private readonly lines: Grid;

  constructor(
    private readonly parts: MapParts,
    private readonly scene: Scene,
  ) {
    this.sheet = parts.sheet;
    this.lang = scene.lang;
    this.zoom = parts.map.getZoom();
    const { corridors, routes } = parts.marks;
    const shownLines = routes.filter(({ shown }) => shown).map(({ line }) => line);
    const shownSides = corridors.filter(({ shown }) => shown).flatMap(({ lines }) => lines);
    const onRoutes = this.boxesOf(shownLines, 2.5);
    this.routes = new Grid(onRoutes);
    this.lines = new Grid([...this.boxesOf(shownSides, 2), ...onRoutes]);
  }

  all(): Candidate[] {
    const { all, countries, rivers } = this.parts.marks;
    const named = this.scene.layers.includes("rivers")
      ? rivers.filter(({ minor }) => this.zoom >= (minor ? 7 : 6))
      : [];
    return [
      ...all.filter(({ shown }) => shown).flatMap((mark) => this.ofMark(mark)),
      ...countries.map((country) => this.ofCountry(country)),
      ...named.map((river) => this.ofRiver(river)),
    ];
  }

  /** Small boxes along lines: what labels would rather not lie on. */
  private boxesOf(lines: Line[], radius: number): Box[] {
    const step = 8 * this.sheet.pixel;
    return lines.flatMap((line) => boxesAlong(line, step, radius, (at) => this.sheet.layerPoint(at)));
  }

  private ofMark(mark: Mark): Candidate[] {
    const chosen = mark.key === this.parts.selection.key;
    switch (mark.kind) {
      case "region":
        return this.ofRegion(mark, chosen);
      case "corridor":
        return [this.ofCorridor(mark, chosen)];
      case "route":
        return this.zoom >= 5 || chosen ? [this.ofRoute(mark, chosen)] : [];
      case "response":
        return []; // its place has a name of its own
      default:
        return this.ofPoint(mark, chosen);
    }
  }

  private base(mark: Mark) {
    return { key: mark.key, at: this.sheet.layerPoint(mark.at) };
  }

  private ofRegion(mark: RegionMark, chosen: boolean): Candidate[] {
    const { n, align, indirect } = mark;
    if (this.parts.inset.names(mark) || (!chosen && !n && this.isTooSmall(mark))) return [];
    const style = chosen ? "selected" : n || indirect ? "region" : "blank";
    const vital = chosen || n > 0;
    return [
      {
        ...this.base(mark),
        style,
        tone: indirect ? "region" : style,
        rank: chosen ? 0 : n ? 10 : indirect ? 15 : 50,
        count: n ? String(n) : "",
        avoid: this.routes,
        vital,
        tries: this.triesOf(mark, vital),
        allows: align === "middle" ? (attempt) => this.isWithin(mark, attempt) : undefined,
      },
    ];
  }

  /** Where a region's name may stand; one that is vital may move further. */
  private triesOf({ align, name }: RegionMark, vital: boolean): Attempt[] {
    const asides = align === "middle" ? [0, -10, 10, -20, 20] : [0];
    const downs = [0, -8, 8, -16, 16];
    if (vital) downs.push(-24, 24);
    return lineSplits(name[this.lang]).flatMap((lines) => around(lines, align, downs, asides));
  }

  /** Whether a region is smaller than its name, which should stand inside. */
  private isTooSmall({ align, box, name }: RegionMark): boolean {
    const splits = lineSplits(name[this.lang]);
    const width = this.parts.labels.measure(splits[splits.length - 1][0], styleOf("blank"));
    return align === "middle" && (box.x1 - box.x0) / this.sheet.pixel < width * 0.6;
  }

  /** A region's name may move about, but its middle stays inside the region. */
  private isWithin(mark: RegionMark, attempt: Attempt): boolean {
    return (!attempt.dx && !attempt.dy) || this.isOn(mark.el, mark, attempt);
  }

  /** Whether the point that a name is aligned to lies on a shape. */
  private isOn(shape: SVGGeometryElement, { at }: Mark, { dx, dy }: Attempt): boolean {
    const { pixel } = this.sheet;
    return shape.isPointInFill(new DOMPoint(at[0] + dx * pixel, at[1] + dy * pixel));
  }

  private ofCorridor(mark: CorridorMark, chosen: boolean): Candidate {
    const name = mark.name[this.lang];
    const splits = lineSplits(mark.n ? `${name}\u00a0·\u00a0${mark.n}` : name);
    const [downs, asides] = [[0, -10, 10, -20, 20, -32, 32], [0, -14, 14, -28, 28, -46, 46]]; // prettier-ignore
    const tries = splits.flatMap((lines) => around(lines, mark.align, downs, asides));
    const rank = chosen ? 0 : mark.near ? 8 : mark.n ? 12 : 30;
    const vital = chosen || mark.n > 0;
    const allows = (attempt: Attempt) => !this.isOn(this.parts.marks.land, mark, attempt); // it is no region's name
    return { ...this.base(mark), style: "corridor", tone: "corridor", rank, vital, avoid: this.lines, tries, allows };
  }

  /** Goods along a line, clear of every other line. */
  private ofRoute(mark: RouteMark, chosen: boolean): Candidate {
    const base = this.base(mark);
    const goods = mark.goods[this.lang];
    const half = this.parts.labels.measure(goods, styleOf("route")) / 2;
    const lines = [goods];
    const tries = [0.5, 0.38, 0.62, 0.25, 0.75, 0.9].flatMap((share) => {
      const { at, dx, dy } = alongLine(mark.line, share);
      const p = this.sheet.layerPoint(at).subtract(base.at);
      const steep = Math.abs(dy) > Math.abs(dx) * 0.6;
      return [1, -1].map((side): Attempt => {
        if (steep) return { lines, align: side > 0 ? "start" : "end", dx: p.x + side * scaled(8), dy: p.y };
        const above = scaled(11) + Math.min(half * Math.abs(dy / dx), 9);
        return { lines, align: "middle", dx: p.x, dy: p.y - side * above };
      });
    });
    const rank = chosen ? 2 : mark.near ? 5 : 35;
    const strict = chosen ? undefined : true;
    return { ...base, style: "route", tone: "route", rank, vital: chosen, tries, avoid: this.routes, strict };
  }

  /** Sites have their names early where there is room, tripoints late. */
  private ofPoint(mark: PointMark, chosen: boolean): Candidate[] {
    const site = mark.kind === "site";
    if (mark.inInset || (!chosen && this.zoom < (site && !mark.crowded ? 5 : 7))) return [];
    const rank = chosen ? 1 : !site ? 70 : this.zoom >= 7 ? 25 : 60;
    const tries = beside(mark.name[this.lang]);
    const [style, tone] = site ? (["site", "site"] as const) : (["tripoint", "blank"] as const);
    return [{ ...this.base(mark), style, tone, rank, vital: chosen, tries }];
  }

  private ofCountry({ id, name, at }: Country): Candidate {
    const lines = [name[this.lang].toLocaleUpperCase(this.lang)];
    return {
      key: `country:${id}`,
      style: "country",
      tone: "country",
      rank: 40,
      at: this.sheet.layerPoint(at),
      avoid: this.lines,
      strict: true,
      tries: around(lines, "middle", [0, -18, 18, -34, 34], [0, -24, 24]),
    };
  }

  private ofRiver({ id, name, line }: River): Candidate {
    const lines = [name[this.lang]];
    const at = this.sheet.layerPoint(alongLine(line, 0.5).at);
    const tries = [0.5, 0.35, 0.65, 0.2, 0.8].map((share): Attempt => {
      const { x, y } = this.sheet.layerPoint(alongLine(line, share).at).subtract(at);
      return { lines, align: "middle", dx: x, dy: y };
    });
    return { key: `river:${id}`, style: "river", tone: "river", rank: 80, at, tries };
  }
}
