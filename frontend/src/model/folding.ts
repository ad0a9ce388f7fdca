/** Letters, digits and low lines in a row. */
export const WORD = /[\p{L}\p{N}_]+/gu;

/** Return a text without capitals and accents: `extorsion` for `Extorsión`, `nino` for `niño`. */
export function fold(text: string): string {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}

/** Return a text in lower case, each accented letter one character. */
export function plain(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Return the words of a text. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Return a text's words with a blank before each, so that `" ext"` matches the beginning of a word. */
export function line(text: string): string {
  return wordsOf(text)
    .map((word) => ` ${word}`)
    .join("");
}

/** Return whether each word begins a word of a line. */
export function hasAll(text: string, words: string[]): boolean {
  return words.every((word) => text.includes(` ${word}`));
}
