import type { Lang, SearchData, Words } from "../contract";
import { one } from "../dom";
import { queryAfter } from "../model/search";
import { mountSearch, type SearchBoxHandle, type SearchHost } from "../search_box";
import type { Component } from "./component";
import { leaveDrawer } from "./parts";

/** What the server sends for the search box: the same in every state of a language. */
export interface SearchTexts {
  lang: Lang;
  words: Words;
  /** The name of the file of what is searched. */
  file: string;
}

/** What the search box needs of the page. */
export interface SearchedPage {
  /** The query of the state that is shown. */
  query(): string;
  load(file: string): Promise<SearchData>;
  /** Open a link. */
  choose(href: string): void;
}

const boxes = new WeakMap<HTMLElement, SearchBoxHandle>();

/** Draw the search box in the sidebar. */
export function drawSearch({ data, parentElement }: Component<SearchTexts>, page: SearchedPage): void {
  const host: SearchHost = {
    lang: data.lang,
    words: data.words,
    load: () => page.load(data.file),
    shows: () => true,
    href: (opens) => `?${String(queryAfter(page.query(), opens))}`,
    go: (href) => page.choose(href),
    get main() {
      return one(document, '[data-testid="stMain"]');
    },
    leaveDrawer,
  };
  const box = boxes.get(parentElement);
  if (box) box.update(host);
  else boxes.set(parentElement, mountSearch(parentElement, host));
}
