import type { Box, Pair, Point } from "./box";

/** The angle of each point of the compass, in degrees, clockwise from east. */
export const COMPASS: Record<string, number> = { n: -90, ne: -45, e: 0, se: 45, s: 90, sw: 135, w: 180, nw: -135 };

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Return the point of the compass at which a point lies as seen from another. */
export function sideOf([x, y]: Pair, [fromX, fromY]: Pair): string {
  const turn = (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI;
  return Object.keys(COMPASS).find((name) => Math.abs(((COMPASS[name] - turn + 540) % 360) - 180) <= 22.5) ?? "n";
}

/** Return where a box of a size could stand around a point, the side given first, near before far. */
export function placesBeside({ x, y }: Point, side: string, w: number, h: number): Box[] {
  const turns = [0, 22, -22, 45, -45, 67, -67, 90, -90, 112, -112, 135, -135, 180];
  return [10, 26, 44].flatMap((gap) =>
    turns.map((turn) => {
      const angle = radians(COMPASS[side] + turn);
      const cx = x + Math.cos(angle) * (gap + w / 2);
      const cy = y + Math.sin(angle) * (gap + h / 2);
      return { x0: cx - w / 2, y0: cy - h / 2, x1: cx + w / 2, y1: cy + h / 2 };
    }),
  );
}
