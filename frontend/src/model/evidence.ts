import type { Basis, ClientData, Lang, RouteData, Words } from "../contract";
import { FILTERS, type Filters } from "./view_state";

/** Statements at a place: the statement's index and the rank of its basis. */
export type Found = ReadonlyMap<number, number>;

/** What passes the filters. */
export interface FilteredEvidence {
  byPlace: ReadonlyMap<string, Found>;
  statements: ReadonlySet<number>;
  routes: RouteData[];
}

const NOTHING: Found = new Map();

/** Return whether any of these ids is wanted; an empty wish means all. */
const meets = (wanted: ReadonlySet<string>, ids: string[]): boolean =>
  !wanted.size || ids.some((one) => wanted.has(one));

/** Return the filters as plain data, to compare. */
export const filtersOf = (state: Filters): string[][] => FILTERS.map((name) => state[name]);

/** The evidence of the profile, and what the reader's filters leave of it. */
export class Evidence {
  readonly unfiltered: FilteredEvidence;
  /** The index of a statement by its id. */
  readonly index: ReadonlyMap<string, number>;
  /** The places whose evidence has a basis; the others are sites and places inside them. */
  readonly withEvidence: ReadonlySet<string>;
  private readonly latest = new Map<string, { key: string; value: unknown }>();

  constructor(readonly data: ClientData) {
    this.index = new Map(data.statements.map((one, i) => [one.id, i]));
    this.withEvidence = new Set([...data.regions, ...data.corridors, data.country]);
    this.unfiltered = this.filter({ markets: [], actors: [], basis: data.bases });
  }

  /** Return what `make` returned for the same input the last time, or returns now: most choices change only the place. */
  cached<T>(name: string, input: unknown, make: () => T): T {
    const key = JSON.stringify(input);
    const last = this.latest.get(name);
    if (last?.key === key) return last.value as T;
    const value = make();
    this.latest.set(name, { key, value });
    return value;
  }

  /** Return the statements at each place and the routes that pass the filters. */
  apply(state: Filters): FilteredEvidence {
    return this.cached("filtered", filtersOf(state), () => this.filter(state));
  }

  /** Work out what passes the filters, for filters that are asked for less often than the current ones. */
  filter(filters: Filters): FilteredEvidence {
    const markets = new Set(filters.markets);
    const actors = new Set(filters.actors);
    const ranks = new Set(filters.basis.map((one) => this.data.bases.indexOf(one)));
    const passes = this.data.statements.map((one) => meets(markets, one.markets) && meets(actors, one.actors));
    const byPlace = new Map<string, Found>();
    const statements = new Set<number>();
    for (const [place, rows] of Object.entries(this.data.byPlace)) {
      const left = rows.filter(([one, rank]) => passes[one] && ranks.has(rank));
      if (left.length) byPlace.set(place, new Map(left));
      for (const [one] of left) statements.add(one);
    }
    const routes = this.data.routes.filter(
      (one) => meets(markets, one.market === null ? [] : [one.market]) && meets(actors, one.actors),
    );
    return { byPlace, statements, routes };
  }

  /** Return the statements that reach a place. */
  of(filtered: FilteredEvidence, place: string): Found {
    return filtered.byPlace.get(place) ?? NOTHING;
  }

  /** Count a place's statements on a market that have one of these bases, given as ranks. */
  countOnMarkets(filtered: FilteredEvidence, place: string, ranks: number[]): number {
    let n = 0;
    for (const [one, rank] of this.of(filtered, place)) {
      if (ranks.includes(rank) && this.data.statements[one].markets.length) n += 1;
    }
    return n;
  }

  /** Count a place's statements on a market that name it or something in it: they colour the map. */
  countDirect(filtered: FilteredEvidence, place: string): number {
    return this.countOnMarkets(filtered, place, this.data.direct);
  }

  /** Return the stronger of border and area on which a place has statements on a market: it hatches the map. */
  indirectBasis(filtered: FilteredEvidence, place: string): Basis | undefined {
    const rank = this.data.indirect.find((one) => this.countOnMarkets(filtered, place, [one]));
    return rank === undefined ? undefined : this.data.bases[rank];
  }

  /** Return whether a region would have colour or hatching without any filter. */
  isDrawable(place: string): boolean {
    return Boolean(this.countDirect(this.unfiltered, place) || this.indirectBasis(this.unfiltered, place));
  }

  /** Return the texts in a language. */
  words(lang: Lang): Words {
    return this.data.words[lang];
  }
}
