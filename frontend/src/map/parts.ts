import type { MapData } from "../contract";
import type { Pick } from "../model/scene";
import { Camera } from "./camera";
import { Controls } from "./controls";
import { detach, html, svg } from "./dom";
import { Flows } from "./flows";
import { readArcs } from "./geometry";
import { Inset } from "./inset";
import { LabelWriter } from "./labels/writer";
import { Legend } from "./legend";
import { Marks } from "./marks";
import { Selection } from "./selection";
import { Sheet } from "./sheet";
import { addPatterns, LEVELS } from "./symbols";
import { Tooltip } from "./tooltip";

interface Actions {
  pick: (pick: Pick) => void;
  goHome: () => void;
  makeRoom: () => void;
}

/** Draw all that the map is made of; what it depends on a scene for is filled in later. */
export function drawParts(map: L.Map, frame: Element, data: MapData, { pick, goHome, makeRoom }: Actions) {
  const container = map.getContainer();
  const linesOf = readArcs(data);
  const sheet = new Sheet(map, data.frame);
  const marks = new Marks(sheet, data, linesOf);
  const selection = new Selection(marks, sheet);
  const labels = new LabelWriter(map);
  const defs = svg("svg", { class: "oc-defs", width: 0, height: 0, "aria-hidden": "true" }, container);
  const patterns = addPatterns(defs, "oc-map", LEVELS, 1);
  addPatterns(defs, "oc-flat", [0], 1);
  const ui = html("div", "oc-ui", container);
  const tooltip = new Tooltip(container);
  const camera = new Camera(map, sheet, L.latLngBounds(data.bounds));
  const legend = new Legend(frame, data.levels);
  const inset = new Inset(sheet, marks, { ui, bar: legend.bar }, data, (box) => camera.show(box, true));
  const flows = new Flows(frame, legend.bar, tooltip, (id) => pick({ kind: "route", id }), makeRoom);
  const controls = new Controls(map, ui, (steps) => camera.zoomBy(steps), goHome);
  for (const { el } of [inset, controls]) detach(el);
  return {
    camera,
    container,
    controls,
    flows,
    frame,
    inset,
    labels,
    legend,
    map,
    marks,
    patterns,
    selection,
    sheet,
    tooltip,
    ui,
  };
}

export type MapParts = ReturnType<typeof drawParts>;
