import { clamp, type Box } from "./box";
import { reducedMotion } from "./dom";
import type { Mark } from "./mark";
import type { Sheet } from "./sheet";

const ZOOM = { min: 4.5, max: 9, snap: 0.05, step: 0.5 };
const FLY_SECONDS = 0.4;

/** Moves the map only when someone asked for it. */
export class Camera {
  /** The frame has had a size. */
  ready = false;
  /** Nobody has moved the map since it was fitted. */
  atHome = false;
  /** The movement under way is ours. */
  private own = false;
  /** To be followed once the frame has a size again: another view hides the map. */
  private missed: Mark | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly sheet: Sheet,
    private readonly bounds: L.LatLngBounds,
  ) {
    Object.assign(map.options, {
      zoomSnap: ZOOM.snap,
      zoomDelta: ZOOM.step,
      wheelPxPerZoomLevel: 120,
      maxBoundsViscosity: 0.8,
    } satisfies L.MapOptions);
    if (reducedMotion()) Object.assign(map.options, { inertia: false, zoomAnimationThreshold: -1 }); // no zoom is animated
    const panBy = map.panBy.bind(map); // by which the arrow keys and the bounds move the map, too
    map.panBy = (offset, options) => panBy(offset, reducedMotion() ? { ...options, animate: false } : options);
    map.setMaxZoom(ZOOM.max);
    map.on("movestart", () => {
      if (!this.own) this.atHome = false;
    });
  }

  get hasSize(): boolean {
    const { x, y } = this.map.getSize();
    return x > 0 && y > 0;
  }

  /** Zoom by half a level in or out. */
  zoomBy(steps: 1 | -1): void {
    this.map.setZoom(this.map.getZoom() + steps * ZOOM.step, { animate: !reducedMotion() });
  }

  /** Show the whole country. */
  goHome(animate: boolean): void {
    const gently = animate && !reducedMotion();
    this.own = true;
    if (!gently) this.map.setMaxBounds(undefined);
    this.map.options.minZoom = 0;
    const { zoom, padding } = this.home();
    this.map.options.minZoom = Math.min(ZOOM.min, zoom);
    const arrive = () => {
      this.own = false;
      this.atHome = true;
    };
    if (gently) this.map.once("moveend", arrive); // an animation starts and ends later
    this.map.fitBounds(this.bounds, { padding, animate: gently });
    if (gently) return;
    this.fence();
    arrive();
  }

  /** Show the first view: the country, or `mark` if it is not in this view or should be seen from near. */
  begin(mark: Mark | undefined, near: boolean): void {
    this.goHome(false);
    if (mark && !near) this.reveal(mark);
    else if (mark) this.show(mark.box, false);
    this.ready = true;
  }

  /** Show a part of the sheet with what is around it. */
  show(box: Box, animate: boolean): void {
    this.atHome = false;
    const options = { maxZoom: 7.5, animate: animate && !reducedMotion() };
    this.map.fitBounds(this.sheet.latLngBounds(box).pad(0.25), options);
  }

  /** Adapt to another size of the frame: keep the centre. */
  resize(): void {
    this.moveOwn(() => this.map.invalidateSize({ animate: false, pan: this.ready }));
  }

  /** Bring a mark that was selected elsewhere into view, only if it is out of view. */
  follow(mark: Mark): void {
    this.missed = this.hasSize ? null : mark;
    if (!this.ready || this.missed) return;
    const bounds = this.sheet.latLngBounds(mark.box);
    const view = this.map.getBounds();
    if (view.contains(this.sheet.latLng(mark.at)) || view.contains(bounds)) return;
    const fitting = Math.max(this.map.getBoundsZoom(bounds.pad(0.15)), this.map.getMinZoom());
    const zoom = Math.min(this.map.getZoom(), fitting);
    this.atHome = false;
    if (reducedMotion()) this.map.setView(bounds.getCenter(), zoom, { animate: false });
    else this.map.flyTo(bounds.getCenter(), zoom, { duration: FLY_SECONDS });
  }

  /** Follow what could not be followed while the map was hidden. */
  catchUp(): void {
    if (this.missed) this.follow(this.missed);
  }

  /** Forget what could not be followed: something else is selected now. */
  forget(): void {
    this.missed = null;
  }

  /** Bring a mark that the keyboard focus is on into view. */
  reveal(mark: Mark): void {
    const bounds = this.sheet.latLngBounds(mark.box);
    if (!this.map.getBounds().intersects(bounds)) this.map.panTo(bounds.getCenter(), { animate: false });
  }

  private moveOwn(action: () => void): void {
    this.own = true;
    action();
    this.own = false;
  }

  /** The zoom at which the whole country is seen, with some room around it. */
  private home(): { zoom: number; padding: L.Point } {
    const { x, y } = this.map.getSize();
    const p = clamp(Math.min(x, y) * 0.04, 8, 30);
    const padding = L.point(p, p);
    return { zoom: this.map.getBoundsZoom(this.bounds, false, padding.multiplyBy(2)), padding };
  }

  /** Keep people from losing the country: the data's frame and the first view bound all panning. */
  private fence(): void {
    const { bounds } = this.sheet;
    const fence = L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast());
    this.map.setMaxBounds(fence.extend(this.map.getBounds().pad(0.02)));
  }
}
