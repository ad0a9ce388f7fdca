import type { Lang } from "../contract";
import { counted, fill } from "../text";
import { filtersOf } from "./evidence";
import type { PageContext } from "./page_context";
import { isEveryBasis } from "./view_state";

export const MOST_NAMED = 2; // markets that a text names; more are counted

/** A part of the line above the map: what comes before its counts, these, and the view that lists what they count. */
export interface CaptionPart {
  lead: string;
  text: string;
  view: "table" | "national";
}

/** Return the line above the map: what it shows under the filters. */
export function caption(page: PageContext): CaptionPart[] {
  const { evidence, state, lang } = page;
  return evidence.cached("caption", [lang, filtersOf(state)], () => writeCaption(page));
}

/** Return the line's parts as links, with the filters of the page. */
export function captionLinks(page: PageContext): { lead: string; text: string; href: string }[] {
  return caption(page).map(({ lead, text, view }) => {
    const params = page.queryOf(page.state);
    params.set("view", view);
    params.sort();
    return { lead, text, href: `?${String(params)}` };
  });
}

function writeCaption(page: PageContext): CaptionPart[] {
  const { evidence, filtered, state, words } = page;
  const { country, regions } = evidence.data;
  const named = regions.filter((id) => evidence.countDirect(filtered, id)).length;
  const implied = regions.filter(
    (id) => !evidence.countDirect(filtered, id) && evidence.indirectBasis(filtered, id),
  ).length;
  const parts = [named ? counted(words, "caption.named", named) : words["caption.named_none"]];
  if (implied) parts.push(counted(words, "caption.implied", implied));
  if (state.actors.length || !isEveryBasis(evidence.data, state)) parts.push(words["caption.filtered"]);
  const national = evidence.of(filtered, country).size;
  const sentences = [`${parts.join(", ")}.`];
  if (!filtered.byPlace.size) sentences.push(words["caption.nothing_shown"]);
  const shown: CaptionPart = { lead: `${nameMarkets(page)}: `, text: sentences.join(" "), view: "table" };
  if (!national) return [shown];
  return [shown, { lead: " ", text: counted(words, "caption.national_more", national), view: "national" }];
}

/** Return the names of the chosen markets, or their number. */
export function nameMarkets({ evidence, state, lang, words }: PageContext): string {
  const chosen = state.markets;
  if (!chosen.length) return words["caption.all_markets"];
  if (chosen.length > MOST_NAMED) return fill(words["caption.markets"], { n: chosen.length });
  const names = new Map(evidence.data.markets.map(([id, name]) => [id, name[lang]]));
  const lowered = chosen.map((id, i) => {
    const name = names.get(id) ?? id;
    return i ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  });
  return andList(lowered, lang);
}

// Made once: that takes longer than all else that a change of filters takes.
const lists = { en: new Intl.ListFormat("en"), es: new Intl.ListFormat("es") };

/** Join words as in a sentence: "a y b", "a e i". */
export function andList(words: string[], lang: Lang): string {
  return lists[lang].format(words);
}
