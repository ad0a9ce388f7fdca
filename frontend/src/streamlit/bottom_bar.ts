import type { Component } from "./component";
import { closeSidebar, goTo, openFilters, openSidebar } from "./parts";
import { scrollToStart } from "./scroll";
import { whenFound } from "./when_found";

interface BarData {
  label: string;
  view: string;
  /** The parts of the page; `go` is the address of one in another view, or another language. */
  parts: { part: string; name: string; lang?: string; go?: string }[];
}

interface Bar extends HTMLElement {
  wasOpen?: boolean;
  drawn?: string;
  go?: (href: string) => void;
}

const tabSize = new ResizeObserver(showTab);

/** Draw the bottom navigation bar of phones: to the map, to the panel, and the drawer with the filters. */
export function bottomBar({ data, parentElement, setTriggerValue }: Component<BarData>): void {
  const root = parentElement.querySelector<Bar>(":scope > .bottom-bar") ?? build(parentElement);
  root.go = (href) => setTriggerValue("go", href);
  const isOther = Boolean(root.dataset.view) && root.dataset.view !== data.view;
  if (isOther && !document.querySelector(".sought, [data-landed]")) scrollToStart(); // unless a link has led to a part
  root.dataset.view = data.view;
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
    ...data.parts.map(({ part, name, lang, go }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      if (lang) button.lang = lang;
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
  root.addEventListener("pointerdown", () => (root.wasOpen = Boolean(openSidebar())), true);
  root.addEventListener("click", (event) => {
    const { part, go } = (event.target as Element).closest("button")?.dataset ?? {};
    if (go) {
      closeSidebar();
      root.go?.(go);
    } else if (part === "filters") {
      if (event.detail ? root.wasOpen : openSidebar()) closeSidebar();
      else openFilters();
    } else if (part) goTo(part);
  });
  return root;
}

/** Let the next page begin with its drawer closed: Streamlit stores that it was open, and it would cover the map. */
function forgetDrawer(): void {
  if (!window.matchMedia("(max-width: 640px)").matches) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("stSidebarCollapsed")) localStorage.removeItem(key);
}

/** Scroll the row of tabs to the current one, without scrolling the page. */
function showTab(): void {
  const tab = document.querySelector<HTMLElement>('.st-key-view [aria-checked="true"]');
  const row = tab?.parentElement;
  if (tab && row) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}
