import { expect, test } from "vitest";
import type { Lang } from "../../src/contract";
import { buildScene } from "../../src/model/build_scene";
import { answer, nationalAnswer } from "../../src/model/answer";
import { caption } from "../../src/model/caption";
import { showFilters } from "../../src/model/filter_form";
import { notices } from "../../src/model/notices";
import { showPanel } from "../../src/model/panel";
import { toQuery } from "../../src/model/view_state";
import { fill } from "../../src/text";
import { data, evidence, makeRoot, pageAt, pages, state, vectors, type Vectors } from "./support";

const LANGS: Lang[] = ["es", "en"];
const [version] = vectors.version;

/** Expect that no case differs: list those that do. */
function expectSame<Case extends { query: string }>(
  cases: Case[],
  ours: (one: Case) => unknown,
  theirs: (one: Case) => unknown,
) {
  expect(cases.length).toBeGreaterThan(0);
  const failed = cases.filter((one) => JSON.stringify(ours(one)) !== JSON.stringify(theirs(one)));
  expect(failed.map((one) => ({ query: one.query, ours: ours(one), theirs: theirs(one) }))).toEqual([]);
}

test("an address is understood as Python understands it", () => {
  expectSame(
    vectors.addresses,
    (one) => String(toQuery(data, state(one.query))),
    (one) => one.canonical,
  );
});

test("an address is commented on as Python does", () => {
  const expected = ({ dropped, old }: Vectors["addresses"][number]) => [
    ...(old ? [fill(data.words.es["notice.version"], { old, new: version })] : []),
    ...(dropped.length
      ? [
          fill(data.words.es["notice.dropped"], {
            names: dropped.map((name) => data.words.es[`link_part.${name}`]).join(", "),
          }),
        ]
      : []),
  ];
  expectSame(vectors.addresses, (one) => notices(evidence, new URLSearchParams(one.query), "es", version), expected);
});

test("filters leave the statements that Python leaves", () => {
  const counts = (query: string) => {
    const { byPlace } = evidence.apply(state(query));
    const count = (ranks: number[]) => data.bases.map((_, rank) => ranks.filter((one) => one === rank).length);
    const places = [...byPlace.keys()].sort();
    return Object.fromEntries(places.map((place) => [place, count([...(byPlace.get(place)?.values() ?? [])])]));
  };
  expectSame(
    vectors.states,
    (one) => counts(one.query),
    (one) => one.counts,
  );
});

test("the map shows what Python draws on the poster", () => {
  const drawn = (query: string) => {
    const scene = buildScene(pageAt(query), "light");
    const regions = Object.entries(scene.regions);
    return {
      levels: Object.fromEntries(regions.filter(([, { level }]) => level).map(([id, { level }]) => [id, level])),
      hatches: Object.fromEntries(regions.filter(([, one]) => one.indirect).map(([id, one]) => [id, one.indirect])),
      routes: Object.keys(scene.routes).sort(),
      marks: [
        ...Object.keys(scene.responses).map((id) => ["response", id.replace("response/", "")]),
        ...Object.keys(scene.sites).map((id) => [data.sites[id].approximate ? "rough" : "site", id]),
        ...Object.keys(scene.tripoints).map((id) => ["tripoint", id]),
      ].sort((a, b) => (a.join() < b.join() ? -1 : 1)),
      legend: scene.legend,
    };
  };
  expectSame(
    vectors.states,
    (one) => drawn(one.query),
    ({ levels, hatches, routes, marks, legend }) => ({ levels, hatches, routes, marks, legend }),
  );
});

test("the caption is the one that Python writes", () => {
  expectSame(
    vectors.states,
    (one) =>
      LANGS.map((lang) =>
        caption(pageAt(one.query, lang))
          .map(({ lead, text }) => lead + text)
          .join(""),
      ),
    (one) => LANGS.map((lang) => one.caption[lang]),
  );
});

test("the answer to the filters is the one that Python writes", () => {
  expectSame(
    vectors.states,
    ({ query }) => LANGS.map((lang) => [answer, nationalAnswer].map((write) => write(pageAt(query, lang)))),
    (one) => LANGS.map((lang) => one.answer[lang]),
  );
});

test("the filters have the counts that Python has", () => {
  const root = makeRoot();
  root.innerHTML = pages.filters;
  const counts = (name: string) => {
    const boxes = [...root.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
    const found = boxes.map(
      ({ value, parentElement }) => [value, Number(parentElement?.querySelector("small")?.textContent)] as const,
    );
    return found.sort(([a], [b]) => (name === "basis" ? 0 : a < b ? -1 : 1));
  };
  expectSame(
    vectors.states,
    (one) => {
      showFilters(pageAt(one.query), root);
      return [counts("markets").filter(([, n]) => n), counts("basis").map(([, n]) => n)];
    },
    (one) => [Object.entries(one.markets), one.basis],
  );
});

test("a panel shows the statements that Python lists, numbered in its order", () => {
  const root = makeRoot();
  const shown = (query: string) => {
    showPanel(pageAt(query), root, pages.panels);
    const cards = [...root.querySelectorAll<HTMLElement>("li[data-statement]:not([hidden])")];
    return {
      statements: cards.map((card) => card.dataset.statement),
      numbers: cards.map((card) => Number(card.querySelector(".no")?.textContent)),
      announced: root.querySelector("[data-announce]")?.textContent.split(": ").at(-1),
      answer: root.querySelector('[data-line="answer"]:not([hidden]) span')?.textContent ?? "",
    };
  };
  expectSame(
    vectors.panels,
    (one) => shown(one.query),
    ({ statements, found, answer }) => ({
      statements,
      numbers: statements.map((_, i) => i + 1),
      announced: fill(data.words.es[`panel.opened.${found === 1 ? "one" : "other"}`], { n: found }),
      answer,
    }),
  );
});
