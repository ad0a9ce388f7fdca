// The parts of the page that a reader can go to: map, panel and filters, which are a drawer on a small screen.
import { one } from "../dom";
import { openPanel } from "../panel_size";
import { whenFound } from "./when_found";

const SIDEBAR = '[data-testid="stSidebar"]';

/** The drawer or sidebar with the filters, where it is open. */
export const openSidebar = () => document.querySelector(`${SIDEBAR}[data-collapsed="false"]`);

const press = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();

export function closeSidebar(): void {
  if (openSidebar()) press('[data-testid="stSidebarCollapseButton"] button');
}

/** Close the sidebar where it covers the page, as on phones; return whether it did. */
export function leaveDrawer(): boolean {
  const { left } = one(document, '[data-testid="stMain"]').getBoundingClientRect();
  const covers = openSidebar() !== null && left < 1; // also while it is still moving in
  if (covers) closeSidebar();
  return covers;
}

export function openFilters(): void {
  if (!openSidebar()) press('[data-testid="stExpandSidebarButton"]');
}

/** Show a part of the map's view, open it where it is closed, and move the focus there, in the map's frame to the map. */
export function goTo(part: string): void {
  if (part === "filters") {
    openFilters();
    whenFound(`${SIDEBAR}[data-collapsed="false"] .st-key-filters input`, (box) => box.focus());
    return;
  }
  leaveDrawer();
  if (part === "panel") openPanel();
  const root = document.querySelector<HTMLElement>(`.st-key-${part}`);
  if (root?.checkVisibility()) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const start = part === "map" ? one(document, ".st-key-maphead") : root; // the head names the active filters
    start.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
    const inside = root.querySelector("iframe")?.contentDocument?.querySelector<HTMLElement>(".oc-map");
    (inside ?? root.querySelector<HTMLElement>("h2[tabindex]"))?.focus({ preventScroll: true });
  } else document.querySelector<HTMLElement>('[data-testid="stMain"] :is(h1, h2)[tabindex]')?.focus();
}
