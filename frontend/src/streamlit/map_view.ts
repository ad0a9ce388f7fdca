// The map's view in Streamlit's page. A choice is shown at once; the server stores it, and answers with the state alone.
import type { ClientData, Lang, Panels, Theme } from "../contract";
import { refocus } from "../dom";
import { fetchFile } from "../files";
import type { MapHandle } from "../map";
import { Evidence } from "../model/evidence";
import { listenToGroups } from "../model/filter_form";
import type { Pick } from "../model/scene";
import { chosenFilters } from "../model/view_state";
import { listenForPanelSize, showPanelSize } from "../panel_size";
import { listenToPlaces } from "../place_list";
import { listenToPrinting } from "../printing";
import { Reader } from "../reader";
import type { Component } from "./component";
import { draw, type Linked, linkedIn } from "./linked";
import { storeSpot } from "./scroll";
import { drawSearch, type SearchTexts } from "./search";

/** What the server sends for the panel: the session's state, and the files that the page draws it from. */
interface Session {
  part: "panel";
  q: string;
  lang: Lang;
  theme: Theme;
  evidence: string;
  panels: string;
  /** The files of the map's frame. */
  frame: string[];
  /** The name of the map's frame. */
  name: string;
  /** HTML that stands in for the map or the panel where a file cannot be loaded. */
  lost: { map: string; panel: string };
}

/** A part whose HTML is the same in every state. */
interface FixedPart {
  part: "filters" | "caption" | "places";
  html: string;
}

const START_MS = 8000; // how long the map may take to start once its files are there
const PATIENCE_MS = 10_000; // how long to wait for the server's answer to a choice, before and after it is sent again

const files = new Map<string, Promise<unknown>>(); // by name; a file that is lost is fetched again at the next need
const roots: Partial<Record<Session["part"] | FixedPart["part"], Linked>> = {};
let session: Session | null = null; // as the server sent it last
let reader: Reader | null = null;
let map: { handle: MapHandle; frame: Element } | null = null;
let pending: string | null = null; // the choice that the server has not confirmed yet
let timer = 0;
let lastFocused: Element | null = null; // what had the focus last, also where it is gone
let send: (href: string) => void = () => undefined;

/** Draw a part of the map's view; all parts show one state. */
export function part({ data, parentElement, setTriggerValue }: Component<Session | FixedPart>): void {
  const root = linkedIn(parentElement, data.part === "panel" ? chooseInPanel : choose);
  const before = roots[data.part];
  if (before !== root) listenIn(root, data.part);
  roots[data.part] = root;
  if (data.part === "panel") {
    send = (href) => setTriggerValue("go", href);
    take(data);
  } else {
    draw(root, data.html);
    showPanelSize(root);
    connect();
  }
  // Streamlit replaces the panel's element where a click was faster than the end of a run of the whole page.
  if (before !== root && before?.contains(lastFocused) && document.activeElement === document.body)
    refocus(root, lastFocused?.getAttribute("href") ?? null);
}

/** Give the reader the elements that are there now. */
function connect(): void {
  if (!reader) return;
  reader.panel = roots.panel ?? null;
  reader.filters = roots.filters ?? null;
  reader.caption = roots.caption?.querySelector<HTMLElement>("[role=status]") ?? null;
  reader.chosen = roots.caption?.querySelector<HTMLElement>(".chosen") ?? null;
  reader.places = roots.places ?? null;
  reader.map = map?.handle ?? null;
  if (map && session) map.frame.setAttribute("title", session.name);
  reader.drawAroundSoon();
}

// -- what the reader chooses

/** Show where a link leads if it stays in this view, and let the server store it. */
function choose(href: string): void {
  if (reader && staysHere(href)) {
    const query = reader.canonical(href);
    if (query === reader.query) return;
    expect(query);
  } else forgetChoice();
  send(href);
}

/** Follow a link in the panel: what it leads to begins at its top, also where the screen shows one part at a time. */
function chooseInPanel(href: string): void {
  choose(href);
  const box = roots.panel?.closest(".st-key-panel");
  if (!reader || !box || !staysHere(href)) return;
  box.scrollTop = 0;
  const { place, route } = reader.state;
  const top = (place ?? route) ? box : box.closest('[data-testid="stMain"]')?.querySelector(".st-key-maphead");
  if (isStacked()) top?.scrollIntoView({ block: "start" });
}

/** Whether the panel is below the map. */
const isStacked = () => window.matchMedia("(max-width: 68.6875em)").matches;

/** Whether a link keeps the view and the language, which only the server can change; a fragment asks it for more. */
function staysHere(href: string): boolean {
  if (href.includes("#")) return false;
  const [there, here] = [href, reader?.query ?? ""].map((query) => {
    const params = new URLSearchParams(query);
    return ["view", "lang", "matrix", "cell", "sort", "tab", "who"].map((name) => params.getAll(name).join()).join("&");
  });
  return there === here;
}

/** Show a state and wait for the server to confirm it; on a bad line it may need to be sent again. */
function expect(query: string): void {
  if (!reader) return;
  clearTimeout(timer);
  pending = query;
  timer = window.setTimeout(() => {
    send(`?${query}`);
    timer = window.setTimeout(giveUp, PATIENCE_MS);
  }, PATIENCE_MS);
  reader.show(query, reader.lang, reader.theme);
}

function forgetChoice(): void {
  pending = null;
  clearTimeout(timer);
}

/** The server did not confirm the choice in time: show its last state. */
function giveUp(): void {
  forgetChoice();
  if (session) take(session);
}

/** The query of what the page shows. */
const currentQuery = () => reader?.query ?? session?.q ?? "";

/** Draw the search box; a result opens as any link of the map's view. */
export function search(component: Component<SearchTexts>): void {
  drawSearch(component, { query: currentQuery, load, choose });
}

/** Listen to the choices in a part, and to the Escape key, which leads a step out of it. */
function listenIn(root: Linked, name: FixedPart["part"] | "panel"): void {
  root.escape = name === "panel" ? focusSelected : () => root.querySelector<HTMLElement>(".skips a")?.focus();
  if (name === "filters") {
    root.addEventListener("change", () => choose(`?${chosenFilters(root, currentQuery())}`));
    listenToGroups(root);
  }
  if (name !== "places") return;
  listenToPlaces(root, choosePlace);
  listenForPanelSize(root);
}

function choosePlace(place: string): void {
  storeSpot();
  const params = new URLSearchParams(currentQuery());
  params.delete("route");
  params.set("place", place);
  choose(`?${String(params)}`);
}

addEventListener("popstate", () => {
  if (reader && staysHere(location.search)) expect(reader.canonical(location.search));
  else forgetChoice();
});

// -- what the server sends

/** Show the server's state, unless it answers a choice before the last one in this view. */
function take(data: Session): void {
  session = data;
  void loadFiles(data);
  if (!reader) return;
  connect();
  if (pending !== null && staysHere(data.q) && reader.canonical(data.q) !== pending) {
    reader.show(reader.query, reader.lang, reader.theme); // the panel's element may be a new one
    return;
  }
  forgetChoice();
  reader.show(data.q, data.lang, data.theme);
}

/** Load what the page draws from, and show it; a message stands in for what is lost. */
async function loadFiles(data: Session): Promise<void> {
  watchMap(data);
  try {
    const panels = load<Panels>(data.panels);
    const evidence = await load<ClientData>(data.evidence);
    if (!reader) {
      reader = new Reader(new Evidence(evidence));
      take(session ?? data);
    }
    if (session?.panels !== data.panels || reader.panels === (await panels)) return; // left, or shown
    reader.panels = await panels;
    reader.show(reader.query, reader.lang, reader.theme);
  } catch {
    if (!reader?.panels && roots.panel) draw(roots.panel, data.lost.panel);
  }
}

function load<T>(name: string): Promise<T> {
  const file = (files.get(name) as Promise<T> | undefined) ?? fetchFile<T>(urlOf(name));
  files.set(name, file);
  file.catch(() => files.delete(name));
  return file;
}

const urlOf = (name: string) => new URL(`app/static/${name}`, document.baseURI);

// -- the focus between map and panel

const inMap = (selector: string) =>
  (map?.frame as HTMLIFrameElement | undefined)?.contentDocument?.querySelector<HTMLElement>(selector);

/** From the panel back to the mark that it describes; without one, to the map. */
function focusSelected(): void {
  const { place, route } = reader?.state ?? {};
  const mark = (place ?? route) ? inMap(`[data-id="${CSS.escape(place ?? route ?? "")}"][tabindex="0"]`) : null;
  (mark?.checkVisibility() ? mark : inMap(".oc-map"))?.focus();
}

/** Show what is picked on the map; who picked it by a key goes on in the panel. */
function pick(picked: Pick): void {
  if (!reader) return;
  const byKey = inMap(":focus-visible") !== null;
  storeSpot(); // a click in the frame is none in the page
  choose(`?${reader.queryAt(picked)}`);
  if (byKey) roots.panel?.querySelector<HTMLElement>("h2")?.focus();
}

/** In the map, Escape closes the tooltip first; then it leads from a mark to the links before the map. */
function onKeyInMap(event: KeyboardEvent): void {
  if (event.key === "Escape" && !inMap(".oc-tooltip:not([hidden])"))
    roots.places?.querySelector<HTMLElement>(".skips a")?.focus();
}

// -- the map's frame

/** Write in the map's place that its files cannot be loaded, or do not run: the frame would stay blank. */
function watchMap(data: Session): void {
  const note = document.querySelector(".st-key-map > .lost");
  if (note) note.innerHTML = data.lost.map;
  if (map || data.frame.every((name) => files.has(name))) return;
  const fetched = data.frame.map(fetchWhole);
  data.frame.forEach((name, i) => files.set(name, fetched[i]));
  Promise.all(fetched).then(
    () => setTimeout(showMapLost, START_MS),
    () => showMapLost(),
  );
}

async function fetchWhole(name: string): Promise<void> {
  const response = await fetch(urlOf(name));
  if (!response.ok) throw new Error(`${response.status} ${name}`);
  await response.arrayBuffer();
}

function showMapLost(): void {
  const place = document.querySelector(".st-key-map");
  if (map || !session || !place) return;
  (place.querySelector(":scope > .lost") ?? place.appendChild(lostNote())).innerHTML = session.lost.map;
}

function lostNote(): HTMLElement {
  const note = Object.assign(document.createElement("p"), { className: "lost" });
  note.setAttribute("role", "alert");
  return note;
}

addEventListener("focusin", ({ target }) => (lastFocused = target as Element));
window.ocmap = {
  attach(handle, frame) {
    document.querySelector(".st-key-map > .lost")?.remove();
    map = { handle, frame };
    (frame as HTMLIFrameElement).contentDocument?.addEventListener("keydown", onKeyInMap, { capture: true });
    connect();
  },
  pick,
};
dispatchEvent(new Event("ocmap"));
listenToPrinting(() => map?.handle ?? null);
