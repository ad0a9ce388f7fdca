import type { Align } from "../mark";
import { scaled } from "./placer";

/** A place that a label could take, as seen from its anchor, in pixels. */
export interface Attempt {
  lines: string[];
  align: Align;
  dx: number;
  dy: number;
}

/** Return the same lines in several places, the nearest first. */
export function around(lines: string[], align: Align, downs: number[], asides = [0]): Attempt[] {
  const far = ({ dx, dy }: Attempt) => Math.abs(dx) + 1.5 * Math.abs(dy);
  const tries = downs.flatMap((dy) => asides.map((dx) => ({ lines, align, dx: scaled(dx), dy: scaled(dy) })));
  return tries.sort((a, b) => far(a) - far(b));
}

/** Return the places beside a point: right, left, above, below. */
export function beside(name: string): Attempt[] {
  const lines = [name];
  return [
    { lines, align: "start", dx: scaled(8), dy: 0 },
    { lines, align: "end", dx: scaled(-8), dy: 0 },
    { lines, align: "middle", dx: 0, dy: scaled(-12) },
    { lines, align: "middle", dx: 0, dy: scaled(12) },
  ];
}

/** Split a text into one line, and into two lines of about the same length. */
export function lineSplits(text: string): string[][] {
  const words = text.split(" ");
  let best: { pair: string[]; longest: number } | null = null;
  for (let i = 1; i < words.length; i += 1) {
    const pair = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
    const longest = Math.max(pair[0].length, pair[1].length);
    if (words[i] !== "·" && (!best || longest < best.longest)) best = { pair, longest };
  }
  return best ? [[text], best.pair] : [[text]];
}
