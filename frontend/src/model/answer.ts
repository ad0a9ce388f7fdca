import { counted, fill } from "../text";
import { andList, MOST_NAMED, nameMarkets } from "./caption";
import type { PageContext } from "./page_context";
import { isEveryBasis } from "./view_state";

/** Return how many statements the filters leave, how many of them the map can place, and which place has most. */
export function answer(page: PageContext): string {
  const { evidence, filtered, words } = page;
  const asked = about(page);
  if (!filtered.statements.size) return `${asked}: ${words["answer.none"]}.`;
  const placed = new Set<number>();
  for (const [place, found] of filtered.byPlace) {
    if (place !== evidence.data.country) for (const one of found.keys()) placed.add(one);
  }
  const total = counted(words, "count.statements", filtered.statements.size);
  const mapped = placed.size ? counted(words, "answer.mapped", placed.size) : words["answer.mapped_none"];
  return [`${asked}: ${total}; ${mapped}.`, most(page)].filter(Boolean).join(" ");
}

/** Return the words of the link to the statements on the whole country; empty if the filters leave none. */
export function nationalAnswer({ evidence, filtered, words }: PageContext): string {
  const n = evidence.of(filtered, evidence.data.country).size;
  return n ? counted(words, "answer.read_national", n) : "";
}

/** Return what the statements of a place name, in numbers; `ranks` has the basis of each. */
export function answerOfPlace(page: PageContext, ranks: number[]): string {
  const { words, lang } = page;
  const asked = about(page);
  if (!ranks.length) return `${asked}: ${words["answer.place_none"]}.`;
  const { bases, indirect } = page.evidence.data;
  const counts = bases.map((basis, rank) => ({ basis, n: ranks.filter((one) => one === rank).length }));
  const listed = counts.filter(({ n }) => n).map(({ basis, n }) => counted(words, `answer.${basis}`, n));
  const text = `${asked}: ${counted(words, "count.statements", ranks.length)}; ${andList(listed, lang)}.`;
  return ranks.every((rank) => indirect.includes(rank)) ? `${text} ${words["answer.not_direct"]}` : text;
}

/** Return what the filters ask about: the markets, and whether there are other filters. */
function about(page: PageContext): string {
  const { evidence, state, words } = page;
  const markets = state.markets.length ? nameMarkets(page) : words["answer.all"];
  const others = state.actors.length > 0 || !isEveryBasis(evidence.data, state);
  return others ? `${markets}, ${words["caption.filtered"]}` : markets;
}

/** Return which place has most statements on markets; empty where more than two share that number. */
function most({ evidence, filtered, lang, words }: PageContext): string {
  const ranked = [...filtered.byPlace.keys()].map((place) => ({ place, n: evidence.countDirect(filtered, place) }));
  const n = Math.max(0, ...ranked.map((one) => one.n));
  const first = ranked.filter((one) => n && one.n === n).map(({ place }) => place);
  if (!first.length || first.length > MOST_NAMED) return "";
  const names = first.sort().map((place) => evidence.data.phrases[lang][place]);
  return fill(words["answer.most"], { places: andList(names, lang), n });
}
