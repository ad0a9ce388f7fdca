/**
 * HTML of ours whose links are answered by the page: a click sends the link's address instead of leaving the page.
 *
 * The panel's element is told where the panels of all places lie as one file. Once that is fetched, a click on the
 * map or on a link between panels is answered from it at once; what the server sends then has the last word.
 */
const PATIENCE_MS = 4000; // how long the server's answer to a click is waited for
const CALM_MS = 1500; // when the panels are fetched: once the page is there
const FILTERS = ["markets", "actors", "basis", "tour"]; // what a panel depends on besides its place
const files = new Map();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(":scope > .oc-linked") || build(parentElement);
  root.send = setTriggerValue;
  root.panels = data.panels;
  if (data.panels) fetchLater(data.panels);
  if (root.awaited && data.id !== root.awaited) return; // the answer to a click before the last one
  settle(root);
  draw(root, data.html);
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
    root.send("go", href);
    answer(root, selectedBy(href));
  });
  window.addEventListener("message", ({ origin, data }) => {
    if (origin === location.origin && data?.ocmapPick && root.isConnected) answer(root, data.ocmapPick.id);
  });
  return root;
}

function draw(root, html) {
  if (root.shown === html) return;
  const held = root.contains(document.activeElement) ? document.activeElement.getAttribute("href") || "" : null;
  root.innerHTML = root.shown = html;
  say(root);
  if (held === null) return;
  const again = held && root.querySelector(`[href="${CSS.escape(held)}"]`);
  (again || root.querySelector("[tabindex]"))?.focus({ preventScroll: !!again });
}

/** Take over the page's title, and move what is to be read out into a live region that stays: a new one is silent. */
function say(root) {
  const said = root.querySelector("[data-say]");
  if (!said) return;
  said.remove();
  if (said.dataset.title) document.title = said.dataset.title;
  root.live ??= Object.assign(document.createElement("p"), { className: "oc-say", role: "status" });
  if (!root.live.isConnected) root.after(root.live);
  if (root.live.textContent !== said.textContent) root.live.textContent = said.textContent;
}

// -- panels that are here already

/** Show a panel that has been fetched, until the server's answer comes. */
function answer(root, id) {
  const html = id !== null && root.panels && files.get(root.panels)?.[id];
  if (typeof html !== "string" || FILTERS.some((name) => new URLSearchParams(location.search).has(name))) return;
  settle(root);
  root.awaited = id;
  root.timer = setTimeout(() => settle(root), PATIENCE_MS);
  draw(root, withState(html));
}

function settle(root) {
  clearTimeout(root.timer);
  root.awaited = undefined;
}

/** The place or route that a link selects, "" for none; null if it changes anything else. */
function selectedBy(href) {
  const [wanted, now] = [new URLSearchParams(href), new URLSearchParams(location.search)];
  const id = wanted.get("place") ?? wanted.get("route") ?? "";
  if (href.includes("#")) return null;
  for (const one of [wanted, now]) for (const name of ["place", "route", "data", "embed"]) one.delete(name);
  wanted.sort();
  now.sort();
  return String(wanted) === String(now) ? id : null;
}

/** A fetched panel's links, with what the address of this page says besides: its language, its layers. */
function withState(html) {
  const own = new URLSearchParams(location.search);
  for (const name of ["place", "route", "data", "embed"]) own.delete(name);
  if (!String(own)) return html;
  return html.replace(/(<a data-go href="\?)([^"#]*)/g, (_, start, query) => {
    const merged = new URLSearchParams(query.replaceAll("&amp;", "&"));
    for (const name of new Set(own.keys())) if (!merged.has(name)) for (const one of own.getAll(name)) merged.append(name, one);
    merged.sort();
    return start + String(merged).replaceAll("&", "&amp;");
  });
}

function fetchLater(name) {
  if (files.has(name) || navigator.connection?.saveData) return;
  files.set(name, null);
  setTimeout(async () => {
    try {
      const response = await fetch(new URL(`app/static/${name}`, document.baseURI));
      if (!response.ok) throw new Error(String(response.status));
      const text = new Response(response.body.pipeThrough(new DecompressionStream("gzip")));
      files.set(name, await text.json());
    } catch {
      files.delete(name); // every click is then answered by the server
    }
  }, CALM_MS);
}
