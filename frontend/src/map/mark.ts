import type { ByLang, LabelData } from "../contract";
import type { Pick, RegionCounts, Scene } from "../model/scene";
import type { Box, Pair } from "./box";
import type { Line } from "./line";

export type Align = NonNullable<LabelData["align"]>;
export type PointKind = "site" | "tripoint" | "response";

/** What all things that can be selected have. */
export interface MarkBase {
  id: string;
  /** What a click selects. */
  pick: Pick;
  key: string;
  name: ByLang;
  /** The element that takes the focus. */
  el: SVGGeometryElement | SVGGElement;
  /** Every element whose class shows the mark's state: first on the map, then in the inset. */
  elements: SVGElement[];
  /** The path of the ring that is drawn when it is selected; "" for a point. */
  outline: string;
  /** Where its name stands, on the sheet. */
  at: Pair;
  box: Box;
  tip: string;
  shown: boolean;
  /** Statements, as the scene counts them. */
  n: number;
}

export interface RegionMark extends MarkBase {
  kind: "region";
  el: SVGPathElement;
  /** The hatching over it, with the prefix of the patterns that it takes. */
  hatches: { el: SVGPathElement; prefix: string }[];
  indirect: boolean;
  level: number;
  /** A circle to tap where the region is too small to tap. */
  fingerTarget: SVGGElement;
  align: Align;
}

export interface CorridorMark extends MarkBase {
  kind: "corridor";
  hit: SVGPathElement;
  lines: Line[];
  align: Align;
  near: boolean;
}

export interface RouteMark extends MarkBase {
  kind: "route";
  line: Line;
  goods: ByLang;
  note: ByLang;
  near: boolean;
}

export interface PointMark extends MarkBase {
  kind: PointKind;
  /** What the data say of it; {n} stands for its statements, {region} for where it lies. */
  note: ByLang;
  region?: ByLang;
  /** The inset shows it instead of the map. */
  inInset: boolean;
  /** It lies among others in the inset's window. */
  crowded: boolean;
}

export type Mark = RegionMark | CorridorMark | RouteMark | PointMark;

export const keyOf = ({ kind, id }: Pick) => `${kind}:${id}`;

/** Return what a scene says of a mark; undefined where it is not in the scene. */
export function givenOf(scene: Scene, { kind, id }: Mark): (RegionCounts & { near?: true }) | undefined {
  return scene[`${kind}s` as const][id];
}
