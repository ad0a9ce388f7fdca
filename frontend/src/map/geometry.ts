import type { MapData } from "../contract";

/** The positions of a line or a ring, longitude first, in degrees. */
export type Positions = number[][];
export type LinesOf = (shape: { lines: number[][] }) => Positions[];

/** Return what makes a shape's lines from the arcs, of which neighbours share those of their border. */
export function readArcs({ arcs, perDegree }: Pick<MapData, "arcs" | "perDegree">): LinesOf {
  const forwards = arcs.map((arc) => positionsOf(arc, perDegree));
  const arcOf = (n: number) => (n < 0 ? [...forwards[~n]].reverse() : forwards[n]);
  const join = (line: Positions, arc: Positions) => line.concat(arc.slice(1)); // both have the position where they meet
  return ({ lines }) => lines.map((line) => line.map(arcOf).reduce(join));
}

function positionsOf(arc: number[], perDegree: number): Positions {
  const positions: Positions = [];
  for (let i = 0, x = 0, y = 0; i < arc.length; i += 2) {
    x += arc[i];
    y += arc[i + 1];
    positions.push([x / perDegree, y / perDegree]);
  }
  return positions;
}

/**
 * Draw a neighbour on beyond the frame its outline was cut to, so that a wide window shows no straight coast
 * in the middle of a continent. Only positions on an edge of the frame move, straight outwards.
 */
export function beyondFrame(rings: Positions[], [west, south, east, north]: MapData["frame"]): Positions[] {
  const near = (a: number, b: number) => Math.abs(a - b) < 0.002;
  const push = ([lon, lat]: number[]) => [
    near(lon, east) ? lon + 16 : near(lon, west) ? lon - 16 : lon,
    near(lat, north) ? lat + 9 : near(lat, south) ? lat - 12 : lat,
  ];
  return rings.map((ring) => ring.map(push));
}
