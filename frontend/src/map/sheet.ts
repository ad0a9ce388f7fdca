import type { MapData } from "../contract";
import { extentOf, type Box, type Pair } from "./box";
import { svg } from "./dom";
import type { Positions } from "./geometry";
import type { Line } from "./line";

export const BASE_ZOOM = 7;

interface Placed {
  g: SVGGElement;
  at: Pair;
  /** The angle, which may depend on the units that a pixel takes. */
  angle?: (pixel: number) => number;
}

/**
 * The SVG that carries all shapes, in web-mercator pixels of BASE_ZOOM.
 *
 * Leaflet stretches it; strokes do not scale, and what must keep its size in pixels (heads, points, hatching) is
 * scaled back by `pixel`. Colours are CSS variables, so a theme never touches a path.
 */
export class Sheet {
  readonly root: SVGSVGElement;
  /** What a click or the keyboard changes lies on a sheet of its own, so that the shapes are not painted again. */
  readonly top: SVGSVGElement;
  readonly bounds: L.LatLngBounds;
  private readonly origin: L.Point;
  private readonly symbols: Placed[] = [];

  constructor(
    readonly map: L.Map,
    [west, south, east, north]: MapData["frame"],
  ) {
    this.bounds = L.latLngBounds([south, west], [north, east]);
    this.origin = map.project(this.bounds.getNorthWest(), BASE_ZOOM);
    const { x, y } = map.project(this.bounds.getSouthEast(), BASE_ZOOM).subtract(this.origin);
    const add = (name: string) => {
      const el = svg("svg", { class: name, viewBox: `0 0 ${x} ${y}`, preserveAspectRatio: "none", focusable: "false" });
      L.svgOverlay(el, this.bounds, { interactive: false }).addTo(map);
      return el;
    };
    this.root = add("oc-sheet");
    this.top = add("oc-sheet oc-sheet-top");
  }

  /** Units of the sheet that one pixel of the screen takes now. */
  get pixel(): number {
    return 2 ** (BASE_ZOOM - this.map.getZoom());
  }

  /** Longitude and latitude → sheet. */
  point([lon, lat]: number[]): Pair {
    const { x, y } = this.map.project([lat, lon], BASE_ZOOM);
    return [x - this.origin.x, y - this.origin.y];
  }

  /** Sheet → latitude and longitude. */
  latLng([x, y]: Pair): L.LatLng {
    return this.map.unproject([x + this.origin.x, y + this.origin.y], BASE_ZOOM);
  }

  /** Sheet → pixels of the map's panes. */
  layerPoint(at: Pair): L.Point {
    return this.map.latLngToLayerPoint(this.latLng(at));
  }

  /** Pixels of the map's panes → sheet. */
  fromLayer(at: Pair): DOMPoint {
    const { lat, lng } = this.map.layerPointToLatLng(at);
    return new DOMPoint(...this.point([lng, lat]));
  }

  /** Sheet → pixels of the frame. */
  containerPoint(at: Pair): L.Point {
    return this.map.latLngToContainerPoint(this.latLng(at));
  }

  latLngBounds({ x0, y0, x1, y1 }: Box): L.LatLngBounds {
    return L.latLngBounds(this.latLng([x0, y1]), this.latLng([x1, y0]));
  }

  /** Return the path data, the extent and the lines, on the sheet, of the rings of a shape, or of open lines. */
  trace(positions: Positions[], end: "Z" | "" = "Z"): { d: string; box: Box; lines: Line[] } {
    const lines = positions.map((line) => line.map((position) => this.point(position)));
    const d = lines.map((line) => `M${line.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L")}${end}`);
    return { d: d.join(""), box: extentOf(lines.flat()), lines };
  }

  /** Keep the content of `g` at its size in pixels. */
  addSymbol(g: SVGGElement, at: Pair, angle?: Placed["angle"]): void {
    this.symbols.push({ g, at, angle });
  }

  /** Scale symbols and hatching back after the sheet was stretched. */
  rescale(patterns: SVGPatternElement[]): void {
    const scale = `scale(${this.pixel.toFixed(5)})`;
    for (const { g, at, angle } of this.symbols) {
      const turn = angle ? ` rotate(${angle(this.pixel).toFixed(1)})` : "";
      g.setAttribute("transform", `translate(${at[0].toFixed(2)} ${at[1].toFixed(2)}) ${scale}${turn}`);
    }
    for (const pattern of patterns) pattern.setAttribute("patternTransform", `rotate(45) ${scale}`);
  }
}
