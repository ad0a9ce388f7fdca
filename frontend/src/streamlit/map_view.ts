// The map's view in Streamlit's page. A choice is shown at once; the server stores it, and answers with the state alone.
import type { ClientData, Lang, Panels, Theme } from "../contract";
import { fetchFile } from "../files";
import type { MapHandle } from "../map";
import { Evidence } from "../model/evidence";
import { chosenFilters } from "../model/view_state";
import { Reader } from "../reader";
import type { Component } from "./component";
import { draw, type Linked, linkedIn } from "./linked";

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

const PATIENCE_MS = 4000; // how long to wait for the server's answer to a choice

const files = new Map<string, Promise<unknown>>(); // by name; a file that is lost is fetched again at the next need
const roots: Partial<Record<Session["part"] | FixedPart["part"], Linked>> = {};
let session: Session | null = null; // as the server sent it last
let reader: Reader | null = null;
let map: { handle: MapHandle; frame: Element } | null = null;
let pending: string | null = null; // the choice that the server has not confirmed yet
let timer = 0;
let send: (href: string) => void = () => undefined;

/** Draw a part of the map's view; all parts show one state. */
export function part({ data, parentElement, setTriggerValue }: Component<Session | FixedPart>): void {
  const root = linkedIn(parentElement, choose);
  if (roots[data.part] !== root) root.addEventListener("change", ({ target }) => onChange(root, target));
  roots[data.part] = root;
  if (data.part === "panel") {
    send = (href) => setTriggerValue("go", href);
    take(data);
  } else {
    draw(root, data.html);
    connect();
  }
}

/** Give the reader the elements that are there now. */
function connect(): void {
  if (!reader) return;
  reader.panel = roots.panel ?? null;
  reader.filters = roots.filters ?? null;
  reader.caption = roots.caption?.querySelector<HTMLElement>("[role=status]") ?? null;
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
  }
  send(href);
}

/** Whether a link keeps the view and the language, which only the server can change; a fragment asks it for more. */
function staysHere(href: string): boolean {
  if (href.includes("#")) return false;
  const [there, here] = [href, reader?.query ?? ""].map((query) => {
    const params = new URLSearchParams(query);
    return ["view", "lang", "matrix", "cell", "sort"].map((name) => params.getAll(name).join()).join("&");
  });
  return there === here;
}

/** Show a state and wait for the server to confirm it. */
function expect(query: string): void {
  if (!reader) return;
  clearTimeout(timer);
  pending = query;
  timer = window.setTimeout(giveUp, PATIENCE_MS);
  reader.show(query, reader.lang, reader.theme);
}

/** The server did not confirm the choice in time: show its last state. */
function giveUp(): void {
  pending = null;
  if (session) take(session);
}

function onChange(root: HTMLElement, target: EventTarget | null): void {
  const query = reader?.query ?? session?.q ?? "";
  if (!(target instanceof HTMLSelectElement)) return choose(`?${chosenFilters(root, query)}`);
  const params = new URLSearchParams(query);
  params.delete("route");
  params.set("place", target.value);
  target.value = "";
  choose(`?${String(params)}`);
}

addEventListener("popstate", () => {
  if (reader && staysHere(location.search)) expect(reader.canonical(location.search));
  else pending = null;
});

// -- what the server sends

/** Show the server's state, unless it answers a choice before the last one. */
function take(data: Session): void {
  session = data;
  void loadFiles(data);
  if (!reader || (pending !== null && reader.canonical(data.q) !== pending)) return;
  pending = null;
  clearTimeout(timer);
  connect();
  reader.show(data.q, data.lang, data.theme);
}

/** Load what the page draws from, and show it; a message stands in for what is lost. */
async function loadFiles(data: Session): Promise<void> {
  watchMap(data);
  try {
    const [evidence, panels] = await Promise.all([load<ClientData>(data.evidence), load<Panels>(data.panels)]);
    if (session?.panels !== data.panels || reader?.panels === panels) return; // shown, or of a language that was left
    reader ??= new Reader(new Evidence(evidence));
    reader.panels = panels;
    take(session);
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

// -- the map's frame

/** Write in the map's place that one of its files cannot be loaded: the frame would stay blank. */
function watchMap({ frame, lost }: Session): void {
  if (map) return;
  for (const name of frame.filter((name) => !files.has(name))) {
    const file = fetch(urlOf(name)).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${name}`);
    });
    files.set(name, file);
    file.catch(() => {
      files.delete(name);
      const place = document.querySelector(".st-key-map");
      if (place && !map) (place.querySelector(".lost") ?? place.appendChild(lostNote())).innerHTML = lost.map;
    });
  }
}

function lostNote(): HTMLElement {
  const note = Object.assign(document.createElement("p"), { className: "lost" });
  note.setAttribute("role", "alert");
  return note;
}

window.ocmap = {
  attach(handle, frame) {
    document.querySelector(".st-key-map .lost")?.remove();
    map = { handle, frame };
    connect();
  },
  pick: (pick) => reader && choose(`?${reader.queryAt(pick)}`),
};
dispatchEvent(new Event("ocmap"));
