// What Python writes and the client reads: see src/ocmap/web/client_data.py and map_data.py.
export type Lang = "es" | "en";
export type Theme = "light" | "dark";
export type Basis = "named" | "located" | "border" | "area" | "national";
export type Layer = "regions" | "corridors" | "routes" | "sites" | "rivers" | "tripoints" | "responses";
export type ByLang<T = string> = Record<Lang, T>;
export type Words = Record<string, string>;

/** The statements with what the filters compare; elsewhere a statement is its index here. */
export interface StatementData {
  id: string;
  topic: string;
  markets: string[];
  actors: string[];
}

export interface RouteData {
  id: string;
  market: string;
  actors: string[];
  hasLine: boolean;
  hollow: boolean;
}

/** evidence.json: what the browser filters by itself. */
export interface ClientData {
  country: string;
  bases: Basis[];
  /** Ranks, that is indices in `bases`. */
  direct: number[];
  indirect: number[];
  /** The lowest count of each class of colour. */
  levels: number[];
  layers: Layer[];
  defaultLayers: Layer[];
  markets: [id: string, name: ByLang][];
  actors: string[];
  places: string[];
  regions: string[];
  corridors: string[];
  tripoints: string[];
  statements: StatementData[];
  /** Pairs of a statement and the rank of its basis, in the order in which a panel lists them. */
  byPlace: Record<string, [statement: number, rank: number][]>;
  routes: RouteData[];
  sites: Record<string, { statements: number[]; approximate: boolean }>;
  responses: Record<string, number[]>;
  /** The corridors and routes that are highlighted while a place is selected. */
  near: Record<string, string[]>;
  /** The names of places inside a sentence. */
  phrases: ByLang<Record<string, string>>;
  words: ByLang<Words>;
}

/** panels-es.json: the HTML of each panel, unfiltered, by the id of its place or route; and of each step of the tour. */
export type Panels = Record<string, string>;

export interface EdgeItemData {
  route: string;
  text: ByLang;
  tip: ByLang;
}

/** A card at the map's edge: flows without a line. */
export interface EdgeCardData {
  /** A point of the compass; null where the card stands beside a point of the map. */
  side: string | null;
  at: [lon: number, lat: number] | null;
  direction: "in" | "out";
  name: ByLang;
  items: EdgeItemData[];
}

export interface FeatureData<Properties> {
  type: "Feature";
  id: string;
  properties: Properties;
  geometry: GeoJSON.Geometry;
}

export interface CollectionData<Properties> {
  type: "FeatureCollection";
  features: FeatureData<Properties>[];
}

export interface LabelData {
  label?: [lon: number, lat: number];
  align?: "start" | "middle" | "end";
}

/** peru.json: what is drawn, whatever the reader's filters and selection are. */
export interface MapData {
  bounds: [[south: number, west: number], [north: number, east: number]];
  words: ByLang<Words>;
  levels: string[];
  edgeCards: EdgeCardData[];
  regions: CollectionData<{ name: ByLang } & LabelData>;
  corridors: CollectionData<{ place: string; side: string; name: ByLang } & LabelData>;
  countries: CollectionData<{ name: ByLang } & LabelData>;
  rivers: CollectionData<{ name: ByLang; rank: number }>;
  routes: CollectionData<{ goods: ByLang; name: ByLang; note: ByLang; schematic: true; hollow: boolean }>;
  sites: CollectionData<{ name: ByLang; note: ByLang; approximate: boolean; region: ByLang }>;
  tripoints: CollectionData<{ name: ByLang; note: ByLang }>;
  responses: CollectionData<{ name: ByLang; note: ByLang; place: string }>;
}

export type EntryKind = "places" | "markets" | "actors" | "routes" | "indicators" | "statements";

/** A record that can be found: what is shown of it, and the other texts in which it is searched. */
export interface SearchEntryData {
  id: string;
  /** Empty for a statement. */
  name: string;
  text: string;
  /** Not searched. */
  note: string;
  names: string[];
  texts: string[];
  /** The place whose panel shows a statement. */
  place?: string;
}

/** search-LANG.json: what is searched in the page of a language. */
export type SearchData = Record<EntryKind, SearchEntryData[]>;
