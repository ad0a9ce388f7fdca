import { followSkips } from "../skips";
import type { Component } from "./component";
import { nameCloseButton } from "./dialog";
import { goTo, leaveDrawer } from "./parts";
import { whenFound } from "./when_found";

interface SkipLink {
  name: string;
  /** The part that it leads to. */
  to: string;
}

interface AccessibilityData {
  lang: string;
  langs: string[];
  skip: string;
  sidebar: string;
  collapse: string;
  close: string;
  label: string;
  parts: SkipLink[];
}

/** Set the page's language, and draw the links that skip to a part of it. */
export function accessibility({ data, parentElement }: Component<AccessibilityData>): void {
  document.documentElement.lang = data.lang;
  nameCloseButton(data.close);
  // Streamlit writes the first three in English and cannot set the language of a button.
  whenFound('[data-testid="stSkipToContent"]', (link) => (link.textContent = data.skip));
  whenFound('[data-testid="stSidebar"]', (bar) => bar.setAttribute("aria-label", data.sidebar));
  whenFound('[data-testid="stSidebarCollapseButton"] button', (fold) => fold.setAttribute("aria-label", data.collapse));
  data.langs.forEach((lang, i) =>
    whenFound(`.st-key-lang button:nth-of-type(${i + 1})`, (button) => (button.lang = lang)),
  );
  const root = parentElement.querySelector<HTMLElement>(":scope > .skips") ?? build(parentElement);
  root.setAttribute("aria-label", data.label);
  root.hidden = !data.parts.length;
  root.replaceChildren(
    ...data.parts.map(({ name, to }) => {
      const link = document.createElement("a");
      link.href = "#stMain"; // where it leads without this script
      link.textContent = name;
      link.dataset.to = to;
      return link;
    }),
  );
}

function build(parent: HTMLElement): HTMLElement {
  const root = parent.appendChild(document.createElement("nav"));
  root.className = "skips";
  return root;
}

followSkips(goTo);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !leaveDrawer()) return;
  document.querySelector<HTMLElement>('.bottom-bar [data-part="filters"]')?.focus();
});
