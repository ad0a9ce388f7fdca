import { describe, expect, it } from "vitest";
import { inside, overlap, type Box } from "../../src/map/box";
import { Grid } from "../../src/map/labels/grid";
import { placeLabels, type Candidate, type Measure, type Obstacles } from "../../src/map/labels/placer";
import { around, beside, lineSplits, type Attempt } from "../../src/map/labels/tries";

const RUNS = 60;
const measure: Measure = (text, style) => text.length * style.size * 0.6;

/** A generator of numbers from 0 to 1 that gives the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function boxesOf(random: () => number, n: number, size: number): Box[] {
  return Array.from({ length: n }, () => {
    const [x0, y0] = [random() * 600 - 100, random() * 600 - 100];
    return { x0, y0, x1: x0 + random() * size, y1: y0 + random() * size };
  });
}

function candidatesOf(random: () => number, n: number, rest: Partial<Candidate> = {}): Candidate[] {
  return Array.from({ length: n }, (_, i) => ({
    key: `label ${i}`,
    style: "region",
    tone: "region",
    rank: Math.floor(random() * 50),
    at: { x: random() * 400, y: random() * 400 },
    count: random() < 0.5 ? String(Math.ceil(random() * 20)) : "",
    tries: lineSplits(`Name ${i} of a place`).flatMap((lines) => around(lines, "middle", [0, -12, 12], [0, -20, 20])),
    ...rest,
  }));
}

const NOTHING = { panels: [], ends: [] };

describe("placeLabels", () => {
  it("lets others give way to a vital label, which may cover an end of a route but no panel", () => {
    const at = (dx: number): Attempt => ({ lines: ["Ica"], align: "middle", dx, dy: 0 });
    const base = { style: "region", tone: "region", at: { x: 0, y: 0 } } as const;
    const other: Candidate = { ...base, key: "other", rank: 1, tries: [at(0), at(100)] };
    const vital: Candidate = { ...base, key: "vital", rank: 2, vital: true, tries: [at(0)] };
    const found = (obstacles: Obstacles) =>
      [...placeLabels([other, vital], obstacles, measure)].map(([key, { attempt }]) => [key, attempt.dx]);
    const box = { x0: -3, y0: -3, x1: 3, y1: 3 };
    expect(found(NOTHING)).toEqual([["vital", 0], ["other", 100]]); // prettier-ignore
    expect(found({ panels: [], ends: [box] })).toEqual([["vital", 0], ["other", 100]]); // prettier-ignore
    expect(found({ panels: [box], ends: [] })).toEqual([["other", 100]]);
  });

  it("never puts a label over another or over an obstacle", () => {
    const faults: string[] = [];
    let placedAtAll = 0;
    for (let seed = 0; seed < RUNS; seed += 1) {
      const random = randomOf(seed);
      const obstacles = boxesOf(random, 12, 60);
      const placed = [...placeLabels(candidatesOf(random, 40), { panels: obstacles, ends: [] }, measure).values()];
      placedAtAll += placed.length;
      placed.forEach(({ box, candidate }, i) => {
        const others = [...placed.slice(i + 1).map((other) => other.box), ...obstacles];
        if (others.some((other) => overlap(box, other))) faults.push(`${seed}: ${candidate.key}`);
      });
    }
    expect(faults).toEqual([]);
    expect(placedAtAll).toBeGreaterThan(RUNS * 10);
  });

  it("always gives the most important label its best place", () => {
    const faults: number[] = [];
    for (let seed = 0; seed < RUNS; seed += 1) {
      const candidates = candidatesOf(randomOf(seed), 40);
      const first = { ...candidates[seed % 40], key: "first", rank: -1 };
      const place = placeLabels([...candidates, first], NOTHING, measure).get("first");
      if (place?.attempt !== first.tries[0]) faults.push(seed);
    }
    expect(faults).toEqual([]);
  });

  it("leaves strict labels out rather than putting them on what they avoid; others take the place that touches least", () => {
    const faults: string[] = [];
    let [placedAtAll, touching] = [0, 0];
    for (let seed = 0; seed < RUNS; seed += 1) {
      const random = randomOf(seed);
      const avoid = new Grid(boxesOf(random, 60, 80));
      const strict = candidatesOf(random, 20, { avoid, strict: true });
      for (const { box, candidate } of placeLabels(strict, NOTHING, measure).values()) {
        placedAtAll += 1;
        if (avoid.meets(box)) faults.push(`${seed}: ${candidate.key}`);
      }
      const [one] = candidatesOf(random, 1, { avoid });
      const place = placeLabels([one], NOTHING, measure).get(one.key);
      const every = one.tries.flatMap((attempt) => [
        ...placeLabels([{ ...one, tries: [attempt] }], NOTHING, measure).values(),
      ]);
      const touches = (box: Box) => [...avoid.over(box)].length;
      if (!place || touches(place.box) !== Math.min(...every.map(({ box }) => touches(box))))
        faults.push(`${seed}: least`);
      if (place && touches(place.box)) touching += 1;
    }
    expect(faults).toEqual([]);
    expect(placedAtAll).toBeGreaterThan(0);
    expect(touching).toBeGreaterThan(0);
  });

  it("takes only places that belong to what is named", () => {
    const [label] = candidatesOf(randomOf(1), 1, { allows: ({ dx }) => dx > 0 });
    expect(placeLabels([label], NOTHING, measure).get(label.key)?.attempt.dx).toBe(20);
    expect(placeLabels([{ ...label, allows: () => false }], NOTHING, measure).size).toBe(0);
  });

  it("makes room for every line and for the number behind the last one", () => {
    const widthOf = (lines: string[], count: string) => {
      const tries = [{ lines, align: "middle" as const, dx: 0, dy: 0 }];
      const [label] = candidatesOf(randomOf(1), 1, { tries, count, at: { x: 0, y: 0 } });
      return placeLabels([label], NOTHING, measure).get(label.key)?.box;
    };
    const [plain, counted, two] = [widthOf(["Puno"], ""), widthOf(["Puno"], "12"), widthOf(["Puno", "Cusco"], "")];
    if (!plain || !counted || !two) throw new Error("a label was left out");
    expect(inside(plain, counted) && inside(plain, two)).toBe(true);
    expect(counted.x1 - counted.x0).toBeCloseTo(4 + 7 * 11.5 * 0.6);
    expect(two.y1 - two.y0).toBeGreaterThan(1.9 * (plain.y1 - plain.y0));
  });

  it("sets a label to the side of its anchor that its alignment asks for", () => {
    const sides = beside("Pataz").map((attempt) => {
      const [label] = candidatesOf(randomOf(1), 1, { tries: [attempt], at: { x: 0, y: 0 }, count: "" });
      const box = placeLabels([label], NOTHING, measure).get(label.key)?.box;
      return box && [box.x0 > 0, box.x1 < 0, box.y1 < 0, box.y0 > 0];
    });
    expect(sides).toEqual([
      [true, false, false, false],
      [false, true, false, false],
      [false, false, true, false],
      [false, false, false, true],
    ]);
  });
});

describe("Grid", () => {
  it("finds the boxes that overlap another, each once", () => {
    const faults: number[] = [];
    for (let seed = 0; seed < RUNS; seed += 1) {
      const random = randomOf(seed);
      const boxes = boxesOf(random, 80, 200);
      const grid = new Grid(boxes.slice(40));
      for (const box of boxes.slice(0, 40)) grid.add(box);
      for (const asked of boxesOf(random, 10, 150)) {
        const found = [...grid.over(asked)];
        const wanted = boxes.filter((box) => overlap(asked, box));
        const same = found.length === wanted.length && wanted.every((box) => found.includes(box));
        if (!same || grid.meets(asked) !== wanted.length > 0) faults.push(seed);
      }
    }
    expect(faults).toEqual([]);
  });
});

describe("lineSplits", () => {
  it("splits a name into two lines of about the same length, never before a dot", () => {
    expect(lineSplits("Puno")).toEqual([["Puno"]]);
    expect(lineSplits("Madre de Dios")).toEqual([["Madre de Dios"], ["Madre", "de Dios"]]);
    expect(lineSplits("Frontera con Bolivia")[1]).toEqual(["Frontera", "con Bolivia"]);
    expect(lineSplits("Puno · 3")[1]).toEqual(["Puno ·", "3"]);
  });
});

describe("around", () => {
  it("gives every place once, the nearest first, a step down for further than one aside", () => {
    const tries = around(["Puno"], "end", [0, -10, 10], [0, -14, 14]);
    expect(tries.map(({ dx, dy }) => [dx, dy])).toEqual([
      [0, 0],
      [-14, 0],
      [14, 0],
      [0, -10],
      [0, 10],
      [-14, -10],
      [14, -10],
      [-14, 10],
      [14, 10],
    ]);
    expect(new Set(tries.map(({ align }) => align))).toEqual(new Set(["end"]));
    expect(around(["Puno"], "start", [0, 8])).toHaveLength(2);
  });
});
