import type { Lang } from "../../contract";
import type { Box } from "../box";
import { alongLine, boxesAlong, type Line } from "../line";
import type { CorridorMark, Mark, PointMark, RegionMark, RouteMark } from "../mark";
import type { Country, Marks, River } from "../marks";
import type { Sheet } from "../sheet";
import { Grid } from "./grid";
import { styleOf, type Candidate, type Measure } from "./placer";
import { around, beside, lineSplits, type Attempt } from "./tries";

export interface Naming {
  marks: Marks;
  sheet: Sheet;
  lang: Lang;
  zoom: number;
  selectedKey: string;
  withRivers: boolean;
  /** Whether the inset shows a region's name instead. */
  named: (mark: RegionMark) => boolean;
  measure: Measure;
}

/** The names that the map would like to show, and what they keep clear of. */
export class Candidates {
  private readonly routes: Grid;
  private readonly lines: Grid;

  constructor(private readonly naming: Naming) {
    const { corridors, routes } = naming.marks;
    const shownLines = routes.filter(({ shown }) => shown).map(({ line }) => line);
    const shownSides = corridors.filter(({ shown }) => shown).flatMap(({ lines }) => lines);
    const onRoutes = [...this.boxesOf(shownLines, 2.5), ...this.frameEdges()];
    this.routes = new Grid(onRoutes);
    this.lines = new Grid([...this.boxesOf(shownSides, 2), ...onRoutes]);
  }

  all(): Candidate[] {
    const { marks, withRivers } = this.naming;
    return [
      ...marks.all.filter(({ shown }) => shown).flatMap((mark) => this.ofMark(mark)),
      ...marks.countries.map((country) => this.ofCountry(country)),
      ...(withRivers ? marks.rivers.filter((river) => this.isNamed(river)).map((river) => this.ofRiver(river)) : []),
    ];
  }

  /** Small boxes along lines: what labels would rather not lie on. */
  private boxesOf(lines: Line[], radius: number): Box[] {
    const { sheet } = this.naming;
    return lines.flatMap((line) => boxesAlong(line, 8 * sheet.pixel, radius, (at) => sheet.layerPoint(at)));
  }

  /** The edges of the frame, which a label should not be cut by. */
  private frameEdges(): Box[] {
    const { map } = this.naming.sheet;
    const { x: w, y: h } = map.getSize();
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const edges = [
      [0, 0, w, 2],
      [0, h - 2, w, h],
      [0, 0, 2, h],
      [w - 2, 0, w, h],
    ];
    return edges.map(([x0, y0, x1, y1]) => ({ x0: x + x0, y0: y + y0, x1: x + x1, y1: y + y1 }));
  }

  private ofMark(mark: Mark): Candidate[] {
    const chosen = mark.key === this.naming.selectedKey;
    switch (mark.kind) {
      case "region":
        return this.ofRegion(mark, chosen);
      case "corridor":
        return [this.ofCorridor(mark, chosen)];
      case "route":
        return this.naming.zoom >= 5 || chosen ? [this.ofRoute(mark, chosen)] : [];
      case "response":
        return []; // its place has a name of its own
      default:
        return this.ofPoint(mark, chosen);
    }
  }

  private base(mark: Mark) {
    return { key: mark.key, at: this.naming.sheet.layerPoint(mark.at) };
  }

  private ofRegion(mark: RegionMark, chosen: boolean): Candidate[] {
    const { sheet, lang, measure, named } = this.naming;
    const { n, align, indirect, box } = mark;
    if (named(mark)) return [];
    const style = chosen ? "selected" : n || indirect ? "region" : "blank";
    const lines = lineSplits(mark.name[lang]);
    const central = align === "middle";
    const shortest = measure(lines[lines.length - 1][0], styleOf("blank"));
    if (!chosen && !n && central && (box.x1 - box.x0) / sheet.pixel < shortest * 0.9) return []; // wider than the region
    const asides = central ? [0, -10, 10, -20, 20] : [0];
    return [
      {
        ...this.base(mark),
        style,
        tone: indirect ? "region" : style,
        rank: chosen ? 0 : n ? 10 : indirect ? 15 : 50,
        count: n ? String(n) : "",
        avoid: this.routes,
        tries: lines.flatMap((split) => around(split, align, [0, -8, 8, -16, 16], asides)),
        allows: central ? (attempt) => this.isWithin(mark, attempt) : undefined,
      },
    ];
  }

  /** A region's name may move about, but its middle stays inside the region. */
  private isWithin({ el, at }: RegionMark, { dx, dy }: Attempt): boolean {
    const { pixel } = this.naming.sheet;
    return (!dx && !dy) || el.isPointInFill(new DOMPoint(at[0] + dx * pixel, at[1] + dy * pixel));
  }

  private ofCorridor(mark: CorridorMark, chosen: boolean): Candidate {
    const name = mark.name[this.naming.lang];
    const splits = lineSplits(mark.n ? `${name}\u00a0·\u00a0${mark.n}` : name);
    const [downs, asides] = [[0, -10, 10, -20, 20, -32, 32], [0, -14, 14, -28, 28, -46, 46]]; // prettier-ignore
    const tries = splits.flatMap((lines) => around(lines, mark.align, downs, asides));
    const rank = chosen ? 0 : mark.near ? 8 : 30;
    return { ...this.base(mark), style: "corridor", tone: "corridor", rank, avoid: this.lines, tries };
  }

  /** Goods along a line, clear of every other line. */
  private ofRoute(mark: RouteMark, chosen: boolean): Candidate {
    const base = this.base(mark);
    const goods = mark.goods[this.naming.lang];
    const half = this.naming.measure(goods, styleOf("route")) / 2;
    const lines = [goods];
    const tries = [0.5, 0.38, 0.62, 0.25, 0.75, 0.9].flatMap((share) => {
      const { at, dx, dy } = alongLine(mark.line, share);
      const p = this.naming.sheet.layerPoint(at).subtract(base.at);
      const steep = Math.abs(dy) > Math.abs(dx) * 0.6;
      return [1, -1].map((side): Attempt => {
        if (steep) return { lines, align: side > 0 ? "start" : "end", dx: p.x + side * 8, dy: p.y };
        const above = 11 + Math.min(half * Math.abs(dy / dx), 9);
        return { lines, align: "middle", dx: p.x, dy: p.y - side * above };
      });
    });
    const rank = chosen ? 2 : mark.near ? 5 : 35;
    return { ...base, style: "route", tone: "route", rank, tries, avoid: this.routes, strict: true };
  }

  /** Sites have their names early where there is room, tripoints late. */
  private ofPoint(mark: PointMark, chosen: boolean): Candidate[] {
    const { lang, zoom } = this.naming;
    const site = mark.kind === "site";
    if (mark.inInset || (!chosen && zoom < (site && !mark.crowded ? 5 : 7))) return [];
    const rank = chosen ? 1 : !site ? 70 : zoom >= 7 ? 25 : 60;
    const tries = beside(mark.name[lang]);
    return [{ ...this.base(mark), style: site ? "site" : "tripoint", tone: site ? "site" : "blank", rank, tries }];
  }

  private ofCountry({ id, name, at }: Country): Candidate {
    const { lang, sheet } = this.naming;
    const lines = [name[lang].toLocaleUpperCase(lang)];
    return {
      key: `country:${id}`,
      style: "country",
      tone: "country",
      rank: 40,
      at: sheet.layerPoint(at),
      avoid: this.lines,
      strict: true,
      tries: around(lines, "middle", [0, -18, 18, -34, 34], [0, -24, 24]),
    };
  }

  private isNamed({ minor }: River): boolean {
    return this.naming.zoom >= (minor ? 7 : 6);
  }

  private ofRiver({ id, name, line }: River): Candidate {
    const { lang, sheet } = this.naming;
    const lines = [name[lang]];
    const at = sheet.layerPoint(alongLine(line, 0.5).at);
    const tries = [0.5, 0.35, 0.65, 0.2, 0.8].map((share): Attempt => {
      const { x, y } = sheet.layerPoint(alongLine(line, share).at).subtract(at);
      return { lines, align: "middle", dx: x, dy: y };
    });
    return { key: `river:${id}`, style: "river", tone: "river", rank: 80, at, tries };
  }
}
