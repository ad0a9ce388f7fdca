/**
 * HTML of ours whose links are answered by the page: a click sends the link's address instead of leaving the page.
 *
 * Three elements of the map's view are parts of one page here: the panel, the filters, and the line above the map. What
 * a reader chooses in one of them, or on the map, is shown in all of them at once, worked out by OcReading from files
 * that are fetched once. What the server sends then has the last word.
 */
const PATIENCE_MS = 4000; // how long the server's answer to a choice is waited for
const CALM_MS = 1500; // when the panels are fetched: once the page is there
const LOOK_MS = 1000; // between two looks at the map's frame

const OWN = ["place", "route", "markets", "actors", "basis", "layers"]; // what can be shown ahead of the server

const page = { parts: {}, reading: null, query: "", lang: "es", theme: "light", awaited: null, timer: 0, look: 0, missed: false };
const { OcReading, OcPage } = globalThis;
const { rewrite, say, fetchFile } = OcPage;
const files = new Map(); // what was fetched, by name; null while it is under way

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
    const href = `?${keyOf("goto" in target.dataset ? goto(target) : OcReading.chosen(root, page.query))}`;
    root.send(href);
    if (page.reading) answer(href);
    else page.query = href.slice(1);
  });
  return root;
}

/** What the link to a place says that was chosen in the list of them; the list is as before then. */
function goto(list) {
  const params = new URLSearchParams(page.query);
  params.delete("route");
  params.set("place", list.value);
  list.value = "";
  return String(params);
}

/** Draw HTML where it differs; the focus stays on the link that had it, or goes to what the HTML says. */
function draw(root, html) {
  if (root.shown === html) return;
  root.shown = html;
  rewrite(root, () => (root.innerHTML = html));
  say(root);
}

// -- the parts of the page

/** Take over what the server says of a part; while its answer to the last choice is under way, older ones wait. */
function take(root, data) {
  page.parts[data.part] = root;
  root.data = data;
  fetchReading(data.reading);
  if (data.panels) fetchPanels(data.panels);
  if (data.lost) lookAtMap();
  if (page.awaited !== null && keyOf(data.q) !== page.awaited) return;
  if (data.part === "panel") settle();
  Object.assign(page, { query: data.q, lang: data.lang, theme: data.theme });
  drawPart(root, data);
}

function drawPart(root, data) {
  const drawn = data.part === "filters" && page.reading && root.lang === data.lang; // what is open and has the focus stays
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
  if (filters && page.reading) page.reading.showFilters(filters, page.reading.state(page.query), page.lang, page.query);
}

/** Write the panel out of the file of panels, if it is in there. */
function drawPanel() {
  const { panel } = page.parts;
  const here = panelsHere();
  const beyond = ["tour", "compare"].some((name) => rest(page.query).has(name)); // what the file's panels do not have
  if (!panel || !page.reading || !here || beyond) return;
  const state = page.reading.state(page.query);
  const html = here.panels[state.place ?? state.route ?? ""];
  const made = `${here.name} ${page.query}`;
  if (typeof html !== "string" || panel.made === made) return;
  panel.made = made;
  panel.shown = panel.html = undefined;
  rewrite(panel, () => page.reading.showPanel(panel, html, state, page.lang, page.query));
  say(panel);
}

function drawTitle() {
  const { title } = page.parts;
  const tally = page.reading.tally(page.reading.state(page.query), page.lang);
  if (!title?.live || title.live.textContent === tally) return;
  title.live.textContent = tally;
  title.shown = title.html = undefined; // the same HTML may come again, and counts
}

// -- answering ahead of the server

const keyOf = (query) => (page.reading ? String(page.reading.query(page.reading.state(query), rest(query))) : query);

/** What a link says that is no selection and no choice of ours: the view, the tour. */
function rest(query) {
  const params = new URLSearchParams(query);
  for (const name of ["data", "embed"]) params.delete(name);
  return params;
}

/** Show what a link leads to before the server has answered: the panel now, whatever is around it right after. */
function answer(href) {
  settle();
  page.query = page.awaited = keyOf(href);
  page.timer = setTimeout(giveUp, PATIENCE_MS);
  drawPanel();
  setTimeout(() => {
    const { query, lang, theme } = page;
    if (page.awaited === query) frame()?.OcMap?.expect({ q: query, lang, theme });
    drawFilters();
    drawTitle();
  });
}

/** Whether a link keeps the view, the tour and the language: whatever else there is needs the server. */
function staysHere(href) {
  if (!page.reading || href.includes("#")) return false;
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
  page.awaited = null;
}

/** The server has not said what was awaited: what it said last counts. */
function giveUp() {
  settle();
  for (const root of Object.values(page.parts)) if (root.isConnected) take(root, root.data);
}

const frame = () => document.querySelector(".st-key-map iframe")?.contentWindow;

/** Say in place of the map that its script was lost on its way: its frame alone would stay blank. */
function lookAtMap() {
  clearTimeout(page.look);
  const holder = document.querySelector(".st-key-map");
  const note = holder?.querySelector(":scope > .lost");
  const missing = isMapMissing();
  if (missing === false) return note?.remove();
  page.look = setTimeout(lookAtMap, LOOK_MS);
  const lost = missing && page.missed; // seen twice: a script that has just arrived is about to run
  page.missed = missing;
  if (!lost || !holder) return;
  const said = note ?? holder.appendChild(Object.assign(document.createElement("p"), { className: "lost", role: "alert" }));
  const { lang, lost: text } = page.parts.title.data;
  if (said.textContent !== text) Object.assign(said, { lang, textContent: text });
}

/** Whether the map's script came to nothing; undefined while it is under way. */
function isMapMissing() {
  try {
    const inside = frame();
    if (inside?.OcMap) return false;
    const script = inside?.document.querySelector('script[src*="static/map."]');
    return script && inside.performance.getEntriesByName(script.src).length ? true : undefined;
  } catch {
    return true; // what stands in the frame instead is none of ours
  }
}

addEventListener("ocmappick", ({ detail }) => {
  if (!page.reading || !page.parts.panel?.isConnected) return;
  const { kind, id } = detail;
  const state = page.reading.state(page.query);
  answer(`?${page.reading.query({ ...state, place: kind === "place" ? id : null, route: kind === "route" ? id : null }, page.query)}`);
});

// -- files

function fetchReading(name) {
  if (files.has(name)) return;
  files.set(name, null);
  fetchFile(name).then(
    (data) => {
      page.reading = new OcReading(data);
      const waiting = page.parts.panel?.data;
      if (waiting && typeof waiting.html !== "string") drawPanel();
      drawFilters();
    },
    () => files.delete(name), // every choice is then answered by the server
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
  setTimeout(() => fetchFile(name).then(keep, () => files.delete(name)), CALM_MS);
}

/** The file of panels that the page is to use now, if it is here. */
function panelsHere() {
  const name = page.parts.panel?.data.panels;
  const panels = name && files.get(name);
  return panels ? { name, panels } : null;
}
