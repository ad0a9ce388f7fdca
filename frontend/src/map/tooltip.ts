import { clamp, type Point } from "./box";
import { html, setText } from "./dom";
import { linesOf } from "./tips";

/** What is said beside the pointer or the focus; a screen reader reads it in the names of the marks. */
export class Tooltip {
  private readonly el: HTMLElement;
  private readonly name: HTMLElement;
  private readonly lines: HTMLElement;
  private readonly hint: HTMLElement;

  constructor(private readonly container: HTMLElement) {
    this.el = html("div", "oc-tooltip", container);
    this.el.setAttribute("role", "tooltip");
    this.el.setAttribute("aria-hidden", "true");
    this.name = html("div", "oc-tooltip-name", this.el);
    this.lines = html("div", "oc-tooltip-lines", this.el);
    this.hint = html("div", "oc-tooltip-read", this.el);
    this.hide();
  }

  /** Set the last line, which says how to read on. */
  setHint(text: string): void {
    setText(this.hint, text);
  }

  /** Fill it and place it beside a point of the frame, always inside the frame. */
  show(name: string, tip: string, { x, y }: Point): void {
    setText(this.name, name);
    this.lines.replaceChildren(...linesOf(tip).map((line) => html("div", "", undefined, line)));
    this.el.hidden = false;
    const { clientWidth: w, clientHeight: h } = this.container;
    const { offsetWidth: tw, offsetHeight: th } = this.el;
    const left = clamp(x + 16 + tw > w - 6 ? x - 14 - tw : x + 16, 6, w - tw - 6);
    const top = clamp(y + 16 + th > h - 6 ? y - 12 - th : y + 16, 6, h - th - 6);
    this.el.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  showAtPointer({ clientX, clientY }: MouseEvent, name: string, tip: string): void {
    const { left, top } = this.container.getBoundingClientRect();
    this.show(name, tip, { x: clientX - left, y: clientY - top });
  }

  showBelow(el: Element, name: string, tip: string): void {
    const { left, top } = this.container.getBoundingClientRect();
    const box = el.getBoundingClientRect();
    this.show(name, tip, { x: box.left - left, y: box.bottom - top - 8 });
  }

  hide(): void {
    this.el.hidden = true;
  }
}
