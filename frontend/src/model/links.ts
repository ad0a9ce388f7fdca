import { all } from "../dom";
import type { Evidence } from "./evidence";
import { FILTERS, toQuery, type ViewState } from "./view_state";

const NOT_IN_LINKS = ["data", "embed"]; // our links never take these from the page's address

/**
 * Add the page's state to the links of a panel, whose HTML was written without any. All of them keep the language; those
 * with `data-keep` also the layers, the filters unless it says "layers", and `more`.
 */
export function addState(
  evidence: Evidence,
  root: ParentNode,
  state: ViewState,
  more?: URLSearchParams | string,
): void {
  const whole = toQuery(evidence.data, { ...state, place: null, route: null }, more);
  for (const name of NOT_IN_LINKS) whole.delete(name);
  if (!whole.size) return;
  const withoutFilters = new URLSearchParams(whole);
  for (const name of FILTERS) withoutFilters.delete(name);
  const onlyLanguage = new URLSearchParams(state.lang ? { lang: state.lang } : {});
  const kinds = new Map([
    ["", whole],
    ["layers", withoutFilters],
  ]);
  for (const link of all(root, "a[data-go]")) {
    const [, query, end] = /^\?([^#]*)(.*)$/.exec(link.getAttribute("href") ?? "") ?? [];
    if (query === undefined) continue;
    const merged = new URLSearchParams(query);
    const inherited = kinds.get(link.dataset.keep ?? "none") ?? onlyLanguage;
    for (const name of new Set(inherited.keys())) {
      if (!merged.has(name)) for (const value of inherited.getAll(name)) merged.append(name, value);
    }
    merged.sort();
    link.setAttribute("href", `?${String(merged)}${end}`);
  }
}
