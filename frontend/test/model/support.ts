import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Basis, ByLang, ClientData, Lang, Panels } from "../../src/contract";
import { Evidence } from "../../src/model/evidence";
import { PageContext } from "../../src/model/page_context";
import { parse, type ViewState } from "../../src/model/view_state";

/** What Python makes of addresses, states and panels: see src/ocmap/web/contract_cases.py. */
export interface Vectors {
  version: string[];
  addresses: { query: string; canonical: string; dropped: string[]; old: string | null }[];
  states: {
    query: string;
    /** For each place the number of statements by basis. */
    counts: Record<string, number[]>;
    levels: Record<string, number>;
    hatches: Record<string, Basis>;
    routes: string[];
    marks: [kind: string, place: string][];
    legend: string[];
    caption: ByLang;
    /** What the panel answers, and the words of its link to the whole country. */
    answer: ByLang<string[]>;
    markets: Record<string, number>;
    basis: number[];
  }[];
  panels: { query: string; statements: string[]; found: number; answer: string }[];
  /** Shapes as they are sent, and the positions of their lines. */
  shapes: { perDegree: number; arcs: number[][]; lines: number[][][]; positions: number[][][][] }[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "..", name), "utf8"));

export const data = read("client_data.json") as ClientData;
export const pages = read("pages.json") as { panels: Panels; filters: string };
export const vectors = read("vectors.json") as Vectors;
export const evidence = new Evidence(data);
export const state = (query: string): ViewState => parse(data, query);
export const pageAt = (query: string, lang: Lang = "es"): PageContext => new PageContext(evidence, query, lang);

/** Return an empty element in the page. */
export function makeRoot(): HTMLElement {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  return root;
}

/** Return the text that a reader sees, without what is hidden. */
export function seen(root: HTMLElement): string {
  const copy = root.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll("[hidden], [data-announce]")) hidden.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Return where the link with this text leads. */
export function hrefOf(root: HTMLElement, text: string): string {
  const link = [...root.querySelectorAll("a")].find((one) => one.textContent.trim() === text);
  return decodeURIComponent(link?.getAttribute("href") ?? `no link ${text}`);
}
