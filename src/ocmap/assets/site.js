/*
 * The static edition: the map, the filters and the panel on one page whose state is the address's fragment.
 *
 * OCMAP holds the data (data.js); the panels of a language come in a script of their own. Everything is a classic script,
 * so that the page opens from a disk as well, where a browser fetches nothing.
 */
(function () {
  "use strict";

  const { OCMAP, OcReading, OcPage, OcMap, L } = globalThis;
  const reading = new OcReading(OCMAP.reading);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const usual = /^en\b/i.test(navigator.language) ? "en" : "es";
  const part = (id) => document.getElementById(id);
  const now = { asked: new URLSearchParams(), state: null, lang: "" };

  function go(state) {
    const params = reading.query(state);
    params.set("data", OCMAP.version);
    params.sort();
    location.hash = params;
  }

  /** Take over the address and show it. */
  function show() {
    now.asked = new URLSearchParams(location.hash.slice(1));
    now.state = reading.state(now.asked);
    const lang = now.state.lang ?? usual;
    if (lang !== now.lang) speak(lang);
    reading.showFilters(part("filters"), now.state, lang);
    stay(part("filters"));
    part("tally").textContent = reading.tally(now.state, lang);
    for (const link of document.querySelectorAll("[data-lang]")) link.href = `#${reading.query({ ...now.state, lang: link.lang })}`;
    tell();
    notice();
    showPanel();
  }

  /** Write whatever does not depend on the state but its language. */
  function speak(lang) {
    now.lang = lang;
    document.documentElement.lang = lang;
    const held = part("top").contains(document.activeElement);
    for (const [id, html] of Object.entries(OCMAP.pages[lang])) part(id).innerHTML = html;
    const own = document.querySelector(`[data-lang][lang="${lang}"]`);
    own.setAttribute("aria-current", "true");
    if (held) own.focus();
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      event.preventDefault(); // the fragment is the state of the page
      part("panel").querySelector("h2")?.focus();
    });
    document.querySelector("[data-goto]").addEventListener("change", ({ target }) => {
      go({ ...now.state, place: target.value || null, route: null });
      target.value = "";
    });
  }

  function tell() {
    const theme = dark.matches ? "dark" : "light";
    OcMap.show({ q: String(reading.query(now.state)), lang: now.lang, theme });
  }

  /** Say what the link asked for that these data do not have, or that it was made with other data. */
  function notice() {
    const words = reading.words(now.lang);
    const understood = reading.query(now.state);
    const lacking = ["place", "route", "markets", "actors"].filter((name) => now.asked.get(name) && !understood.has(name));
    const old = now.asked.get("data");
    const lines = [
      old && old !== OCMAP.version && /^\d{1,4}(\.\d{1,4}){2}$/.test(old)
        ? OcPage.fill(words.notice_version, { old, new: OCMAP.version })
        : "",
      lacking.length ? OcPage.fill(words.notice_dropped, { names: lacking.sort().join(", ") }) : "",
    ].filter(Boolean);
    part("notice").hidden = !lines.length;
    part("notice").textContent = lines.join(" ");
  }

  // -- the panel

  function showPanel() {
    const { lang, state } = now;
    const panels = OCMAP.panels[lang];
    if (!panels) return fetchPanels(lang);
    const root = part("panel");
    OcPage.rewrite(root, () => reading.showPanel(root, panels[state.place ?? state.route ?? ""], state, lang));
    OcPage.say(root);
    stay(root);
  }

  function fetchPanels(lang) {
    if (document.querySelector(`script[data-panels="${lang}"]`)) return;
    const script = document.createElement("script");
    script.src = OCMAP.files[lang];
    script.dataset.panels = lang;
    script.addEventListener("load", () => now.lang === lang && showPanel());
    script.addEventListener("error", () => {
      script.remove(); // the next choice tries again
      part("panel").textContent = reading.words(now.lang).st_missing;
    });
    document.head.append(script);
  }

  /** Links of ours lead to fragments of this page; those to what only the dashboard has are taken out. */
  function stay(root) {
    for (const link of root.querySelectorAll("a[data-go]")) {
      const href = link.getAttribute("href");
      if (/[?&](view|tour)=|#/.test(href.replace(/^#/, ""))) (link.closest("li, p") ?? link).remove();
      else link.setAttribute("href", href.replace(/^\?/, "#"));
    }
    for (const nav of root.querySelectorAll("nav:not(:has(a))")) nav.remove();
  }

  // -- starting

  const map = L.map("map", { center: [-9.2, -75], zoom: 5, zoomControl: false });
  const onSelect = ({ kind, id }) => go({ ...now.state, place: kind === "place" ? id : null, route: kind === "route" ? id : null });
  OcMap.start(map, { data: OCMAP.map, reading: OCMAP.reading, onSelect });
  part("filters").addEventListener("change", () => go(reading.state(OcReading.chosen(part("filters"), String(reading.query(now.state))))));
  dark.addEventListener("change", tell);
  addEventListener("hashchange", show);
  show();
})();
