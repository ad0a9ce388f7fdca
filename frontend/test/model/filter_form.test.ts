import { expect, test } from "vitest";
import { listenToGroups, showFilters } from "../../src/model/filter_form";
import { chosenFilters, parse, toQuery } from "../../src/model/view_state";
import { data, makeRoot, pageAt, pages, vectors } from "./support";

function form(query: string): HTMLElement {
  const root = makeRoot();
  root.innerHTML = pages.filters;
  showFilters(pageAt(query), root);
  return root;
}

const note = (root: HTMLElement, name: string) => root.querySelector(`[data-note="${name}"]`)?.textContent;

test("the checkboxes give back the state that they were set to", () => {
  const canonical = (query: string) => String(toQuery(data, parse(data, query), query));
  const lost = vectors.states.filter(({ query }) => canonical(chosenFilters(form(query), query)) !== query);
  expect(lost.map(({ query }) => query)).toEqual([]);
});

test("a change of the checkboxes keeps what is no filter", () => {
  const root = form("place=PE-PUN&tour=2");
  const box = root.querySelector<HTMLInputElement>('input[value="cocaine"]');
  if (box) box.checked = true;
  const after = chosenFilters(root, "place=PE-PUN&tour=2");
  expect(String(toQuery(data, parse(data, after), after))).toBe("markets=cocaine&place=PE-PUN&tour=2");
});

test("the notes count what is chosen", () => {
  const [none, some] = [form(""), form("markets=cocaine&markets=arms&actors=foreign-groups")];
  expect([note(none, "markets"), note(none, "actors")]).toEqual(["Los 15", "Todos los actores"]);
  expect([note(some, "markets"), note(some, "actors")]).toEqual(["2 de 15", "1 actor elegido"]);
});

test("the link that clears the filters is there with a filter, and keeps the rest", () => {
  const clear = (query: string) => form(query).querySelector<HTMLAnchorElement>("a[data-clear]");
  expect(clear("layers=sites&place=PE-PUN")?.hidden).toBe(true);
  expect(clear("basis=none")?.hidden).toBe(false);
  const href = clear("markets=cocaine&place=PE-PUN&layers=sites&tour=2")?.getAttribute("href");
  expect(href).toMatch(/^\?data=[\d.]+&layers=sites&place=PE-PUN&tour=2$/);
});

test("a group's name chooses all its markets, and then none", () => {
  const root = form("markets=cocaine");
  listenToGroups(root);
  const name = root.querySelector<HTMLElement>("fieldset:has([value=cocaine]) [data-all]");
  const chosen = () => parse(data, chosenFilters(root, "")).markets;
  name?.click();
  expect(chosen()).toEqual(["cannabis", "cocaine", "heroin", "synthetic"]);
  name?.click();
  expect(chosen()).toEqual([]);
});
