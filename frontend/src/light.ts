// The light edition: map, filters and panels as one page without Streamlit. Its state is the fragment of the address.
// It uses classic scripts only, so that it also opens from a disk, where a browser refuses to fetch.
import { listenToButtons } from "./actions";
import type { ByLang, ClientData, Lang, MapData, Panels, SearchData } from "./contract";
import { all, one } from "./dom";
import { startMap } from "./map";
import { html } from "./map/dom";
import { Evidence } from "./model/evidence";
import { listenToGroups } from "./model/filter_form";
import { notices } from "./model/notices";
import type { Pick } from "./model/scene";
import { chosenFilters, parse, toQuery } from "./model/view_state";
import { queryAfter } from "./model/search";
import { listenForPanelSize, openPanel, showPanelSize } from "./panel_size";
import { listenToPlaces } from "./place_list";
import { listenToPrinting } from "./printing";
import { Reader } from "./reader";
import { mountSearch, type SearchBoxHandle, type SearchHost } from "./search_box";
import { followSkips } from "./skips";

/** What the page's data script holds. */
interface Content {
  version: string;
  map: MapData;
  evidence: ClientData;
  /** HTML by the id of the element that gets it. */
  pages: ByLang<Record<string, string>>;
  /** The scripts that add a language's panels. */
  files: ByLang;
  panels: Partial<ByLang<Panels>>;
  /** The scripts that add what is searched in a language. */
  searchFiles: ByLang;
  searches: Partial<ByLang<SearchData>>;
}

declare const OCMAP: Content;

const START = { center: OCMAP.map.centre, zoom: 5, zoomControl: false };
const PARTS: Record<string, string> = { map: "#map", panel: "#panel h2", filters: "#filters input" };
const part = (id: string) => one(document, `#${id}`);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const browserLang: Lang = /^en\b/i.test(navigator.language) ? "en" : "es";
const evidence = new Evidence(OCMAP.evidence);
const reader = new Reader(evidence, adaptLinks);
const { dashboard } = document.body.dataset; // the address of the dashboard; a page on a disk has none
let lang: Lang | null = null;
let box: SearchBoxHandle | null = null;

function go(query: string): void {
  const params = toQuery(evidence.data, parse(evidence.data, query));
  params.set("data", OCMAP.version);
  params.sort();
  location.hash = String(params);
}

/** Show the state in the address. */
function show(): void {
  const asked = new URLSearchParams(location.hash.slice(1));
  const state = parse(evidence.data, asked);
  if (lang !== (state.lang ?? browserLang)) writePage((lang = state.lang ?? browserLang));
  const lines = notices(evidence, asked, lang, OCMAP.version);
  part("notice").hidden = !lines.length;
  part("notice").textContent = lines.join(" ");
  for (const link of all<HTMLAnchorElement>(document, "[data-lang]")) {
    link.href = `#${String(toQuery(evidence.data, { ...state, lang: link.lang as Lang }))}`;
  }
  const query = toQuery(evidence.data, state);
  for (const link of all<HTMLAnchorElement>(document, "[data-dashboard-link]")) {
    link.href = `${dashboard ?? ""}?${String(toQuery(evidence.data, { ...state, lang }))}`;
  }
  reader.panels = OCMAP.panels[lang] ?? null;
  if (!reader.panels) loadPanels(lang);
  reader.show(String(query), lang, dark.matches ? "dark" : "light");
}

/** Write what depends on the language only. */
function writePage(language: Lang): void {
  document.documentElement.lang = language;
  const focused = document.activeElement?.closest("[data-lang]");
  for (const [id, html] of Object.entries(OCMAP.pages[language])) part(id).innerHTML = html;
  for (const link of all(document, "[data-dashboard-link]")) link.hidden = !dashboard;
  const own = one(document, `[data-lang][lang="${language}"]`);
  own.setAttribute("aria-current", "true");
  if (focused) own.focus();
  if (box) box.update(searchHost(language));
  else box = mountSearch(part("find"), searchHost(language));
  showPanelSize(document);
  reader.caption = one(document, ".tally");
  reader.chosen = one(document, ".chosen");
  one(document, "[data-skip]").addEventListener("click", (event) => {
    event.preventDefault(); // the fragment holds the state of the page
    goTo("panel");
  });
}

/** Links lead to states of this page; those to what only the dashboard has lead there, or are removed. */
function adaptLinks(root: HTMLElement): void {
  for (const link of all<HTMLAnchorElement>(root, "a[data-go]")) {
    const href = link.getAttribute("href") ?? "";
    if (!/[?&](view|tour)=|#./.test(href)) link.setAttribute("href", href.replace(/^\?/, "#"));
    else if (dashboard) Object.assign(link, { href: dashboard + href, target: "_top" });
    else if ("text" in link.dataset) for (const name of ["href", "data-go"]) link.removeAttribute(name);
    else (link.closest("li, p") ?? link).remove();
  }
  for (const nav of all(root, "nav:not(:has(a))")) nav.remove();
}

function loadPanels(language: Lang): void {
  loadScript(OCMAP.files[language]).then(show, () => {
    part("panel").textContent = evidence.words(language)["light_edition.missing"];
  });
}

const scripts = new Map<string, Promise<void>>(); // by address; one that is lost is loaded again at the next need

function loadScript(address: string): Promise<void> {
  const loading = scripts.get(address) ?? addScript(address);
  scripts.set(address, loading);
  loading.catch(() => scripts.delete(address));
  return loading;
}

function addScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(address)));
    document.head.append(script);
  });
}

// -- search

async function loadSearch(language: Lang): Promise<SearchData> {
  await loadScript(OCMAP.searchFiles[language]);
  const data = OCMAP.searches[language];
  if (!data) throw new Error(language);
  return data;
}

function searchHost(language: Lang): SearchHost {
  return {
    lang: language,
    words: evidence.words(language),
    load: () => loadSearch(language),
    shows: ({ view }) => !view || Boolean(dashboard),
    href: (opens) => {
      const query = String(queryAfter(reader.query, opens));
      return opens.view ? `${dashboard ?? ""}?${query}` : `#${query}`;
    },
    go: (href) => location.assign(href),
    main: one(document, "main"),
    leaveDrawer: () => false,
  };
}

const select = (pick: Pick) => go(reader.queryAt(pick));
const target = (part: string) => document.querySelector<HTMLElement>(PARTS[part]);

/** Move the focus to a part of the page; a closed panel opens. */
function goTo(name: string): void {
  if (name === "panel") openPanel();
  target(name)?.focus();
}

/** Show what is picked on the map; who picked it by a key goes on in the panel. */
function pickOnMap(pick: Pick): void {
  const byKey = document.querySelector("#map :focus-visible") !== null;
  select(pick);
  if (!byKey) return;
  show();
  target("panel")?.focus();
}

/** The Escape key leads from the panel back to the mark that it describes, and from the filters a step out. */
function onEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.defaultPrevented || !(event.target instanceof Element)) return;
  const { place, route } = reader.state;
  const mark = document.querySelector<HTMLElement>(`[data-id="${CSS.escape(place ?? route ?? "")}"][tabindex="0"]`);
  if (event.target.closest("#panel")) (mark ?? target("map"))?.focus();
  if (event.target.closest("#filters")) document.querySelector<HTMLElement>("#filters .skips a")?.focus();
}

document.body.classList.toggle("embedded", new URLSearchParams(location.hash.slice(1)).get("embed") === "true");
reader.panel = part("panel");
reader.filters = part("filters");
reader.places = part("head");
reader.map = startMap(L.map(html("div", "", part("map")), START), OCMAP.map, pickOnMap);
followSkips(goTo);
document.addEventListener("keydown", onEscape);
part("filters").addEventListener("change", () => go(chosenFilters(part("filters"), reader.query)));
listenToGroups(part("filters"));
listenToPlaces(part("head"), (id) => go(reader.queryAt(id ? { kind: "place", id } : null)));
listenForPanelSize(part("head"));
dark.addEventListener("change", show);
addEventListener("hashchange", show);
listenToButtons();
listenToPrinting(() => reader.map);
show();
