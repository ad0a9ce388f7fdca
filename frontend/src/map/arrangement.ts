import type { FlowData, Words } from "../contract";
import type { Scene } from "../model/scene";
import { boxAround, type Box, type Pair } from "./box";
import { remOf, setShown } from "./dom";
import { flowsWith } from "./flows";
import { Candidates } from "./labels/candidates";
import { placeLabels } from "./labels/placer";
import type { Mark } from "./mark";
import { paintNear } from "./paint";
import type { MapParts } from "./parts";

const NARROW_REM = 32; // frames below this width have no inset, a legend that opens, and their list of flows below
const ROOMY_REM = 60; // frames from this width on begin with the list of flows open
const LABEL_DELAY_MS = 150; // how long labels wait after a selection, so that the panel is drawn first
const PANELS = ".oc-panel, .oc-inset, .oc-attribution, .leaflet-control-scale, .oc-hint.oc-on";

/** Arranges what is around and over the map: legend, flows, inset and labels, none over another. */
export class Arrangement {
  private scene: Scene | null = null;
  private later = 0;
  private frameAsked = 0;
  private onlyLabels = true;
  private narrow = false;

  constructor(
    private readonly parts: MapParts,
    private readonly flows: FlowData[],
  ) {}

  setScene(scene: Scene, words: Words): void {
    const { flows, legend } = this.parts;
    this.scene = scene;
    legend.show(scene.legend, words);
    flows.show(flowsWith(this.flows, scene.routesWithoutLine), scene.lang, words);
    setShown(legend.el, scene.legend.length + scene.routesWithoutLine.length > 0);
  }

  /** Show in the list of flows what is selected. */
  showSelection(): void {
    this.parts.flows.select(this.parts.selection.key);
  }

  /** Adapt to another frame: choose how to show legend and flows, and fit the map if nobody has moved it yet. */
  settle(): void {
    const { camera, flows, frame, inset, selection } = this.parts;
    const width = frame.clientWidth / remOf();
    this.narrow = width < NARROW_REM;
    frame.classList.toggle("oc-narrow", this.narrow);
    flows.settle({ roomy: width >= ROOMY_REM, below: this.narrow });
    this.makeRoom();
    camera.resize();
    const seen = !this.narrow && inset.has(selection.mark);
    if (!camera.ready) camera.begin(seen ? undefined : selection.mark, this.narrow);
    else if (camera.atHome) camera.goHome(false);
  }

  /** Where the list of flows is below the map, what holds both grows by the list, so that the map stays as high. */
  makeRoom(): void {
    const { flows, frame } = this.parts;
    const host = (window.frameElement as HTMLElement | null) ?? frame.parentElement;
    const { clientHeight, offsetHeight, scrollHeight } = flows.el;
    const more = this.narrow && flows.open ? scrollHeight + offsetHeight - clientHeight : 0;
    host?.style.setProperty("--oc-more", `${more}px`);
  }

  /** After a mere selection what belongs to it and the labels can wait until the panel beside the map is there. */
  arrangeLater(): void {
    clearTimeout(this.later);
    this.later = window.setTimeout(() => {
      if (this.scene) paintNear(this.parts.marks, this.scene);
      this.arrangeSoon({ onlyLabels: true });
    }, LABEL_DELAY_MS);
  }

  /** Arrange before the next frame is drawn, once, however often it is asked for. */
  arrangeSoon({ onlyLabels } = { onlyLabels: false }): void {
    this.onlyLabels &&= onlyLabels;
    this.frameAsked ||= requestAnimationFrame(() => {
      this.frameAsked = 0;
      if (this.onlyLabels) this.layoutLabels();
      else this.arrange();
      this.onlyLabels = true;
    });
  }

  /** Arrange what depends on scene and zoom, then write the labels around it. */
  arrange(): void {
    const { camera, inset, selection } = this.parts;
    if (!this.scene || !camera.ready || !camera.hasSize) return;
    const { lang, layers } = this.scene;
    const hasRegions = layers.includes("regions");
    inset.show(!this.narrow && inset.useful && hasRegions);
    inset.offerFarLand(this.narrow && hasRegions);
    inset.update(lang, selection.key);
    inset.drawLeader();
    this.layoutLabels();
  }

  private layoutLabels(): void {
    const { camera, labels } = this.parts;
    if (!this.scene || !camera.ready) return;
    labels.readFont();
    const obstacles = { panels: [...this.panelBoxes(), ...this.edges()], ends: this.endBoxes() };
    // Written when all are placed: placing asks for shapes, and after each change the page would lay them out again.
    labels.write(placeLabels(new Candidates(this.parts, this.scene).all(), obstacles, labels.measure));
  }

  /** Return what stands on the map, in pixels of the panes. */
  private panelBoxes(): Box[] {
    const { container, map, ui } = this.parts;
    const frame = container.getBoundingClientRect();
    const shift = map.containerPointToLayerPoint([0, 0]);
    const [dx, dy] = [shift.x - frame.left, shift.y - frame.top];
    return [...ui.querySelectorAll(PANELS)]
      .map((el) => el.getBoundingClientRect())
      .filter(({ width }) => width)
      .map((r) => ({ x0: r.left + dx - 2, y0: r.top + dy - 2, x1: r.right + dx + 2, y1: r.bottom + dy + 2 }));
  }

  /** Return the edges of the map, by which no label may be cut, in pixels of the panes. */
  private edges(): Box[] {
    const { map } = this.parts;
    const { x: w, y: h } = map.getSize();
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const edges = [
      [0, 0, w, 2],
      [0, h - 2, w, h],
      [0, 0, 2, h],
      [w - 2, 0, w, h],
    ];
    return edges.map(([x0, y0, x1, y1]) => ({ x0: x + x0, y0: y + y0, x1: x + x1, y1: y + y1 }));
  }

  /** Return boxes around points and the two ends of routes, in pixels of the panes: nothing may cover them. */
  private endBoxes(): Box[] {
    const { marks, sheet } = this.parts;
    const ends = marks.all.filter(({ shown }) => shown).flatMap(endsOf);
    return ends.map((end) => boxAround(sheet.layerPoint(end), 5));
  }
}

function endsOf(mark: Mark): Pair[] {
  if (mark.kind === "route") return [mark.line[0], mark.line[mark.line.length - 1]];
  if (mark.kind === "region" || mark.kind === "corridor" || mark.inInset) return [];
  return [mark.at];
}
