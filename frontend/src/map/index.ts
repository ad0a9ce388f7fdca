import type { MapData } from "../contract";
import type { Pick, Scene } from "../model/scene";

export interface MapHandle {
  show(scene: Scene): void;
}

export declare function startMap(map: L.Map, data: MapData | string, onSelect: (pick: Pick) => void): MapHandle;
