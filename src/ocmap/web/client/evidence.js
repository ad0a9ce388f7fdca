/*
 * The evidence of the profile under the reader's filters, worked out in the browser: one global, OcEvidence.
 *
 *   const evidence = new OcEvidence(data)        data: what client_data.py builds
 *   evidence.state("?place=PE-PUN")              a state of the page; unknown values in the link are dropped
 *   evidence.scene({q, lang, theme})             what OcMap draws
 *   evidence.showPanel(root, html, state, lang)  a panel that was written without filters, with the filters applied
 *   OcPage.rewrite, OcPage.announce              keep the focus where HTML is replaced, and announce the change
 *   OcPage.fetchFile(name)                       the content of a published file
 *   OcPage.fill("{n} places", {n: 3})            fill the gaps of a text
 *
 * The map's frame, the page around it, the first page and the static edition share this file. filters.py, scene.py and
 * panels.py have the same rules in Python, for what the server writes; test_client_parity.py compares both.
 */
(function () {
  "use strict";

  const CHOICES = ["markets", "actors", "basis", "layers"];
  const FILTERS = ["markets", "actors", "basis"];
  const OWN = ["place", "route", ...CHOICES, "lang"];
  const NOT_IN_LINKS = ["data", "embed"]; // our links never take these from the page's address
  const NONE = "none";
  const MOST_LISTED = 6;
  const MOST_NAMED = 2;

  const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  const list = (value) => (Array.isArray(value) ? value : []);
  /** Fill a text's gaps, `{name}`, once: gaps inside a value stay as they are. */
  const fill = (words, values) => String(words).replace(/\{(\w+)\}/g, (gap, name) => (Object.hasOwn(values, name) ? values[name] : gap));
  const same = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);

  class OcEvidence {
    constructor(data) {
      const given = record(data);
      this.data = given;
      this.statements = list(given.statements);
      this.index = new Map(this.statements.map((one, i) => [one.id, i]));
      this.places = new Set(list(given.places));
      this.routes = list(given.routes);
      this.routeIds = new Set(this.routes.map((one) => one.id));
      this.markets = new Map(list(given.markets));
      this.withEvidence = new Set([...list(given.regions), ...list(given.corridors), given.country]);
      this.unfiltered = this.applyFilters({ markets: [], actors: [], basis: list(given.bases) });
      this.cache = new Map(); // the last result by name: most choices are of a place, under the same filters
    }

    /** What `make` returned for the same input the last time, or returns now. */
    cached(name, input, make) {
      const key = JSON.stringify(input);
      if (this.cache.get(name)?.key !== key) this.cache.set(name, { key, value: make() });
      return this.cache.get(name).value;
    }

    // -- the state of the page, and its link

    /** What a link asks for. Never fails, as ViewState.from_query. */
    state(query) {
      const asked = query instanceof URLSearchParams ? query : new URLSearchParams(query);
      const values = (name) => asked.getAll(name).flatMap((one) => one.split(","));
      const first = (name, known) => values(name).find((one) => known.has(one)) ?? null;
      const some = (name, known) => [...new Set(values(name))].filter((one) => known.has(one)).sort();
      const switches = (name, every, defaults) => {
        const wanted = new Set(values(name));
        const chosen = list(every).filter((one) => wanted.has(one));
        return chosen.length || wanted.has(NONE) ? chosen : list(defaults);
      };
      const { bases, layers, defaultLayers, actors } = this.data;
      const place = first("place", this.places);
      return {
        place,
        route: place === null ? first("route", this.routeIds) : null,
        markets: some("markets", this.markets),
        actors: some("actors", new Set(actors)),
        basis: switches("basis", bases, bases),
        layers: switches("layers", layers, defaultLayers),
        lang: first("lang", new Set(["es", "en"])),
      };
    }

    /** The parameters of a state, canonical: sorted, without defaults. `more` are parameters that are not of the state. */
    query(state, more) {
      const { bases, defaultLayers } = this.data;
      const defaults = { markets: [], actors: [], basis: bases, layers: defaultLayers };
      const params = new URLSearchParams(more);
      for (const name of OWN) params.delete(name);
      for (const name of ["place", "route", "lang"]) if (state[name]) params.append(name, state[name]);
      for (const name of CHOICES) {
        if (same(state[name], defaults[name])) continue;
        for (const one of state[name].length ? state[name] : [NONE]) params.append(name, one);
      }
      params.sort();
      return params;
    }

    isFiltered(state) {
      return state.markets.length > 0 || state.actors.length > 0 || !same(state.basis, this.data.bases);
    }

    // -- filters

    /** The statements at each place that pass the filters, with the rank of their basis, and the routes. */
    filtered(state) {
      return this.cached("filtered", this.filtersOf(state), () => this.applyFilters(state));
    }

    filtersOf(state) {
      return FILTERS.map((name) => state[name]);
    }

    applyFilters({ markets, actors, basis }) {
      const wanted = new Set(markets);
      const who = new Set(actors);
      const bases = new Set(basis.map((one) => this.data.bases.indexOf(one)));
      const market = (own) => !wanted.size || own.some((one) => wanted.has(one));
      const actor = (own) => !who.size || own.some((one) => who.has(one));
      const passes = this.statements.map((one) => market(one.markets) && actor(one.actors));
      const byPlace = new Map();
      const shown = new Set();
      for (const [place, rows] of Object.entries(record(this.data.byPlace))) {
        const left = rows.filter(([one, rank]) => passes[one] && bases.has(rank));
        if (left.length) byPlace.set(place, new Map(left));
        for (const [one] of left) shown.add(one);
      }
      const routes = this.routes.filter((one) => market([one.market]) && actor(one.actors));
      return { byPlace, shown, routes };
    }

    of(filtered, place) {
      return filtered.byPlace.get(place) ?? new Map();
    }

    /** How many statements on a market a place has on one of these bases, given as ranks. */
    countOnMarkets(filtered, place, ranks) {
      let n = 0;
      for (const [one, rank] of this.of(filtered, place)) if (ranks.includes(rank) && this.statements[one].markets.length) n += 1;
      return n;
    }

    countDirect(filtered, place) {
      return this.countOnMarkets(filtered, place, this.data.direct);
    }

    /** The stronger of border and area on which a place has statements, or undefined. */
    indirectBasis(filtered, place) {
      const rank = this.data.indirect.find((one) => this.countOnMarkets(filtered, place, [one]));
      return rank === undefined ? undefined : this.data.bases[rank];
    }

    // -- the scene

    /** What the map shows, as scene.py builds it. `contentKey` is the same where only the selection differs. */
    scene({ q, lang, theme }) {
      const state = this.state(q);
      const key = [lang, theme, ...CHOICES.map((name) => state[name])];
      const content = this.cached("content", key, () => ({
        ...this.content(state),
        lang,
        theme,
        contentKey: JSON.stringify(key),
      }));
      const near = list(this.data.near[state.place]);
      const marked = (all) => {
        const own = near.filter((id) => Object.hasOwn(all, id));
        return own.length ? { ...all, ...Object.fromEntries(own.map((id) => [id, { ...all[id], near: true }])) } : all;
      };
      const selected = state.place ? { kind: "place", id: state.place } : state.route ? { kind: "route", id: state.route } : null;
      return { ...content, selected, corridors: marked(content.corridors), routes: marked(content.routes) };
    }

    /** What is drawn under the filters and layers, whatever is selected. */
    content(state) {
      const { data } = this;
      const filtered = this.filtered(state);
      const left = (ids) => ids.filter((one) => filtered.shown.has(one)).length;
      const counted = (entries) => entries.filter(([, n]) => n).map(([id, n]) => [id, { n }]);
      const regions = list(data.regions).map((id) => [id, this.region(filtered, id)]).filter(([, counts]) => counts);
      const sites = counted(Object.entries(data.sites).map(([id, { statements }]) => [id, left(statements)]));
      const responses = counted(Object.entries(data.responses).map(([id, statements]) => [`response/${id}`, left(statements)]));
      const scene = {
        layers: state.layers,
        regions: Object.fromEntries(regions),
        corridors: Object.fromEntries(data.corridors.map((id) => [id, { n: this.countDirect(filtered, id) }])),
        routes: Object.fromEntries(filtered.routes.filter((one) => one.hasLine).map(({ id }) => [id, {}])),
        sites: Object.fromEntries(sites),
        tripoints: Object.fromEntries(data.tripoints.map((id) => [id, {}])),
        responses: Object.fromEntries(responses),
        routesWithoutLine: state.layers.includes("routes") ? filtered.routes.filter((one) => !one.hasLine).map(({ id }) => id).sort() : [],
      };
      return { ...scene, legend: this.legend(filtered, scene) };
    }

    /** A region's counts; null where the profile has no statement at all. */
    region(filtered, id) {
      const n = this.countDirect(filtered, id);
      const counts = n ? { n, level: this.data.levels.filter((low) => n >= low).length } : {};
      for (const rank of this.data.indirect) {
        const wider = this.countOnMarkets(filtered, id, [rank]);
        if (wider) counts[this.data.bases[rank]] = wider;
      }
      const indirect = this.indirectBasis(filtered, id);
      if (indirect) counts.indirect = indirect;
      if (Object.keys(counts).length) return !n && this.countDirect(this.unfiltered, id) ? { ...counts, hidden: true } : counts;
      if (!this.of(this.unfiltered, id).size) return null;
      return this.drawable(id) ? { hidden: true } : { unmarked: true };
    }

    /** Whether a region would have colour or hatching without any filter. */
    drawable(id) {
      return Boolean(this.countDirect(this.unfiltered, id) || this.indirectBasis(this.unfiltered, id));
    }

    /** What the legend must explain: what is drawn, and nothing else. */
    legend(filtered, scene) {
      const { data } = this;
      const on = (layer) => scene.layers.includes(layer);
      const rows = [];
      if (on("regions")) {
        const counts = data.regions.map((id) => [id, record(scene.regions[id])]);
        if (counts.some(([, { n }]) => n)) rows.push("levels");
        const bases = data.indirect.map((rank) => data.bases[rank]);
        rows.push(...bases.filter((basis) => counts.some(([, { indirect }]) => indirect === basis)));
        const empty = counts.filter(([, { n, indirect }]) => !n && !indirect);
        if (empty.length) rows.push(empty.some(([id]) => this.drawable(id)) ? "filtered" : "blank");
      }
      const drawn = filtered.routes.filter((one) => one.hasLine);
      if (on("routes") && drawn.length) rows.push("schematic", ...(drawn.some((one) => one.hollow) ? ["hollow"] : []));
      if (on("corridors")) rows.push("corridor");
      if (on("sites")) {
        const approximate = new Set(Object.keys(scene.sites).map((id) => data.sites[id].approximate));
        rows.push(...(approximate.has(false) ? ["site"] : []), ...(approximate.has(true) ? ["rough"] : []));
      }
      if (on("tripoints")) rows.push("tripoint");
      if (on("responses") && Object.keys(scene.responses).length) rows.push("response");
      return rows;
    }

    // -- words

    words(lang) {
      return record(record(this.data.words)[lang]);
    }

    counted(lang, key, n) {
      return fill(this.words(lang)[`${key}.${n === 1 ? "one" : "other"}`], { n });
    }

    /** The line above the map, as map_caption.py writes it. */
    caption(state, lang) {
      return this.cached("caption", [lang, this.filtersOf(state)], () => this.writeCaption(state, lang));
    }

    writeCaption(state, lang) {
      const words = this.words(lang);
      const filtered = this.filtered(state);
      const { regions, country } = this.data;
      const named = regions.filter((id) => this.countDirect(filtered, id)).length;
      const implied = regions.filter((id) => !this.countDirect(filtered, id) && this.indirectBasis(filtered, id)).length;
      const parts = [named ? this.counted(lang, "caption.named", named) : words["caption.named_none"]];
      if (implied) parts.push(this.counted(lang, "caption.implied", implied));
      if (state.actors.length || !same(state.basis, this.data.bases)) parts.push(words["caption.filtered"]);
      const national = this.of(filtered, country).size;
      return [
        `${this.marketsOf(state, lang)}: ${parts.join(", ")}.`,
        national ? this.counted(lang, "caption.national_more", national) : "",
        filtered.byPlace.size ? "" : words["caption.nothing_shown"],
      ]
        .filter(Boolean)
        .join(" ");
    }

    marketsOf({ markets }, lang) {
      const words = this.words(lang);
      if (!markets.length) return words["caption.all_markets"];
      if (markets.length > MOST_NAMED) return fill(words["caption.markets"], { n: markets.length });
      const [first, second] = markets.map((id) => this.markets.get(id)[lang]);
      if (!second) return first;
      const lowered = second[0].toLowerCase() + second.slice(1);
      const joint = lang === "en" ? "and" : /^(i|í|hi|hí)/.test(lowered) && !/^(hie|hia|ie|io)/.test(lowered) ? "e" : "y";
      return `${first} ${joint} ${lowered}`;
    }

    // -- a panel

    /**
     * Write a panel that was made without filters, and hide what they leave out. What filters can add (a statement under
     * another of its markets) is already in it, hidden.
     */
    showPanel(root, html, state, lang, more) {
      root.innerHTML = html;
      this.address(root, state, more);
      if (!this.isFiltered(state)) return;
      const article = root.querySelector("article[data-id]");
      if (article && article.dataset.id === "") this.fillStart(article, state);
      else if (article) this.fillPlace(article, state, lang);
    }

    /** Links keep the language; those with `data-keep` also the layers, and the filters unless it says "layers". */
    address(root, state, more) {
      const whole = this.query({ ...state, place: null, route: null }, more);
      for (const name of NOT_IN_LINKS) whole.delete(name);
      const bare = new URLSearchParams(whole);
      for (const name of FILTERS) bare.delete(name);
      const languageOnly = new URLSearchParams(state.lang ? { lang: state.lang } : {});
      if (!String(whole)) return;
      for (const link of root.querySelectorAll("a[data-go]")) {
        const [, query, end] = link.getAttribute("href").match(/^\?([^#]*)(#?.*)$/) ?? [];
        if (query === undefined) continue;
        const merged = new URLSearchParams(query);
        const inherited = { "": whole, layers: bare }[link.getAttribute("data-keep")] ?? languageOnly;
        for (const name of new Set(inherited.keys())) if (!merged.has(name)) for (const one of inherited.getAll(name)) merged.append(name, one);
        merged.sort();
        link.setAttribute("href", `?${merged}${end}`);
      }
    }

    fillPlace(article, state, lang) {
      const id = article.dataset.id;
      const filtered = this.filtered(state);
      const here = this.of(filtered, id);
      const withEvidence = this.withEvidence.has(id); // else it is a site or another place
      const passes = (one) => (withEvidence ? here.has(one) : filtered.shown.has(one));
      const cards = [...article.querySelectorAll("li[data-statement]")].map((el) => ({ el, one: this.index.get(el.dataset.statement) }));
      const numbers = new Map();
      for (const { el, one } of cards) {
        el.hidden = !passes(one) || el.dataset.market !== this.homeMarket(one, state.markets);
        if (el.hidden) continue;
        numbers.set(one, numbers.size + 1);
        el.querySelector(".no").textContent = numbers.size;
      }
      const total = withEvidence ? this.of(this.unfiltered, id).size : new Set(cards.map(({ one }) => one)).size;
      const found = withEvidence ? here.size : numbers.size;
      this.fillSections(article, lang);
      this.fillNotes(article, numbers);
      for (const el of article.querySelectorAll(".sum")) el.hidden = !found && total > 0;
      for (const el of article.querySelectorAll("[data-basis]")) {
        const rank = this.data.bases.indexOf(el.dataset.basis);
        const n = el.dataset.basis === "national" ? this.of(filtered, this.data.country).size : [...here.values()].filter((own) => own === rank).length;
        el.classList.toggle("zero", !n);
        el.querySelector("b").textContent = n;
      }
      const withoutMarket = [...numbers.keys()].filter((one) => !this.statements[one].markets.length).length;
      this.writeLine(article, "without_market", withoutMarket ? this.counted(lang, "panel.without_market", withoutMarket) : "");
      this.writeLine(article, "hidden", this.hiddenBy(lang, total, found));
      const national = this.of(filtered, this.data.country).size;
      this.writeLine(article, "national", national ? fill(this.words(lang)["panel.national"], { n: national }) : "");
      for (const el of article.querySelectorAll(".src")) el.hidden = !numbers.size;
      for (const nav of article.querySelectorAll("nav:has([data-route])")) {
        const shown = new Set(filtered.routes.map((one) => one.id));
        const links = [...nav.querySelectorAll("[data-route]")];
        for (const el of links) el.hidden = !shown.has(el.dataset.route);
        nav.hidden = links.every((el) => el.hidden);
      }
      const announced = article.parentElement.querySelector("[data-announce]");
      if (announced) announced.textContent = `${article.querySelector("h2").textContent}: ${this.counted(lang, "panel.opened", found)}`;
    }

    /** The market under which a statement is listed, as statement_cards.primary_market. */
    homeMarket(one, chosen) {
      const { topic, markets } = this.statements[one];
      const left = markets.filter((id) => chosen.includes(id));
      const some = left.length ? left : markets;
      return some.includes(topic) || !some.length ? topic : some[0];
    }

    fillSections(article, lang) {
      for (const section of article.querySelectorAll("section:has(li[data-statement])")) {
        const n = section.querySelectorAll("li[data-statement]:not([hidden])").length;
        section.hidden = !n;
        const note = section.querySelector("h3 small");
        note.textContent = `${note.textContent.split(" · ")[0]} · ${this.counted(lang, "count.statements", n)}`;
      }
      for (const title of article.querySelectorAll("h3.wide")) title.hidden = !article.querySelector("h3.wide ~ section:not([hidden])");
    }

    /** Number the cards that each part of the summary refers to. */
    fillNotes(article, numbers) {
      for (const sup of article.querySelectorAll("sup[data-statements]")) {
        const own = sup.dataset.statements.split(" ").map((id) => numbers.get(this.index.get(id))).filter(Boolean).sort((a, b) => a - b);
        const runs = [];
        for (const n of own) {
          const last = runs[runs.length - 1];
          if (last && n === last[1] + 1) last[1] = n;
          else runs.push([n, n]);
        }
        sup.textContent = runs.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(", ");
        sup.hidden = !runs.length;
      }
    }

    hiddenBy(lang, total, found) {
      if (total === found) return "";
      if (!found && total > 1) return fill(this.words(lang)["panel.hidden_all"], { n: total });
      return this.counted(lang, "panel.hidden", total - found);
    }

    /** Write a line, or hide it where it has no text. */
    writeLine(article, name, text) {
      for (const el of article.querySelectorAll(`[data-line="${name}"]`)) {
        el.hidden = !text;
        el.querySelector("span").textContent = text;
      }
    }

    /** List the places with the most statements under the filters. */
    fillStart(article, state) {
      const filtered = this.filtered(state);
      const items = [...article.querySelectorAll("li[data-place]")];
      const counts = items.map((el) => ({ el, n: this.countDirect(filtered, el.dataset.place), name: el.dataset.name }));
      const compare = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
      counts.sort((a, b) => b.n - a.n || compare(a, b));
      counts.forEach(({ el, n }, i) => {
        el.hidden = !n || i >= MOST_LISTED;
        el.querySelector("small").textContent = n;
        el.parentElement.append(el);
      });
    }

    // -- the filters

    /** Set the checkboxes of the filters to a state, with their counts. */
    showFilters(root, state, lang, more) {
      const words = this.words(lang);
      const { markets, bases } = this.cached("boxes", this.filtersOf(state), () => ({
        markets: this.perMarket(this.filtered({ ...state, markets: [] })),
        bases: this.perBasis(this.filtered({ ...state, basis: this.data.bases })),
      }));
      for (const box of root.querySelectorAll("input[name]")) {
        box.checked = state[box.name].includes(box.value);
        const count = box.parentElement.querySelector("small");
        if (count) count.textContent = (box.name === "markets" ? markets : bases).get(box.value) ?? 0;
      }
      const note = (name, chosen, all, some) => {
        const el = root.querySelector(`[data-note="${name}"]`);
        if (el) el.textContent = chosen.length ? fill(some, { n: chosen.length }) : all;
      };
      note("markets", state.markets, words["filters.markets_all"], words["filters.markets_some"]);
      note("actors", state.actors, words["filters.actors_all"], words["filters.actors_some"]);
      const clear = root.querySelector("[data-clear]");
      if (!clear) return;
      clear.hidden = !this.isFiltered(state);
      const whole = { ...state, markets: [], actors: [], basis: this.data.bases };
      const params = this.query(whole, more);
      const version = new URLSearchParams(clear.getAttribute("href")).get("data");
      if (version) params.set("data", version);
      params.sort();
      clear.setAttribute("href", `?${params}`);
    }

    perMarket(filtered) {
      const counts = new Map();
      for (const one of filtered.shown) for (const id of this.statements[one].markets) counts.set(id, (counts.get(id) ?? 0) + 1);
      return counts;
    }

    perBasis(filtered) {
      const sets = new Map(this.data.bases.map((basis) => [basis, new Set()]));
      for (const found of filtered.byPlace.values()) for (const [one, rank] of found) sets.get(this.data.bases[rank]).add(one);
      return new Map([...sets].map(([basis, ids]) => [basis, ids.size]));
    }

    /** The query after a change of the checkboxes; `query` is the one before. */
    static chosen(root, query) {
      const params = new URLSearchParams(query);
      for (const name of CHOICES) {
        params.delete(name);
        const values = [...root.querySelectorAll(`input[name="${name}"]`)].filter((box) => box.checked).map((box) => box.value);
        for (const one of values.length ? values : [NONE]) params.append(name, one);
      }
      return String(params);
    }
  }

  // -- HTML that is replaced

  /** Write into an element; the focus stays on its link, or goes to the first element with a tabindex. */
  function rewrite(root, write) {
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    const href = focused?.getAttribute("href");
    write();
    if (!focused || focused.isConnected) return;
    const again = href && root.querySelector(`[href="${CSS.escape(href)}"]`);
    (again || root.querySelector("[tabindex]"))?.focus({ preventScroll: !!again });
  }

  /** Set the page's title, and move the text to announce into a live region that stays: screen readers ignore a new one. */
  function announce(root) {
    const source = root.querySelector("[data-announce]");
    if (!source) return;
    source.remove();
    if (source.dataset.title) setTimeout(() => (document.title = source.dataset.title)); // slower than writing the panel
    root.live ??= Object.assign(document.createElement("p"), { className: "oc-say", role: "status" });
    if (!root.live.isConnected) root.after(root.live);
    if (root.live.textContent !== source.textContent) root.live.textContent = source.textContent;
  }

  /** The content of a file published beside the page: JSON, compressed with gzip where its name ends so. */
  async function fetchFile(name) {
    const response = await fetch(new URL(`app/static/${name}`, document.baseURI));
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    if (!name.endsWith(".gz")) return response.json();
    return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
  }

  globalThis.OcEvidence = OcEvidence;
  globalThis.OcPage = { rewrite, announce, fill, fetchFile };
})();
