import type { MapData } from "../contract";
import type { Pick, Scene } from "../model/scene";

export interface MapHandle {
  show(scene: Scene): void;
}

export function startMap(map: L.Map, data: MapData | string, onSelect: (pick: Pick) => void): MapHandle {
  return { show: () => onSelect.length && data && map.getZoom() };
}
