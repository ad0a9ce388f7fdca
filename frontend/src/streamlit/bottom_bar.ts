import type { Component } from "./component";
import { whenFound } from "./when_found";

interface BarData {
  label: string;
  view: string;
  /** The parts of the page; `go` is the address of one in another view. */
  parts: { part: string; name: string; go?: string }[];
}

interface Bar extends HTMLElement {
  wasOpen?: boolean;
  drawn?: string;
  go?: (href: string) => void;
}

const drawer = () => document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
const press = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();

const tabSize = new ResizeObserver(showTab);

/** Draw the bottom navigation bar of phones: to the map, to the panel, and the drawer with the filters. */
export function bottomBar({ data, parentElement, setTriggerValue }: Component<BarData>): void {
  const root = parentElement.querySelector<Bar>(":scope > .bottom-bar") ?? build(parentElement);
  root.go = (href) => setTriggerValue("go", href);
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return; // do not replace a button while it is pressed
  root.drawn = drawn;
  whenFound('.st-key-view [aria-checked="true"]', (tab) => {
    tabSize.disconnect();
    tabSize.observe(tab); // fires at once, and where a font or the screen changes how wide the tabs are
    if (tab.parentElement) tabSize.observe(tab.parentElement);
  });
  root.setAttribute("aria-label", data.label);
  root.replaceChildren(
    ...data.parts.map(({ part, name, go }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      Object.assign(button.dataset, { part, ...(go && { go }) });
      return button;
    }),
  );
}

function build(parent: HTMLElement): Bar {
  const root: Bar = parent.appendChild(document.createElement("nav"));
  root.className = "bottom-bar";
  addEventListener("pagehide", forgetDrawer);
  // Streamlit closes the drawer itself as soon as it is touched outside, so the click comes too late to see it open.
  root.addEventListener("pointerdown", () => (root.wasOpen = Boolean(drawer())), true);
  root.addEventListener("click", (event) => {
    const { part, go } = (event.target as Element).closest("button")?.dataset ?? {};
    if (go) {
      closeDrawer();
      root.go?.(go);
    } else if (part === "filters") {
      if (event.detail ? root.wasOpen : drawer()) closeDrawer();
      else press('[data-testid="stExpandSidebarButton"]');
    } else if (part) showPart(part);
  });
  return root;
}

function closeDrawer(): void {
  if (drawer()) press('[data-testid="stSidebarCollapseButton"] button');
}

/** Let the next page begin with its drawer closed: Streamlit stores that it was open, and it would cover the map. */
function forgetDrawer(): void {
  if (!window.matchMedia("(max-width: 640px)").matches) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("stSidebarCollapsed")) localStorage.removeItem(key);
}

function showPart(name: string): void {
  closeDrawer();
  const part = document.querySelector(`.st-key-${name}`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  part?.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
  (part?.querySelector<HTMLElement>("h2[tabindex]") ?? part?.querySelector("iframe"))?.focus({ preventScroll: true });
}

/** Scroll the row of tabs to the current one, without scrolling the page. */
function showTab(): void {
  const tab = document.querySelector<HTMLElement>('.st-key-view [aria-checked="true"]');
  const row = tab?.parentElement;
  if (tab && row) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}
