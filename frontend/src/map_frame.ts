// The map in streamlit-folium's frame: it draws what the page around it shows, and sends what is selected to that page.
import { startMap, type MapHandle } from "./map";
import type { Pick } from "./model/scene";

/** What the page offers to the map's frame, as `window.ocmap`. */
export interface MapPage {
  attach(handle: MapHandle, frame: Element): void;
  pick(pick: Pick): void;
}

declare global {
  interface Window {
    ocmap?: MapPage;
    OcMap?: { start(map: L.Map, data: string): void };
  }
}

/** Start the map on a Leaflet map, and join the page as soon as its script has run. */
function start(map: L.Map, data: string): void {
  const page = window.parent;
  const frame = window.frameElement;
  const handle = startMap(map, data, (pick) => page.ocmap?.pick(pick));
  const join = () => frame && page.ocmap?.attach(handle, frame);
  if (page.ocmap) join();
  else page.addEventListener("ocmap", join, { once: true });
}

window.OcMap = { start };
