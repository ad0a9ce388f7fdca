import { all } from "../dom";
import type { Basis, ClientData, Lang, Layer } from "../contract";

/** The selection, filters, layers and language that the page's address holds. */
export interface ViewState {
  place: string | null;
  /** At most one of place and route is set. */
  route: string | null;
  /** Empty means all; the same holds for actors. */
  markets: string[];
  actors: string[];
  basis: Basis[];
  layers: Layer[];
  /** Null means the browser's. */
  lang: Lang | null;
}

/** What decides which statements are shown. */
export type Filters = Pick<ViewState, "markets" | "actors" | "basis">;

export const FILTERS = ["markets", "actors", "basis"] as const;
export const CHOICES = [...FILTERS, "layers"] as const;
export const OWN = ["place", "route", ...CHOICES, "lang"] as const;

const LANGS: Lang[] = ["es", "en"];
const NONE = "none"; // the value of a list that is empty on purpose

const isSame = (a: string[], b: string[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

/** What a link may have taken along from the text that it stood in; no id begins or ends with any of it. */
const AROUND = /^[ \t\r\n\u00a0.,;:!?…"'`´“”‘’„«»<>()[\]{}*_]+|[ \t\r\n\u00a0.,;:!?…"'`´“”‘’„«»<>()[\]{}*_]+$/g;
const ESCAPED_AND = /^(amp;)+/; // before a name, where a link was copied out of HTML

/** Return an address's parameters, whose names are without what an escaped "&" leaves before them. */
export function readQuery(query: string | URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...new URLSearchParams(query)].map(([name, value]) => [name.replace(ESCAPED_AND, ""), value]),
  );
}

/** Return a parameter's values, which are separated by commas or given by repeating the parameter. */
export function valuesOf(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((one) => one.split(",").map((value) => value.replace(AROUND, "")));
}

/** Return the known id that a value means, in whatever letter case it is written. */
function knownAs<T extends string>(value: string, known: T[]): T | undefined {
  const lower = value.toLowerCase();
  return known.find((one) => one === value) ?? known.find((one) => one.toLowerCase() === lower);
}

/** Return the state that an address asks for. Never throws: unknown, repeated and malformed values are dropped. */
export function parse(data: ClientData, query: string | URLSearchParams): ViewState {
  const asked = readQuery(query);
  const first = <T extends string>(name: string, known: T[]): T | null => {
    for (const value of valuesOf(asked, name)) {
      const found = knownAs(value, known);
      if (found !== undefined) return found;
    }
    return null;
  };
  const some = <T extends string>(name: string, known: T[]): T[] => {
    const wanted = new Set(valuesOf(asked, name).map((value) => knownAs(value, known)));
    return known.filter((one) => wanted.has(one));
  };
  const switches = <T extends string>(name: string, known: T[], defaults: T[]): T[] => {
    const chosen = some(name, known);
    return chosen.length || valuesOf(asked, name).some((value) => value.toLowerCase() === NONE)
      ? chosen
      : [...defaults];
  };
  const { bases, layers, defaultLayers } = data;
  const place = first("place", data.places);
  const routes = data.routes.map((one) => one.id);
  const markets = data.markets.map(([id]) => id);
  return {
    place,
    route: place === null ? first("route", routes) : null,
    markets: some("markets", markets).sort(),
    actors: some("actors", data.actors).sort(),
    basis: switches("basis", bases, bases),
    layers: switches("layers", layers, defaultLayers),
    lang: first("lang", LANGS),
  };
}

/** Return the parameters of a state, sorted and without defaults. `more` are parameters that are not of the state. */
export function toQuery(data: ClientData, state: ViewState, more?: URLSearchParams | string): URLSearchParams {
  const defaults = { markets: [], actors: [], basis: data.bases, layers: data.defaultLayers };
  const params = new URLSearchParams(more);
  for (const name of OWN) params.delete(name);
  for (const name of ["place", "route", "lang"] as const) {
    const value = state[name];
    if (value) params.append(name, value);
  }
  for (const name of CHOICES) {
    if (isSame(state[name], defaults[name])) continue;
    for (const one of state[name].length ? state[name] : [NONE]) params.append(name, one);
  }
  params.sort();
  return params;
}

/** Return whether the filters may leave out any statement. */
export function isFiltered(data: ClientData, filters: Filters): boolean {
  return filters.markets.length > 0 || filters.actors.length > 0 || !isEveryBasis(data, filters);
}

/** Return whether the filters leave every basis. */
export function isEveryBasis(data: ClientData, { basis }: Filters): boolean {
  return isSame(basis, data.bases);
}

/** Return the query after a change of the filters' checkboxes; `query` is the one before. */
export function chosenFilters(root: ParentNode, query: string): string {
  const params = new URLSearchParams(query);
  for (const name of CHOICES) {
    params.delete(name);
    const boxes = all<HTMLInputElement>(root, `input[name="${name}"]`).filter((box) => box.checked);
    for (const one of boxes.length ? boxes.map((box) => box.value) : [NONE]) params.append(name, one);
  }
  return String(params);
}
