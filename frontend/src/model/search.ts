// A query word matches the beginning of a word, ignoring case and accents; an entry must match every query word.
import type { SearchData, SearchEntryData } from "../contract";
import { near } from "./distance";
import { excerpt, mark, type MarkedText, spans } from "./excerpt";
import { fold, hasAll, line, plain, wordsOf } from "./folding";

export const LONGEST_QUERY = 100;
export const MOST_SHOWN = 5;

/** A group of results. */
export type EntryKind = keyof SearchData;

const ENTRY_KINDS: EntryKind[] = ["places", "markets", "actors", "routes", "indicators", "statements"];

/** The parameters that a result changes in the page's address; an empty text removes one, all others stay. */
export type Opens = Record<string, string>;

/** An entry with its words in every language, with a blank before each. */
export interface SearchEntry extends SearchEntryData {
  kind: EntryKind;
  opens: Opens;
  nameLines: string[];
  folded: string;
  /** As `folded`, with accents. */
  exact: string;
}

/** A result, as a list shows it. */
export interface SearchHit {
  entry: SearchEntry;
  name: MarkedText[];
  /** A part of its text, if the text matches or there is no name to show. */
  excerpt: MarkedText[];
  note: MarkedText[];
  /** The match is in the other language or in another name, so that nothing is marked. */
  otherLanguage: boolean;
}

/** The results of one kind: the first few, and how many more there are. */
export interface HitGroup {
  kind: EntryKind;
  hits: SearchHit[];
  rest: number;
}

export interface SearchResults {
  /** What was searched instead, where nothing matches the query: the nearest words of names. */
  instead?: string;
  groups: HitGroup[];
  total: number;
}

/** Prepare entries to be searched, without those that `shows` refuses. */
export function buildIndex(data: SearchData, shows: (opens: Opens) => boolean = () => true): SearchEntry[] {
  return ENTRY_KINDS.flatMap((kind) => data[kind].map((entry) => prepare(kind, entry))).filter((entry) =>
    shows(entry.opens),
  );
}

/** Return the matches of a query, or, if it has none, those of the nearest words. Kinds in `whole` have no limit. */
export function search(index: SearchEntry[], query: string, whole: ReadonlySet<EntryKind> = new Set()): SearchResults {
  const results = match(index, query, whole);
  if (results.total) return results;
  const instead = nearest(index, wordsOf(fold(query.slice(0, LONGEST_QUERY))));
  return instead ? { ...match(index, instead, whole), instead } : results;
}

/**
 * Return the matches of a query by kind: names that begin with it first, then words of names, then other words.
 *
 * Among equal matches, those with the query's own accents come first. Only the first `LONGEST_QUERY` characters count;
 * a query without a letter or a digit matches nothing.
 */
function match(index: SearchEntry[], query: string, whole: ReadonlySet<EntryKind>): SearchResults {
  const asked = query.slice(0, LONGEST_QUERY);
  const words = wordsOf(fold(asked));
  const exact = wordsOf(plain(asked));
  if (!words.length) return { groups: [], total: 0 };
  const matches = index
    .map((entry) => ({ entry, rank: rank(entry, words), inexact: Number(!hasAll(entry.exact, exact)) }))
    .filter((match) => match.rank < UNMATCHED)
    .sort((a, b) => a.rank - b.rank || a.inexact - b.inexact);
  const groups = ENTRY_KINDS.map((kind) => {
    const found = matches.filter((match) => match.entry.kind === kind);
    const hits = (whole.has(kind) ? found : found.slice(0, MOST_SHOWN)).map(({ entry }) => hit(entry, words));
    return { kind, hits, rest: found.length - hits.length };
  });
  return { groups: groups.filter((group) => group.hits.length), total: matches.length };
}

/** Return the query with each word that no entry has replaced by the nearest word of a name; "" if one has none. */
function nearest(index: SearchEntry[], words: string[]): string {
  const names = new Set(index.flatMap((entry) => entry.nameLines.flatMap(wordsOf)));
  const found = words.map((word) =>
    index.some((entry) => hasAll(entry.folded, [word])) ? word : near(word, [...names]),
  );
  return found.every(Boolean) ? found.join(" ") : "";
}

const UNMATCHED = 3;

/** Return how well words match an entry, 0 being best. */
function rank(entry: SearchEntry, words: string[]): number {
  if (!hasAll(entry.folded, words)) return UNMATCHED;
  const phrase = words.map((word) => ` ${word}`).join("");
  if (entry.nameLines.some((name) => name.startsWith(phrase))) return 0;
  return hasAll(entry.nameLines.join(""), words) ? 1 : 2;
}

function hit(entry: SearchEntry, words: string[]): SearchHit {
  const nameIsEnough = entry.name && (hasAll(line(fold(entry.name)), words) || spans(entry.text, words).length === 0);
  const parts = {
    name: mark(entry.name, words),
    excerpt: nameIsEnough ? [] : excerpt(entry.text, words),
    note: mark(entry.note, words),
  };
  return { entry, ...parts, otherLanguage: !Object.values(parts).some((texts) => texts.some((part) => part.marked)) };
}

function prepare(kind: EntryKind, entry: SearchEntryData): SearchEntry {
  const names = [entry.name, ...entry.names];
  const all = [...names, entry.text, ...entry.texts];
  return {
    ...entry,
    kind,
    opens: opens(kind, entry),
    nameLines: names.map((name) => line(fold(name))),
    folded: all.map((text) => line(fold(text))).join(""),
    exact: all.map((text) => line(plain(text))).join(""),
  };
}

/** Return the query of the page that shows a result, from the page's query now. */
export function queryAfter(query: string, opens: Opens): URLSearchParams {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(opens)) {
    params.delete(name);
    if (value) params.append(name, value);
  }
  params.sort();
  return params;
}

/** Return what shows an entry. A place keeps the filters; all else drops them, since they could hide it. */
function opens(kind: EntryKind, { id, place }: SearchEntryData): Opens {
  const closed = { place: "", route: "", view: "", cell: "", tab: "", who: "" };
  if (kind === "places") return { ...closed, place: id };
  const unfiltered = { ...closed, markets: "", actors: "", basis: "" };
  switch (kind) {
    case "markets":
      return { ...unfiltered, markets: id };
    case "actors":
      return { ...unfiltered, actors: id, view: "actors", who: id };
    case "routes":
      return { ...unfiltered, route: id };
    case "indicators":
      return { ...unfiltered, view: "resilience" };
    case "statements":
      return place ? { ...unfiltered, place } : { ...unfiltered, view: "national" };
  }
}
