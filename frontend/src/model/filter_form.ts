import { all, one } from "../dom";
import { counted, fill } from "../text";
import { filtersOf, type Evidence, type FilteredEvidence } from "./evidence";
import type { PageContext } from "./page_context";
import { CHOICES, isEveryBasis } from "./view_state";

/** Set the checkboxes of the filters to the page's state, with their counts, and the link that clears the filters. */
export function showFilters(page: PageContext, root: ParentNode): void {
  const { evidence, state, words } = page;
  const { data } = evidence;
  const counts = evidence.cached("boxes", filtersOf(state), () => ({
    markets: countByMarket(evidence, evidence.filter({ ...state, markets: [] })),
    basis: countByBasis(evidence, evidence.filter({ ...state, basis: data.bases })),
  }));
  for (const name of CHOICES) {
    const chosen = new Set<string>(state[name]);
    for (const box of all<HTMLInputElement>(root, `input[name="${name}"]`)) {
      box.checked = chosen.has(box.value);
      const count = box.parentElement?.querySelector("small");
      if (count) count.textContent = String((name === "markets" ? counts.markets : counts.basis).get(box.value) ?? 0);
    }
  }
  const [markets, actors] = [state.markets.length, state.actors.length];
  const notes = {
    markets: markets ? fill(words["filters.markets_some"], { n: markets }) : words["filters.markets_all"],
    actors: actors ? counted(words, "filters.actors_some", actors) : words["filters.actors_all"],
  };
  for (const [name, text] of Object.entries(notes)) {
    for (const note of all(root, `[data-note="${name}"]`)) note.textContent = text;
  }
  showClear(page, root);
}

/** Name the filters in force in a line, by the names that their checkboxes in `form` have. */
export function showChosen(page: PageContext, line: HTMLElement, form: ParentNode): void {
  const basis = isEveryBasis(page.evidence.data, page.state) ? "" : ', input[name="basis"]:checked';
  const boxes = all(form, `input[name="markets"]:checked, input[name="actors"]:checked${basis}`);
  const names = boxes.map((box) => box.parentElement?.querySelector("span")?.firstChild?.textContent?.trim() ?? "");
  line.hidden = !page.isFiltered;
  one(line, "span").textContent = names.join(", ");
  showClear(page, line);
}

/** Set the links that clear the filters; they are hidden where there are none. */
function showClear(page: PageContext, root: ParentNode): void {
  for (const clear of all<HTMLAnchorElement>(root, "a[data-clear]")) {
    clear.hidden = !page.isFiltered;
    const params = page.queryOf({ ...page.state, markets: [], actors: [], basis: page.evidence.data.bases });
    const version = new URLSearchParams(clear.getAttribute("href") ?? "").get("data");
    if (version) params.set("data", version);
    params.sort();
    clear.setAttribute("href", `?${String(params)}`);
  }
}

/** Let the name of a group of markets choose all of them, or none where all are chosen. */
export function listenToGroups(root: HTMLElement): void {
  root.addEventListener("click", ({ target }) => {
    const name = target instanceof Element ? target.closest("[data-all]") : null;
    const group = name?.closest("fieldset");
    if (!group) return;
    const boxes = all<HTMLInputElement>(group, "input");
    const choose = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = choose;
    boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function countByMarket({ data }: Evidence, filtered: FilteredEvidence): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of filtered.statements) {
    for (const id of data.statements[one].markets) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Count the statements that reach some place on each basis. */
function countByBasis({ data }: Evidence, filtered: FilteredEvidence): Map<string, number> {
  const found = data.bases.map(() => new Set<number>());
  for (const statements of filtered.byPlace.values()) for (const [one, rank] of statements) found[rank].add(one);
  return new Map(data.bases.map((basis, rank) => [basis, found[rank].size]));
}
