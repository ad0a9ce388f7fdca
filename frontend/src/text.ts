import type { Words } from "./contract";

/** Fill a text's gaps, `{name}`, once: gaps inside a value stay as they are. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : gap));
}

/** Return the form of a text for a number: `key.one` or `key.other`. */
export function counted(words: Words, key: string, n: number): string {
  return fill(words[`${key}.${n === 1 ? "one" : "other"}`], { n });
}
