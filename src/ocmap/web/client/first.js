/*
 * The dashboard's first page: map, filters and panel of site.js, drawn while Streamlit is still loading.
 *
 * It is a frame over the page that Streamlit fills. When the dashboard shows the same state, the frame is removed, and
 * pan, focus and scrolling are copied. Its state is the page's address, which the dashboard follows. What only the
 * dashboard can do waits for it. If Streamlit never comes, this page works on.
 */
(function () {
  "use strict";

  const LOOK_MS = 50; // between two checks whether the dashboard is there
  const LATE_MS = 4000; // after which the page says that the dashboard is still loading
  const ALONE_MS = 30_000; // after which it says that the dashboard may not come

  const page = window.parent;
  const doc = page.document;
  const frame = window.frameElement;
  const { OcSite, OcPage } = globalThis;
  const names = document.body.dataset; // of the files
  const loaded = {}; // panels by language; null while they load
  const failed = new Set();
  let site = null;
  let later = null; // the link to follow once the dashboard is there
  let requested = ""; // the state for which the dashboard was last asked to follow the address

  const part = (id) => document.getElementById(id);
  const params = () => new URLSearchParams(page.location.search);

  // -- the page of site.js, on the address of the page around it

  const host = {
    params,
    go(wanted) {
      if (params().get("embed") === "true") wanted.set("embed", "true");
      page.history.pushState(null, "", `?${wanted}`);
      host.show();
    },
    link: (query) => `?${query}`,
    panels(lang) {
      if (!loaded[lang] && !failed.has(lang)) fetchPanels(lang);
      return loaded[lang];
    },
    missing: (lang) => failed.delete(lang),
    adaptLinks() {},
  };

  function fetchPanels(lang) {
    if (lang in loaded) return;
    loaded[lang] = null;
    OcPage.fetchFile(names[`panels${lang[0].toUpperCase()}${lang[1]}`]).then(
      (panels) => {
        loaded[lang] = panels;
        host.show();
      },
      () => {
        delete loaded[lang];
        failed.add(lang);
        host.show();
      },
    );
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?'], [data-later]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const href = link.getAttribute("href") ?? "";
    if (link.dataset.later || /[?&](view|tour|compare)=|#/.test(href)) wait(link);
    else host.go(new URLSearchParams(href));
  });

  /** The bottom navigation bar on phones; filters cover the page. */
  document.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-part]")?.dataset.part;
    if (!name) return;
    document.body.classList.toggle("filtering", name === "filters" && !document.body.classList.contains("filtering"));
    if (name !== "filters") document.querySelector(`.st-key-${name}`).scrollIntoView();
  });

  /** Follow a link that only the dashboard can answer once it is there. */
  function wait(link) {
    later = link.dataset.later || `.st-key-panel a[href="${CSS.escape(link.getAttribute("href"))}"]`;
    note("first_page.wait");
  }

  function note(key) {
    const text = site.evidence.words(site.now.lang)[key];
    if (part("wait").textContent !== text) part("wait").textContent = text; // announced once
  }

  // -- the dashboard

  /** The state that the dashboard shows, as a query; undefined before it shows any. */
  const shown = () => doc.documentElement.dataset.ocmapShown;
  const dashboard = () => doc.querySelector(".st-key-map iframe")?.contentWindow;
  const keyOf = (query) => String(site.evidence.query(site.evidence.state(query)));

  function isThere() {
    if (doc.querySelector('.st-key-faults, .st-key-map .lost, [data-testid="stException"]')) return true; // it shows an error instead
    if (shown() === undefined) return false;
    const wanted = keyOf(params());
    if (keyOf(shown()) !== wanted) {
      // Streamlit reads the address again when the reader goes back or forward.
      if (requested !== wanted) page.dispatchEvent(new page.PopStateEvent("popstate"));
      requested = wanted;
      return false;
    }
    return dashboard()?.document.documentElement?.dataset.ocmap === "ready";
  }

  function handOver() {
    const map = dashboard()?.OcMap;
    map?.look(window.OcMap.camera());
    const panel = doc.querySelector(".st-key-panel");
    const pairs = [[part("panel"), panel], [part("filters"), doc.querySelector(".st-key-filters")]];
    for (const [here, there] of pairs) if (there) copyFolds(here, there);
    const focus = doc.activeElement === frame ? counterpart(document.activeElement) : null;
    scrollAs(panel);
    leave();
    focus?.focus({ preventScroll: true });
    if (document.body.classList.contains("filtering")) later ??= '.bottom-bar [data-part="filters"]';
    if (later) doc.querySelector(later)?.click();
  }

  /** Open there what is open here. */
  function copyFolds(here, there) {
    const folds = [...there.querySelectorAll("details")];
    [...here.querySelectorAll("details")].forEach(({ open }, i) => folds[i] && (folds[i].open = open));
  }

  /** Scroll the dashboard's panel, or on small screens its page, to where this page is. */
  function scrollAs(panel) {
    if (!panel) return;
    const here = part("side");
    if (here.scrollTop) panel.scrollTop = here.scrollTop;
    const main = doc.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTop = document.querySelector(".rest").scrollTop;
  }

  /** The dashboard's element that corresponds to one of this page. */
  function counterpart(el) {
    if (el === document.body) return null;
    const { id, value, name } = { ...el.dataset, value: el.value, name: el.name };
    const href = el.getAttribute("href");
    if (id) return dashboard()?.document.querySelector(`[data-id="${CSS.escape(id)}"][tabindex]`);
    if (name) return doc.querySelector(`.st-key-filters input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (href) return doc.querySelector(`.st-key-panel a[href="${CSS.escape(href)}"]`);
    return doc.querySelector(".st-key-panel h2");
  }

  /** Remove this page and show Streamlit's. */
  function leave() {
    clearInterval(timer);
    Object.assign(doc.getElementById("root"), { inert: false }).style.visibility = "";
    page.removeEventListener("popstate", host.show);
    frame.remove();
  }

  // -- starting

  let timer = 0;

  async function begin() {
    const [pages, map, evidence] = await Promise.all([names.pages, names.map, names.evidence].map(OcPage.fetchFile));
    if (dashboard()) return leave(); // it was faster
    site = OcSite.start({ version: names.version, pages, map, evidence }, host);
    page.addEventListener("popstate", host.show);
    Object.assign(doc.getElementById("root"), { inert: true }).style.visibility = "hidden"; // saves painting it
    frame.style.visibility = "";
    requestAnimationFrame(() => setTimeout(() => page.ocmapDrawn?.())); // once it is painted
    const began = performance.now();
    timer = setInterval(() => {
      const waited = performance.now() - began;
      if (isThere()) handOver();
      else if (waited > ALONE_MS) note("first_page.alone");
      else if (waited > LATE_MS) note("first_page.wait");
    }, LOOK_MS);
  }

  begin().catch((error) => {
    leave(); // Streamlit's page works without this one
    page.ocmapDrawn?.();
    throw error;
  });
})();
