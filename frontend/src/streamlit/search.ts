import type { Lang, SearchData, Words } from "../contract";
import { one } from "../dom";
import { queryAfter } from "../model/search";
import { mountSearch, type SearchBoxHandle, type SearchHost } from "../search_box";
import type { Component } from "./component";

interface SearchTexts {
  lang: Lang;
  words: Words;
}

/** What the search needs of the page. */
interface Page {
  /** The query of the state that is shown. */
  query(): string;
  /** Show where a link leads, and let the server store it by `send`. */
  choose(href: string, send: (href: string) => void): void;
  load(lang: Lang): Promise<SearchData>;
}

const boxes = new WeakMap<HTMLElement, SearchBoxHandle>();

/** Draw the search box in the sidebar. */
export function searchBox({ data, parentElement, setTriggerValue }: Component<SearchTexts>, page: Page): void {
  const host: SearchHost = {
    ...data,
    load: () => page.load(data.lang),
    shows: () => true,
    href: (opens) => `?${String(queryAfter(page.query(), opens))}`,
    go: (href) => page.choose(href, (sent) => setTriggerValue("go", sent)),
    get main() {
      return one(document, '[data-testid="stMain"]');
    },
    leaveDrawer,
  };
  const box = boxes.get(parentElement);
  if (box) box.update(host);
  else boxes.set(parentElement, mountSearch(parentElement, host));
}

function leaveDrawer(): boolean {
  const bar = one(document, '[data-testid="stSidebar"]');
  const main = one(document, '[data-testid="stMain"]');
  const covers = main.getBoundingClientRect().left + 1 < bar.getBoundingClientRect().right;
  if (covers) bar.querySelector<HTMLElement>('[data-testid="stSidebarCollapseButton"] button')?.click();
  return covers;
}
