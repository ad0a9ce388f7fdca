import type { Words } from "./contract";
import type { MarkedText } from "./model/excerpt";
import type { EntryKind, HitGroup, SearchHit } from "./model/search";
import { counted } from "./text";

/** A result's link; its address is set by who knows the page's state. */
export interface ResultLink {
  link: HTMLAnchorElement;
  hit: SearchHit;
}

/** Write the results of a query into an element; return their links. */
export function drawResults(
  root: HTMLElement,
  groups: HitGroup[],
  words: Words,
  showAll: (kind: EntryKind) => void,
): ResultLink[] {
  const links: ResultLink[] = [];
  root.replaceChildren(
    ...groups.map(({ kind, hits, rest }) => {
      const title = element("h2", `${words[`search.${kind}`]} `, element("small", String(hits.length + rest)));
      title.id = `found-${kind}`;
      const list = element("ul");
      for (const hit of hits) {
        const link = drawLink(hit, words);
        links.push({ link, hit });
        list.append(element("li", link));
      }
      const section = element("section", title, list);
      section.setAttribute("aria-labelledby", title.id);
      if (rest) {
        const more = element("button", counted(words, "search.rest", rest));
        Object.assign(more, { type: "button", className: "rest" });
        more.addEventListener("click", () => showAll(kind));
        section.append(more);
      }
      return section;
    }),
  );
  if (!groups.length) root.append(paragraph("none", words["search.none_hint"]));
  return links;
}

function drawLink({ name, excerpt, note, otherLanguage }: SearchHit, words: Words): HTMLAnchorElement {
  const link = element("a");
  link.dataset.go = "";
  if (name.length) link.append(element("b", ...pieces(name)));
  if (excerpt.length) link.append(element("span", ...pieces(excerpt)));
  link.append(element("small", ...pieces(note), otherLanguage ? ` · ${words["search.other_name"]}` : ""));
  return link;
}

function pieces(parts: MarkedText[]): (Node | string)[] {
  return parts.map(({ text, marked }) => (marked ? element("mark", text) : text));
}

function paragraph(className: string, text: string): HTMLElement {
  return Object.assign(element("p", text), { className });
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}
