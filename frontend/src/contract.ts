// Written by `ocmap contract` from src/ocmap/web/client_types.py.
/** A text in each language. */
export type ByLang<T = string> = Record<Lang, T>;
/** The texts of a language, by key. */
export type Words = Record<string, string>;
/** The HTML of each panel, unfiltered, by the id of its place or route; and of each step of the tour. */
export type Panels = Record<string, string>;
export type Lang = "es" | "en";
export type Theme = "light" | "dark";
export type Basis = "named" | "located" | "border" | "area" | "national";
export type Layer = "regions" | "corridors" | "routes" | "sites" | "rivers" | "tripoints" | "responses";
export type Align = "start" | "middle" | "end";
export type RouteEnd = "named" | "inferred" | "open";

/** A statement with what the filters compare; elsewhere it is an index in the list of these. */
export interface StatementData {
  id: string;
  topic: string;
  markets: string[];
  actors: string[];
}

/** A route with what the filters and the map's legend need; `ends` are as its line or its card shows them. */
export interface RouteData {
  id: string;
  market: string | null;
  actors: string[];
  hasLine: boolean;
  hollow: boolean;
  ends: [RouteEnd, RouteEnd];
}

/** The statements that name a site, and whether its position is approximate. */
export interface SitePoint {
  statements: number[];
  approximate: boolean;
}

/**
 * What the browser filters by itself.
 *
 * A rank is an index in `bases`; `levels` are the lowest counts of the classes of colour. `byPlace` has pairs of
 * a statement and the rank of its basis, in the order in which a panel lists them. `near` has the corridors and
 * routes that are highlighted while a place is selected, `phrases` the names of places inside a sentence.
 */
export interface ClientData {
  country: string;
  bases: Basis[];
  direct: number[];
  indirect: number[];
  levels: number[];
  layers: Layer[];
  defaultLayers: Layer[];
  markets: [string, ByLang][];
  actors: string[];
  places: string[];
  regions: string[];
  corridors: string[];
  tripoints: string[];
  statements: StatementData[];
  byPlace: Record<string, [number, number][]>;
  routes: RouteData[];
  sites: Record<string, SitePoint>;
  responses: Record<string, number[]>;
  near: Record<string, string[]>;
  phrases: ByLang<Record<string, string>>;
  words: ByLang<Record<string, string>>;
}

/** Where a flow without a line comes from or goes to; `end` is that of its two ends of which less is known. */
export interface FlowEndData {
  route: string;
  statement: string;
  direction: "in" | "out";
  place: ByLang;
  course: ByLang;
  end: RouteEnd;
}

/** A good that flows without a line. */
export interface FlowData {
  goods: ByLang;
  ends: FlowEndData[];
}

/** A shape. Its lines, rings included, are lists of arcs by their numbers; `~n` is arc n backwards. */
export interface ShapeFeature<Properties> {
  id: string;
  properties: Properties;
  lines: number[][];
}

/** A point, longitude first. */
export interface PointFeature<Properties> {
  id: string;
  properties: Properties;
  at: [number, number];
}

/** Where a shape's name stands, longitude first, if its place has a position. */
export interface LabelData {
  label?: [number, number];
  align?: Align;
}

/** A region or a country. */
export interface PlaceData {
  label?: [number, number];
  align?: Align;
  name: ByLang;
}

/** The part of a corridor on one side of the border. */
export interface CorridorData {
  label?: [number, number];
  align?: Align;
  name: ByLang;
  place: string;
  side: string;
}

/** A river; the smaller its rank, the larger it is. */
export interface RiverData {
  name: ByLang;
  rank: number;
}

/** A route that has a line. */
export interface RouteLineData {
  goods: ByLang;
  name: ByLang;
  note: ByLang;
  hollow: boolean;
  start: RouteEnd;
  end: RouteEnd;
}

/** A point with a note on it, such as a tripoint. */
export interface PointData {
  name: ByLang;
  note: ByLang;
}

/** A site, and the region that it is in. */
export interface SiteData {
  name: ByLang;
  note: ByLang;
  approximate: boolean;
  region: ByLang;
}

/** A mark of the responses at a place. */
export interface ResponseData {
  name: ByLang;
  note: ByLang;
  place: string;
}

/**
 * What is drawn, whatever the reader's filters and selection are. `bounds` are south-west and north-east.
 *
 * `bounds` are those of the first view; `frame` is west, south, east, north; `centre` is the middle of the first
 * view, latitude first; `inset` are the regions of the inset, of which the first names it, and `far` is what it
 * shows if that is land far away, which all of them name. Shapes are made of `arcs`, so that neighbours have their
 * border from one place. An arc is the longitude and latitude where it begins, then the steps to each next point, in
 * units of which a degree has `perDegree`.
 */
export interface MapData {
  country: string;
  frame: [number, number, number, number];
  centre: [number, number];
  inset: string[];
  far?: [number, number, number, number];
  bounds: [[number, number], [number, number]];
  words: ByLang<Record<string, string>>;
  levels: string[];
  flows: FlowData[];
  perDegree: number;
  arcs: number[][];
  regions: ShapeFeature<PlaceData>[];
  corridors: ShapeFeature<CorridorData>[];
  countries: ShapeFeature<PlaceData>[];
  rivers: ShapeFeature<RiverData>[];
  routes: ShapeFeature<RouteLineData>[];
  sites: PointFeature<SiteData>[];
  tripoints: PointFeature<PointData>[];
  responses: PointFeature<ResponseData>[];
}

/**
 * A record that can be found: what is shown of it, and the other texts in which it is searched.
 *
 * A statement has no name; its place is the one whose panel shows it. The note is not searched.
 */
export interface SearchEntryData {
  id: string;
  name: string;
  text: string;
  note: string;
  names: string[];
  texts: string[];
  place?: string;
}

/** What is searched in the page of a language. */
export interface SearchData {
  places: SearchEntryData[];
  markets: SearchEntryData[];
  actors: SearchEntryData[];
  routes: SearchEntryData[];
  indicators: SearchEntryData[];
  statements: SearchEntryData[];
}
