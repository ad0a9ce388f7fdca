import { describe, expect, test } from "vitest";
import { buildScene } from "../../src/model/build_scene";
import { Evidence } from "../../src/model/evidence";
import { PageContext } from "../../src/model/page_context";
import type { LegendRow, Scene } from "../../src/model/scene";
import { data, pageAt } from "./support";

const scene = (query = ""): Scene => buildScene(pageAt(query), "light");
const near = (marks: Record<string, { near?: true }>) => Object.keys(marks).filter((id) => marks[id].near);

describe("a region", () => {
  test("has its counts, its class of colour and its hatching, without zeroes", () => {
    const expected: Scene["regions"] = {
      "PE-MDD": { n: 2, level: 2, border: 2, area: 5, indirect: "border" },
      "PE-LMA": { n: 7, level: 4 },
      "PE-PUN": { n: 3, level: 3, border: 2, area: 2, indirect: "border" },
      "PE-CUS": { n: 1, level: 1 },
      "PE-SAM": { area: 4, indirect: "area" },
      "PE-LAM": { area: 1, indirect: "area" },
      // arms.2-a, counterfeit.4-b, policies_laws.5-b; cocaine.1-b, cocaine.6-b, excisable.1-a, excisable.1-b,
      // human_trafficking.3-a, non_renewable.3-a
      "PE-LOR": { border: 3, area: 6, indirect: "border" },
      "PE-LAL": { n: 2, level: 2, area: 1, indirect: "area" }, // cannabis.3-a, Pataz; counterfeit.5-a
      "PE-TAC": { n: 1, level: 1, border: 2, area: 2, indirect: "border" }, // without the tripoint's
    };
    const { regions } = scene();
    expect(Object.fromEntries(Object.keys(expected).map((id) => [id, regions[id]]))).toEqual(expected);
  });

  test("without any statement is left out under any filters", () => {
    const never = ["PE-ANC", "PE-APU", "PE-AYA", "PE-CAL", "PE-HUC", "PE-HUV", "PE-JUN", "PE-PAS"];
    for (const query of ["", "markets=cyber"]) {
      expect(never.filter((id) => id in scene(query).regions)).toEqual([]);
    }
  });

  test("whose statements the filters hide is hidden, not blank", () => {
    expect(scene("markets=cyber").regions["PE-LMA"]).toEqual({ hidden: true });
  });

  test("that is named without the filters differs from one that is never named", () => {
    const { regions } = scene("basis=border");
    expect(regions["PE-PUN"].hidden).toBe(true);
    expect(regions["PE-LOR"].hidden).toBeUndefined();
  });

  test("that keeps only statements without a market is hidden, not coloured", () => {
    // criminal_networks.1-b names Lima and reaches Piura by its border.
    const { regions } = scene("actors=criminal-networks&basis=named&basis=border");
    expect([regions["PE-LMA"], regions["PE-PIU"]]).toEqual([{ hidden: true }, { hidden: true }]);
  });

  test("that only statements without a market reach is unmarked", () => {
    const i = data.statements.findIndex((one) => !one.markets.length);
    const bare = new Evidence({ ...data, byPlace: { "PE-ANC": [[i, 0]], "PE-LOR": [[i, 2]] } });
    const { regions, legend } = buildScene(new PageContext(bare, "", "es"), "light");
    expect(regions).toEqual({ "PE-ANC": { unmarked: true }, "PE-LOR": { unmarked: true } });
    expect(legend.filter((row) => row === "border" || row === "area")).toEqual([]);
  });
});

describe("a scene", () => {
  test("has the language, the theme and the layers", () => {
    const built = buildScene(pageAt("layers=sites", "en"), "dark");
    expect([built.lang, built.theme, built.layers]).toEqual(["en", "dark", ["sites"]]);
  });

  test("names what is selected", () => {
    expect(scene().selected).toBeNull();
    expect(scene("place=PE-MDD").selected).toEqual({ kind: "place", id: "PE-MDD" });
    expect(scene("route=heroin.1-r1").selected).toEqual({ kind: "route", id: "heroin.1-r1" });
  });

  test("has the same key where only the selection differs", () => {
    expect(scene("place=PE-MDD").contentKey).toBe(scene("route=heroin.1-r1").contentKey);
    const others = ["markets=arms", "layers=sites", "basis=none", "actors=foreign-groups"];
    expect(others.filter((query) => scene(query).contentKey === scene().contentKey)).toEqual([]);
    expect(buildScene(pageAt("", "en"), "light").contentKey).not.toBe(scene().contentKey);
    expect(buildScene(pageAt(""), "dark").contentKey).not.toBe(scene().contentKey);
  });

  test("counts the statements of the corridors", () => {
    // EC: arms.2-a, counterfeit.4-b, policies_laws.5-b. BO: excisable.2-a, non_renewable.4-a. CL: excisable.2-a.
    const counts = Object.entries(scene().corridors).map(([id, { n }]) => [id, n]);
    expect(Object.fromEntries(counts)).toEqual({
      "border-BO": 2,
      "border-BR": 0,
      "border-CL": 1,
      "border-CO": 0,
      "border-EC": 3,
    });
  });

  test("highlights the corridors and routes of what is selected, and no longer than it is", () => {
    expect(near(scene("place=PE-MDD").corridors)).toEqual(["border-BO", "border-BR"]);
    expect(near(scene("place=PE-LAL").routes)).toEqual(["cannabis.3-r1"]);
    expect(near(scene("place=PE-ICA").corridors)).toEqual([]);
    expect([...near(scene().corridors), ...near(scene().routes)]).toEqual([]);
  });

  test("has no route that the filters hide, not even of what is selected", () => {
    expect(Object.keys(scene("place=PE-CAJ&markets=arms").routes)).toEqual(["arms.2-r1"]);
    const heroin = scene("markets=heroin");
    expect([Object.keys(heroin.routes), heroin.routesWithoutLine]).toEqual([["heroin.1-r1", "heroin.1-r2"], []]);
  });

  test("has each route as a line or as in the list", () => {
    const { routes, routesWithoutLine } = scene();
    expect([...Object.keys(routes), ...routesWithoutLine].sort()).toEqual(data.routes.map(({ id }) => id).sort());
    expect(scene("markets=arms").routesWithoutLine).toEqual([1, 2, 3, 4, 5, 6].map((number) => `arms.1-r${number}`));
    expect(scene("layers=regions").routesWithoutLine).toEqual([]);
  });

  test("has the sites with their statements", () => {
    const sites = { gamarra: 1, "la-pampa": 2, pataz: 1, "polvos-azules": 1, "villa-el-salvador": 1 };
    const counts = Object.entries(scene().sites).map(([id, { n }]) => [id, n]);
    expect(Object.fromEntries(counts)).toEqual(sites);
    expect(Object.keys(scene("markets=arms").sites)).toEqual(["villa-el-salvador"]);
  });

  test("has the responses with their statements, whatever the layers", () => {
    expect(scene().layers).not.toContain("responses");
    const counts = Object.entries(scene().responses).map(([id, { n }]) => [id.replace("response/", ""), n]);
    expect(Object.fromEntries(counts)).toEqual({
      "PE-LMA": 1, // cooperation.4-b
      "PE-PIU": 1, // arms.5-a
      "PE-TUM": 1, // arms.5-a
      "border-BO": 1, // territorial_integrity.5-b
      "border-BR": 1, // territorial_integrity.5-b
      "border-CO": 1, // territorial_integrity.5-b
      "border-EC": 3, // counterfeit.4-b, policies_laws.5-b, territorial_integrity.3-a
      "tripoint-BO-CL": 1, // territorial_integrity.3-b
      "villa-el-salvador": 1, // arms.6-a
    });
    // arms.5-a, policies_laws.5-b, arms.6-a
    const arms = ["PE-PIU", "PE-TUM", "border-EC", "villa-el-salvador"].map((id) => [`response/${id}`, { n: 1 }]);
    expect(scene("markets=arms").responses).toEqual(Object.fromEntries(arms));
  });
});

describe("the legend", () => {
  const legend = (query = ""): LegendRow[] => scene(query).legend;
  const without = (layer: string) => data.defaultLayers.filter((one) => one !== layer).map((one) => `layers=${one}`);

  test("explains in the first view what is drawn there", () => {
    const rows = [
      "levels",
      "border",
      "area",
      "blank",
      "schematic",
      "open_end",
      "inferred",
      "corridor",
      "site",
      "rough",
    ];
    expect(legend()).toEqual(rows);
  });

  test("does not explain a layer that is off", () => {
    const rows: [layer: string, rows: LegendRow[]][] = [
      ["regions", ["levels", "border", "area", "blank"]],
      ["routes", ["schematic", "open_end", "inferred", "hollow"]],
      ["corridors", ["corridor"]],
      ["sites", ["site", "rough"]],
    ];
    const explained = rows.filter(([layer, own]) => legend(without(layer).join("&")).some((row) => own.includes(row)));
    expect(explained).toEqual([]);
    expect(legend("layers=none")).toEqual([]);
  });

  test("explains tripoints and responses with their layers", () => {
    expect(legend("layers=tripoints")).toEqual(["tripoint"]);
    expect(legend("layers=responses")).toEqual(["response"]);
    expect(legend("layers=responses&markets=heroin")).toEqual([]);
  });

  test("does not explain what the filters hide", () => {
    expect(legend("markets=fauna")).not.toContain("schematic");
    expect(legend("markets=cyber")).not.toContain("site");
    expect(legend("markets=cyber")).not.toContain("rough");
    expect(legend("markets=non_renewable")).toContain("rough");
    expect(legend("markets=non_renewable")).not.toContain("site");
    expect(legend("basis=named")).not.toContain("border");
    expect(legend("basis=named")).not.toContain("area");
  });

  test("explains the colours only where a region has one", () => {
    expect(legend("markets=cyber")).not.toContain("levels");
    expect(legend("markets=heroin")).toContain("levels");
  });

  test("explains a hollow route", () => {
    const routes = data.routes.map((one) => (one.id === "heroin.1-r1" ? { ...one, hollow: true } : one));
    const doubted = new Evidence({ ...data, routes });
    expect(buildScene(new PageContext(doubted, "", "es"), "light").legend).toContain("hollow");
  });
});
