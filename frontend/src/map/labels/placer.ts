import type { Box, Point } from "../box";
import { BASE_REM } from "../dom";
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

let scale = 1;

/** Let labels follow the size of letters that the reader's browser is set to; return whether that differs. */
export function scaleLabels(rem: number): boolean {
  const differs = scale !== rem / BASE_REM;
  scale = rem / BASE_REM;
  return differs;
}

/** Return a distance that is meant for letters of the usual size. */
export const scaled = (pixels: number) => pixels * scale;

export function styleOf(name: StyleName): LabelStyle {
  const { size, ...style }: LabelStyle = LABEL_STYLES[name];
  return { ...style, size: size * scale };
}

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
  /** It says what the map is for: others give way to it. */
  vital?: boolean;
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

const ROUNDS = 6; // how often labels are placed at most, for the sake of vital ones
const FEW = 5; // where more of them find no place, there is none, as on a map of ten times the data

/** What labels keep off: panels always, ends of routes unless a vital label finds no other place. */
export interface Obstacles {
  panels: Box[];
  ends: Box[];
}

/**
 * Place labels so that none overlaps another or an obstacle: greedy, the most important first. Where a vital one finds
 * no place, all are placed anew with that one first, and at last it may cover an end of a route.
 */
export function placeLabels(candidates: Candidate[], obstacles: Obstacles, measure: Measure): Map<string, Placed> {
  const order = [...candidates].sort((a, b) => a.rank - b.rank);
  let best = new Map<string, Placed>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const placed = placeInOrder(order, obstacles, measure, round === ROUNDS);
    if (round === 1 || vitalIn(placed) > vitalIn(best)) best = placed;
    const lost = order.filter(({ vital, key }) => vital && !placed.has(key));
    if (!lost.length || lost.length > FEW) break;
    for (const one of lost) order.splice(order.indexOf(one), 1);
    order.unshift(...lost);
  }
  return best;
}

const vitalIn = (placed: Map<string, Placed>) => [...placed.values()].filter(({ candidate }) => candidate.vital).length;

function placeInOrder(
  candidates: Candidate[],
  { panels, ends }: Obstacles,
  measure: Measure,
  relaxed: boolean,
): Map<string, Placed> {
  const taken = new Grid(panels);
  const sealed = new Grid(ends);
  const placed = new Map<string, Placed>();
  for (const candidate of candidates) {
    const places = placesOf(candidate, measure);
    const place =
      bestOf(candidate, places, taken, sealed) ??
      (relaxed && candidate.vital ? bestOf(candidate, places, taken) : null);
    if (!place) continue;
    taken.add(place.box);
    placed.set(candidate.key, place);
  }
  return placed;
}

/** Return the first free place for a label; if all touch something to avoid, the one that touches least of it. */
function bestOf({ avoid, strict, allows }: Candidate, places: Placed[], taken: Grid, sealed?: Grid): Placed | null {
  let best: Placed | null = null;
  let least = Infinity;
  for (const place of places) {
    if (taken.meets(place.box) || sealed?.meets(place.box) || (allows && !allows(place.attempt))) continue;
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
  return { w: Math.max(...widths) + scaled(4), h: lines.length * style.size * 1.18 + 1 };
}
