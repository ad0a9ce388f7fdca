/**
 * HTML whose links are answered by the page: a click sends the link's address instead of leaving the page.
 *
 * Three elements of the map's view are parts of one page here: the panel, the filters, and the line above the map. A
 * choice in one of them, or on the map, is shown in all of them at once by OcEvidence, from files that are fetched once.
 * The server's answer then replaces it.
 */
const PATIENCE_MS = 4000; // how long to wait for the server's answer to a choice
const PANELS_DELAY_MS = 1500; // fetch the panels after the page has loaded
const LOOK_MS = 1000; // between two checks of the map's frame

const OWN = ["place", "route", "markets", "actors", "basis", "layers"]; // what can be shown before the server answers

const page = { parts: {}, evidence: null, query: "", lang: "es", theme: "light", expected: null, timer: 0, look: 0, missed: false };
const { OcEvidence, OcPage } = globalThis;
const { rewrite, announce, fetchFile } = OcPage;
const files = new Map(); // fetched files by name; null while they load

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(":scope > .oc-linked") || build(parentElement);
  root.send = (href) => setTriggerValue("go", { href, have: panelsHere()?.name ?? "" });
  if (data.part) take(root, data);
  else draw(root, data.html);
}

function build(parent) {
  const root = parent.appendChild(document.createElement("div"));
  root.className = "oc-linked";
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (event.detail > 1 && href === root.gone) return; // a double click is one
    root.gone = href;
    root.send(href);
    if (Object.values(page.parts).includes(root) && staysHere(href)) answer(href);
  });
  root.addEventListener("change", ({ target }) => {
    const href = `?${keyOf("goto" in target.dataset ? goto(target) : OcEvidence.chosen(root, page.query))}`;
    root.send(href);
    if (page.evidence) answer(href);
    else page.query = href.slice(1);
  });
  return root;
}

/** The query of the place chosen in the list of places; resets the list. */
function goto(list) {
  const params = new URLSearchParams(page.query);
  params.delete("route");
  params.set("place", list.value);
  list.value = "";
  return String(params);
}

/** Draw HTML where it differs. */
function draw(root, html) {
  if (root.shown === html) return;
  root.shown = html;
  rewrite(root, () => (root.innerHTML = html));
  announce(root);
}

// -- the parts of the page

/** Show a part as the server sent it, unless the answer to the last choice is still to come. */
function take(root, data) {
  page.parts[data.part] = root;
  root.data = data;
  fetchEvidence(data.evidence);
  if (data.panels) fetchPanels(data.panels);
  if (data.lost) lookAtMap();
  if (page.expected !== null && keyOf(data.q) !== page.expected) return;
  if (data.part === "panel") settle();
  Object.assign(page, { query: data.q, lang: data.lang, theme: data.theme });
  drawPart(root, data);
}

function drawPart(root, data) {
  const drawn = data.part === "filters" && page.evidence && root.lang === data.lang; // keeps what is open and focused
  if (typeof data.html === "string" && root.html !== data.html && !drawn) {
    root.lang = data.lang;
    root.html = data.html;
    root.made = null;
    draw(root, data.html);
  }
  if (data.part === "filters") drawFilters();
  if (data.part === "panel" && typeof data.html !== "string") drawPanel();
}

function drawFilters() {
  const { filters } = page.parts;
  if (filters && page.evidence) page.evidence.showFilters(filters, page.evidence.state(page.query), page.lang, page.query);
}

/** Write the panel out of the file of panels, if it is in there. */
function drawPanel() {
  const { panel } = page.parts;
  const here = panelsHere();
  const notInFile = ["tour", "compare"].some((name) => rest(page.query).has(name));
  if (!panel || !page.evidence || !here || notInFile) return;
  const state = page.evidence.state(page.query);
  const html = here.panels[state.place ?? state.route ?? ""];
  const made = `${here.name} ${page.query}`;
  if (typeof html !== "string" || panel.made === made) return;
  panel.made = made;
  panel.shown = panel.html = undefined;
  rewrite(panel, () => page.evidence.showPanel(panel, html, state, page.lang, page.query));
  announce(panel);
}

function drawTitle() {
  const { title } = page.parts;
  const caption = page.evidence.caption(page.evidence.state(page.query), page.lang);
  if (!title?.live || title.live.textContent === caption) return;
  title.live.textContent = caption;
  title.shown = title.html = undefined; // so that the same HTML is drawn if it comes again
}

// -- answering before the server

const keyOf = (query) => (page.evidence ? String(page.evidence.query(page.evidence.state(query), rest(query))) : query);

/** The parameters of a link without its data version: those that OcEvidence does not know are added as they are. */
function rest(query) {
  const params = new URLSearchParams(query);
  for (const name of ["data", "embed"]) params.delete(name);
  return params;
}

/** Show where a link leads before the server has answered: the panel now, the rest right after. */
function answer(href) {
  settle();
  page.query = page.expected = keyOf(href);
  page.timer = setTimeout(giveUp, PATIENCE_MS);
  drawPanel();
  setTimeout(() => {
    const { query, lang, theme } = page;
    if (page.expected === query) frame()?.OcMap?.expect({ q: query, lang, theme });
    drawFilters();
    drawTitle();
  });
}

/** Whether a link keeps view, tour and language; only the server can change these. */
function staysHere(href) {
  if (!page.evidence || href.includes("#")) return false;
  const [there, here] = [href, page.query].map((query) => {
    const params = rest(query);
    for (const name of OWN) params.delete(name);
    params.sort();
    return params;
  });
  return String(there) === String(here) && !there.has("tour") && !there.has("view");
}

function settle() {
  clearTimeout(page.timer);
  page.expected = null;
}

/** The server did not confirm the choice in time: show its last answer. */
function giveUp() {
  settle();
  for (const root of Object.values(page.parts)) if (root.isConnected) take(root, root.data);
}

const frame = () => document.querySelector(".st-key-map iframe")?.contentWindow;

/** Write in place of the map that its script could not be loaded; the frame would stay blank. */
function lookAtMap() {
  clearTimeout(page.look);
  const holder = document.querySelector(".st-key-map");
  const note = holder?.querySelector(":scope > .lost");
  const missing = isMapMissing();
  if (missing === false) return note?.remove();
  page.look = setTimeout(lookAtMap, LOOK_MS);
  const lost = missing && page.missed; // twice in a row: a script that has just arrived still has to run
  page.missed = missing;
  if (!lost || !holder) return;
  const message = note ?? holder.appendChild(Object.assign(document.createElement("p"), { className: "lost", role: "alert" }));
  const { lang, lost: text } = page.parts.title.data;
  if (message.textContent !== text) Object.assign(message, { lang, textContent: text });
}

/** Whether the map's script failed to load; undefined while it loads. */
function isMapMissing() {
  try {
    const inside = frame();
    if (inside?.OcMap) return false;
    const script = inside?.document.querySelector('script[src*="static/map."]');
    return script && inside.performance.getEntriesByName(script.src).length ? true : undefined;
  } catch {
    return true; // the frame shows an error page of another origin
  }
}

addEventListener("ocmappick", ({ detail }) => {
  if (!page.evidence || !page.parts.panel?.isConnected) return;
  const { kind, id } = detail;
  const state = page.evidence.state(page.query);
  answer(`?${page.evidence.query({ ...state, place: kind === "place" ? id : null, route: kind === "route" ? id : null }, page.query)}`);
});

// -- files

function fetchEvidence(name) {
  if (files.has(name)) return;
  files.set(name, null);
  fetchFile(name).then(
    (data) => {
      page.evidence = new OcEvidence(data);
      const waiting = page.parts.panel?.data;
      if (waiting && typeof waiting.html !== "string") drawPanel();
      drawFilters();
    },
    () => files.delete(name), // the server then answers every choice
  );
}

function fetchPanels(name) {
  document.documentElement.dataset.ocmapPanels = files.get(name) ? name : "";
  if (files.has(name) || navigator.connection?.saveData) return;
  files.set(name, null);
  const keep = (panels) => {
    files.set(name, panels);
    document.documentElement.dataset.ocmapPanels = panelsHere()?.name ?? ""; // the map's frame reads it
  };
  setTimeout(() => fetchFile(name).then(keep, () => files.delete(name)), PANELS_DELAY_MS);
}

/** The file of panels for the page's language, if it is loaded. */
function panelsHere() {
  const name = page.parts.panel?.data.panels;
  const panels = name && files.get(name);
  return panels ? { name, panels } : null;
}
