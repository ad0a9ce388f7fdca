/** x and y on the sheet or in pixels, or longitude and latitude. */
export type Pair = [number, number];

export interface Point {
  x: number;
  y: number;
}

/** A rectangle on the sheet, in pixels, or in degrees (x0 west, y0 south). */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
export const overlap = (a: Box, b: Box) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
export const inside = (a: Box, b: Box) => a.x0 >= b.x0 && a.x1 <= b.x1 && a.y0 >= b.y0 && a.y1 <= b.y1;
export const middleOf = ({ x0, y0, x1, y1 }: Box): Pair => [(x0 + x1) / 2, (y0 + y1) / 2];
export const boxAround = ({ x, y }: Point, r: number): Box => ({ x0: x - r, y0: y - r, x1: x + r, y1: y + r });

/** Return the extent of some points. */
export function extentOf(points: Iterable<number[]>): Box {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const [x, y] of points) {
    box.x0 = Math.min(box.x0, x);
    box.y0 = Math.min(box.y0, y);
    box.x1 = Math.max(box.x1, x);
    box.y1 = Math.max(box.y1, y);
  }
  return box;
}

/** Return the box around some boxes. */
export function unionOf(boxes: Box[]): Box {
  return extentOf(boxes.flatMap(({ x0, y0, x1, y1 }) => [[x0, y0], [x1, y1]])); // prettier-ignore
}

/**
 * Return which of these points is the nearest in a direction, a step along one axis, or -1: only what lies further that
 * way than aside counts, and what lies aside seems further.
 */
export function nearestIn([x, y]: Pair, [dx, dy]: Pair, points: Pair[]): number {
  const distances = points.map(([px, py]) => {
    const along = (px - x) * dx + (py - y) * dy;
    const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
    return along > 0 && aside <= along ? along + aside : Infinity;
  });
  const least = Math.min(...distances);
  return least === Infinity ? -1 : distances.indexOf(least);
}
