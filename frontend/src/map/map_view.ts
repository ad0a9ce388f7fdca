import type { MapData } from "../contract";
import type { Pick, Scene } from "../model/scene";
import { Arrangement } from "./arrangement";
import { keyOf } from "./mark";
import { paintMarks } from "./paint";
import { drawParts, type MapParts } from "./parts";
import { listen } from "./pointer";

const ZOOM_CLASSES = [5, 6, 7];
const LAYERS = ["regions", "corridors", "routes", "sites", "rivers", "tripoints", "responses"] as const;

/** The map as a whole: drawn once, then changed by scenes. */
export class MapView {
  private readonly parts: MapParts;
  private readonly arrangement: Arrangement;
  private scene: Scene | null = null;
  private scenes = 0;
  /** The key of what was selected here and no scene has shown yet. */
  private picked = "";
  private touched = false;

  constructor(
    map: L.Map,
    frame: Element,
    private readonly data: MapData,
    private readonly onSelect: (pick: Pick) => void,
  ) {
    const pick = (picked: Pick) => this.pick(picked);
    this.parts = drawParts(map, frame, data, {
      pick,
      goHome: () => this.parts.camera.goHome(true),
      makeRoom: () => this.arrangement.makeRoom(),
    });
    this.arrangement = new Arrangement(this.parts, data.flows);
    listen(this.parts, (mark) => mark.name[this.scene?.lang ?? "es"], pick);
    this.listen();
  }

  /** Show a scene; where only the selection differs, labels follow a moment later. */
  show(scene: Scene): void {
    const { camera, container, controls, marks, tooltip } = this.parts;
    const before = this.scene;
    const words = this.data.words[scene.lang];
    const onlySelection = before?.contentKey === scene.contentKey;
    this.scene = scene;
    if (!onlySelection) paintMarks(marks, scene, words);
    controls.show(words);
    tooltip.setHint(words["tooltip.read"]);
    this.arrangement.setScene(scene, words);
    this.applySelection(scene, before);
    for (const name of LAYERS) container.classList.toggle(`oc-no-${name}`, !scene.layers.includes(name));
    if (camera.hasSize) {
      if (!camera.ready) this.arrangement.settle();
      if (!before) {
        this.onZoom();
        this.arrangement.arrange();
      } else if (onlySelection) this.arrangement.arrangeLater();
      else requestAnimationFrame(() => setTimeout(() => this.arrangement.arrangeSoon())); // the colours first
    }
    this.scenes += 1;
    document.documentElement.dataset.ocmapScenes = String(this.scenes);
    document.documentElement.dataset.ocmap = "ready";
    container.classList.add("oc-ready");
  }

  /** The camera follows a selection only if it was made elsewhere. */
  private applySelection(scene: Scene, before: Scene | null): void {
    const { camera, selection } = this.parts;
    const key = scene.selected ? keyOf(scene.selected) : "";
    const other = key !== selection.key;
    const own = key === this.picked;
    if (own) this.picked = "";
    selection.select(key);
    this.arrangement.showSelection();
    this.showHint();
    if (other) camera.forget();
    if (selection.mark && before && other && !own) camera.follow(selection.mark);
  }

  private pick(pick: Pick): void {
    this.picked = keyOf(pick);
    this.onSelect(pick);
    this.parts.tooltip.hide();
  }

  private listen(): void {
    const { container, inset, labels, map, tooltip } = this.parts;
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape") tooltip.hide();
    });
    const touch = () => {
      this.touched = true;
      this.showHint();
    };
    for (const type of ["pointerdown", "wheel", "keydown", "focusin"])
      container.addEventListener(type, touch, { passive: true, once: true });
    map.on("zoomstart", () => container.classList.add("oc-zooming"));
    map.on("zoom", () => this.onZoom());
    map.on("zoomend", () => {
      container.classList.remove("oc-zooming");
      this.onZoom();
      this.arrangement.arrange();
    });
    map.on("moveend", () => this.arrangement.arrangeSoon({ onlyLabels: true }));
    map.on("move", () => inset.drawLeader());
    // In the next frame, since it may change the frame's height: WebKit reports a change within the callback as an error.
    new ResizeObserver(() => requestAnimationFrame(() => this.resize())).observe(container);
    document.fonts.addEventListener("loadingdone", () => {
      labels.forgetWidths();
      this.arrangement.arrangeSoon();
    });
  }

  private onZoom(): void {
    const { container, map, marks, patterns, selection, sheet, tooltip } = this.parts;
    const zoom = map.getZoom();
    for (const step of ZOOM_CLASSES) container.classList.toggle(`oc-z${step}`, zoom >= step);
    sheet.rescale(patterns);
    marks.showFingerTargets();
    selection.draw();
    tooltip.hide();
  }

  /** Adapt to another size of the frame. */
  resize(): void {
    this.parts.camera.resize();
    if (!this.scene || !this.parts.camera.hasSize) return;
    this.arrangement.settle();
    this.onZoom();
    this.arrangement.arrange();
    this.parts.camera.catchUp();
  }

  /** The hint is for those who have not done anything yet. */
  private showHint(): void {
    this.parts.controls.hint.classList.toggle("oc-on", !this.parts.selection.key && !this.touched);
  }
}
