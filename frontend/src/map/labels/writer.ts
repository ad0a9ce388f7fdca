import { remOf, setAttr, setShown, svg } from "../dom";
import { scaleLabels, styleOf, type LabelStyle, type Placed } from "./placer";

/** Writes labels into a pane of the map, and measures them in its font. */
export class LabelWriter {
  private readonly root: SVGSVGElement;
  private readonly container: HTMLElement;
  private readonly ruler = document.createElement("canvas").getContext("2d");
  private readonly widths = new Map<string, number>();
  private readonly nodes = new Map<string, { el: SVGTextElement; drawn: string }>();
  private family = "";

  constructor(map: L.Map) {
    const pane = map.createPane("oc-labels");
    pane.setAttribute("aria-hidden", "true");
    this.root = svg("svg", { class: "oc-labels", width: 1, height: 1 }, pane);
    this.container = map.getContainer();
  }

  /** Read the font before each layout: the style sheet may arrive after the map was drawn. */
  readFont(): void {
    const family = getComputedStyle(this.container).fontFamily || "sans-serif";
    if (scaleLabels(remOf()) || family !== this.family) this.forgetWidths();
    this.family = family;
  }

  /** Measure anew: another font has been loaded. */
  forgetWidths(): void {
    this.widths.clear();
  }

  /** Return the width of a text in pixels. */
  readonly measure = (text: string, style: LabelStyle): number => {
    const font = `${style.italic ? "italic " : ""}${style.weight} ${style.size}px ${this.family}`;
    const key = `${font}|${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (!this.ruler) throw new Error("no canvas to measure text with");
    this.ruler.font = font;
    const width = this.ruler.measureText(text).width + text.length * (style.spacing ?? 0);
    this.widths.set(key, width);
    return width;
  };

  /** Write these labels, and hide all others. */
  write(placed: Map<string, Placed>): void {
    for (const place of placed.values()) this.writeOne(place);
    for (const [key, { el }] of this.nodes) setShown(el, placed.has(key));
  }

  /** Write one label, or leave it if it stands there already. */
  private writeOne({ candidate, attempt }: Placed): void {
    const { at, count, key, style: name, tone } = candidate;
    const node = this.nodes.get(key) ?? { el: svg("text", {}, this.root), drawn: "" };
    this.nodes.set(key, node);
    const x = (at.x + attempt.dx).toFixed(1);
    const y = at.y + attempt.dy;
    const style = styleOf(name);
    const wanted = JSON.stringify([attempt, count, x, y, style, tone]);
    if (node.drawn === wanted) return;
    node.drawn = wanted;
    setAttr(node.el, "class", `oc-label oc-t-${tone}`);
    setAttr(node.el, "text-anchor", attempt.align);
    setAttr(node.el, "font-size", String(style.size));
    setAttr(node.el, "font-weight", String(style.weight));
    setAttr(node.el, "font-style", style.italic ? "italic" : "normal");
    setAttr(node.el, "letter-spacing", String(style.spacing ?? 0));
    node.el.replaceChildren();
    attempt.lines.forEach((line, i) => {
      const shift = (i - (attempt.lines.length - 1) / 2) * style.size * 1.18 + style.size * 0.35;
      svg("tspan", { x, y: (y + shift).toFixed(1) }, node.el).textContent = line;
    });
    if (count) svg("tspan", { dx: "0.35em", "font-weight": 700 }, node.el).textContent = count;
  }
}
