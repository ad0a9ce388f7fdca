import type { Lang, SearchData, Words } from "./contract";
import { linkOf } from "./dom";
import { land } from "./landing";
import {
  buildIndex,
  type EntryKind,
  LONGEST_QUERY,
  MOST_SHOWN,
  type Opens,
  search,
  type SearchEntry,
} from "./model/search";
import { drawResults, type ResultLink } from "./search_results";
import { counted, fill } from "./text";

/** The page around a search box. */
export interface SearchHost {
  lang: Lang;
  /** Texts of the tables "count" and "search". */
  words: Words;
  /** Load what is searched in this language. */
  load(): Promise<SearchData>;
  /** Whether the page can open a result; others are left out. */
  shows(opens: Opens): boolean;
  /** The address that opens a result from the page's state now. */
  href(opens: Opens): string;
  go(href: string): void;
  /** Where results open. */
  main: HTMLElement;
  /** Close what covers the page around the box, as on phones; return whether anything did. */
  leaveDrawer(): boolean;
}

export interface SearchBoxHandle {
  update(host: SearchHost): void;
}

/** Draw a search box into an element: it lists results while the reader types, and keys move through them. */
export function mountSearch(root: HTMLElement, host: SearchHost): SearchBoxHandle {
  return new SearchBox(root, host);
}

class SearchBox implements SearchBoxHandle {
  private readonly label = Object.assign(document.createElement("label"), { htmlFor: "ocmap-search" });
  private readonly input = Object.assign(document.createElement("input"), {
    type: "search",
    id: "ocmap-search",
    autocomplete: "off",
    spellcheck: false,
    maxLength: LONGEST_QUERY,
  });
  private readonly status = Object.assign(document.createElement("p"), { className: "count" });
  private readonly found = Object.assign(document.createElement("div"), { className: "found", hidden: true });
  private readonly indexes: Partial<Record<Lang, SearchEntry[]>> = {};
  private readonly loading = new Set<Lang>();
  /** The kinds of which all results are shown, until the query changes. */
  private readonly whole = new Set<EntryKind>();
  private links: ResultLink[] = [];
  /** Enter was pressed before there were results; the first will get the focus. */
  private isFirstWanted = false;
  private stopLanding: () => void = () => undefined;

  constructor(
    root: HTMLElement,
    private host: SearchHost,
  ) {
    const box = Object.assign(document.createElement("search"), { className: "sr" });
    box.setAttribute("role", "search");
    this.status.setAttribute("role", "status");
    this.found.setAttribute("role", "group");
    box.append(this.label, this.input, this.status, this.found);
    root.append(box);
    this.input.addEventListener("focus", () => void this.load());
    this.input.addEventListener("input", () => {
      this.whole.clear();
      this.show();
    });
    box.addEventListener("keydown", (event) => this.onKey(event));
    // The page's state may have changed since the results were drawn.
    for (const name of ["focusin", "pointerenter"]) this.found.addEventListener(name, () => this.setAddresses());
    this.found.addEventListener("click", (event) => this.onClick(event));
    this.writeTexts();
  }

  update(host: SearchHost): void {
    const isSameLanguage = host.lang === this.host.lang;
    this.host = host;
    if (isSameLanguage) return;
    this.writeTexts();
    this.show();
  }

  private writeTexts(): void {
    const { words } = this.host;
    this.label.textContent = words["search.label"];
    this.input.placeholder = words["search.placeholder"];
    this.found.setAttribute("aria-label", words["search.results"]);
  }

  /** Load the language's entries once; after a failure, try again at the next key. */
  private async load(): Promise<void> {
    const { host } = this;
    const { lang } = host;
    if (this.indexes[lang] || this.loading.has(lang)) return;
    this.loading.add(lang);
    try {
      this.indexes[lang] = buildIndex(await host.load(), (opens) => host.shows(opens));
    } catch {
      if (lang === this.host.lang && this.input.value) this.clear(this.host.words["search.missing"]);
      return;
    } finally {
      this.loading.delete(lang);
    }
    if (lang === this.host.lang && this.input.value) this.show();
  }

  /** Show the results of the query, as soon as they can be had. */
  private show(): void {
    const query = this.input.value.trim();
    const { lang, words } = this.host;
    const index = this.indexes[lang];
    if (!query) {
      this.input.value = "";
      this.clear();
    } else if (index) {
      const { groups, total, instead } = search(index, this.input.value, this.whole);
      const none = fill(words["search.none"], { query });
      const near = instead ? `${none} ${fill(words["search.near"], { instead })} ` : "";
      this.status.textContent = total ? near + counted(words, "count.results", total) : none;
      const focused = this.links.find(({ link }) => link === document.activeElement)?.hit.entry;
      this.links = drawResults(this.found, groups, words, (kind) => this.showAll(kind));
      this.setAddresses();
      this.found.hidden = false;
      if (focused) this.focusAgain(focused);
      if (this.isFirstWanted) this.links[0]?.link.focus();
      this.isFirstWanted = false;
    } else {
      this.status.textContent = "";
      void this.load();
    }
  }

  /** Show all results of a kind, and go on at the first that was not shown. */
  private showAll(kind: EntryKind): void {
    this.whole.add(kind);
    this.show();
    this.links.filter(({ hit }) => hit.entry.kind === kind)[MOST_SHOWN]?.link.focus();
  }

  private clear(status = ""): void {
    this.status.textContent = status;
    this.found.replaceChildren();
    this.found.hidden = true;
    this.links = [];
    this.isFirstWanted = false;
  }

  private setAddresses(): void {
    for (const { link, hit } of this.links) link.href = this.host.href(hit.entry.opens);
  }

  private focusAgain({ kind, id }: SearchEntry): void {
    const again = this.links.find(({ hit }) => hit.entry.kind === kind && hit.entry.id === id);
    (again?.link ?? this.input).focus({ preventScroll: true });
  }

  private onKey(event: KeyboardEvent): void {
    const { input } = this;
    const all = this.links.map(({ link }) => link);
    const at = all.findIndex((link) => link === document.activeElement);
    if (event.key === "Escape" && input.value) {
      input.value = "";
      this.clear();
      input.focus();
    } else if (event.key === "ArrowDown" && all.length) {
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (all[at - 1] ?? input).focus();
    } else if (event.key === "Enter" && event.target === input && input.value.trim()) {
      if (this.indexes[this.host.lang]) all[0]?.focus();
      else {
        this.isFirstWanted = true;
        void this.load();
      }
    } else return;
    event.preventDefault();
  }

  private onClick(event: MouseEvent): void {
    const clicked = linkOf(event);
    const entry = this.links.find(({ link }) => link === clicked)?.hit.entry;
    if (!entry) return;
    event.preventDefault();
    this.stopLanding();
    this.stopLanding = land(this.host.main, entry, this.host.leaveDrawer());
    this.host.go(this.host.href(entry.opens));
  }
}
