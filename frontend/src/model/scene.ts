import type { Basis, Lang, Layer, Theme } from "../contract";

/** What a click on the map selects. */
export interface Pick {
  kind: "place" | "route";
  id: string;
}

/** A region's statements on markets: named or located there (`n`, with its class of colour), and by wider bases. */
export interface RegionCounts {
  n?: number;
  level?: number;
  border?: number;
  area?: number;
  /** Which hatching it gets where it has no colour. */
  indirect?: Basis;
  /** Filters leave out statements that would give it colour or hatching. */
  hidden?: true;
  /** Statements reach it, none of them on a market. */
  unmarked?: true;
}

export type LegendRow =
  | "levels"
  | "border"
  | "area"
  | "filtered"
  | "blank"
  | "schematic"
  | "open_end"
  | "inferred"
  | "hollow"
  | "corridor"
  | "site"
  | "rough"
  | "tripoint"
  | "response";

/** What the map shows in a state of the page. */
export interface Scene {
  lang: Lang;
  theme: Theme;
  selected: Pick | null;
  layers: Layer[];
  regions: Record<string, RegionCounts>;
  corridors: Record<string, { n: number; near?: true }>;
  routes: Record<string, { near?: true }>;
  sites: Record<string, { n: number }>;
  tripoints: Record<string, object>;
  responses: Record<string, { n: number }>;
  routesWithoutLine: string[];
  legend: LegendRow[];
  /** The same where only the selection differs. */
  contentKey: string;
}
