/*
 * Map, filters and panel as one page without Streamlit: one global, OcSite.
 *
 *   OcSite.start(content, host)   content: version, map, evidence, pages (HTML by language and by the id of its part)
 *                                 host: see below; returns what the host may use
 *
 * The static edition (edition.js) and the dashboard's first page (first.js) are hosts. A host stores the state in the
 * address and provides the panels:
 *
 *   params()         the parameters in the address
 *   go(params)       put them into the address, then call `show`, at once or by an event
 *   link(query)      the href of a link to a state
 *   panels(lang)     the panels of a language if they are loaded; otherwise load them, call `show`, return undefined
 *   missing(lang)    whether they could not be loaded
 *   adaptLinks(root) change links that have just been written
 */
(function () {
  "use strict";

  const { OcEvidence, OcPage, OcMap, L } = globalThis;
  const part = (id) => document.getElementById(id);

  function start(content, host) {
    const evidence = new OcEvidence(content.evidence);
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const browserLang = /^en\b/i.test(navigator.language) ? "en" : "es";
    const now = { params: new URLSearchParams(), state: null, lang: "" };

    function go(state) {
      const params = evidence.query(state);
      params.set("data", content.version);
      params.sort();
      host.go(params);
    }

    /** Show the state that the address holds. */
    function show() {
      now.params = host.params();
      now.state = evidence.state(now.params);
      const lang = now.state.lang ?? browserLang;
      if (lang !== now.lang) writePage(lang);
      evidence.showFilters(part("filters"), now.state, lang);
      host.adaptLinks(part("filters"));
      part("tally").textContent = evidence.caption(now.state, lang);
      for (const link of document.querySelectorAll("[data-lang]")) link.href = host.link(evidence.query({ ...now.state, lang: link.lang }));
      showMap();
      showNotice();
      showPanel();
    }

    /** Write what depends on the language only. */
    function writePage(lang) {
      now.lang = lang;
      document.documentElement.lang = lang;
      const focused = document.activeElement?.closest("[data-lang]");
      for (const [id, html] of Object.entries(content.pages[lang])) part(id).innerHTML = html;
      const own = document.querySelector(`[data-lang][lang="${lang}"]`);
      own.setAttribute("aria-current", "true");
      if (focused) own.focus();
      document.querySelector("[data-skip]").addEventListener("click", (event) => {
        event.preventDefault(); // the fragment may hold the state of the page
        part("panel").querySelector("h2")?.focus();
      });
      document.querySelector("[data-goto]").addEventListener("change", ({ target }) => {
        go({ ...now.state, place: target.value || null, route: null });
        target.value = "";
      });
    }

    function showMap() {
      OcMap.show({ q: String(evidence.query(now.state)), lang: now.lang, theme: dark.matches ? "dark" : "light" });
    }

    /** Tell what a link asks for that these data do not have, or that it was made with another version. */
    function showNotice() {
      const words = evidence.words(now.lang);
      const understood = evidence.query(now.state);
      const unknown = ["place", "route", "markets", "actors"].filter((name) => now.params.get(name) && !understood.has(name));
      const old = now.params.get("data");
      const lines = [
        old && old !== content.version && /^\d{1,4}(\.\d{1,4}){2}$/.test(old)
          ? OcPage.fill(words["notice.version"], { old, new: content.version })
          : "",
        unknown.length ? OcPage.fill(words["notice.dropped"], { names: unknown.sort().join(", ") }) : "",
      ].filter(Boolean);
      part("notice").hidden = !lines.length;
      part("notice").textContent = lines.join(" ");
    }

    function showPanel() {
      const { lang, state } = now;
      const root = part("panel");
      const panels = host.panels(lang);
      if (panels) {
        OcPage.rewrite(root, () => evidence.showPanel(root, panels[state.place ?? state.route ?? ""], state, lang));
        OcPage.announce(root);
        host.adaptLinks(root);
      } else if (host.missing(lang)) root.textContent = evidence.words(lang)["light_edition.missing"];
    }

    const map = L.map("map", { center: [-9.2, -75], zoom: 5, zoomControl: false });
    const onSelect = ({ kind, id }) => go({ ...now.state, place: kind === "place" ? id : null, route: kind === "route" ? id : null });
    OcMap.start(map, { data: content.map, evidence: content.evidence, onSelect });
    part("filters").addEventListener("change", () => go(evidence.state(OcEvidence.chosen(part("filters"), String(evidence.query(now.state))))));
    dark.addEventListener("change", showMap);
    host.show = show;
    show();
    return { now, evidence };
  }

  globalThis.OcSite = { start };
})();
