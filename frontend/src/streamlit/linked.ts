import { announce, linkOf, rewrite } from "../dom";
import type { Component } from "./component";
import { whenFound } from "./when_found";

/** An element whose links change the session's state instead of leaving the page. */
export interface Linked extends HTMLElement {
  shown?: string;
  go?: (href: string) => void;
  /** What the Escape key does inside; by default it closes what is open. */
  escape?: () => void;
}

/** Draw HTML with such links. */
export function linked({ data, parentElement, setTriggerValue }: Component<{ html: string }>): void {
  draw(
    linkedIn(parentElement, (href) => setTriggerValue("go", href)),
    data.html,
  );
}

/** Return a component's element, made at the first call; `go` gets the address of each link that is clicked. */
export function linkedIn(parent: HTMLElement, go: (href: string) => void): Linked {
  const root = parent.querySelector<Linked>(":scope > .oc-linked") ?? parent.appendChild(build());
  root.go = go;
  return root;
}

/** Write HTML where it differs. */
export function draw(root: Linked, html: string): void {
  if (root.shown === html) return;
  root.shown = html;
  rewrite(root, () => (root.innerHTML = html));
  announce(root);
}

function build(): Linked {
  const root: Linked = document.createElement("div");
  root.className = "oc-linked";
  let gone = "";
  root.addEventListener("click", (event) => {
    const href = linkOf(event)?.getAttribute("href");
    if (typeof href !== "string") return;
    event.preventDefault();
    if (event.detail > 1 && href === gone) return; // a double click is one
    gone = href;
    root.go?.(href);
    const [, part] = /#(method-\w+)$/.exec(href) ?? [];
    if (!part) return;
    whenFound(`#${part}`, (section) => {
      section.dataset.landed = "";
      section.scrollIntoView();
    });
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (root.escape) root.escape();
    else root.querySelector<HTMLElement>(".cls a")?.click();
  });
  return root;
}
