import { describe, expect, it } from "vitest";
import type { Words } from "../../src/contract";
import { Legend } from "../../src/map/legend";
import type { LegendRow } from "../../src/model/scene";

const ROWS: LegendRow[] = [
  "border",
  "area",
  "filtered",
  "blank",
  "schematic",
  "open_end",
  "inferred",
  "hollow",
  "corridor",
  "site",
  "rough",
  "tripoint",
  "response",
];
const LEVELS = ["1", "2–4", "5+"];

const wordsIn = (lang: string): Words =>
  Object.fromEntries(
    ["title", "open", "levels_short", "border_short", "area_short", ...ROWS].map((name) => [
      `legend.${name}`,
      `${lang} ${name}`,
    ]),
  );

function newLegend() {
  const root = document.createElement("div");
  const legend = new Legend(root, LEVELS);
  const texts = (selector: string) => [...root.querySelectorAll(selector)].map((el) => el.textContent);
  return { root, legend, texts };
}

describe("Legend", () => {
  it("has a row with a picture for each thing drawn, and the ramp for the classes of colour", () => {
    const { root, legend, texts } = newLegend();
    legend.show(["levels", ...ROWS], wordsIn("es"));
    expect(texts(".oc-legend-row")).toEqual(ROWS.map((row) => `es ${row}`));
    expect(texts(".oc-legend-body .oc-ramp-label")).toEqual(LEVELS);
    expect(texts(".oc-legend-body .oc-legend-title")).toEqual(["es title"]);
    const pictures = [...root.querySelectorAll(".oc-legend-row > svg")].map((el) => el.innerHTML);
    expect(pictures.filter(Boolean)).toHaveLength(ROWS.length);
    // A region without colour looks the same, whatever the reason.
    expect(new Set(pictures).size).toBe(ROWS.length - 1);
  });

  it("says beside its button what tints and hatchings mean", () => {
    const { legend, texts } = newLegend();
    legend.show(["levels", ...ROWS], wordsIn("es"));
    expect(texts(".oc-legend-bar .oc-ramp-label")).toEqual(LEVELS);
    expect(texts(".oc-legend-bar .oc-legend-title")).toEqual(["es levels_short"]);
    expect(texts(".oc-legend-sign")).toEqual(["es border_short", "es area_short"]);
    legend.show(["site"], wordsIn("es"));
    expect(texts(".oc-legend-short *")).toEqual([]);
  });

  it("has no ramp where nothing is coloured, and is not there where nothing is drawn", () => {
    const { root, legend, texts } = newLegend();
    legend.show(["levels", "site"], wordsIn("es"));
    legend.show(["site"], wordsIn("es"));
    expect([texts(".oc-ramp-cell"), texts(".oc-legend-title"), texts(".oc-legend-row")]).toEqual([[], [], ["es site"]]);
    legend.show([], wordsIn("es"));
    expect(root.querySelector<HTMLElement>(".oc-legend-button")?.style.display).toBe("none");
    legend.show(["site"], wordsIn("es"));
    expect(root.querySelector<HTMLElement>(".oc-legend-button")?.style.display).toBe("");
  });

  it("changes its language, and nothing where scene and language stay", () => {
    const { root, legend, texts } = newLegend();
    legend.show(["levels", "site"], wordsIn("es"));
    const before = root.querySelector(".oc-legend-row");
    legend.show(["levels", "site"], wordsIn("es"));
    expect(root.querySelector(".oc-legend-row")).toBe(before);
    legend.show(["levels", "site"], wordsIn("en"));
    expect(texts(".oc-legend-row, .oc-legend-title, button")).toEqual([
      "en title",
      "en site",
      "en levels_short",
      "en open",
    ]);
  });

  it("opens and closes by its button, and closes by Escape", () => {
    const { root, legend } = newLegend();
    legend.show(["site"], wordsIn("es"));
    const button = root.querySelector("button");
    const state = () => [legend.el.classList.contains("oc-open"), button?.getAttribute("aria-expanded")];
    button?.click();
    expect(state()).toEqual([true, "true"]);
    legend.el.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(state()).toEqual([false, "false"]);
  });
});
