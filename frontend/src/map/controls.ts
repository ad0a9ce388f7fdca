import type { Words } from "../contract";
import { button, html, remOf, setAttr, setText, svg } from "./dom";

/** Zoom, home, scale, attribution, hint. */
export class Controls {
  readonly el: HTMLElement;
  readonly hint: HTMLElement;
  private readonly attribution: HTMLElement;
  private readonly buttons: [HTMLButtonElement, key: string][];

  constructor(map: L.Map, ui: Element, zoomBy: (steps: 1 | -1) => void, goHome: () => void) {
    this.el = html("div", "oc-corner", ui);
    const group = html("div", "oc-buttons oc-panel", this.el);
    this.buttons = [
      [addButton(group, "M10 4V16M4 10H16", () => zoomBy(1)), "map.zoom_in"],
      [addButton(group, "M4 10H16", () => zoomBy(-1)), "map.zoom_out"],
      [addButton(group, "M3.5 9.5 10 4 16.5 9.5M5.5 8.5V16H14.5V8.5", goHome), "map.home"],
    ];
    const foot = html("div", "oc-foot", this.el);
    foot.append(
      L.control
        .scale({ imperial: false, maxWidth: 5.0667 * remOf() })
        .addTo(map)
        .getContainer() ?? "",
    );
    this.attribution = html("div", "oc-attribution", ui);
    this.hint = html("div", "oc-hint", ui);
    this.hint.setAttribute("role", "note");
    map.attributionControl.remove();
  }

  show(words: Words): void {
    for (const [el, key] of this.buttons) {
      setAttr(el, "aria-label", words[key]);
      setAttr(el, "title", words[key]);
    }
    setText(this.attribution, words["map.attribution"]);
    setText(this.hint, words[matchMedia("(pointer: coarse)").matches ? "map.hint_touch" : "map.hint"]);
  }
}

function addButton(parent: Element, d: string, action: () => void): HTMLButtonElement {
  const el = button("oc-button", parent);
  svg("path", { d }, svg("svg", { width: 20, height: 20, viewBox: "0 0 20 20", "aria-hidden": "true" }, el));
  el.addEventListener("click", action);
  return el;
}
