import type { MapData } from "../contract";
import type { Pick, Scene } from "../model/scene";
import { html, setAttr } from "./dom";
import { MapView } from "./map_view";

const FAILED = "No se pudo cargar el mapa. Recargue la página. · The map could not be loaded. Please reload the page.";

export interface MapHandle {
  show(scene: Scene): void;
  /** Lay the map out for paper, or for the screen again. */
  print(on: boolean): void;
}

/** Draw the map's data on a Leaflet map without tiles; a scene shown before the data are there is applied then. */
export function startMap(map: L.Map, data: MapData | string, onSelect: (pick: Pick) => void): MapHandle {
  const root = document.documentElement;
  root.dataset.ocmapStarts = String(Number(root.dataset.ocmapStarts ?? 0) + 1);
  root.dataset.ocmap = "loading";
  const container = map.getContainer();
  const frame = html("div", "oc-frame");
  container.replaceWith(frame);
  frame.append(container);
  container.classList.add("oc-map");
  setAttr(container, "role", "region");
  setAttr(container, "aria-label", "ocmap");
  let content: MapData | null = null;
  let view: MapView | null = null;
  let latest: Scene | null = null;

  function show(scene: Scene): void {
    latest = scene;
    frame.classList.toggle("oc-dark", scene.theme === "dark");
    frame.classList.toggle("oc-light", scene.theme === "light");
    setAttr(root, "lang", scene.lang);
    if (content) setAttr(container, "aria-label", content.words[scene.lang]["map.label"]);
    view?.show(scene);
  }

  async function draw(): Promise<void> {
    try {
      content = typeof data === "string" ? await fetchData(data) : data;
      view = new MapView(map, frame, content, onSelect);
    } catch (error) {
      console.warn("ocmap: the map's data could not be drawn.", String(error));
      html("div", "oc-failed", container, FAILED).setAttribute("role", "alert");
      root.dataset.ocmap = "failed";
      return;
    }
    if (latest) show(latest);
  }

  function print(on: boolean): void {
    frame.classList.toggle("oc-print", on);
    view?.resize();
    (window.frameElement as HTMLElement | null)?.style.setProperty("--oc-print", `${frame.offsetHeight}px`);
  }

  void draw();
  return { show, print };
}

async function fetchData(address: string): Promise<MapData> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return (await response.json()) as MapData;
}
