import { expect, it } from "vitest";
import { nearestIn, type Pair } from "../../src/map/box";

const HERE: Pair = [0, 0];

it("finds the nearest point in a direction", () => {
  const points: Pair[] = [[30, 0], [10, 0], [-5, 0], [0, -8]]; // prettier-ignore
  expect(nearestIn(HERE, [1, 0], points)).toBe(1);
  expect(nearestIn(HERE, [-1, 0], points)).toBe(2);
  expect(nearestIn(HERE, [0, -1], points)).toBe(3);
});

it("leaves out what lies more aside than that way", () => {
  expect(nearestIn(HERE, [0, 1], [[9, 8]])).toBe(-1);
  expect(nearestIn(HERE, [1, 0], [[9, 8]])).toBe(0);
  expect(nearestIn(HERE, [1, 0], [])).toBe(-1);
});

it("prefers what lies straight ahead", () => {
  expect(nearestIn(HERE, [1, 0], [[9, 8], [14, 0]])).toBe(1); // prettier-ignore
});
