import { extentOf, type Box } from "./box";

/** Return the lines of positions of a geometry: rings of polygons, lines, single points. */
export function linesIn(geometry: GeoJSON.Geometry): number[][][] {
  switch (geometry.type) {
    case "Point":
      return [[geometry.coordinates]];
    case "LineString":
      return [geometry.coordinates];
    case "MultiLineString":
    case "Polygon":
      return geometry.coordinates;
    case "MultiPolygon":
      return geometry.coordinates.flat();
    default:
      throw new Error(`no drawing for a ${geometry.type}`);
  }
}

/** Return the extent of some features, in degrees. */
export function frameOf(features: { geometry: GeoJSON.Geometry }[]): Box {
  return extentOf(features.flatMap(({ geometry }) => linesIn(geometry)).flat());
}

/**
 * Draw a neighbour on beyond the frame its outline was cut to, so that a wide window shows no straight coast
 * in the middle of a continent. Only positions on the north, east and south edge move, straight outwards.
 */
export function beyondFrame(geometry: GeoJSON.Geometry, frame: Box): GeoJSON.Polygon {
  const near = (a: number, b: number) => Math.abs(a - b) < 0.002;
  const push = ([lon, lat]: number[]) => [
    near(lon, frame.x1) ? lon + 16 : lon,
    near(lat, frame.y1) ? lat + 9 : near(lat, frame.y0) ? lat - 12 : lat,
  ];
  return { type: "Polygon", coordinates: linesIn(geometry).map((ring) => ring.map(push)) };
}
