/*
 * The profile as the reader's filters leave it, worked out in the browser: one global, OcReading.
 *
 *   const reading = new OcReading(data)       data: what browser.py builds
 *   reading.state("?place=PE-PUN")            a state of the page; whatever is unknown in the link is dropped
 *   reading.scene({q, lang, theme})           what OcMap draws
 *   reading.showPanel(root, html, state, lang)   a panel that was written for no filters, as the filters leave it
 *   OcPage.rewrite, OcPage.say                keep the focus where HTML is drawn anew, and read out what it says
 *   OcPage.fetchFile(name)                    what a published file holds
 *   OcPage.fill("{n} places", {n: 3})         fill the gaps of a text
 *
 * The map's frame, the page around it, the first page and the static edition share it. query.py, layers.py and panel.py
 * say the same in Python, for whatever the server writes; tests hold both against each other.
 */
(function () {
  "use strict";

  const CHOICES = ["markets", "actors", "basis", "layers"];
  const FILTERS = ["markets", "actors", "basis"];
  const OWN = ["place", "route", ...CHOICES, "lang"];
  const PASSING = ["data", "embed"]; // what a link of ours never takes over from the page's address
  const NONE = "none";
  const MOST_READ = 6;
  const MOST_NAMED = 2;

  const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  const list = (value) => (Array.isArray(value) ? value : []);
  /** Fill a text's gaps, `{name}`, once: what is put in stands there as it is, whatever it holds. */
  const fill = (words, values) => String(words).replace(/\{(\w+)\}/g, (gap, name) => (Object.hasOwn(values, name) ? values[name] : gap));
  const same = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);

  class OcReading {
    constructor(data) {
      const given = record(data);
      this.data = given;
      this.statements = list(given.statements);
      this.index = new Map(this.statements.map((one, i) => [one.id, i]));
      this.places = new Set(list(given.places));
      this.routes = list(given.routes);
      this.routeIds = new Set(this.routes.map((one) => one.id));
      this.markets = new Map(list(given.markets));
      this.reached = new Set([...list(given.regions), ...list(given.corridors), given.country]);
      this.everything = this.work({ markets: [], actors: [], basis: list(given.bases) });
      this.said = new Map(); // what was worked out last, by what it is: most choices are of a place, under the same filters
    }

    /** What `make` returns, made again only where what it is made of has changed. */
    once(name, given, make) {
      const key = JSON.stringify(given);
      if (this.said.get(name)?.key !== key) this.said.set(name, { key, value: make() });
      return this.said.get(name).value;
    }

    // -- the state of the page, and its link

    /** What a link asks for; total, as ViewState.from_query is. */
    state(query) {
      const asked = query instanceof URLSearchParams ? query : new URLSearchParams(query);
      const values = (name) => asked.getAll(name).flatMap((one) => one.split(","));
      const first = (name, known) => values(name).find((one) => known.has(one)) ?? null;
      const some = (name, known) => [...new Set(values(name))].filter((one) => known.has(one)).sort();
      const switches = (name, every, usual) => {
        const said = new Set(values(name));
        const chosen = list(every).filter((one) => said.has(one));
        return chosen.length || said.has(NONE) ? chosen : list(usual);
      };
      const { bases, layers, on, actors } = this.data;
      const place = first("place", this.places);
      return {
        place,
        route: place === null ? first("route", this.routeIds) : null,
        markets: some("markets", this.markets),
        actors: some("actors", new Set(actors)),
        basis: switches("basis", bases, bases),
        layers: switches("layers", layers, on),
        lang: first("lang", new Set(["es", "en"])),
      };
    }

    /** The parameters of a state: canonical, sorted, without what is usual; `more` are those that are none of ours. */
    query(state, more) {
      const { bases, on } = this.data;
      const usual = { markets: [], actors: [], basis: bases, layers: on };
      const params = new URLSearchParams(more);
      for (const name of OWN) params.delete(name);
      for (const name of ["place", "route", "lang"]) if (state[name]) params.append(name, state[name]);
      for (const name of CHOICES) {
        if (same(state[name], usual[name])) continue;
        for (const one of state[name].length ? state[name] : [NONE]) params.append(name, one);
      }
      params.sort();
      return params;
    }

    isFiltered(state) {
      return state.markets.length > 0 || state.actors.length > 0 || !same(state.basis, this.data.bases);
    }

    // -- what the filters leave

    /** The statements left at each place, each with the rank of its basis, and the routes. */
    read(state) {
      return this.once("read", this.filters(state), () => this.work(state));
    }

    filters(state) {
      return FILTERS.map((name) => state[name]);
    }

    work({ markets, actors, basis }) {
      const wanted = new Set(markets);
      const who = new Set(actors);
      const bases = new Set(basis.map((one) => this.data.bases.indexOf(one)));
      const market = (own) => !wanted.size || own.some((one) => wanted.has(one));
      const actor = (own) => !who.size || own.some((one) => who.has(one));
      const passes = this.statements.map((one) => market(one.markets) && actor(one.actors));
      const reach = new Map();
      const shown = new Set();
      for (const [place, rows] of Object.entries(record(this.data.reach))) {
        const left = rows.filter(([one, rank]) => passes[one] && bases.has(rank));
        if (left.length) reach.set(place, new Map(left));
        for (const [one] of left) shown.add(one);
      }
      const routes = this.routes.filter((one) => market([one.market]) && actor(one.actors));
      return { reach, shown, routes };
    }

    of(reading, place) {
      return reading.reach.get(place) ?? new Map();
    }

    /** How many statements on a market reach a place on one of these bases. */
    count(reading, place, ranks) {
      let n = 0;
      for (const [one, rank] of this.of(reading, place)) if (ranks.includes(rank) && this.statements[one].markets.length) n += 1;
      return n;
    }

    tint(reading, place) {
      return this.count(reading, place, this.data.tinting);
    }

    /** The stronger of border and area on which a place is reached, or undefined. */
    hatch(reading, place) {
      const rank = this.data.hatching.find((one) => this.count(reading, place, [one]));
      return rank === undefined ? undefined : this.data.bases[rank];
    }

    // -- the scene

    /**
     * What the map is told: see layers.build_scene. `ground` stands for all that does not change with the selection.
     */
    scene({ q, lang, theme }) {
      const { data } = this;
      const state = this.state(q);
      const given = [lang, theme, ...CHOICES.map((name) => state[name])];
      const ground = this.once("ground", given, () => ({ ...this.drawn(state), lang, theme, ground: JSON.stringify(given) }));
      const near = this.near(state.place);
      const marked = (all) => {
        const own = near.filter((id) => Object.hasOwn(all, id));
        return own.length ? { ...all, ...Object.fromEntries(own.map((id) => [id, { ...all[id], near: true }])) } : all;
      };
      const selected = state.place ? { kind: "place", id: state.place } : state.route ? { kind: "route", id: state.route } : null;
      const { corridors, routes } = ground;
      return { ...ground, selected, corridors: marked(corridors), routes: marked(routes) };
    }

    /** The corridors and routes that are brought out where a place is selected. */
    near(place) {
      return list(this.data.near[place]);
    }

    /** What is drawn under the filters and layers, whatever is selected. */
    drawn(state) {
      const { data } = this;
      const reading = this.read(state);
      const left = (ids) => ids.filter((one) => reading.shown.has(one)).length;
      const counted = (entries) => entries.filter(([, n]) => n).map(([id, n]) => [id, { n }]);
      const regions = list(data.regions).map((id) => [id, this.region(reading, id)]).filter(([, counts]) => counts);
      const sites = counted(Object.entries(data.sites).map(([id, { at }]) => [id, left(at)]));
      const responses = counted(Object.entries(data.responses).map(([id, at]) => [`response/${id}`, left(at)]));
      const scene = {
        layers: state.layers,
        regions: Object.fromEntries(regions),
        corridors: Object.fromEntries(data.corridors.map((id) => [id, { n: this.tint(reading, id) }])),
        routes: Object.fromEntries(reading.routes.filter((one) => one.drawn).map(({ id }) => [id, {}])),
        sites: Object.fromEntries(sites),
        tripoints: Object.fromEntries(data.tripoints.map((id) => [id, {}])),
        responses: Object.fromEntries(responses),
        flows: state.layers.includes("routes") ? reading.routes.filter((one) => !one.drawn).map(({ id }) => id).sort() : [],
      };
      return { ...scene, legend: this.legend(reading, scene) };
    }

    /** A region's counts; nothing where neither the filters nor the profile leave anything of it. */
    region(reading, id) {
      const n = this.tint(reading, id);
      const counts = n ? { n, level: this.data.levels.filter((low) => n >= low).length } : {};
      for (const rank of this.data.hatching) {
        const wider = this.count(reading, id, [rank]);
        if (wider) counts[this.data.bases[rank]] = wider;
      }
      const hatch = this.hatch(reading, id);
      if (hatch) counts.hatch = hatch;
      if (Object.keys(counts).length) return !n && this.tint(this.everything, id) ? { ...counts, hidden: true } : counts;
      if (!this.of(this.everything, id).size) return null;
      return this.drawable(id) ? { hidden: true } : { unmarked: true };
    }

    /** Whether a region would have colour or hatching without any filter. */
    drawable(id) {
      return Boolean(this.tint(this.everything, id) || this.hatch(this.everything, id));
    }

    /** What the legend must explain: what is drawn, and nothing else. */
    legend(reading, scene) {
      const { data } = this;
      const on = (layer) => scene.layers.includes(layer);
      const rows = [];
      if (on("regions")) {
        const counts = data.regions.map((id) => [id, record(scene.regions[id])]);
        if (counts.some(([, { n }]) => n)) rows.push("levels");
        const bases = data.hatching.map((rank) => data.bases[rank]);
        rows.push(...bases.filter((basis) => counts.some(([, { hatch }]) => hatch === basis)));
        const empty = counts.filter(([, { n, hatch }]) => !n && !hatch);
        if (empty.length) rows.push(empty.some(([id]) => this.drawable(id)) ? "filtered" : "blank");
      }
      const drawn = reading.routes.filter((one) => one.drawn);
      if (on("routes") && drawn.length) rows.push("schematic", ...(drawn.some((one) => one.hollow) ? ["hollow"] : []));
      if (on("corridors")) rows.push("corridor");
      if (on("sites")) {
        const rough = new Set(Object.keys(scene.sites).map((id) => data.sites[id].rough));
        rows.push(...(rough.has(false) ? ["site"] : []), ...(rough.has(true) ? ["rough"] : []));
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

    /** What the map shows of the regions: see narrative.tally. */
    tally(state, lang) {
      return this.once("tally", [lang, this.filters(state)], () => this.tallied(state, lang));
    }

    tallied(state, lang) {
      const words = this.words(lang);
      const reading = this.read(state);
      const { regions, country } = this.data;
      const named = regions.filter((id) => this.tint(reading, id)).length;
      const implied = regions.filter((id) => !this.tint(reading, id) && this.hatch(reading, id)).length;
      const parts = [named ? this.counted(lang, "caption.named", named) : words["caption.named_none"]];
      if (implied) parts.push(this.counted(lang, "caption.implied", implied));
      if (state.actors.length || !same(state.basis, this.data.bases)) parts.push(words["caption.filtered"]);
      const national = this.of(reading, country).size;
      return [
        `${this.marketsOf(state, lang)}: ${parts.join(", ")}.`,
        national ? this.counted(lang, "caption.national_more", national) : "",
        reading.reach.size ? "" : words["caption.nothing_shown"],
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
     * Write a panel that was made without filters, and take away from it what they hide. What the filters could bring
     * up besides (a statement under another of its markets) stands in it already, hidden.
     */
    showPanel(root, html, state, lang, more) {
      root.innerHTML = html;
      this.address(root, state, more);
      if (!this.isFiltered(state)) return; // so it was made
      const article = root.querySelector("article[data-id]");
      if (article && article.dataset.id === "") this.fillStart(article, state, lang);
      else if (article) this.fillPlace(article, state, lang);
    }

    /** Links keep the reader's language; those with `data-keep` also the layers and, but for "layers", the filters. */
    address(root, state, more) {
      const whole = this.query({ ...state, place: null, route: null }, more);
      for (const name of PASSING) whole.delete(name);
      const bare = new URLSearchParams(whole);
      for (const name of FILTERS) bare.delete(name);
      const tongue = new URLSearchParams(state.lang ? { lang: state.lang } : {});
      if (!String(whole)) return; // nothing to keep
      for (const link of root.querySelectorAll("a[data-go]")) {
        const [, query, end] = link.getAttribute("href").match(/^\?([^#]*)(#?.*)$/) ?? [];
        if (query === undefined) continue;
        const merged = new URLSearchParams(query);
        const kept = { "": whole, layers: bare }[link.getAttribute("data-keep")] ?? tongue;
        for (const name of new Set(kept.keys())) if (!merged.has(name)) for (const one of kept.getAll(name)) merged.append(name, one);
        merged.sort();
        link.setAttribute("href", `?${merged}${end}`);
      }
    }

    fillPlace(article, state, lang) {
      const id = article.dataset.id;
      const reading = this.read(state);
      const here = this.of(reading, id);
      const reached = this.reached.has(id);
      const passes = (one) => (reached ? here.has(one) : reading.shown.has(one));
      const cards = [...article.querySelectorAll("li[data-s]")].map((el) => ({ el, one: this.index.get(el.dataset.s) }));
      const numbers = new Map();
      for (const { el, one } of cards) {
        el.hidden = !passes(one) || el.dataset.m !== this.home(one, state.markets);
        if (el.hidden) continue;
        numbers.set(one, numbers.size + 1);
        el.querySelector(".no").textContent = numbers.size;
      }
      const total = reached ? this.of(this.everything, id).size : new Set(cards.map(({ one }) => one)).size;
      const found = reached ? here.size : numbers.size;
      this.fillSections(article, lang);
      this.fillNotes(article, numbers);
      for (const el of article.querySelectorAll(".sum")) el.hidden = !found && total > 0;
      for (const el of article.querySelectorAll("[data-b]")) {
        const rank = this.data.bases.indexOf(el.dataset.b);
        const n = el.dataset.b === "national" ? this.of(reading, this.data.country).size : [...here.values()].filter((own) => own === rank).length;
        el.classList.toggle("zero", !n);
        el.querySelector("b").textContent = n;
      }
      const beyond = [...numbers.keys()].filter((one) => !this.statements[one].markets.length).length;
      this.say(article, "beyond", beyond ? this.counted(lang, "panel.without_market", beyond) : "");
      this.say(article, "hidden", this.hiddenBy(lang, total, found));
      const national = this.of(reading, this.data.country).size;
      this.say(article, "national", national ? fill(this.words(lang)["panel.national"], { n: national }) : "");
      for (const el of article.querySelectorAll(".src")) el.hidden = !numbers.size;
      for (const nav of article.querySelectorAll("nav:has([data-r])")) {
        const shown = new Set(reading.routes.map((one) => one.id));
        const links = [...nav.querySelectorAll("[data-r]")];
        for (const el of links) el.hidden = !shown.has(el.dataset.r);
        nav.hidden = links.every((el) => el.hidden);
      }
      const said = article.parentElement.querySelector("[data-say]");
      if (said) said.textContent = `${article.querySelector("h2").textContent}: ${this.counted(lang, "panel.opened", found)}`;
    }

    /** The market under which a statement stands: see cards.home_market. */
    home(one, chosen) {
      const { own, markets } = this.statements[one];
      const left = markets.filter((id) => chosen.includes(id));
      const some = left.length ? left : markets;
      return some.includes(own) || !some.length ? own : some[0];
    }

    fillSections(article, lang) {
      for (const section of article.querySelectorAll("section:has(li[data-s])")) {
        const n = section.querySelectorAll("li[data-s]:not([hidden])").length;
        section.hidden = !n;
        const note = section.querySelector("h3 small");
        note.textContent = `${note.textContent.split(" · ")[0]} · ${this.counted(lang, "count.statements", n)}`;
      }
      for (const title of article.querySelectorAll("h3.wide")) title.hidden = !article.querySelector("h3.wide ~ section:not([hidden])");
    }

    /** The numbers of the cards that each part of the summary rests on. */
    fillNotes(article, numbers) {
      for (const sup of article.querySelectorAll("sup[data-of]")) {
        const own = sup.dataset.of.split(" ").map((id) => numbers.get(this.index.get(id))).filter(Boolean).sort((a, b) => a - b);
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

    /** Write a line that is there only where it has something to say. */
    say(article, name, text) {
      for (const el of article.querySelectorAll(`[data-line="${name}"]`)) {
        el.hidden = !text;
        el.querySelector("span").textContent = text;
      }
    }

    /** The list of the places of which most is said under the filters. */
    fillStart(article, state, lang) {
      const reading = this.read(state);
      const items = [...article.querySelectorAll("li[data-p]")];
      const counts = items.map((el) => ({ el, n: this.tint(reading, el.dataset.p), name: el.dataset.name }));
      const compare = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
      counts.sort((a, b) => b.n - a.n || compare(a, b));
      counts.forEach(({ el, n }, i) => {
        el.hidden = !n || i >= MOST_READ;
        el.querySelector("small").textContent = n;
        el.parentElement.append(el);
      });
    }

    // -- the filters

    /** Set the boxes of the filters as a state has them, with their counts. */
    showFilters(root, state, lang, more) {
      const words = this.words(lang);
      const { markets, bases } = this.once("boxes", this.filters(state), () => ({
        markets: this.perMarket(this.read({ ...state, markets: [] })),
        bases: this.perBasis(this.read({ ...state, basis: this.data.bases })),
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

    perMarket(reading) {
      const counts = new Map();
      for (const one of reading.shown) for (const id of this.statements[one].markets) counts.set(id, (counts.get(id) ?? 0) + 1);
      return counts;
    }

    perBasis(reading) {
      const sets = new Map(this.data.bases.map((basis) => [basis, new Set()]));
      for (const found of reading.reach.values()) for (const [one, rank] of found) sets.get(this.data.bases[rank]).add(one);
      return new Map([...sets].map(([basis, ids]) => [basis, ids.size]));
    }

    /** What a link says once the boxes of the filters are as they now are; `query` is what it said before. */
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

  // -- HTML that is drawn anew

  /** Write into an element; the focus stays on the link that had it, or goes to what the HTML says. */
  function rewrite(root, write) {
    const held = root.contains(document.activeElement) ? document.activeElement : null;
    const href = held?.getAttribute("href");
    write();
    if (!held || held.isConnected) return;
    const again = href && root.querySelector(`[href="${CSS.escape(href)}"]`);
    (again || root.querySelector("[tabindex]"))?.focus({ preventScroll: !!again });
  }

  /** Take over the page's title, and move what is to be read out into a live region that stays: a new one is silent. */
  function say(root) {
    const said = root.querySelector("[data-say]");
    if (!said) return;
    said.remove();
    if (said.dataset.title) setTimeout(() => (document.title = said.dataset.title)); // it takes longer than the panel
    root.live ??= Object.assign(document.createElement("p"), { className: "oc-say", role: "status" });
    if (!root.live.isConnected) root.after(root.live);
    if (root.live.textContent !== said.textContent) root.live.textContent = said.textContent;
  }

  /** What a file that is published beside the page holds: JSON, packed by gzip where its name says so. */
  async function fetchFile(name) {
    const response = await fetch(new URL(`app/static/${name}`, document.baseURI));
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    if (!name.endsWith(".gz")) return response.json();
    return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
  }

  globalThis.OcReading = OcReading;
  globalThis.OcPage = { rewrite, say, fill, fetchFile };
})();
