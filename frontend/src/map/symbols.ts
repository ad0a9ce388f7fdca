import type { RouteEnd } from "../contract";
import { svg } from "./dom";
import type { Line } from "./line";

const HEADS = {
  solid: { d: "M0.6 0.8 9.4 5 0.6 9.2 2.8 5Z", scale: 0.95 },
  hollow: { d: "M1.2 1.4 8.8 5 1.2 8.6 3 5Z", scale: 1.05 },
};
export const POINTS = {
  site: "M0-4.8 4.8 0 0 4.8-4.8 0Z",
  tripoint: "M0-4.6 4.4 3.2H-4.4Z",
  response: "M-4.2-4.2H4.2V4.2H-4.2Z",
};
export const LEVELS = [0, 1, 2, 3, 4, 5];

/** Draw the head of an arrow whose tip is at `tip` in its own drawing, moved to `place` by a transform. */
export function drawHead(kind: keyof typeof HEADS, parent: Element, tip: number, place = ""): void {
  const { d, scale } = HEADS[kind];
  svg(
    "path",
    { class: `oc-head oc-head-${kind}`, d, transform: `${place}scale(${scale}) translate(${-tip} -5)` },
    parent,
  );
}

const FADING = 0.35; // the part of a line that fades towards an end that is open

/** Let a line fade towards its ends that are open; `colour` is a variable of the styles. */
export function fadeEnds(
  el: SVGElement,
  parent: Element,
  id: string,
  colour: string,
  line: Line,
  { start, end }: { start: RouteEnd; end: RouteEnd },
): void {
  const [[x1, y1], [x2, y2]] = [line[0], line[line.length - 1]];
  const gradient = svg("linearGradient", { id, gradientUnits: "userSpaceOnUse", x1, y1, x2, y2 }, parent);
  const stops = [
    [0, start === "open" ? 0 : 1],
    [FADING, 1],
    [1 - FADING, 1],
    [1, end === "open" ? 0 : 1],
  ];
  for (const [offset, opacity] of stops) {
    svg("stop", { offset, "stop-opacity": opacity }, gradient).style.stopColor = `var(${colour})`;
  }
  el.style.stroke = `url(#${id})`;
}

/** Define hatching for some levels of colour: lines where a border is meant, dots where an area is. */
export function addPatterns(parent: Element, prefix: string, levels: number[], scale: number): SVGPatternElement[] {
  const defs = svg("defs", {}, parent);
  const pattern = (hatch: string, level: number, size: number) =>
    svg(
      "pattern",
      {
        id: `${prefix}-${hatch}-${level}`,
        width: size,
        height: size,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(45) scale(${scale})`,
      },
      defs,
    );
  return levels.flatMap((level) => {
    const [border, area] = [pattern("border", level, 7.2), pattern("area", level, 6.4)];
    svg("line", { x1: 3.6, y1: -1, x2: 3.6, y2: 8.2, "stroke-width": 0.8 }, border).style.stroke =
      `var(--hatch-${level})`;
    svg("circle", { cx: 3.2, cy: 3.2, r: 0.9 }, area).style.fill = `var(--hatch-${level})`;
    return [border, area];
  });
}
