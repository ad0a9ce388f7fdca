import { path, setAttr } from "./dom";
import type { Mark } from "./mark";
import type { Marks } from "./marks";
import type { Sheet } from "./sheet";

/** What is selected, hovered and focused, with the rings that show it; none of them answers to the pointer. */
export class Selection {
  /** The key of what is selected, or "". */
  key = "";
  private hovered: Mark | null = null;
  private focused: Mark | null = null;
  private readonly hoverRing: SVGPathElement;
  private readonly rings: SVGPathElement[];
  private readonly focusRings: SVGPathElement[];

  constructor(
    private readonly marks: Marks,
    private readonly sheet: Sheet,
  ) {
    const { selection, focus } = marks.groups;
    const ring = (name: string, parent: Element) => path(`oc-line ${name}`, "", parent);
    this.hoverRing = ring("oc-ring-hover", selection);
    this.rings = [ring("oc-ring-halo", selection), ring("oc-ring-ink", selection)];
    this.focusRings = [ring("oc-focus-gap", focus), ring("oc-focus-ring", focus), ring("oc-focus-ink", focus)];
  }

  get mark(): Mark | undefined {
    return this.marks.byKey.get(this.key);
  }

  select(key: string): void {
    if (key !== this.key) {
      press(this.mark, false);
      this.key = key;
      press(this.mark, true);
    }
    this.draw();
  }

  hover(mark: Mark | null): void {
    if (mark === this.hovered) return;
    this.hovered?.elements[0].classList.remove("oc-hover");
    this.hovered = mark;
    mark?.elements[0].classList.add("oc-hover");
    setAttr(this.hoverRing, "d", mark && mark.kind !== "route" ? mark.outline : "");
  }

  focus(mark: Mark | null): void {
    this.focused = mark;
    this.drawFocus();
  }

  /** Draw the rings, which depend on the zoom. */
  draw(): void {
    const { mark } = this;
    const d = mark && mark.kind !== "route" ? this.outlineOf(mark, 8.5) : "";
    const small = mark?.outline && (mark.box.x1 - mark.box.x0) / this.sheet.pixel < 32;
    for (const ring of this.rings) {
      setAttr(ring, "d", d);
      ring.classList.toggle("oc-small", Boolean(small));
    }
    this.drawFocus();
  }

  /** Draw the ring of the focus; where the selection is the same, its ink stays visible inside the ring. */
  private drawFocus(): void {
    const mark = this.focused;
    const route = mark?.kind === "route";
    for (const ring of this.focusRings) {
      setAttr(ring, "d", mark ? this.outlineOf(mark, 12) : "");
      ring.classList.toggle("oc-open-line", route);
      ring.classList.toggle("oc-both", !route && mark?.key === this.key);
    }
  }

  /** Return the outline of a mark: its own, or a circle around a point. */
  private outlineOf(mark: Mark, radius: number): string {
    if (!mark.shown) return "";
    if (mark.outline) return mark.outline;
    const [x, y] = mark.at;
    const r = radius * this.sheet.pixel;
    return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
}

function press(mark: Mark | undefined, on: boolean): void {
  if (!mark) return;
  setAttr(mark.el, "aria-pressed", String(on));
  for (const element of mark.elements) element.classList.toggle("oc-selected", on);
}
