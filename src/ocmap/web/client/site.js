/*
 * Map, filters and panel as one page without Streamlit: one global, OcSite.
 *
 *   OcSite.start(told, host)   told: version, map, reading, pages (HTML by language and by the id of its part)
 *                              host: what the page stands on, see below; returns what the host may ask
 *
 * The static edition (edition.js) and the dashboard's first page (first.js) are hosts. A host says where the state
 * stands and where the panels come from:
 *
 *   asked()          the parameters that the address holds
 *   go(params)       put them into the address; `show` is to be called then, now or by an event
 *   link(query)      what a link to a state says
 *   panels(lang)     the panels of a language if they are here; otherwise fetch them, call `show`, return undefined
 *   missing(lang)    whether they could not be fetched
 *   settle(root)     what becomes of links that have just been written
 */
(function () {
  "use strict";

  const { OcReading, OcPage, OcMap, L } = globalThis;
  const part = (id) => document.getElementById(id);

  function start(told, host) {
    const reading = new OcReading(told.reading);
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const usual = /^en\b/i.test(navigator.language) ? "en" : "es";
    const now = { asked: new URLSearchParams(), state: null, lang: "" };

    function go(state) {
      const params = reading.query(state);
      params.set("data", told.version);
      params.sort();
      host.go(params);
    }

    /** Take over the address and show it. */
    function show() {
      now.asked = host.asked();
      now.state = reading.state(now.asked);
      const lang = now.state.lang ?? usual;
      if (lang !== now.lang) speak(lang);
      reading.showFilters(part("filters"), now.state, lang);
      host.settle(part("filters"));
      part("tally").textContent = reading.tally(now.state, lang);
      for (const link of document.querySelectorAll("[data-lang]")) link.href = host.link(reading.query({ ...now.state, lang: link.lang }));
      tell();
      notice();
      showPanel();
    }

    /** Write whatever does not depend on the state but its language. */
    function speak(lang) {
      now.lang = lang;
      document.documentElement.lang = lang;
      const held = document.activeElement?.closest("[data-lang]");
      for (const [id, html] of Object.entries(told.pages[lang])) part(id).innerHTML = html;
      const own = document.querySelector(`[data-lang][lang="${lang}"]`);
      own.setAttribute("aria-current", "true");
      if (held) own.focus();
      document.querySelector("[data-skip]").addEventListener("click", (event) => {
        event.preventDefault(); // the fragment may be the state of the page
        part("panel").querySelector("h2")?.focus();
      });
      document.querySelector("[data-goto]").addEventListener("change", ({ target }) => {
        go({ ...now.state, place: target.value || null, route: null });
        target.value = "";
      });
    }

    function tell() {
      OcMap.show({ q: String(reading.query(now.state)), lang: now.lang, theme: dark.matches ? "dark" : "light" });
    }

    /** Say what the link asked for that these data do not have, or that it was made with other data. */
    function notice() {
      const words = reading.words(now.lang);
      const understood = reading.query(now.state);
      const lacking = ["place", "route", "markets", "actors"].filter((name) => now.asked.get(name) && !understood.has(name));
      const old = now.asked.get("data");
      const lines = [
        old && old !== told.version && /^\d{1,4}(\.\d{1,4}){2}$/.test(old)
          ? OcPage.fill(words["notice.version"], { old, new: told.version })
          : "",
        lacking.length ? OcPage.fill(words["notice.dropped"], { names: lacking.sort().join(", ") }) : "",
      ].filter(Boolean);
      part("notice").hidden = !lines.length;
      part("notice").textContent = lines.join(" ");
    }

    function showPanel() {
      const { lang, state } = now;
      const root = part("panel");
      const panels = host.panels(lang);
      if (panels) {
        OcPage.rewrite(root, () => reading.showPanel(root, panels[state.place ?? state.route ?? ""], state, lang));
        OcPage.say(root);
        host.settle(root);
      } else if (host.missing(lang)) root.textContent = reading.words(lang)["light_edition.missing"];
    }

    const map = L.map("map", { center: [-9.2, -75], zoom: 5, zoomControl: false });
    const onSelect = ({ kind, id }) => go({ ...now.state, place: kind === "place" ? id : null, route: kind === "route" ? id : null });
    OcMap.start(map, { data: told.map, reading: told.reading, onSelect });
    part("filters").addEventListener("change", () => go(reading.state(OcReading.chosen(part("filters"), String(reading.query(now.state))))));
    dark.addEventListener("change", tell);
    host.show = show;
    show();
    return { now, reading };
  }

  globalThis.OcSite = { start };
})();
