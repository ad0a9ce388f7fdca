/*
 * Runs inside the top page of every app and takes the times there, by one clock and one code for all, so that
 * no round trip of the driver counts. `bench` is its only global.
 */
(function () {
  "use strict";
  if (window.top !== window) return;

  const REGIONS = 26;
  const PATIENCE_MS = 60000;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** The windows of the components' frames, streamlit-folium's among them. */
  function inner() {
    return [...document.querySelectorAll("iframe")].map((el) => el.contentWindow).filter((win) => {
      try {
        return Boolean(win && win.document.body);
      } catch {
        return false;
      }
    });
  }

  /** Collect the regions of Leaflet's layers: how a folium map has them. */
  function fromLayers(map, found) {
    map.eachLayer((layer) => {
      const id = layer.feature && layer.feature.properties && layer.feature.properties.place_id;
      if (id && layer._path) found.set(id, layer._path);
    });
  }

  /** The path of each region by its id, whichever app drew it; empty while there is none. */
  function regions() {
    const found = new Map();
    for (const win of [window, ...inner()]) {
      for (const el of win.document.querySelectorAll('path[data-id^="PE-"]')) found.set(el.dataset.id, el);
      if (!found.size && win.map && win.map.eachLayer) fromLayers(win.map, found);
    }
    return found;
  }

  const isDrawn = (paths) => paths.size >= REGIONS && [...paths.values()].every((el) => el.isConnected && el.getBoundingClientRect().width > 0);

  /** What the map's colours are now, or null while it is not whole. */
  function colours() {
    const paths = regions();
    if (!isDrawn(paths)) return null;
    return [...paths.keys()].sort().map((id) => {
      const style = paths.get(id).ownerDocument.defaultView.getComputedStyle(paths.get(id));
      return `${id} ${style.fill} ${style.fillOpacity}`;
    }).join("\n");
  }

  /*
   * The end of a run, as the server says it: the message "session status: no script runs", two bytes. The page shows
   * it later, or not at all after a short run, and a panel may be there before the run begins.
   */
  let onOver = () => {};
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        const bytes = data instanceof ArrayBuffer && data.byteLength === 2 ? new Uint8Array(data) : null;
        if (bytes && bytes[0] === 0x4a && bytes[1] === 0) onOver();
      });
    }
  };

  const running = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return Boolean(app) && app.getAttribute("data-test-script-state") !== "notRunning"; // the static page runs none
  };

  /** Resolve with the time at which `test` is true, looked at after each change of the page. */
  function when(test) {
    return new Promise((resolve, reject) => {
      const observer = new MutationObserver(look);
      const limit = setTimeout(() => { observer.disconnect(); reject(new Error("bench: waited in vain")); }, PATIENCE_MS);
      function look() {
        if (!test()) return;
        const now = performance.now();
        observer.disconnect();
        clearTimeout(limit);
        resolve(now);
      }
      observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    });
  }

  /** Resolve with the time of the first animation frame in which `test` is true. */
  async function painted(test) {
    const start = performance.now();
    while (performance.now() < start + PATIENCE_MS) {
      const now = await frame();
      if (test()) return Math.max(now, performance.now());
    }
    throw new Error("bench: waited in vain");
  }

  /** Click a region; return the ms until a heading says `name`, and until the run was over as well. */
  async function click(id, name, heading) {
    const shows = () => [...document.querySelectorAll(heading)].some((el) => el.textContent.trim() === name);
    if (shows()) throw new Error(`bench: ${name} is shown already`);
    const path = regions().get(id);
    const win = path.ownerDocument.defaultView;
    const box = path.getBoundingClientRect();
    const event = new win.MouseEvent("click", {
      bubbles: true, cancelable: true, view: win, detail: 1,
      clientX: box.left + box.width / 2, clientY: box.top + box.height / 2,
    });
    const start = performance.now();
    const shown = when(shows);
    const over = new Promise((resolve) => { onOver = () => resolve(performance.now()); });
    path.dispatchEvent(event);
    const heard = await shown;
    const ran = await over;
    return { panel: heard - start, run: Math.max(heard, ran) - start };
  }

  /** Press a control; return the ms until all regions are there in colours that are not those of before. */
  async function press(control) {
    const before = colours();
    const start = performance.now();
    control.click();
    const end = await painted(() => {
      const now = colours();
      return now !== null && now !== before;
    });
    return end - start;
  }

  /** Put a mark on the drawn map; `isSameMap` says whether that very map is still there. */
  function mark() {
    for (const path of regions().values()) path.benchMark = true;
  }
  const isSameMap = () => { const paths = regions(); return paths.size > 0 && [...paths.values()].every((el) => el.benchMark === true); };

  /** How often ocmap's map was started in its frame; null for an app that does not say. */
  function starts() {
    for (const win of inner()) if (win.document.documentElement.dataset.ocmapStarts) return Number(win.document.documentElement.dataset.ocmapStarts);
    return null;
  }

  /** Whether the page has fetched the panels, from which it then answers clicks. */
  const ahead = () => performance.getEntriesByType("resource").some((one) => /\/panels-/.test(one.name) && one.responseEnd > 0);

  /** Whether what stands for a map on the empty page is there. */
  const isMarked = () => (document.querySelector("[data-bench-drawn]")?.getBoundingClientRect().width ?? 0) > 0;

  /** Whether ocmap's map shows a state and its panel is written, so that a click is answered; true of other apps. */
  function answers() {
    const maps = [window, ...inner()].filter((win) => win.document.documentElement.dataset.ocmap);
    const heading = document.querySelector(".st-key-panel h2, main h2");
    return maps.every((win) => win.document.documentElement.dataset.ocmap === "ready" && heading);
  }

  /** The still picture of the map that stands in the page before Streamlit has started. */
  const isPicture = () => (document.querySelector("#root > * svg")?.getBoundingClientRect().width ?? 0) > 100;

  const whole = painted(() => isMarked() || (isDrawn(regions()) && answers()));
  const picture = painted(isPicture);
  for (const one of [picture, whole]) one.catch(() => {});
  window.bench = { ahead, picture, whole, click, press, mark, isSameMap, starts, running, regions };
})();
