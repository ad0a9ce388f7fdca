import { describe, expect, it } from "vitest";
import type { MapData, RouteEnd } from "../../src/contract";
import { extentOf } from "../../src/map/box";
import type { Line } from "../../src/map/line";
import { Marks } from "../../src/map/marks";
import type { Sheet } from "../../src/map/sheet";

const NOTHING = { countries: [], regions: [], rivers: [], corridors: [], sites: [], tripoints: [], responses: [] };
const LINE: Line = [
  [0, 0],
  [30, 0],
  [30, 10],
];

/** Draw one route along LINE on a plain sheet, whose symbols stand where they were put. */
function drawRoute(start: RouteEnd, end: RouteEnd, hollow = false): SVGGElement {
  const root = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const sheet = {
    root,
    top: root,
    trace: (lines: Line[]) => ({ d: "", box: extentOf(lines.flat()), lines }),
    addSymbol: (g: SVGGElement, at: number[], angle?: (pixel: number) => number) => {
      Object.assign(g.dataset, { at: at.join(" "), angle: String(angle?.(1) ?? "") });
    },
  };
  const text = { es: "", en: "" };
  const properties = { goods: text, name: text, note: text, hollow, start, end };
  const data = { ...NOTHING, routes: [{ id: "r1", properties, lines: [[0]] }] };
  new Marks(sheet as unknown as Sheet, data as unknown as MapData, () => [LINE]);
  const route = root.querySelector<SVGGElement>(".oc-route");
  if (!route) throw new Error("no route was drawn");
  return route;
}

/** Return where a symbol of a route stands, which way it points and whether it is that of an inferred end. */
function symbolOf(route: SVGGElement, name: string) {
  const g = route.querySelector(name)?.closest<SVGGElement>(".oc-symbol");
  return g ? { at: g.dataset.at, angle: g.dataset.angle, inferred: g.classList.contains("oc-inferred") } : null;
}

/** Return how opaque a route's line is at its start, in its middle and at its end. */
function opacitiesOf(route: SVGGElement): string[] | null {
  const line = route.querySelector<SVGPathElement>(".oc-route-line");
  const id = /url\("?#(.+?)"?\)/.exec(line?.style.stroke ?? "")?.[1];
  if (!id) return null;
  const stops = [...route.querySelectorAll(`[id="${id}"] stop`)].map((stop) => stop.getAttribute("stop-opacity") ?? "");
  return [stops[0], stops[1], stops[stops.length - 1]];
}

describe("a route", () => {
  it("has a dot where it begins and a head where it ends, which points ahead", () => {
    const route = drawRoute("named", "named");
    expect(symbolOf(route, ".oc-origin")).toEqual({ at: "0 0", angle: "", inferred: false });
    expect(symbolOf(route, ".oc-head-solid")).toEqual({ at: "30 10", angle: "90", inferred: false });
    expect(opacitiesOf(route)).toBeNull();
  });

  it("shows which of its ends is inferred", () => {
    const [first, last] = [drawRoute("inferred", "named"), drawRoute("named", "inferred")];
    expect([first, last].map((route) => symbolOf(route, ".oc-origin")?.inferred)).toEqual([true, false]);
    expect([first, last].map((route) => symbolOf(route, ".oc-head")?.inferred)).toEqual([false, true]);
  });

  it("fades towards an open end, which has no sign", () => {
    const [first, last] = [drawRoute("open", "named"), drawRoute("named", "open")];
    expect(symbolOf(first, ".oc-origin")).toBeNull();
    expect(symbolOf(first, ".oc-head")?.at).toBe("30 10");
    expect(opacitiesOf(first)).toEqual(["0", "1", "1"]);
    expect(symbolOf(last, ".oc-origin")?.at).toBe("0 0");
    expect(symbolOf(last, ".oc-head")).toBeNull();
    expect(opacitiesOf(last)).toEqual(["1", "1", "0"]);
  });

  it("has a hollow head where the source doubts it", () => {
    expect(symbolOf(drawRoute("named", "named", true), ".oc-head-hollow")?.at).toBe("30 10");
  });
});
