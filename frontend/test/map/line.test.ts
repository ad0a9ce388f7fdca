import { describe, expect, it } from "vitest";
import { extentOf, unionOf } from "../../src/map/box";
import { beyondFrame, readArcs } from "../../src/map/geometry";
import { spreadUpwards } from "../../src/map/inset";
import { alongLine, boxesAlong, headingAtEnd, lengthOf, type Line } from "../../src/map/line";
import { vectors } from "../model/support";

const BENT: Line = [
  [0, 0],
  [30, 0],
  [30, 0],
  [30, 10],
];

describe("alongLine", () => {
  it("gives the point at a share of the length, and the direction there", () => {
    expect(lengthOf(BENT)).toBe(40);
    expect(alongLine(BENT, 0)).toEqual({ at: [0, 0], dx: 1, dy: 0 });
    expect(alongLine(BENT, 0.5)).toEqual({ at: [20, 0], dx: 1, dy: 0 });
    expect(alongLine(BENT, 0.875)).toEqual({ at: [30, 5], dx: 0, dy: 1 });
    expect(alongLine(BENT, 1)).toEqual({ at: [30, 10], dx: 0, dy: 1 });
  });

  it("gives the end of a line without length", () => {
    const point: Line = [
      [3, 4],
      [3, 4],
    ];
    expect(alongLine(point, 0.5).at).toEqual([3, 4]);
  });
});

describe("headingAtEnd", () => {
  it("looks back over as much of the line as is asked for", () => {
    expect(headingAtEnd(BENT, 5)).toBe(90);
    expect(headingAtEnd(BENT, 20)).toBeCloseTo((Math.atan2(10, 30) * 180) / Math.PI);
    expect(headingAtEnd(BENT, 1000)).toBeCloseTo((Math.atan2(10, 30) * 180) / Math.PI);
  });
});

describe("boxesAlong", () => {
  it("puts boxes at even steps, across the bends of the line, in pixels", () => {
    const line: Line = [
      [0, 0],
      [5, 0],
      [5, 15],
    ];
    const boxes = boxesAlong(line, 4, 1, ([x, y]) => ({ x: x * 10, y: y * 10 }));
    const middles = boxes.map(({ x0, y0, x1, y1 }) => [(x0 + x1) / 2, (y0 + y1) / 2]);
    expect(new Set(middles.map(String))).toEqual(new Set(["0,0", "40,0", "50,30", "50,70", "50,110", "50,150"]));
    expect(boxes.every(({ x0, x1, y0, y1 }) => x1 - x0 === 2 && y1 - y0 === 2)).toBe(true);
  });
});

describe("geometry", () => {
  const square = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 0],
  ];

  it("has the lines that Python wrote as arcs", () => {
    const [{ lines, positions, ...data }] = vectors.shapes;
    const linesOf = readArcs(data);
    expect(lines.map((shape) => linesOf({ lines: shape }))).toEqual(positions);
  });

  it("draws a neighbour on beyond each edge of the frame", () => {
    const ring = [[-80, -20], [-65, -20], [-65, 3], [-80, 3], [-70, -9]]; // prettier-ignore
    expect(beyondFrame([ring], [-80, -20, -65, 3])).toEqual([[[-96, -32], [-49, -32], [-49, 12], [-96, 12], [-70, -9]]]); // prettier-ignore
    expect(beyondFrame([ring], [-84, -21, -64, 4])).toEqual([ring]);
  });

  it("unites boxes and points", () => {
    expect(extentOf(square)).toEqual({ x0: 0, y0: 0, x1: 2, y1: 2 });
    expect(unionOf([extentOf(square), { x0: -1, y0: 1, x1: 1, y1: 5 }])).toEqual({ x0: -1, y0: 0, x1: 2, y1: 5 });
  });
});

describe("spreadUpwards", () => {
  it("moves names up until they stand a line apart; the lowest stays", () => {
    expect(spreadUpwards([10, 12, 80])).toEqual([-1, 12, 80]);
    expect(spreadUpwards([10, 75, 80])).toEqual([10, 67, 80]);
    expect(spreadUpwards([])).toEqual([]);
  });
});
