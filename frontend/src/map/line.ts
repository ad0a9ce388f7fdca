import { boxAround, type Box, type Pair, type Point } from "./box";

export type Line = Pair[];

export function lengthOf(line: Line): number {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
  return sum;
}

/** Return the point at a share of a line's length, and the direction there. */
export function alongLine(line: Line, share: number): { at: Pair; dx: number; dy: number } {
  let left = lengthOf(line) * share;
  for (let i = 1; i < line.length; i += 1) {
    const [x, y] = line[i - 1];
    const [dx, dy] = [line[i][0] - x, line[i][1] - y];
    const step = Math.hypot(dx, dy);
    if (step && left <= step)
      return { at: [x + (dx * left) / step, y + (dy * left) / step], dx: dx / step, dy: dy / step };
    left -= step;
  }
  return { at: line[line.length - 1], dx: 1, dy: 0 };
}

/** Return the direction in degrees in which a line ends, looked at over its last `reach` units. */
export function headingAtEnd(line: Line, reach: number): number {
  const end = line[line.length - 1];
  let from = line[0];
  for (let i = line.length - 2; i >= 0; i -= 1) {
    from = line[i];
    if (Math.hypot(end[0] - from[0], end[1] - from[1]) >= reach) break;
  }
  return (Math.atan2(end[1] - from[1], end[0] - from[0]) * 180) / Math.PI;
}

/** Return boxes in pixels along a line, one every `step` units of the line. */
export function boxesAlong(line: Line, step: number, radius: number, toPixels: (at: Pair) => Point): Box[] {
  const boxes: Box[] = [];
  let walked = step;
  for (let i = 1; i < line.length; i += 1) {
    const [x0, y0] = line[i - 1];
    const [x1, y1] = line[i];
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (walked += length; walked >= step; walked -= step) {
      const back = length ? Math.min((walked - step) / length, 1) : 0;
      boxes.push(boxAround(toPixels([x1 - (x1 - x0) * back, y1 - (y1 - y0) * back]), radius));
    }
  }
  return boxes;
}
