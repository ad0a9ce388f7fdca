type Attributes = Record<string, string | number>;

/** Create an SVG element with attributes, inside `parent` if one is given. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  parent?: Element,
): SVGElementTagNameMap[Tag] {
  const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, String(value));
  parent?.appendChild(el);
  return el;
}

/** Create a path with a class, inside `parent`. */
export function path(className: string, d: string, parent: Element): SVGPathElement {
  return svg("path", { class: className, d }, parent);
}

/** Create an HTML element with a class and a text, inside `parent` if one is given. */
export function html<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  parent?: Element,
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const el = document.createElement(tag);
  if (className) el.className = className;
  if (text) el.textContent = text;
  parent?.appendChild(el);
  return el;
}

/** Create a button that submits nothing. */
export function button(className: string, parent?: Element, text?: string): HTMLButtonElement {
  const el = html("button", className, parent, text);
  el.type = "button";
  return el;
}

/** Set an attribute only where it differs. */
export function setAttr(el: Element, name: string, value: string): void {
  if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}

/** Set a text only where it differs. */
export function setText(el: Element, value: string): void {
  if (el.textContent !== value) el.textContent = value;
}

/** Show or hide an element by its `display`, only where that differs. */
export function setShown(el: HTMLElement | SVGElement, shown: boolean): void {
  const display = shown ? "" : "none";
  if (el.style.display !== display) el.style.display = display;
}

/** Keep the map from answering to what happens on a panel that lies over it. */
export function detach(el: HTMLElement): void {
  L.DomEvent.disableClickPropagation(el);
  el.addEventListener("click", (event) => event.stopPropagation()); // two quick taps here are no double tap on the map
  L.DomEvent.disableScrollPropagation(el);
}

/** Pixels of one rem for which sizes in pixels are meant, unless a browser is set to others. */
export const BASE_REM = 15;

/** Pixels of one rem. */
export function remOf(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

export function reducedMotion(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
