import type { Panels } from "../contract";
import { all, one } from "../dom";
import { counted, fill } from "../text";
import { answer, answerOfPlace, nationalAnswer } from "./answer";
import type { Evidence, FilteredEvidence } from "./evidence";
import { addChosenPlaces, addState } from "./links";
import type { PageContext } from "./page_context";
import { valuesOf } from "./view_state";

const MOST_LISTED = 6; // places in the list of those with the most statements

/** Return the HTML of the panel of what is selected; above it that of the step of the tour that the address asks for. */
function panelHtml({ state: { place, route }, query }: PageContext, panels: Panels): string {
  const steps = valuesOf(new URLSearchParams(query), "tour").map((n) => panels[`tour/${n}`]);
  return (steps.find(Boolean) ?? "") + panels[place ?? route ?? ""];
}

/**
 * Write the page's panel, made without filters, and hide what they leave out. What filters can add (a statement under
 * another of its markets) is already in it, hidden.
 */
export function showPanel(page: PageContext, root: HTMLElement, panels: Panels): void {
  root.innerHTML = panelHtml(page, panels);
  if (root.querySelector(".tour")) {
    for (const link of all(root, "article a[data-keep=tour]")) link.closest("p")?.remove();
  }
  addChosenPlaces(page, root);
  addState(page, root);
  if (!page.isFiltered) return;
  const article = root.querySelector<HTMLElement>("article[data-id]");
  if (article?.dataset.id === "") {
    writeLine(article, "answer", answer(page));
    writeLine(article, "answer_national", nationalAnswer(page));
    rankPlaces(page, article);
  } else if (article) fillPlace(page, root, article);
}

/** List the places with the most statements under the filters. */
function rankPlaces({ evidence, filtered }: PageContext, article: HTMLElement): void {
  const ranked = all(article, "li[data-place]").map((el) => {
    const { place = "", name = "" } = el.dataset;
    return { el, name, n: evidence.countDirect(filtered, place) };
  });
  ranked.sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
  ranked.forEach(({ el, n }, i) => {
    el.hidden = !n || i >= MOST_LISTED;
    one(el, "small").textContent = String(n);
    el.parentElement?.append(el);
  });
}

function fillPlace(page: PageContext, root: HTMLElement, article: HTMLElement): void {
  const { evidence, filtered, words } = page;
  const { id = "" } = article.dataset;
  const cards = all(article, "li[data-statement]");
  const numbers = numberCards(page, cards, id);
  const hasEvidence = evidence.withEvidence.has(id);
  const total = hasEvidence
    ? evidence.of(evidence.unfiltered, id).size
    : new Set(cards.map((card) => card.dataset.statement)).size;
  const shown = hasEvidence ? evidence.of(filtered, id).size : numbers.size;
  fillSections(article, (n) => counted(words, "count.statements", n));
  fillNotes(evidence, article, numbers);
  const named = evidence.data.bases.indexOf("named");
  const ranks = hasEvidence ? [...evidence.of(filtered, id).values()] : Array<number>(numbers.size).fill(named);
  writeLine(article, "answer", total ? answerOfPlace(page, ranks) : "");
  for (const el of all(article, "[data-lead]")) el.hidden = total > 0;
  fillBases(page, article, id);
  const withoutMarket = [...numbers.keys()].filter((i) => !evidence.data.statements[i].markets.length).length;
  writeLine(article, "without_market", withoutMarket ? counted(words, "panel.without_market", withoutMarket) : "");
  let hidden = total === shown ? "" : counted(words, "panel.hidden", total - shown);
  if (!shown && total > 1) hidden = fill(words["panel.hidden_all"], { n: total });
  writeLine(article, "hidden", hidden);
  const national = evidence.of(filtered, evidence.data.country).size;
  writeLine(article, "national", national ? counted(words, "panel.national", national) : "");
  for (const el of all(article, ".src, .own")) el.hidden = !numbers.size;
  hideRoutes(article, filtered);
  one(root, "[data-announce]").textContent =
    `${one(article, "h2").textContent}: ${counted(words, "panel.opened", shown)}`;
}

/** Show the cards that pass the filters, each under one market, and number them; return the numbers by statement. */
function numberCards(
  { evidence, filtered, state }: PageContext,
  cards: HTMLElement[],
  place: string,
): Map<number, number> {
  const shown = evidence.withEvidence.has(place) ? evidence.of(filtered, place) : filtered.statements;
  const numbers = new Map<number, number>();
  for (const card of cards) {
    const i = evidence.index.get(card.dataset.statement ?? "");
    const isShown = i !== undefined && shown.has(i) && card.dataset.market === marketOf(evidence, i, state.markets);
    card.hidden = !isShown;
    if (!isShown) continue;
    numbers.set(i, numbers.size + 1);
    one(card, ".no").textContent = String(numbers.size);
  }
  return numbers;
}

/** Return the market under which a statement is listed: its sentence's topic, unless the filter has only another. */
function marketOf({ data }: Evidence, statement: number, chosen: string[]): string {
  const { topic, markets } = data.statements[statement];
  const left = markets.filter((id) => chosen.includes(id));
  const candidates = left.length ? left : markets;
  return candidates.includes(topic) || !candidates.length ? topic : candidates[0];
}

function fillSections(article: HTMLElement, count: (n: number) => string): void {
  for (const section of all(article, "section:has(li[data-statement])")) {
    const n = all(section, "li[data-statement]:not([hidden])").length;
    section.hidden = !n;
    const note = one(section, "h3 small");
    note.textContent = `${note.textContent.split(" · ")[0]} · ${count(n)}`;
  }
  for (const group of all(article, "[data-group]")) group.hidden = !group.querySelector("section:not([hidden])");
}

/** Write the numbers of the cards that each part of the summary rests on. */
function fillNotes(evidence: Evidence, article: HTMLElement, numbers: Map<number, number>): void {
  for (const note of all(article, "sup[data-statements]")) {
    const ids = note.dataset.statements?.split(" ") ?? [];
    const own = ids.map((id) => numbers.get(evidence.index.get(id) ?? -1)).filter((n) => n !== undefined);
    note.textContent = rangesOf(own);
    note.hidden = !own.length;
  }
}

/** Return numbers in order, runs of them as ranges: "1–3, 5". */
function rangesOf(numbers: number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else ranges.push([n, n]);
  }
  return ranges.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(", ");
}

function fillBases({ evidence, filtered }: PageContext, article: HTMLElement, id: string): void {
  const { bases, country } = evidence.data;
  const ranks = [...evidence.of(filtered, id).values()];
  for (const el of all(article, "[data-basis]")) {
    const { basis } = el.dataset;
    const n =
      basis === "national" ? evidence.of(filtered, country).size : ranks.filter((rank) => bases[rank] === basis).length;
    el.classList.toggle("zero", !n);
    one(el, "b").textContent = String(n);
    for (const button of all<HTMLButtonElement>(el, "button")) button.disabled = !n;
  }
}

/** Write a line, or hide it where it has no text. */
function writeLine(article: HTMLElement, name: string, text: string): void {
  for (const el of all(article, `[data-line="${name}"]`)) {
    el.hidden = !text;
    one(el, "span").textContent = text;
  }
}

function hideRoutes(article: HTMLElement, { routes }: FilteredEvidence): void {
  const shown = new Set(routes.map(({ id }) => id));
  for (const nav of all(article, "nav:has([data-route])")) {
    const links = all(nav, "[data-route]");
    for (const link of links) link.hidden = !shown.has(link.dataset.route ?? "");
    nav.hidden = links.every((link) => link.hidden);
  }
}
