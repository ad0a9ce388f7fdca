import { describe, expect, it } from "vitest";
import type { Words } from "../../src/contract";
import { regionTip, spoken } from "../../src/map/tips";
import { counted, fill } from "../../src/text";

const WORDS: Words = {
  "tooltip.blank": "Not mentioned",
  "tooltip.not_named": "No statement names it",
  "tooltip.filtered": "Nothing with these filters",
  "tooltip.direct.one": "1 statement names it",
  "tooltip.direct.other": "{n} statements name it",
  "tooltip.border": "{n} by its border",
  "tooltip.area": "{n} by a wider area",
};

describe("regionTip", () => {
  it("says why a region has its colour, or none", () => {
    expect(regionTip(undefined, WORDS)).toBe("Not mentioned");
    expect(regionTip({ unmarked: true }, WORDS)).toBe("No statement names it");
    expect(regionTip({ n: 1, level: 1 }, WORDS)).toBe("1 statement names it");
    expect(regionTip({ n: 7, level: 4 }, WORDS)).toBe("7 statements name it");
    expect(regionTip({ n: 2, border: 3, area: 1, indirect: "border" }, WORDS)).toBe(
      "2 statements name it\n3 by its border · 1 by a wider area",
    );
    expect(regionTip({ border: 2, indirect: "border" }, WORDS)).toBe("No statement names it\n2 by its border");
    expect(regionTip({ area: 4, indirect: "area" }, WORDS)).toBe("No statement names it\n4 by a wider area");
  });

  it("does not call a region not named where filters leave out what names it", () => {
    expect(regionTip({ hidden: true }, WORDS)).toBe("Nothing with these filters");
    expect(regionTip({ hidden: true, area: 4, indirect: "area" }, WORDS)).toBe("4 by a wider area");
  });
});

describe("spoken", () => {
  it("is the name, then the tip's lines as sentences", () => {
    expect(spoken("Puno", "")).toBe("Puno");
    expect(spoken("Puno", "2 name it\n3 by its border")).toBe("Puno: 2 name it. 3 by its border");
    expect(spoken("Puno", "Really?\n\n one ")).toBe("Puno: Really? one");
  });
});

describe("texts", () => {
  it("fills gaps once, and leaves unknown ones", () => {
    expect(fill("{n} in {region}, {other}", { n: 3, region: "{n}" })).toBe("3 in {n}, {other}");
    expect(fill("{constructor}", {})).toBe("{constructor}");
  });

  it("counts in singular and plural", () => {
    expect([0, 1, 2].map((n) => counted(WORDS, "tooltip.direct", n))).toEqual([
      "0 statements name it",
      "1 statement names it",
      "2 statements name it",
    ]);
  });
});
