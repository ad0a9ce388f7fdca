import { all } from "../dom";
import { fill } from "../text";
import { andList } from "./caption";
import type { PageContext } from "./page_context";
import { FILTERS, valuesOf } from "./view_state";

const MOST_COMPARED = 3;

/** Return a link's own parameters and those that it inherits. */
function merge(own: URLSearchParams, inherited: URLSearchParams): URLSearchParams {
  const merged = new URLSearchParams(own);
  for (const [name, value] of inherited) if (!own.has(name)) merged.append(name, value);
  merged.sort();
  return merged;
}

/**
 * Add the page's state to the links of a panel, whose HTML was written without any. All of them keep the language; those
 * with `data-keep` also the layers, the filters unless it says "layers", and the other parameters. With "tour" they keep
 * the selection.
 */
export function addState(page: PageContext, root: ParentNode): void {
  const { state } = page;
  const whole = page.queryOf({ ...state, place: null, route: null });
  if (!whole.size) return;
  const withoutFilters = new URLSearchParams(whole);
  for (const name of FILTERS) withoutFilters.delete(name);
  const onlyLanguage = new URLSearchParams(state.lang ? { lang: state.lang } : {});
  const extend = (own: URLSearchParams, keep?: string): URLSearchParams => {
    if (keep === "tour") return tourQuery(page, own);
    return merge(own, keep === "" ? whole : keep === "layers" ? withoutFilters : onlyLanguage);
  };
  for (const link of all(root, "a[data-go]")) {
    const [, query, end] = /^\?([^#]*)(.*)$/.exec(link.getAttribute("href") ?? "") ?? [];
    if (query === undefined) continue;
    link.setAttribute("href", `?${String(extend(new URLSearchParams(query), link.dataset.keep))}${end}`);
  }
}

/**
 * Return the query of a link to a step of the tour, or out of it. The first step has nothing selected; a step that
 * needs a place names one, for readers who have selected none.
 */
function tourQuery(page: PageContext, own: URLSearchParams): URLSearchParams {
  const { state } = page;
  const isFirst = own.get("tour") === "1";
  const place = isFirst ? null : (state.place ?? own.get("place"));
  const route = isFirst || place !== null ? null : state.route;
  const inherited = page.queryOf({ ...state, place, route });
  inherited.delete("tour");
  own.delete("place");
  return merge(own, inherited);
}

/** Make the link that compares a place compare it with the places that the address has chosen for comparison. */
export function addChosenPlaces({ evidence: { data }, query, lang }: PageContext, root: ParentNode): void {
  const phrases = data.phrases[lang];
  const wanted = new Set(valuesOf(new URLSearchParams(query), "compare"));
  const chosen = data.places.filter((id) => wanted.has(id)).sort();
  for (const link of all(root, "a[data-compare]")) {
    const params = new URLSearchParams(link.getAttribute("href") ?? "");
    const place = params.get("compare") ?? "";
    const others = chosen
      .slice(0, MOST_COMPARED)
      .filter((id) => id !== place)
      .slice(0, MOST_COMPARED - 1);
    if (!others.length) continue;
    params.delete("compare");
    for (const id of [...others, place].sort()) params.append("compare", id);
    params.sort();
    link.setAttribute("href", `?${String(params)}`);
    const names = others.map((id) => phrases[id]);
    link.textContent = fill(link.dataset.compare ?? "", { places: andList(names, lang) });
  }
}
