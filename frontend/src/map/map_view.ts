import type { MapData } from "../contract";
import type { Pick, Scene } from "../model/scene";
import { Arrangement } from "./arrangement";
import { Camera } from "./camera";
import { Controls } from "./controls";
import { detach, html, svg } from "./dom";
import { EdgeCards } from "./edge_cards";
import { frameOf } from "./geometry";
import { Inset } from "./inset";
import { LabelWriter } from "./labels/writer";
import { Legend } from "./legend";
import { keyOf } from "./mark";
import { Marks } from "./marks";
import { paintMarks } from "./paint";
import { listen } from "./pointer";
import { Selection } from "./selection";
import { Sheet } from "./sheet";
import { addPatterns, LEVELS } from "./symbols";
import { Tooltip } from "./tooltip";

const ZOOM_CLASSES = [5, 6, 7];
const LAYERS = ["regions", "corridors", "routes", "sites", "rivers", "tripoints", "responses"] as const;

/** The map as a whole: drawn once, then changed by scenes. */
export class MapView {
  private readonly container: HTMLElement;
  private readonly sheet: Sheet;
  private readonly marks: Marks;
  private readonly patterns: SVGPatternElement[];
  private readonly selection: Selection;
  private readonly labels: LabelWriter;
  private readonly tooltip: Tooltip;
  private readonly inset: Inset;
  private readonly legend: Legend;
  private readonly controls: Controls;
  private readonly camera: Camera;
  private readonly arrangement: Arrangement;
  private scene: Scene | null = null;
  private scenes = 0;
  /** The key of what was selected here and no scene has shown yet. */
  private picked = "";
  private touched = false;

  constructor(
    private readonly map: L.Map,
    private readonly data: MapData,
    private readonly onSelect: (pick: Pick) => void,
  ) {
    this.container = map.getContainer();
    this.sheet = new Sheet(map, frameOf(data.countries.features));
    this.marks = new Marks(this.sheet, data);
    this.selection = new Selection(this.marks, this.sheet);
    this.labels = new LabelWriter(map);
    const defs = svg("svg", { class: "oc-defs", width: 0, height: 0, "aria-hidden": "true" }, this.container);
    this.patterns = addPatterns(defs, "oc-map", LEVELS, 1);
    addPatterns(defs, "oc-flat", [0], 1);
    const ui = html("div", "oc-ui", this.container);
    this.tooltip = new Tooltip(this.container);
    const edges = new EdgeCards(this.sheet, this.marks, this.tooltip, ui, (id) => this.pick({ kind: "route", id }));
    this.inset = new Inset(this.sheet, this.marks, ui);
    this.legend = new Legend(ui, data.levels, () => this.arrangement.arrangeSoon());
    this.controls = new Controls(map, ui, {
      zoomIn: () => this.camera.zoomBy(1),
      zoomOut: () => this.camera.zoomBy(-1),
      home: () => this.camera.goHome(this.arrangement.insets(), true),
    });
    for (const { el } of [this.legend, this.inset, this.controls]) detach(el, true);
    this.camera = new Camera(map, this.sheet, L.latLngBounds(data.bounds));
    const { sheet, marks, inset, legend, labels, camera, selection, tooltip } = this;
    const parts = { ui, sheet, marks, edges, inset, legend, labels, camera, selection };
    this.arrangement = new Arrangement(parts, data.edgeCards);
    listen({
      ...parts,
      tooltip,
      nameOf: (mark) => mark.name[this.scene?.lang ?? "es"],
      onPick: (pick) => this.pick(pick),
    });
    this.listen();
  }

  /** Show a scene; where only the selection differs, labels follow a moment later. */
  show(scene: Scene): void {
    const before = this.scene;
    const words = this.data.words[scene.lang];
    const onlySelection = before?.contentKey === scene.contentKey;
    this.scene = scene;
    if (!onlySelection) paintMarks(this.marks, scene, words);
    this.controls.show(words);
    this.legend.show(scene.legend, words);
    this.tooltip.setHint(words["tooltip.read"]);
    this.arrangement.setScene(scene, words);
    this.applySelection(scene, before);
    for (const name of LAYERS) this.container.classList.toggle(`oc-no-${name}`, !scene.layers.includes(name));
    if (this.camera.hasSize) {
      if (!this.camera.ready) this.arrangement.settle();
      if (!before) {
        this.onZoom();
        this.arrangement.arrange();
      } else if (onlySelection) this.arrangement.arrangeLater();
      else requestAnimationFrame(() => setTimeout(() => this.arrangement.arrangeSoon())); // the colours first
    }
    this.scenes += 1;
    document.documentElement.dataset.ocmapScenes = String(this.scenes);
    document.documentElement.dataset.ocmap = "ready";
    this.container.classList.add("oc-ready");
  }

  /** The camera follows a selection only if it was made elsewhere. */
  private applySelection(scene: Scene, before: Scene | null): void {
    const key = scene.selected ? keyOf(scene.selected) : "";
    const other = key !== this.selection.key;
    const own = key === this.picked;
    if (own) this.picked = "";
    this.selection.select(key);
    this.arrangement.showSelection();
    this.showHint();
    if (other) this.camera.forget();
    const { mark } = this.selection;
    if (mark && before && other && !own) this.camera.follow(mark);
  }

  private pick(pick: Pick): void {
    this.picked = keyOf(pick);
    this.tooltip.hide();
    this.onSelect(pick);
  }

  private listen(): void {
    this.container.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.tooltip.hide();
    });
    const touch = () => {
      this.touched = true;
      this.showHint();
    };
    for (const type of ["pointerdown", "wheel", "keydown", "focusin"])
      this.container.addEventListener(type, touch, { passive: true, once: true });
    this.map.on("zoomstart", () => this.container.classList.add("oc-zooming"));
    this.map.on("zoom", () => this.onZoom());
    this.map.on("zoomend", () => {
      this.container.classList.remove("oc-zooming");
      this.onZoom();
      this.arrangement.arrange();
    });
    this.map.on("moveend", () => this.arrangement.arrangeSoon({ onlyLabels: true }));
    this.map.on("move", () => this.inset.drawLeader());
    new ResizeObserver(() => this.onResize()).observe(this.container);
    document.fonts.addEventListener("loadingdone", () => {
      this.labels.forgetWidths();
      this.arrangement.arrangeSoon();
    });
  }

  private onZoom(): void {
    const zoom = this.map.getZoom();
    for (const step of ZOOM_CLASSES) this.container.classList.toggle(`oc-z${step}`, zoom >= step);
    this.sheet.rescale(this.patterns);
    this.marks.showFingerTargets();
    this.selection.draw();
    this.tooltip.hide();
  }

  private onResize(): void {
    this.camera.resize();
    if (!this.scene || !this.camera.hasSize) return;
    this.arrangement.settle();
    this.onZoom();
    this.arrangement.arrange();
    this.camera.catchUp();
  }

  /** The hint is for those who have not done anything yet. */
  private showHint(): void {
    this.controls.hint.classList.toggle("oc-on", !this.selection.key && !this.touched);
  }
}
