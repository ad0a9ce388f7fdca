import type { EdgeCardData, Words } from "../contract";
import type { Scene } from "../model/scene";
import { boxAround, clamp, type Box, type Pair } from "./box";
import type { Insets } from "./camera";
import { setShown } from "./dom";
import { cardsWith } from "./edge_cards";
import { INSET_ROOM } from "./inset";
import { Candidates } from "./labels/candidates";
import { placeLabels } from "./labels/placer";
import type { Mark } from "./mark";
import { paintNear } from "./paint";
import type { MapParts } from "./parts";

const WIDE = 560; // frames at least this wide have edge cards in stacks and the inset
const OPEN = 641; // frames at least this wide have an open legend
const MARGIN = 12; // between panels and the frame
const LABEL_DELAY_MS = 150; // how long labels wait after a selection, so that the panel is drawn first
const PANELS = ".oc-panel, .oc-card, .oc-inset, .oc-attribution, .leaflet-control-scale";

/** Arranges what lies over the map: edge cards, inset and labels, none over another. */
export class Arrangement {
  private scene: Scene | null = null;
  private cards: EdgeCardData[] = [];
  private flows = "";
  /** The edge cards stand in a row: the stacks do not fit. */
  private crowded = false;
  private crowdedFor = "";
  private later = 0;
  private frameAsked = 0;
  private onlyLabels = true;

  constructor(
    private readonly parts: MapParts,
    private readonly edgeCards: EdgeCardData[],
  ) {}

  setScene(scene: Scene, words: Words): void {
    this.scene = scene;
    this.cards = cardsWith(this.edgeCards, scene.routesWithoutLine);
    this.flows = words["map.flows"];
  }

  /** Show in the edge cards what is selected. */
  showSelection(): void {
    this.parts.edges.select(this.parts.selection.key);
  }

  /** Adapt to another frame: choose how to show the panels, and fit the map if nobody has moved it yet. */
  settle(): void {
    const { camera, edges, legend, selection, ui } = this.parts;
    const { x: width } = this.parts.map.getSize();
    this.parts.container.classList.toggle("oc-narrow", width < WIDE);
    this.parts.container.classList.toggle("oc-closed", width < OPEN);
    this.crowdedFor = "";
    this.chooseEdges();
    ui.style.setProperty("--oc-bar", `${width < OPEN ? legend.bar.offsetHeight + 1 : 0}px`);
    const fit = () => {
      if (!camera.ready) camera.begin(this.insets(), width < OPEN ? selection.mark : undefined);
      else if (camera.atHome) camera.goHome(this.insets(), false);
    };
    fit();
    const cards = [...edges.left.children, ...edges.right.children];
    if (camera.atHome && !this.crowded && width >= WIDE && cards.some((card) => this.covers(card))) {
      this.crowded = true;
      this.showEdges();
      fit();
    }
  }

  /** What the panels take of the frame when the whole country is shown. */
  insets(): Insets {
    const { edges, legend } = this.parts;
    const { x: width, y: height } = this.parts.map.getSize();
    return {
      top: this.crowded ? edges.row.offsetHeight : 0,
      left: width >= OPEN && height < 560 ? 190 : 0,
      bottom: width < OPEN ? legend.bar.offsetHeight : 0,
    };
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
    const { camera, edges, legend, ui } = this.parts;
    if (!this.scene || !camera.ready || !camera.hasSize) return;
    this.chooseEdges();
    const above = this.crowded ? edges.row.offsetHeight : edges.left.offsetHeight;
    const bottom = this.parts.map.getSize().y - 2 * MARGIN - legend.el.offsetHeight;
    this.arrangeInset(this.scene, MARGIN + (above ? above + MARGIN : 0), bottom);
    edges.move(this.panelBoxes(ui), this.endBoxes());
    this.layoutLabels();
  }

  /** Put edge cards in stacks where they fit above the legend, else in a row; behind a button on narrow frames. */
  private chooseEdges(): void {
    const { edges, legend } = this.parts;
    const { x: width, y: height } = this.parts.map.getSize();
    const stamp = JSON.stringify([this.cards, this.scene?.lang, width, height]);
    if (width < WIDE) this.crowded = false;
    else if (stamp !== this.crowdedFor) {
      this.crowded = false;
      this.showEdges();
      this.crowded = 3 * MARGIN + edges.left.offsetHeight > height - legend.el.offsetHeight;
    }
    this.crowdedFor = stamp;
    this.showEdges();
  }

  private showEdges(): void {
    const { edges } = this.parts;
    const mode = this.parts.map.getSize().x < WIDE ? "button" : this.crowded ? "row" : "stacks";
    if (this.scene) edges.show(this.cards, mode, this.scene.lang, this.flows);
    this.showSelection();
  }

  /** Put the inset level with its place, as far as the panels above and below allow. */
  private arrangeInset({ lang, layers }: Scene, top: number, bottom: number): void {
    const { camera, inset, selection } = this.parts;
    const { width, height } = INSET_ROOM;
    const { x, y } = inset.home;
    const wanted = this.parts.map.getSize().x >= WIDE && inset.useful && layers.includes("regions");
    let on = wanted && bottom - top >= height;
    if (on) {
      inset.el.style.top = `${Math.round(clamp(y - height + 24, top, bottom - height))}px`;
      setShown(inset.el, true); // to be measured
      on = x > MARGIN + width + 24 && !(camera.atHome && this.covers(inset.el));
    }
    inset.show(on);
    inset.update(lang, selection.key);
    inset.drawLeader();
  }

  private layoutLabels(): void {
    const { camera, edges, labels, ui } = this.parts;
    if (!this.scene || !camera.ready) return;
    labels.readFont();
    const obstacles = [...this.panelBoxes(ui), ...this.panelBoxes(edges.pane), ...this.endBoxes()];
    // Written when all are placed: placing asks for shapes, and after each change the page would lay them out again.
    labels.write(placeLabels(new Candidates(this.parts, this.scene).all(), obstacles, labels.measure));
  }

  /** Whether a panel hides part of the country. */
  private covers(el: Element): boolean {
    const { marks, sheet } = this.parts;
    const [frame, box] = [this.parts.container.getBoundingClientRect(), el.getBoundingClientRect()];
    if (!box.width) return false;
    const shares = [0, 0.25, 0.5, 0.75, 1];
    const points = shares.flatMap((i) =>
      shares.map((j): Pair => [box.left - frame.left + box.width * i, box.top - frame.top + box.height * j]),
    );
    return points.some((point) => {
      const { x, y } = this.parts.map.containerPointToLayerPoint(point);
      return marks.land.isPointInFill(sheet.fromLayer([x, y]));
    });
  }

  /** Return what stands on the map within an element, in pixels of the panes. */
  private panelBoxes(parent: Element): Box[] {
    const frame = this.parts.container.getBoundingClientRect();
    const shift = this.parts.map.containerPointToLayerPoint([0, 0]);
    const [dx, dy] = [shift.x - frame.left, shift.y - frame.top];
    return [...parent.querySelectorAll(PANELS)]
      .map((el) => el.getBoundingClientRect())
      .filter(({ width }) => width)
      .map((r) => ({ x0: r.left + dx - 2, y0: r.top + dy - 2, x1: r.right + dx + 2, y1: r.bottom + dy + 2 }));
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
