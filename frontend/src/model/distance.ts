const SHORTEST = 4; // letters of a word that may be misspelt
const LONG = 7; // from this many letters on, two may be wrong

/** Return the known word that differs in fewest letters from a misspelt one; "" if none is near. */
export function near(word: string, known: string[]): string {
  if (word.length < SHORTEST) return "";
  let best = { word: "", edits: word.length < LONG ? 2 : 3 };
  for (const one of known) {
    const edits = Math.abs(one.length - word.length) < best.edits ? distance(word, one) : best.edits;
    if (edits < best.edits) best = { word: one, edits };
  }
  return best.word;
}

/** Return how many letters must be added, removed or replaced to make one word of another (Levenshtein). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1])));
    }
    row = next;
  }
  return row[b.length];
}
