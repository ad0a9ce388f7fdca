import type { Box, Point } from "../box";
import { Grid } from "./grid";
import type { Attempt } from "./tries";

export interface LabelStyle {
  size: number;
  weight: number;
  italic?: true;
  spacing?: number;
}

export const LABEL_STYLES = {
  region: { size: 11.5, weight: 600 },
  blank: { size: 11.5, weight: 400 },
  selected: { size: 13, weight: 700 },
  corridor: { size: 11, weight: 600 },
  country: { size: 10.5, weight: 500, spacing: 1.7 },
  route: { size: 11, weight: 500 },
  site: { size: 11, weight: 500, italic: true },
  tripoint: { size: 10.5, weight: 500 },
  river: { size: 10.5, weight: 400, italic: true },
} satisfies Record<string, LabelStyle>;
export type StyleName = keyof typeof LABEL_STYLES;
export const styleOf = (name: StyleName): LabelStyle => LABEL_STYLES[name];

/** A label that would like to be placed. */
export interface Candidate {
  key: string;
  style: StyleName;
  /** The style whose colour it has. */
  tone: StyleName;
  /** The lowest is placed first. */
  rank: number;
  /** In pixels of the map's panes, as all boxes here. */
  at: Point;
  /** The best comes first. */
  tries: Attempt[];
  /** A number set in bold behind the last line. */
  count?: string;
  /** What this label would rather not lie on. */
  avoid?: Grid;
  /** Rather leave the label out than lie there. */
  strict?: true;
  /** Whether a place belongs to what is named. */
  allows?: (attempt: Attempt) => boolean;
}

export interface Placed {
  candidate: Candidate;
  attempt: Attempt;
  box: Box;
}

/** Returns the width of a text in pixels. */
export type Measure = (text: string, style: LabelStyle) => number;

/** Place labels so that none overlaps another or an obstacle: greedy, the most important first. */
export function placeLabels(candidates: Candidate[], obstacles: Box[], measure: Measure): Map<string, Placed> {
  const taken = new Grid(obstacles);
  const placed = new Map<string, Placed>();
  for (const candidate of [...candidates].sort((a, b) => a.rank - b.rank)) {
    const place = findPlace(candidate, taken, measure);
    if (!place) continue;
    taken.add(place.box);
    placed.set(candidate.key, place);
  }
  return placed;
}

/** Return the first free place for a label; if all touch something to avoid, the one that touches least of it. */
function findPlace(candidate: Candidate, taken: Grid, measure: Measure): Placed | null {
  const { avoid, strict, allows } = candidate;
  let best: Placed | null = null;
  let least = Infinity;
  for (const place of placesOf(candidate, measure)) {
    if (taken.meets(place.box) || (allows && !allows(place.attempt))) continue;
    if (!avoid?.meets(place.box)) return place;
    if (strict) continue;
    const touches = [...avoid.over(place.box)].length;
    if (touches < least) [best, least] = [place, touches];
  }
  return best;
}

function placesOf(candidate: Candidate, measure: Measure): Placed[] {
  const sizes = new Map<string[], { w: number; h: number }>(); // many tries are the same lines elsewhere
  return candidate.tries.map((attempt) => {
    const { lines, align, dx, dy } = attempt;
    const { w, h } = sizes.get(lines) ?? sizeOf(lines, candidate, measure);
    sizes.set(lines, { w, h });
    const x = candidate.at.x + dx - (align === "start" ? 2 : align === "end" ? w - 2 : w / 2);
    const y = candidate.at.y + dy - h / 2;
    return { candidate, attempt, box: { x0: x, y0: y, x1: x + w, y1: y + h } };
  });
}

function sizeOf(lines: string[], { count, style: name }: Candidate, measure: Measure): { w: number; h: number } {
  const style = styleOf(name);
  const last = lines.length - 1;
  const widths = lines.map((line, i) => measure(count && i === last ? `${line} ${count}` : line, style));
  return { w: Math.max(...widths) + 4, h: lines.length * style.size * 1.18 + 1 };
}
