import type { Lang } from "../contract";
import { counted, fill } from "../text";
import { andList, MOST_NAMED, nameMarkets } from "./caption";
import type { Evidence, FilteredEvidence } from "./evidence";
import { isEveryBasis, type ViewState } from "./view_state";

/** Return how many statements the filters leave, how many of them the map can place, and which place has most. */
export function answer(evidence: Evidence, state: ViewState, lang: Lang): string {
  const words = evidence.words(lang);
  const filtered = evidence.apply(state);
  const asked = about(evidence, state, lang);
  if (!filtered.statements.size) return `${asked}: ${words["answer.none"]}.`;
  const placed = new Set<number>();
  for (const [place, found] of filtered.byPlace) {
    if (place !== evidence.data.country) for (const one of found.keys()) placed.add(one);
  }
  const total = counted(words, "count.statements", filtered.statements.size);
  const mapped = placed.size ? counted(words, "answer.mapped", placed.size) : words["answer.mapped_none"];
  return [`${asked}: ${total}; ${mapped}.`, most(evidence, filtered, lang)].filter(Boolean).join(" ");
}

/** Return the words of the link to the statements on the whole country; empty if the filters leave none. */
export function nationalAnswer(evidence: Evidence, state: ViewState, lang: Lang): string {
  const n = evidence.of(evidence.apply(state), evidence.data.country).size;
  return n ? counted(evidence.words(lang), "answer.read_national", n) : "";
}

/** Return what the statements of a place name, in numbers; `ranks` has the basis of each. */
export function answerOfPlace(evidence: Evidence, ranks: number[], state: ViewState, lang: Lang): string {
  const words = evidence.words(lang);
  const asked = about(evidence, state, lang);
  if (!ranks.length) return `${asked}: ${words["answer.place_none"]}.`;
  const { bases, indirect } = evidence.data;
  const counts = bases.map((basis, rank) => ({ basis, n: ranks.filter((one) => one === rank).length }));
  const listed = counts.filter(({ n }) => n).map(({ basis, n }) => counted(words, `answer.${basis}`, n));
  const text = `${asked}: ${counted(words, "count.statements", ranks.length)}; ${andList(listed, lang)}.`;
  return ranks.every((rank) => indirect.includes(rank)) ? `${text} ${words["answer.not_direct"]}` : text;
}

/** Return what the filters ask about: the markets, and whether there are other filters. */
function about(evidence: Evidence, state: ViewState, lang: Lang): string {
  const words = evidence.words(lang);
  const markets = state.markets.length ? nameMarkets(evidence, state.markets, lang) : words["answer.all"];
  const others = state.actors.length > 0 || !isEveryBasis(evidence.data, state);
  return others ? `${markets}, ${words["caption.filtered"]}` : markets;
}

/** Return which place has most statements on markets; empty where more than two share that number. */
function most(evidence: Evidence, filtered: FilteredEvidence, lang: Lang): string {
  const ranked = [...filtered.byPlace.keys()].map((place) => ({ place, n: evidence.countDirect(filtered, place) }));
  const n = Math.max(0, ...ranked.map((one) => one.n));
  const first = ranked.filter((one) => n && one.n === n).map(({ place }) => place);
  if (!first.length || first.length > MOST_NAMED) return "";
  const names = first.sort().map((place) => evidence.data.phrases[lang][place]);
  return fill(evidence.words(lang)["answer.most"], { places: andList(names, lang), n });
}
