import { fold, WORD } from "./folding";

/** A piece of text, and whether it matches the query. */
export interface MarkedText {
  text: string;
  marked: boolean;
}

export const EXCERPT = 110;
const BEFORE = 30; // characters of an excerpt before the first match, at most

/** Return a text in pieces, the matches of the query's words marked. */
export function mark(text: string, words: string[]): MarkedText[] {
  const parts: MarkedText[] = [];
  let at = 0;
  for (const [start, end] of spans(text, words)) {
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/** Return the part of a text around the first match, cut between words. */
export function excerpt(text: string, words: string[]): MarkedText[] {
  const first = spans(text, words)[0]?.[0] ?? 0;
  const latest = Math.min(first - BEFORE, text.length - EXCERPT);
  const start = latest > 0 ? Math.min(text.indexOf(" ", latest) + 1, first) : 0;
  const longest = start + EXCERPT;
  const blank = text.lastIndexOf(" ", longest);
  const end = text.length <= longest ? text.length : blank > first ? blank : longest;
  const cut = text.slice(start, end).trim();
  return mark(`${start ? "…" : ""}${cut}${end < text.length ? "…" : ""}`, words);
}

/** Return the start and end of each match in a text. */
export function spans(text: string, words: string[]): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const folded = fold(word);
    const length = Math.max(0, ...words.filter((one) => folded.startsWith(one)).map((one) => one.length));
    if (length) found.push([index, index + matchedLength(word, length)]);
  }
  return found;
}

/** Return how many characters of a word give `length` folded ones. */
function matchedLength(word: string, length: number): number {
  let n = 1;
  while (n < word.length && fold(word.slice(0, n)).length < length) n += 1;
  return n;
}
