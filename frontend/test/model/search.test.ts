// search_index.json is a part of what `build_search_data` gives: in Spanish all but the statements that no test needs.
import { expect, test } from "vitest";
import type { SearchData, SearchEntryData } from "../../src/contract";
import { EXCERPT, type MarkedText } from "../../src/model/excerpt";
import { fold } from "../../src/model/folding";
import {
  buildIndex,
  type EntryKind,
  MOST_SHOWN,
  queryAfter,
  search,
  type SearchEntry,
  type SearchHit,
} from "../../src/model/search";
import data from "../search_index.json";

const spanish = buildIndex(data.es);
const english = buildIndex(data.en);
const everything = (index: SearchEntry[], query: string) => search(index, query).groups.flatMap(({ hits }) => hits);
const text = (parts: MarkedText[]) => parts.map((part) => part.text).join("");
const marked = (parts: MarkedText[]) => parts.filter((part) => part.marked).map((part) => part.text);

function hits(index: SearchEntry[], query: string, kind: EntryKind): SearchHit[] {
  return search(index, query).groups.find((group) => group.kind === kind)?.hits ?? [];
}

function ids(index: SearchEntry[], query: string, kind: EntryKind): string[] {
  return hits(index, query, kind).map(({ entry }) => entry.id);
}

/** An index of places with these names. */
function placesNamed(...names: string[]): SearchEntry[] {
  const places = names.map((name): SearchEntryData => ({ id: name, name, text: "", note: "", names: [], texts: [] }));
  const none: Omit<SearchData, "places"> = { markets: [], actors: [], routes: [], indicators: [], statements: [] };
  return buildIndex({ places, ...none });
}

test.each([
  ["Extorsión", "extorsion"],
  ["NIÑO, Ñandú", "nino, nandu"],
  ["pingüino", "pinguino"],
  ["extorsio\u0301n", "extorsion"],
  ["ＬＩＭＡ", "lima"],
  ["ﬁn", "fin"],
])("folding takes capitals and accents off %s", (written, folded) => {
  expect(fold(written)).toBe(folded);
});

test.each(["extorsion", "Extorsión", "EXTORSIO", "extorsio\u0301n", "  extorsión  "])(
  "accents and capitals do not matter in %j",
  (query) => {
    expect(ids(spanish, query, "markets")).toEqual(["extortion"]);
  },
);

test("n finds the letter with a tilde", () => {
  const shown = hits(spanish, "nino", "statements");
  expect(shown).not.toEqual([]);
  expect(shown.filter(({ excerpt }) => !marked(excerpt).includes("niño"))).toEqual([]);
});

test("among equal matches those with the query's accents come first", () => {
  const index = placesNamed("Pena", "Peña", "Penacho");
  expect(ids(index, "peña", "places")).toEqual(["Peña", "Pena", "Penacho"]);
  expect(ids(index, "pena", "places")).toEqual(["Pena", "Penacho", "Peña"]);
});

test("names that begin with the query come before words of names", () => {
  const [first, ...others] = ids(spanish, "ecuador", "places");
  expect(first).toBe("EC");
  expect(others.sort()).toEqual(["border-EC", "tripoint-EC-CO"]);
});

test("words of names come before words of texts", () => {
  const shown = hits(spanish, "personas", "markets");
  expect(shown[0].entry.id).toBe("human_trafficking");
  expect(marked(shown[0].name)).toEqual(["personas"]);
  expect(shown.length).toBeGreaterThan(1);
});

test("kinds are shown in their order", () => {
  const shown = search(spanish, "a").groups.map(({ kind }) => kind);
  expect(shown).toEqual(["places", "markets", "actors", "routes", "indicators", "statements"]);
});

test("an English word finds in the Spanish page and is shown in Spanish", () => {
  const [route, ...others] = hits(spanish, "timber", "routes");
  expect(others).toEqual([]);
  expect(text(route.name)).toBe("Madera: Perú → China");
  expect(route.otherLanguage).toBe(true);
  const shown = everything(spanish, "timber").map((hit) => text([...hit.name, ...hit.excerpt, ...hit.note]));
  expect(shown.filter((one) => one.includes("timber"))).toEqual([]);
});

test("a Spanish word finds in the English page", () => {
  const [market] = hits(english, "extorsión", "markets");
  expect(text(market.name)).toBe("Extortion");
  expect(market.otherLanguage).toBe(true);
});

test("a match in the page's language is not marked as in another", () => {
  const shown = everything(spanish, "Puno");
  expect(shown).not.toEqual([]);
  expect(shown.filter((hit) => hit.otherLanguage)).toEqual([]);
});

test("several words must all match", () => {
  expect(ids(spanish, "lima extors", "statements")).toEqual(["extortion.2-a", "extortion.3-b"]);
  expect(search(spanish, "lima extors").total).toBe(2);
  expect(search(spanish, "lima xyzzy").total).toBe(0);
});

test("words may be of both languages", () => {
  expect(ids(spanish, "homicidios extortion", "statements")).toContain("extortion.3-b");
});

test("words are found by their beginning only", () => {
  expect(search(spanish, "orsion").total).toBe(0);
});

test("an alias finds a place", () => {
  expect(ids(spanish, "Turkey", "places")).toEqual(["TR"]);
});

test("a border is not found by another country's name", () => {
  expect(ids(spanish, "Colombia", "places")).not.toContain("border-BO");
});

test("the kind of a place is not searched", () => {
  expect(spanish.filter(({ kind, note }) => kind === "places" && note === "Región").length).toBeGreaterThan(20);
  expect(ids(spanish, "Región", "places")).toEqual(["PE-LIM", "borders", "amazon"]);
});

test("goods find their routes", () => {
  expect(ids(spanish, "opio", "routes")).toEqual(["heroin.1-r1", "heroin.1-r2"]);
});

test("an excerpt surrounds the match and marks the beginning of the word", () => {
  const shown = hits(spanish, "lima extors", "statements").find(({ entry }) => entry.place === "PE-LMA");
  expect(marked(shown?.excerpt ?? [])).toEqual(["extors", "Lima"]);
  expect(text(shown?.excerpt ?? [])).toMatch(/^…/);
  expect(text(shown?.excerpt ?? []).length).toBeLessThanOrEqual(EXCERPT + 2);
});

test("every excerpt is a part of its text", () => {
  const wrong = ["a", "de la", "per", "crim"].flatMap((query) =>
    everything(spanish, query).filter(
      ({ entry, name, excerpt, note }) =>
        !entry.text.includes(text(excerpt).replace(/^…|…$/g, "")) ||
        text(name) !== entry.name ||
        text(note) !== entry.note,
    ),
  );
  expect(wrong).toEqual([]);
});

test("results are bounded and the rest is counted", () => {
  const { groups, total } = search(spanish, "a");
  expect(groups.filter((group) => group.hits.length > MOST_SHOWN)).toEqual([]);
  expect(groups.reduce((sum, group) => sum + group.hits.length + group.rest, 0)).toBe(total);
  expect(Math.max(...groups.map((group) => group.rest))).toBeGreaterThan(10);
});

test.each([
  "",
  "   ",
  "\t\n",
  ".*",
  "(?",
  "[",
  "\\",
  "%",
  "'\"",
  "<script>alert(1)</script>",
  "x".repeat(100_000),
  "ﷺ".repeat(200),
  "\x00",
  "\ud800",
  "\u0301",
  "__proto__",
])("a hostile query finds nothing", (query) => {
  expect(search(spanish, query)).toEqual({ groups: [], total: 0 });
});

test("signs between words are ignored", () => {
  expect(search(spanish, "<b>*lima*")).toEqual(search(spanish, "b lima"));
  expect(ids(spanish, "(Pataz).*", "places")).toEqual(["pataz"]);
});

test("any text can be searched for", () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const characters = () => Array.from({ length: random(150) }, () => (random(3) ? random(0x250) : random(0x10000)));
  const queries = Array.from({ length: 300 }, () => String.fromCharCode(...characters()));
  const letters = Array.from("aábcdeéfghiílmnñoóprstuúv", (letter) => letter + "ÁAeo"[random(4)]);
  const shown = [...queries, ...letters].flatMap((query) => everything(spanish, query));
  expect(shown).not.toEqual([]);
  expect(shown.filter((hit) => text(hit.name) !== hit.entry.name)).toEqual([]);
});

test("a search in ten times as many entries is quick", () => {
  const many = Array.from({ length: 20 }, () => spanish).flat();
  const measure = (query: string): number => {
    const start = performance.now();
    search(many, query);
    return performance.now() - start;
  };
  for (const query of ["extorsion", "lima extorsion", "a", "de la"]) {
    expect(Math.min(...Array.from({ length: 20 }, () => measure(query)))).toBeLessThan(20);
  }
});

const FILTERED = "actors=officials&basis=none&lang=es&layers=none&markets=arms&view=method";
const opened = (query: string, kind: EntryKind) =>
  String(queryAfter(FILTERED, hits(spanish, query, kind)[0].entry.opens));

test("a place opens its panel and keeps the filters", () => {
  expect(opened("pataz", "places")).toBe("actors=officials&basis=none&lang=es&layers=none&markets=arms&place=pataz");
});

test("a market opens the map filtered by it", () => {
  expect(opened("extorsión", "markets")).toBe("lang=es&layers=none&markets=extortion");
});

test("an actor opens the view on actors", () => {
  expect(opened("aragua", "actors")).toBe("actors=tren-de-aragua&lang=es&layers=none&view=actors&who=tren-de-aragua");
});

test("a route opens its panel", () => {
  expect(opened("fentanilo", "routes")).toBe("lang=es&layers=none&route=synthetic.2-r1");
});

test("an indicator opens the view on resilience", () => {
  expect(opened("prevención", "indicators")).toBe("lang=es&layers=none&view=resilience");
});

test("a statement opens in the panel of its place, or in the national view", () => {
  expect(opened("homicidios lima", "statements")).toBe("lang=es&layers=none&place=PE-LMA");
  expect(opened("dólares falsos", "statements")).toBe("lang=es&layers=none&view=national");
});

test("a result deselects what was selected before", () => {
  const [{ entry }] = hits(spanish, "pataz", "places");
  expect(String(queryAfter("route=heroin.1-r1&tour=2", entry.opens))).toBe("place=pataz&tour=2");
  const [market] = hits(spanish, "extorsión", "markets");
  expect(String(queryAfter("place=pataz", market.entry.opens))).toBe("markets=extortion");
});

test("an index leaves out what the page cannot open", () => {
  const light = buildIndex(data.es, (opens) => !opens.view);
  expect(ids(light, "aragua", "actors")).toEqual([]);
  expect(ids(light, "dólares falsos", "statements")).toEqual([]);
  expect(ids(light, "homicidios lima", "statements")).not.toEqual([]);
});
