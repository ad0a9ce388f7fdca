/*
 * The map's behaviour in the browser: one global, OcMap, on top of Leaflet 1.9.
 *
 *   OcMap.start(map, {data, evidence, onSelect})  once, with a Leaflet map without tiles; data as addresses or objects
 *   OcMap.show({q, lang, theme})                  show a state; changes attributes, rebuilds nothing
 *   OcMap.expect({q, lang, theme})                the same, before the server confirms it
 *   OcMap.camera(), OcMap.look(camera)            where the reader has moved the map; move another map there
 *
 * The shapes live in one SVG (class Sheet) in web-mercator pixels of BASE_ZOOM; Leaflet stretches that SVG,
 * strokes do not scale, and what must keep its size in pixels (heads, diamonds, hatching) is scaled back by
 * `pixel`. Colours are CSS variables (tokens.toml), so a theme or a language never touches a path.
 * Text from data and scene is inserted with textContent and setAttribute, never as markup.
 *
 * Order of this file: types, constants, small helpers, reading scene and data, sheet, marks, labels, tooltip,
 * panels (edge cards, legend, inset, controls), camera, the map as a whole, the public interface.
 */
(function () {
  "use strict";

  // ------------------------------------------------------------------------------------------------- types

  /** @typedef {{es: string, en: string}} Names */
  /** @typedef {[number, number]} Pair  x, y on the sheet, or longitude, latitude */
  /** @typedef {{west: number, south: number, east: number, north: number}} Frame  in degrees */
  /** @typedef {{x0: number, y0: number, x1: number, y1: number}} Box  in units of the sheet or in pixels */
  /** @typedef {"region"|"corridor"|"route"|"site"|"tripoint"|"response"} MarkKind */
  /** @typedef {{kind: "place"|"route", id: string}} Pick */

  /**
   * One thing that can be selected.
   * @typedef {Object} Mark
   * @property {MarkKind} kind
   * @property {string} id
   * @property {string} key       what Pick it makes, as text
   * @property {Names} name
   * @property {Names} note       what the data file says of it; {n} stands for a count, {region} for a name
   * @property {Names} region     in which it lies
   * @property {SVGElement} el    the element that takes the focus
   * @property {SVGElement[]} elements  every element whose class shows the mark's state (first on the map, then in the inset)
   * @property {string} outline   path data of the ring drawn when it is selected, or "" for a point
   * @property {Pair} at          anchor on the sheet
   * @property {Box} box          extent on the sheet
   * @property {string} tip
   * @property {boolean} shown
   * @property {boolean} [inInset]  the inset shows it instead of the map
   * @property {boolean} [crowded]  it lies among others in the inset's window
   * @property {any} extra        what one kind alone needs
   */

  /**
   * @typedef {Object} Candidate  A label that would like to be placed.
   * @property {string} key
   * @property {string} style     name in LABEL_STYLES
   * @property {string} tone      CSS class
   * @property {number} rank      the lowest is placed first
   * @property {L.Point} at       layer pixels
   * @property {{lines: string[], dx: number, dy: number, align: string}[]} tries  best first
   * @property {string} [count]   a number set in bold behind the last line
   * @property {Grid} [avoid]     what this label would rather not lie on
   * @property {boolean} [strict]  rather leave the label out than lie there
   * @property {(attempt: {dx: number, dy: number}) => boolean} [allows]  whether a place belongs to what is named
   */

  /** @typedef {{attempt: {lines: string[], dx: number, dy: number, align: string}, box: Box}} Place  of a label, in layer pixels */

  // --------------------------------------------------------------------------------------------- constants

  const SVG_NS = "http://www.w3.org/2000/svg";
  const BASE_ZOOM = 7;
  const ZOOM = { min: 4.5, max: 9, snap: 0.25, step: 0.5 };
  const ZOOM_CLASSES = [5, 6, 7];
  const FINGER = 44; // pixels that a finger needs to hit
  const LEAST_TARGET = 24; // pixels below which a region cannot be hit itself
  const WIDE = 560; // frames at least this wide have edge cards in stacks and the inset
  const TOP = ["selection", "focus"]; // groups of the upper sheet
  const LABEL_DELAY_MS = 150; // how long labels wait after a selection, so that the panel is drawn first
  const OPEN = 641; // frames at least this wide have an open legend
  const FLY_SECONDS = 0.4;
  const MARGIN = 12; // between panels and the frame
  const LAYERS = ["regions", "corridors", "routes", "sites", "rivers", "tripoints", "responses"];
  const INSET = { ids: ["PE-LMA", "PE-CAL"], width: 172, height: 122, zoom: 6.95, least: 1.35 };
  const HATCHES = ["border", "area"];
  const LEVELS = [0, 1, 2, 3, 4, 5];
  const CELL = 48; // pixels: some labels' height

  const LABEL_STYLES = {
    region: { size: 11.5, weight: 600 },
    blank: { size: 11.5, weight: 400 },
    selected: { size: 13, weight: 700 },
    corridor: { size: 11, weight: 600 },
    country: { size: 10.5, weight: 500, spacing: 1.7 },
    route: { size: 11, weight: 500 },
    site: { size: 11, weight: 500, italic: true },
    tripoint: { size: 10.5, weight: 500 },
    river: { size: 10.5, weight: 400, italic: true },
  };

  const HEADS = {
    solid: { d: "M0.6 0.8 9.4 5 0.6 9.2 2.8 5Z", scale: 0.95 },
    hollow: { d: "M1.2 1.4 8.8 5 1.2 8.6 3 5Z", scale: 1.05 },
  };
  const DIAMOND = "M0-4.8 4.8 0 0 4.8-4.8 0Z";
  const SQUARE = "M-4.2-4.2H4.2V4.2H-4.2Z";
  const TRIANGLE = "M0-4.6 4.4 3.2H-4.4Z";
  const POINT_SHAPES = { site: DIAMOND, rough: DIAMOND, tripoint: TRIANGLE, response: SQUARE };
  const COMPASS = { n: -90, ne: -45, e: 0, se: 45, s: 90, sw: 135, w: 180, nw: -135 };

  const FAILED =
    "No se pudo cargar el mapa. Recargue la página. · The map could not be loaded. Please reload the page.";

  // ----------------------------------------------------------------------------------------- small helpers

  /** Create an SVG element with attributes, inside `parent` if one is given. */
  function svg(tag, attributes, parent) {
    const el = document.createElementNS(SVG_NS, tag);
    for (const [name, value] of Object.entries(attributes || {})) el.setAttribute(name, String(value));
    if (parent) parent.appendChild(el);
    return el;
  }

  /** Create an HTML element with a class and a text, inside `parent` if one is given. */
  function html(tag, className, parent, content) {
    const el = document.createElement(tag);
    if (className) el.className = className;
    if (content) el.textContent = content;
    if (parent) parent.appendChild(el);
    return el;
  }

  /** Set an attribute only where it differs; null removes it. */
  function setAttr(el, name, value) {
    if (value === null) {
      if (el.hasAttribute(name)) el.removeAttribute(name);
    } else if (el.getAttribute(name) !== value) el.setAttribute(name, value);
  }

  /** Set a text only where it differs. */
  function setText(el, value) {
    if (el.textContent !== value) el.textContent = value;
  }

  /** Show or hide an element by its `display`, only where that differs. */
  function setShown(el, shown) {
    const display = shown ? "" : "none";
    if (el.style.display !== display) el.style.display = display;
  }

  const { fill } = window.OcPage; // of evidence.js
  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
  const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
  const text = (value) => (value === null || value === undefined ? "" : String(value));
  const list = (value) => (Array.isArray(value) ? value : []);
  const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  const entry = (rec, id) => (Object.hasOwn(rec, id) ? record(rec[id]) : null);
  const linesOf = (tip) =>
    tip
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  const keyOf = (kind, id) => `${kind}:${id}`;
  const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const overlap = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
  const inside = (a, b) => a.x0 >= b.x0 && a.x1 <= b.x1 && a.y0 >= b.y0 && a.y1 <= b.y1;
  const boxAround = (x, y, r) => ({ x0: x - r, y0: y - r, x1: x + r, y1: y + r });

  /** @param {Box[]} boxes @returns {Box} the box around all of them */
  function unionOf(boxes) {
    const union = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
    for (const { x0, y0, x1, y1 } of boxes) {
      union.x0 = Math.min(union.x0, x0);
      union.y0 = Math.min(union.y0, y0);
      union.x1 = Math.max(union.x1, x1);
      union.y1 = Math.max(union.y1, y1);
    }
    return union;
  }

  /** Keep the map from answering to what happens on a panel that lies over it. */
  function detach(el, scrolls) {
    L.DomEvent.disableClickPropagation(el);
    el.addEventListener("click", (event) => event.stopPropagation()); // two quick taps here are no double tap on the map
    if (scrolls) L.DomEvent.disableScrollPropagation(el);
  }

  /** An accessible name: the name itself, then what the tooltip says, as sentences. */
  function spoken(name, tip) {
    const rest = linesOf(tip)
      .map((line) => (/[.!?…:]$/.test(line) ? line : `${line}.`))
      .join(" ");
    return rest ? `${name}: ${rest.replace(/\.$/, "")}` : name;
  }

  // --------------------------------------------------------------------------------- reading scene and data

  /** @returns {Names} whatever was given, as a name in both languages */
  function namesOf(value, fallback) {
    if (typeof value === "string") return { es: value, en: value };
    const given = record(value);
    const es = text(given.es) || text(given.en) || fallback;
    return { es, en: text(given.en) || es };
  }

  /** @returns {Pick|null} */
  function readPick(value) {
    const given = record(value);
    const id = text(given.id);
    return id ? { kind: given.kind === "route" ? "route" : "place", id } : null;
  }

  /** A card for flows without a line: its items are those of the data file whose routes the scene shows. */
  function readEdge(value, lang, shown) {
    const given = record(value);
    const at = list(given.at);
    const items = list(given.items)
      .map(record)
      .filter((item) => shown.has(item.route))
      .map((item) => ({
        route: text(item.route),
        text: namesOf(item.text, "")[lang],
        tip: namesOf(item.tip, "")[lang],
      }));
    return {
      side: typeof given.side === "string" && Object.hasOwn(COMPASS, given.side) ? given.side : "",
      at: at.length === 2 && at.every(isNumber) ? at : null,
      inward: given.direction === "in",
      name: namesOf(given.name, "")[lang],
      items: items.filter((item) => item.route && item.text),
    };
  }

  /** Fill a word that counts, `{n} …`, in the singular or the plural. */
  function counted(words, key, n) {
    return fill(text(words[`${key}.${n === 1 ? "one" : "other"}`]), { n });
  }

  /** What a region says on hover and to a screen reader, one thing a line. */
  function regionTip(given, words) {
    if (!given) return text(words["tooltip.blank"]);
    const wider = ["border", "area"]
      .filter((basis) => isNumber(given[basis]))
      .map((basis) => fill(text(words[`tooltip.${basis}`]), { n: given[basis] }));
    // "hidden": filters leave out statements that name or locate it, so it cannot be called not named.
    // "unmarked": statements reach it, none of them on a market; it is then merely not named.
    const none = given.hidden === true ? (wider.length ? "" : text(words["tooltip.filtered"])) : text(words["tooltip.not_named"]);
    const first = isNumber(given.n) ? counted(words, "tooltip.direct", given.n) : none;
    return [first, wider.join(" · ")].filter(Boolean).join("\n");
  }

  /** What a mark says besides its name: what the data file says of it, filled with the scene's count. */
  function tipOf(mark, given, words) {
    if (mark.kind === "region") return regionTip(given, words);
    const n = given && isNumber(given.n) ? given.n : 0;
    if (mark.kind === "corridor") return n ? counted(words, "tooltip.corridor", n) : text(words["tooltip.corridor_none"]);
    return fill(mark.note[words.lang], {
      n: n ? counted(words, "count.statements", n) : "",
      region: mark.region[words.lang],
    });
  }

  /** The texts of the data file: words by language, the colour classes, and cards of flows without a line. */
  function readTexts(data) {
    const words = record(data.words);
    return { es: record(words.es), en: record(words.en), levels: list(data.levels), edgeCards: list(data.edgeCards) };
  }

  /** A scene with every field in its place. */
  function readScene(value, texts) {
    const given = record(value);
    const lang = given.lang === "en" ? "en" : "es";
    const words = { ...texts[lang], lang };
    const shown = new Set(list(given.routesWithoutLine));
    return {
      lang,
      theme: given.theme === "dark" ? "dark" : "light",
      selected: readPick(given.selected),
      layers: new Set(given.layers),
      regions: record(given.regions),
      corridors: record(given.corridors),
      routes: record(given.routes),
      sites: record(given.sites),
      tripoints: record(given.tripoints),
      responses: record(given.responses),
      edges: texts.edgeCards.map((card) => readEdge(card, lang, shown)).filter((edge) => edge.items.length),
      legend: readLegend(list(given.legend), words, texts.levels),
      words,
      contentKey: text(given.contentKey),
    };
  }

  /** The legend's rows by what the scene says is drawn; "levels" stands for the ramp. */
  function readLegend(drawn, words, levels) {
    const named = (swatch) => Object.hasOwn(words, `legend.${swatch}`);
    return {
      title: text(words["legend.title"]),
      levels: drawn.includes("levels") ? levels.map(text).slice(0, 5) : [],
      rows: drawn.filter(named).map((swatch) => ({ swatch, text: text(words[`legend.${swatch}`]) })),
      open: text(words["legend.open"]),
    };
  }

  /** Features of a collection that have an id and a geometry. */
  function featuresOf(collection) {
    return list(record(collection).features)
      .map(record)
      .filter((feature) => feature.geometry && list(record(feature.geometry).coordinates).length)
      .map((feature) => ({
        id: text(feature.id ?? record(feature.properties).place_id),
        geometry: record(feature.geometry),
        properties: record(feature.properties),
      }))
      .filter((feature) => feature.id);
  }

  /** Lines of positions of any geometry: rings of polygons, lines, single points. */
  function linesIn(geometry) {
    const c = geometry.coordinates;
    const depth = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[geometry.type];
    if (depth === undefined) return [];
    const lines = depth === 0 ? [[c]] : depth === 1 ? [c] : depth === 2 ? list(c) : list(c).flat();
    return lines
      .map((line) => list(line).filter((p) => Array.isArray(p) && isNumber(p[0]) && isNumber(p[1])))
      .filter((line) => line.length);
  }

  /** @returns {Frame|null} the extent of some features, in degrees */
  function frameOf(features) {
    const points = features.flatMap((feature) => linesIn(feature.geometry)).flat();
    if (!points.length) return null;
    const frame = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
    for (const [lon, lat] of points) {
      frame.west = Math.min(frame.west, lon);
      frame.east = Math.max(frame.east, lon);
      frame.south = Math.min(frame.south, lat);
      frame.north = Math.max(frame.north, lat);
    }
    return frame;
  }

  /**
   * Draw a neighbour on beyond the frame its outline was cut to, so that a wide window shows no straight coast
   * in the middle of a continent. Only positions on the north, east and south edge move, straight outwards.
   */
  function beyondFrame(geometry, frame) {
    const near = (a, b) => Math.abs(a - b) < 0.002;
    const push = ([lon, lat]) => [
      near(lon, frame.east) ? lon + 16 : lon,
      near(lat, frame.north) ? lat + 9 : near(lat, frame.south) ? lat - 12 : lat,
    ];
    return { type: "MultiPolygon", coordinates: [linesIn(geometry).map((ring) => ring.map(push))] };
  }

  // ------------------------------------------------------------------------------------------------- sheet

  /** The SVG that carries all shapes, in pixels of BASE_ZOOM, stretched by Leaflet. */
  class Sheet {
    /** @param {L.Map} map @param {Frame} frame */
    constructor(map, frame) {
      this.map = map;
      const bounds = L.latLngBounds([frame.south, frame.west], [frame.north, frame.east]);
      this.origin = map.project(bounds.getNorthWest(), BASE_ZOOM);
      const size = map.project(bounds.getSouthEast(), BASE_ZOOM).subtract(this.origin);
      this.bounds = bounds;
      const sheet = (name) =>
        svg("svg", {
          class: name,
          viewBox: `0 0 ${size.x} ${size.y}`,
          preserveAspectRatio: "none",
          focusable: "false",
        });
      this.root = sheet("oc-sheet");
      // What a click or the keyboard changes lies on a sheet of its own, so that the shapes are not painted again.
      this.top = sheet("oc-sheet oc-sheet-top");
      this.symbols = [];
      for (const one of [this.root, this.top]) L.svgOverlay(one, bounds, { interactive: false }).addTo(map);
    }

    /** Units of the sheet that one pixel of the screen takes now. */
    get pixel() {
      return 2 ** (BASE_ZOOM - this.map.getZoom());
    }

    /** @returns {Pair} longitude and latitude → sheet */
    point([lon, lat]) {
      const p = this.map.project([lat, lon], BASE_ZOOM);
      return [p.x - this.origin.x, p.y - this.origin.y];
    }

    /** @returns {L.LatLng} sheet → latitude and longitude */
    latLng([x, y]) {
      return this.map.unproject([x + this.origin.x, y + this.origin.y], BASE_ZOOM);
    }

    /** @returns {L.Point} sheet → pixels of the map's panes */
    layerPoint(at) {
      return this.map.latLngToLayerPoint(this.latLng(at));
    }

    /** @returns {DOMPoint} pixels of the map's panes → sheet */
    fromLayer(point) {
      const { lat, lng } = this.map.layerPointToLatLng(point);
      return new DOMPoint(...this.point([lng, lat]));
    }

    containerPoint(at) {
      return this.map.latLngToContainerPoint(this.latLng(at));
    }

    latLngBounds(box) {
      return L.latLngBounds(this.latLng([box.x0, box.y1]), this.latLng([box.x1, box.y0]));
    }

    /** @returns {{d: string, box: Box, lines: Pair[][]}} a geometry's path data, extent and points */
    trace(geometry) {
      const closed = /Polygon$/.test(geometry.type);
      const lines = linesIn(geometry).map((line) => line.map((position) => this.point(position)));
      const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
      let d = "";
      for (const line of lines) {
        line.forEach(([x, y], i) => {
          d += `${i ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
          box.x0 = Math.min(box.x0, x);
          box.y0 = Math.min(box.y0, y);
          box.x1 = Math.max(box.x1, x);
          box.y1 = Math.max(box.y1, y);
        });
        if (closed) d += "Z";
      }
      return { d, box, lines };
    }

    /** A group of the sheet; groups not meant for the pointer are hidden from assistive technology too. */
    group(name, options) {
      const g = svg("g", { class: `oc-g oc-g-${name}` }, TOP.includes(name) ? this.top : this.root);
      if (!options || !options.live) g.setAttribute("aria-hidden", "true");
      return g;
    }

    /** Keep the content of `g` at its size in pixels; `angle` may depend on the scale. */
    addSymbol(g, at, angle) {
      this.symbols.push({ g, at, angle: angle || null });
    }

    /** Scale symbols and hatching back after the sheet was stretched. */
    rescale(patterns) {
      const pixel = this.pixel;
      for (const { g, at, angle } of this.symbols) {
        const turn = angle ? ` rotate(${angle(pixel).toFixed(1)})` : "";
        g.setAttribute(
          "transform",
          `translate(${at[0].toFixed(2)} ${at[1].toFixed(2)}) scale(${pixel.toFixed(5)})${turn}`,
        );
      }
      for (const pattern of patterns) pattern.setAttribute("patternTransform", `rotate(45) scale(${pixel.toFixed(5)})`);
    }
  }

  /** Hatching, defined once in a hidden SVG of the map's own document. @returns {SVGElement[]} */
  function addPatterns(parent, prefix, levels, scale) {
    const defs = svg("defs", {}, parent);
    const made = [];
    for (const hatch of HATCHES) {
      for (const level of levels) {
        const size = hatch === "border" ? 7.2 : 6.4;
        const pattern = svg(
          "pattern",
          {
            id: `${prefix}-${hatch}-${level}`,
            width: size,
            height: size,
            patternUnits: "userSpaceOnUse",
            patternTransform: `rotate(45) scale(${scale})`,
          },
          defs,
        );
        const mark =
          hatch === "border"
            ? svg("line", { x1: 3.6, y1: -1, x2: 3.6, y2: 8.2, "stroke-width": 1.05 }, pattern)
            : svg("circle", { cx: 3.2, cy: 3.2, r: 1.1 }, pattern);
        mark.style[hatch === "border" ? "stroke" : "fill"] = `var(--hatch-${level})`;
        made.push(pattern);
      }
    }
    return made;
  }

  // ------------------------------------------------------------------------------------------------- marks

  /** Draws every feature once and keeps the marks; all later changes are changes of attributes. */
  class Marks {
    /** @param {Sheet} sheet */
    constructor(sheet) {
      this.sheet = sheet;
      /** @type {Map<string, Mark>} */
      this.byKey = new Map();
      /** @type {Mark[]} */
      this.all = [];
      this.rivers = [];
      this.countries = [];
      this.groups = {};
    }

    of(kind) {
      return this.all.filter((mark) => mark.kind === kind);
    }

    /** Draw the data file, from the bottom up. The order of the focusable groups is the order of the Tab key. */
    draw(data) {
      const layers = [
        "countries",
        "corridor-hits",
        "land",
        "regions",
        "hatch",
        "rivers",
        "region-lines",
        "corridors",
        "limits",
        "national",
        "selection",
        "routes",
        "reach",
        "sites",
        "tripoints",
        "responses",
        "small",
        "focus",
      ];
      const live = ["regions", "corridors", "routes", "sites", "tripoints", "responses"];
      for (const name of layers) this.groups[name] = this.sheet.group(name, { live: live.includes(name) });
      this.drawCountries(featuresOf(data.countries));
      this.drawRegions(featuresOf(data.regions));
      this.drawRivers(featuresOf(data.rivers));
      this.drawCorridors(featuresOf(data.corridors));
      featuresOf(data.routes).forEach((feature) => this.drawRoute(feature));
      featuresOf(data.sites).forEach((feature) => this.drawPoint(feature, "site", this.groups.sites, DIAMOND));
      featuresOf(data.tripoints).forEach((feature) =>
        this.drawPoint(feature, "tripoint", this.groups.tripoints, TRIANGLE),
      );
      featuresOf(data.responses).forEach((feature) =>
        this.drawPoint(feature, "response", this.groups.responses, SQUARE),
      );
    }

    /** Make an element the button of a mark and remember both. */
    add(kind, feature, el, rest) {
      const pick = kind === "route" ? "route" : "place";
      const key = keyOf(pick, feature.id);
      const mark = {
        kind,
        id: feature.id,
        key,
        name: namesOf(feature.properties.name, feature.id),
        note: namesOf(feature.properties.note, ""),
        region: namesOf(feature.properties.region, ""),
        el,
        elements: [el],
        tip: "",
        shown: true,
        ...rest,
      };
      for (const [name, value] of Object.entries({
        role: "button",
        tabindex: "0",
        "data-id": feature.id,
        "data-kind": kind,
        "aria-pressed": "false",
      }))
        el.setAttribute(name, value);
      if (this.byKey.has(key)) return this.byKey.get(key);
      this.byKey.set(key, mark);
      this.all.push(mark);
      return mark;
    }

    drawCountries(features) {
      const frame = frameOf(features);
      for (const feature of features) {
        const home = feature.id === "PE";
        const { d, box } = this.sheet.trace(home ? feature.geometry : beyondFrame(feature.geometry, frame));
        const el = svg("path", { class: home ? "oc-land" : "oc-country", d }, this.groups[home ? "land" : "countries"]);
        if (home) this.land = el;
        if (home) svg("path", { class: "oc-line oc-national", d }, this.groups.national);
        else
          this.countries.push({
            id: feature.id,
            name: namesOf(feature.properties.name, feature.id),
            at: this.labelAt(feature, box),
          });
      }
    }

    /** Where the data wants the name, or else the middle of the extent. @returns {Pair} */
    labelAt(feature, box) {
      const given = list(feature.properties.label);
      return given.length === 2 && given.every(isNumber)
        ? this.sheet.point([given[0], given[1]])
        : [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
    }

    drawRegions(features) {
      const sorted = [...features].sort((a, b) =>
        namesOf(a.properties.name, a.id).es.localeCompare(namesOf(b.properties.name, b.id).es, "es"),
      );
      let all = "";
      for (const feature of sorted) {
        const { d, box } = this.sheet.trace(feature.geometry);
        const el = svg("path", { class: "oc-region oc-l0", d }, this.groups.regions);
        const hatch = svg("path", { class: "oc-hatch", d, fill: "none" }, this.groups.hatch);
        all += d;
        const at = this.labelAt(feature, box);
        this.add("region", feature, el, {
          outline: d,
          box,
          at,
          extra: { hatch, fingerTarget: this.drawFingerTarget(feature.id, at), align: text(feature.properties.align) || "middle", n: 0, level: 0 },
        });
      }
      svg("path", { class: "oc-line oc-region-line", d: all }, this.groups["region-lines"]);
    }

    /** A circle to tap at a region's name, for regions too small to tap: see `showFingerTargets`. */
    drawFingerTarget(id, at) {
      const el = svg("g", { "data-twin": keyOf("place", id) }, this.groups.reach);
      svg("circle", { class: "oc-reach", r: FINGER / 2 }, el);
      this.sheet.addSymbol(el, at);
      return el;
    }

    /** Show the circles of the regions that are smaller than `LEAST_TARGET` now. */
    showFingerTargets() {
      for (const { box, extra } of this.of("region"))
        setShown(extra.fingerTarget, Math.max(box.x1 - box.x0, box.y1 - box.y0) / this.sheet.pixel < LEAST_TARGET);
    }

    drawRivers(features) {
      for (const feature of features) {
        const { d, lines } = this.sheet.trace(feature.geometry);
        const minor = feature.properties.rank === 2;
        svg("path", { class: `oc-line oc-river${minor ? " oc-minor" : ""}`, d }, this.groups.rivers);
        const longest = [...lines].sort((a, b) => b.length - a.length)[0] || [];
        this.rivers.push({ id: feature.id, name: namesOf(feature.properties.name, ""), minor, line: longest });
      }
    }

    /** A corridor is one mark: its outer side is tinted and clickable, its inner side only lends the dotted limit. */
    drawCorridors(features) {
      const sides = (side) => features.filter((feature) => text(feature.properties.side) === side);
      const limits = new Map(
        sides("inner").map((feature) => [text(feature.properties.place), this.sheet.trace(feature.geometry).d]),
      );
      for (const feature of sides("outer")) {
        const id = text(feature.properties.place) || feature.id.split("/")[0];
        const { d, box, lines } = this.sheet.trace(feature.geometry);
        const hit = svg(
          "path",
          { class: "oc-corridor-hit", d, "data-twin": keyOf("place", id) },
          this.groups["corridor-hits"],
        );
        const el = svg("path", { class: "oc-corridor", d }, this.groups.corridors);
        const limit = svg("path", { class: "oc-line oc-limit", d: limits.get(id) || "" }, this.groups.limits);
        const mark = this.add("corridor", { ...feature, id }, el, {
          outline: d,
          box,
          at: this.labelAt(feature, box),
          extra: { hit, lines, align: text(feature.properties.align) || "middle", n: 0, near: false },
        });
        mark.elements.push(limit);
      }
    }

    drawRoute(feature) {
      const { d, box, lines } = this.sheet.trace(feature.geometry);
      const line = lines[0] || [];
      if (line.length < 2) return;
      const g = svg("g", { class: "oc-route" }, this.groups.routes);
      svg("path", { class: "oc-line oc-route-casing", d, "aria-hidden": "true" }, g);
      svg(
        "path",
        {
          class: `oc-line oc-route-line${feature.properties.schematic ? " oc-schematic" : ""}`,
          d,
          "aria-hidden": "true",
        },
        g,
      );
      const ring = svg("g", { class: "oc-symbol", "aria-hidden": "true" }, g);
      svg("circle", { class: "oc-origin", r: 2.7 }, ring);
      this.sheet.addSymbol(ring, line[0]);
      this.drawHead(feature.properties.hollow ? "hollow" : "solid", line, g);
      const el = svg("path", { class: "oc-line oc-route-hit", d }, g);
      const mark = this.add("route", feature, el, {
        outline: d,
        box,
        at: alongLine(line, 0.5).at,
        extra: { line, lines: [line], goods: namesOf(feature.properties.goods, ""), near: false },
      });
      mark.elements = [g];
    }

    drawHead(kind, line, parent) {
      const outer = svg("g", { class: "oc-symbol", "aria-hidden": "true" }, parent);
      const { d, scale } = HEADS[kind];
      svg("path", { class: `oc-head oc-head-${kind}`, d, transform: `scale(${scale}) translate(-8.2 -5)` }, outer);
      this.sheet.addSymbol(outer, line[line.length - 1], (pixel) => headingAtEnd(line, 9 * pixel));
    }

    drawPoint(feature, kind, parent, d) {
      const at = this.sheet.trace(feature.geometry).lines[0][0];
      const rough = feature.properties.approximate === true ? " oc-rough" : "";
      const el = svg("g", { class: `oc-point oc-${kind}${rough}` }, parent);
      svg("circle", { class: "oc-point-hit", r: 11 }, el);
      svg("path", { class: "oc-point-mark", d }, el);
      this.sheet.addSymbol(el, at);
      this.add(kind, feature, el, { outline: "", box: boxAround(at[0], at[1], 0.5), at, extra: { place: text(feature.properties.place) } });
    }
  }

  /** Length of a line of points. */
  function lengthOf(line) {
    let sum = 0;
    for (let i = 1; i < line.length; i += 1)
      sum += Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
    return sum;
  }

  /** @returns {{at: Pair, dx: number, dy: number}} the point at a share of a line's length, and the direction there */
  function alongLine(line, share) {
    let left = lengthOf(line) * share;
    for (let i = 1; i < line.length; i += 1) {
      const [dx, dy] = [line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]];
      const step = Math.hypot(dx, dy);
      if (step && left <= step)
        return {
          at: [line[i - 1][0] + (dx * left) / step, line[i - 1][1] + (dy * left) / step],
          dx: dx / step,
          dy: dy / step,
        };
      left -= step;
    }
    return { at: line[line.length - 1] || [0, 0], dx: 1, dy: 0 };
  }

  /** Direction in degrees in which a line ends, looked at over its last `reach` units. */
  function headingAtEnd(line, reach) {
    const end = line[line.length - 1];
    let from = line[0];
    for (let i = line.length - 2; i >= 0; i -= 1) {
      from = line[i];
      if (Math.hypot(end[0] - from[0], end[1] - from[1]) >= reach) break;
    }
    return (Math.atan2(end[1] - from[1], end[0] - from[0]) * 180) / Math.PI;
  }

  // ------------------------------------------------------------------------------------------------ labels

  const cellOf = (value) => Math.floor(value / CELL);

  /** Boxes by the squares of a grid that they lie in, so that what overlaps is found without looking at all of them. */
  class Grid {
    /** @param {Box[]} boxes */
    constructor(boxes) {
      /** @type {Map<number, Map<number, Box[]>>} */
      this.columns = new Map();
      for (const box of boxes) this.add(box);
    }

    add(box) {
      for (let x = cellOf(box.x0); x <= cellOf(box.x1); x += 1) {
        const column = this.columns.get(x) || new Map();
        this.columns.set(x, column);
        for (let y = cellOf(box.y0); y <= cellOf(box.y1); y += 1) {
          if (column.has(y)) column.get(y).push(box);
          else column.set(y, [box]);
        }
      }
    }

    /** Those that overlap a box; one that lies in several squares is met in the first that both have. */
    *over(box) {
      for (let x = cellOf(box.x0); x <= cellOf(box.x1); x += 1) {
        const column = this.columns.get(x);
        if (!column) continue;
        for (let y = cellOf(box.y0); y <= cellOf(box.y1); y += 1)
          for (const other of column.get(y) || [])
            if (overlap(box, other) && x === cellOf(Math.max(box.x0, other.x0)) && y === cellOf(Math.max(box.y0, other.y0)))
              yield other;
      }
    }

    /** Whether any overlaps a box. */
    meets(box) {
      return !this.over(box).next().done;
    }
  }

  /** Writes names so that none overlaps another: greedy, the most important first. */
  class Labels {
    /** @param {L.Map} map */
    constructor(map) {
      const pane = map.createPane("oc-labels");
      pane.setAttribute("aria-hidden", "true");
      this.root = svg("svg", { class: "oc-labels", width: 1, height: 1 }, pane);
      this.container = map.getContainer();
      this.family = "";
      this.ruler = document.createElement("canvas").getContext("2d");
      this.widths = new Map();
      /** @type {Map<string, {el: SVGElement, drawn: string}>} */
      this.nodes = new Map();
    }

    /** Read the font before each layout: the style sheet may arrive after the map was drawn. */
    readFont() {
      const family = getComputedStyle(this.container).fontFamily || "sans-serif";
      if (family === this.family) return;
      this.family = family;
      this.widths.clear();
    }

    /** Width of a text in pixels. */
    width(content, style) {
      const key = `${style.weight}|${style.size}|${style.italic ? 1 : 0}|${content}`;
      let width = this.widths.get(key);
      if (width === undefined) {
        this.ruler.font = `${style.italic ? "italic " : ""}${style.weight} ${style.size}px ${this.family}`;
        width = this.ruler.measureText(content).width + content.length * (style.spacing || 0);
        this.widths.set(key, width);
      }
      return width;
    }

    /** The places that a candidate could take, best first. @returns {Place[]} */
    placesOf(candidate) {
      const style = LABEL_STYLES[candidate.style];
      const sizes = new Map(); // many tries are the same lines elsewhere
      return candidate.tries.map((attempt) => {
        const { lines, align, dx, dy } = attempt;
        if (!sizes.has(lines)) sizes.set(lines, this.sizeOf(lines, candidate.count, style));
        const { w, h } = sizes.get(lines);
        const x = candidate.at.x + dx - (align === "start" ? 2 : align === "end" ? w - 2 : w / 2);
        const y = candidate.at.y + dy - h / 2;
        return { attempt, box: { x0: x, y0: y, x1: x + w, y1: y + h } };
      });
    }

    sizeOf(lines, count, style) {
      const last = lines.length - 1;
      const widths = lines.map((line, i) => this.width(count && i === last ? `${line} ${count}` : line, style));
      return { w: Math.max(...widths) + 4, h: lines.length * style.size * 1.18 + 1 };
    }

    /** Lay out all labels. @param {Candidate[]} candidates @param {Box[]} obstacles */
    layout(candidates, obstacles) {
      const taken = new Grid(obstacles);
      /** @type {Map<string, [Candidate, Place]>} */
      const placed = new Map();
      for (const candidate of [...candidates].sort((a, b) => a.rank - b.rank)) {
        const place = this.find(candidate, taken);
        if (!place) continue;
        taken.add(place.box);
        placed.set(candidate.key, [candidate, place]);
      }
      // Written last: `find` asks for shapes, and after each change of the page that would lay it out again.
      for (const [candidate, { attempt }] of placed.values()) this.write(candidate, attempt);
      for (const [key, node] of this.nodes) setShown(node.el, placed.has(key));
    }

    /** The first free place for a label; if all touch something to avoid, the one that touches least of it. */
    find(candidate, taken) {
      const { avoid, strict, allows } = candidate;
      let best = null;
      for (const place of this.placesOf(candidate)) {
        if (taken.meets(place.box) || (allows && !allows(place.attempt))) continue;
        if (!avoid || !avoid.meets(place.box)) return place;
        if (strict) continue;
        const touches = [...avoid.over(place.box)].length;
        if (!best || touches < best.touches) best = { place, touches };
      }
      return best && best.place;
    }

    /** Write one label, or leave it if it stands there already. */
    write(candidate, attempt) {
      let node = this.nodes.get(candidate.key);
      if (!node) {
        node = { el: svg("text", {}, this.root), drawn: "" };
        this.nodes.set(candidate.key, node);
      }
      const style = LABEL_STYLES[candidate.style];
      const x = (candidate.at.x + attempt.dx).toFixed(1);
      const y = candidate.at.y + attempt.dy;
      const wanted = JSON.stringify([attempt, candidate.count, x, y, candidate.style, candidate.tone]);
      if (node.drawn === wanted) return;
      node.drawn = wanted;
      const attributes = {
        class: `oc-label oc-t-${candidate.tone}`,
        "text-anchor": attempt.align,
        "font-size": String(style.size),
        "font-weight": String(style.weight),
        "font-style": style.italic ? "italic" : "normal",
        "letter-spacing": String(style.spacing || 0),
      };
      for (const [name, value] of Object.entries(attributes)) setAttr(node.el, name, value);
      node.el.replaceChildren();
      attempt.lines.forEach((line, i) => {
        const shift = (i - (attempt.lines.length - 1) / 2) * style.size * 1.18 + style.size * 0.35;
        const span = svg("tspan", { x, y: (y + shift).toFixed(1) }, node.el);
        span.textContent = line;
        if (candidate.count && i === attempt.lines.length - 1)
          svg("tspan", { dx: 4, "font-weight": 700 }, node.el).textContent = candidate.count;
      });
    }
  }

  /** A text in one line, and in two lines of about the same length. */
  function lineSplits(content) {
    const words = content.split(" ");
    if (words.length < 2) return [[content]];
    let best = null;
    for (let i = 1; i < words.length; i += 1) {
      const pair = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
      const longest = Math.max(pair[0].length, pair[1].length);
      if (words[i] !== "·" && (!best || longest < best.longest)) best = { pair, longest };
    }
    return best ? [[content], best.pair] : [[content]];
  }

  // ----------------------------------------------------------------------------------------------- tooltip

  class Tooltip {
    constructor(container) {
      this.container = container;
      this.el = html("div", "oc-tooltip", container);
      this.el.setAttribute("role", "tooltip");
      this.el.setAttribute("aria-hidden", "true");
      this.name = html("div", "oc-tooltip-name", this.el);
      this.lines = html("div", "oc-tooltip-lines", this.el);
      this.read = html("div", "oc-tooltip-read", this.el);
      this.hide();
    }

    /** Fill and place it beside a point of the frame, always inside the frame. */
    show(name, tip, read, x, y) {
      setText(this.name, name);
      this.lines.replaceChildren(...linesOf(tip).map((line) => html("div", "", null, line)));
      setText(this.read, read);
      this.el.hidden = false;
      this.move(x, y);
    }

    move(x, y) {
      const { clientWidth: w, clientHeight: h } = this.container;
      const { offsetWidth: tw, offsetHeight: th } = this.el;
      const left = x + 16 + tw > w - 6 ? x - 14 - tw : x + 16;
      const top = y + 16 + th > h - 6 ? y - 12 - th : y + 16;
      this.el.style.transform = `translate(${Math.round(clamp(left, 6, w - tw - 6))}px, ${Math.round(clamp(top, 6, h - th - 6))}px)`;
    }

    hide() {
      this.el.hidden = true;
    }
  }

  // ------------------------------------------------------------------------------------------------ panels

  /** A small drawing beside an entry of the legend. */
  function swatch(kind) {
    const el = svg("svg", { class: "oc-swatch", width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" });
    const framed = { border: "url(#oc-flat-border-0)", area: "url(#oc-flat-area-0)", blank: "none", filtered: "none" };
    if (Object.hasOwn(framed, kind)) {
      svg("rect", { class: "oc-swatch-ground", x: 1, y: 1, width: 24, height: 12 }, el);
      svg("rect", { class: "oc-swatch-frame", x: 1, y: 1, width: 24, height: 12, fill: framed[kind] }, el);
    } else if (["route", "schematic", "hollow"].includes(kind)) {
      const head = HEADS[kind === "hollow" ? "hollow" : "solid"];
      svg("path", { class: `oc-route-line${kind === "route" ? "" : " oc-schematic"}`, d: "M1 7H20" }, el);
      svg(
        "path",
        {
          class: `oc-head oc-head-${kind === "hollow" ? "hollow" : "solid"}`,
          d: head.d,
          transform: `translate(25 7) scale(${head.scale}) translate(-8.8 -5)`,
        },
        el,
      );
    } else if (kind === "corridor") {
      svg("rect", { class: "oc-swatch-corridor", x: 1, y: 1.5, width: 24, height: 6 }, el);
      svg("path", { class: "oc-national", d: "M1 7.5H25" }, el);
      svg("path", { class: "oc-limit-sample", d: "M1 12H25" }, el);
    } else if (Object.hasOwn(POINT_SHAPES, kind)) {
      const of = kind === "rough" ? "oc-site oc-rough" : `oc-${kind}`;
      const g = svg("g", { class: of, transform: "translate(13 7)" }, el);
      svg("path", { class: "oc-point-mark", d: POINT_SHAPES[kind] }, g);
    }
    return el;
  }

  /** The legend: always open on wide frames, one line and a button on narrow ones. */
  class Legend {
    constructor(parent, onResize) {
      this.el = html("div", "oc-legend oc-panel", parent);
      this.bar = html("div", "oc-legend-bar", this.el);
      this.barRamp = html("div", "oc-ramp", this.bar);
      this.button = html("button", "oc-legend-button", this.bar);
      this.button.type = "button";
      this.button.setAttribute("aria-expanded", "false");
      this.body = html("div", "oc-legend-body", this.el);
      this.drawn = "";
      this.button.addEventListener("click", () => this.open(!this.isOpen));
      this.el.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.open(false);
      });
      this.onResize = onResize;
    }

    get isOpen() {
      return this.el.classList.contains("oc-open");
    }

    open(on) {
      this.el.classList.toggle("oc-open", on);
      setAttr(this.button, "aria-expanded", String(on));
      this.onResize();
    }

    show(legend) {
      const wanted = JSON.stringify(legend);
      if (wanted === this.drawn) return;
      this.drawn = wanted;
      setShown(this.el, Boolean(legend.levels.length || legend.rows.length));
      setText(this.button, legend.open);
      this.barRamp.replaceChildren(...this.rampCells(legend.levels));
      this.body.replaceChildren();
      if (legend.levels.length) {
        html("div", "oc-legend-title", this.body, legend.title);
        html("div", "oc-ramp", this.body).append(...this.rampCells(legend.levels));
      }
      this.addRows(legend.rows);
    }

    rampCells(levels) {
      return levels.map((label, i) => {
        const cell = html("div", "oc-ramp-cell");
        html("span", `oc-ramp-colour oc-l${i + 1}`, cell);
        html("span", "oc-ramp-label", cell, label);
        return cell;
      });
    }

    addRows(rows) {
      const fills = ["border", "area", "blank", "filtered"];
      rows.forEach((row, i) => {
        const breaks = i > 0 && fills.includes(rows[i - 1].swatch) && !fills.includes(row.swatch);
        const el = html("div", `oc-legend-row${breaks ? " oc-rule" : ""}`, this.body);
        el.appendChild(swatch(row.swatch));
        html("span", "", el, row.text);
      });
    }
  }

  /** Cards for flows whose other end lies outside the frame, or has no line: each item selects its route. */
  class EdgeCards {
    constructor(map, sheet, ui, view) {
      this.map = map;
      this.sheet = sheet;
      this.view = view;
      this.left = html("div", "oc-edges oc-edges-left", ui);
      this.right = html("div", "oc-edges oc-edges-right", ui);
      this.button = html("button", "oc-edges-button oc-panel", ui);
      this.button.type = "button";
      this.row = html("div", "oc-edges oc-edges-row", ui);
      this.pane = map.createPane("oc-cards");
      const { x0, y0, x1, y1 } = unionOf(view.marks.of("region").map(({ box }) => box));
      this.middle = [(x0 + x1) / 2, (y0 + y1) / 2];
      this.floating = [];
      this.drawn = "";
      for (const el of [this.left, this.right, this.row, this.button, this.pane]) detach(el, el === this.row);
      this.row.addEventListener(
        "wheel",
        (event) => {
          this.row.scrollLeft += event.deltaY; // a mouse that has but one wheel
        },
        { passive: true },
      );
      this.button.addEventListener("click", () => this.open(!this.row.classList.contains("oc-open")));
      this.row.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.open(false);
      });
      this.open(false);
    }

    /** Open or close the list behind the button. */
    open(on) {
      this.row.classList.toggle("oc-open", on);
      setAttr(this.button, "aria-expanded", String(on));
    }

    /** Redraw only when the cards themselves changed; a button that had the focus keeps it. */
    show(edges, mode, title) {
      setText(this.button, title || edges.map(({ name }) => name).join(", "));
      const wanted = JSON.stringify([edges, mode]);
      if (wanted === this.drawn) return;
      this.drawn = wanted;
      setShown(this.button, mode === "button" && edges.length > 0);
      this.row.classList.toggle("oc-edges-list", mode === "button");
      const active = document.activeElement;
      const focused = active && active.closest(".oc-card") ? active.getAttribute("data-id") : null;
      for (const el of [this.left, this.right, this.row, this.pane]) el.replaceChildren();
      this.floating = [];
      for (const edge of edges) this.place(edge, this.card(edge), mode !== "stacks");
      if (focused)
        this.buttons()
          .find((button) => button.dataset.id === focused)
          ?.focus({ preventScroll: true });
    }

    place(edge, card, asRow) {
      if (asRow) this.row.appendChild(card);
      else if (edge.at) {
        card.classList.add("oc-card-small");
        this.floatAt(edge).appendChild(card);
      } else (edge.side.includes("e") ? this.right : this.left).appendChild(card);
    }

    /** The holder of all cards beside one point. */
    floatAt(edge) {
      const stamp = edge.at.join();
      let float = this.floating.find((one) => one.stamp === stamp);
      if (!float) {
        float = {
          stamp,
          at: this.sheet.point(edge.at),
          side: this.sideOf(edge),
          el: html("div", "oc-card-at", this.pane),
        };
        this.floating.push(float);
      }
      return float.el;
    }

    /** The side given, or the one on which the point lies as seen from the middle of the country. */
    sideOf(edge) {
      if (edge.side || !edge.at) return edge.side || "n";
      const [x, y] = this.sheet.point(edge.at);
      const turn = (Math.atan2(y - this.middle[1], x - this.middle[0]) * 180) / Math.PI;
      return Object.keys(COMPASS).find((name) => Math.abs(((COMPASS[name] - turn + 540) % 360) - 180) <= 22.5) || "n";
    }

    card(edge) {
      const card = html("div", "oc-card");
      const angle = COMPASS[this.sideOf(edge)] + (edge.inward ? 180 : 0);
      const arrow = svg(
        "svg",
        { class: "oc-card-arrow", width: 20, height: 20, viewBox: "0 0 20 20", "aria-hidden": "true" },
        card,
      );
      const g = svg("g", { transform: `rotate(${angle} 10 10)` }, arrow);
      svg("path", { class: "oc-route-line oc-schematic", d: "M2 10H13" }, g);
      svg(
        "path",
        {
          class: "oc-head oc-head-solid",
          d: HEADS.solid.d,
          transform: "translate(18 10) scale(.95) translate(-8.2 -5)",
        },
        g,
      );
      const body = html("div", "oc-card-body", card);
      html("div", "oc-card-name", body, edge.name);
      const items = html("div", "oc-card-items", body);
      edge.items.forEach((item, i) => {
        if (i) items.append(", ");
        items.appendChild(this.itemButton(edge, item));
      });
      return card;
    }

    itemButton(edge, item) {
      const el = html("button", "oc-card-item", null, item.text);
      el.type = "button";
      el.dataset.id = item.route;
      el.dataset.kind = "route";
      el.setAttribute("aria-label", spoken(`${edge.name}: ${item.text}`, item.tip));
      el.addEventListener("click", () => {
        this.open(false);
        this.view.pick({ kind: "route", id: item.route });
      });
      const tip = (event) => this.view.tipAt(event, `${edge.name}: ${item.text}`, item.tip, el);
      el.addEventListener("pointerenter", tip);
      el.addEventListener("focus", tip);
      el.addEventListener("pointerleave", () => this.view.tooltip.hide());
      el.addEventListener("blur", () => this.view.tooltip.hide());
      return el;
    }

    buttons() {
      return [this.left, this.right, this.row, this.pane].flatMap((el) => [...el.querySelectorAll("button")]);
    }

    select(key) {
      for (const button of this.buttons())
        setAttr(button, "aria-pressed", String(keyOf("route", button.dataset.id) === key));
    }

    /**
     * Put the floating cards beside their points: rather on the side away from the country, and clear of the
     * frame's edge, of panels and of one another.
     * @param {Box[]} panels  in layer pixels
     * @param {Box[]} ends    of routes, in layer pixels
     */
    move(panels, ends) {
      const size = this.map.getSize();
      const corner = this.map.containerPointToLayerPoint([0, 0]);
      const frame = { x0: corner.x, y0: corner.y, x1: corner.x + size.x, y1: corner.y + size.y };
      const taken = [...panels];
      for (const float of this.floating) {
        const p = this.sheet.layerPoint(float.at);
        const inView = overlap(boxAround(p.x, p.y, 1), frame);
        const places = placesBeside(p, float.side, float.el.offsetWidth, float.el.offsetHeight);
        const cost = (box, i) =>
          i / 2 +
          100 * taken.filter((other) => overlap(box, other)).length +
          12 * ends.filter((end) => overlap(box, end)).length +
          (inView && !inside(box, frame) ? 60 : 0) +
          this.landUnder(box);
        const costs = places.map(cost);
        const box = places[costs.indexOf(Math.min(...costs))];
        taken.push(box);
        float.el.style.transform = `translate(${Math.round(box.x0)}px, ${Math.round(box.y0)}px)`;
      }
    }

    /** How much of the country a box would cover, as a cost. */
    landUnder({ x0, y0, x1, y1 }) {
      const { land } = this.view.marks;
      if (!land) return 0;
      const xs = [x0, (x0 + x1) / 2, x1];
      return (
        8 *
        xs
          .flatMap((x) => [y0, y1].map((y) => [x, y]))
          .filter((corner) => land.isPointInFill(this.sheet.fromLayer(corner))).length
      );
    }
  }

  /** Where a box of a size could stand around a point, the side given first, near before far. @returns {Box[]} */
  function placesBeside(p, side, w, h) {
    const given = COMPASS[side] || 0;
    const turns = [0, 22, -22, 45, -45, 67, -67, 90, -90, 112, -112, 135, -135, 180].map(
      (turn) => ((given + turn) * Math.PI) / 180,
    );
    const places = [10, 26, 44].flatMap((gap) =>
      turns.map((turn) => [p.x + Math.cos(turn) * (gap + w / 2), p.y + Math.sin(turn) * (gap + h / 2)]),
    );
    return places.map(([x, y]) => ({ x0: x - w / 2, y0: y - h / 2, x1: x + w / 2, y1: y + h / 2 }));
  }

  /** Lima and Callao, too small on the whole map: a panel of its own with a leader. For the pointer only. */
  class Inset {
    constructor(ui, sheet, marks) {
      this.sheet = sheet;
      this.targets = INSET.ids.map((id) => marks.byKey.get(keyOf("place", id))).filter(Boolean);
      this.leader = svg("svg", { class: "oc-leader", "aria-hidden": "true" }, ui);
      this.leaderLine = svg("path", { d: "" }, this.leader);
      this.el = html("div", "oc-inset", ui);
      this.el.setAttribute("aria-hidden", "true");
      this.shown = false;
      this.sites = [];
      if (this.targets.length) {
        this.draw(marks);
        this.addTarget(this.targets[0], marks.groups.small);
      }
      this.show(false);
    }

    draw(marks) {
      const { width, height } = INSET;
      this.scale = 2 ** (INSET.zoom - BASE_ZOOM);
      const all = unionOf(this.targets.map(({ box }) => box));
      const [w, h] = [width / this.scale, height / this.scale];
      const x0 = (all.x0 + all.x1) / 2 - w * 0.36;
      const y0 = (all.y0 + all.y1) / 2 - h / 2;
      this.window = { x0, y0, x1: x0 + w, y1: y0 + h };
      const root = svg(
        "svg",
        { class: "oc-inset-map", width, height, viewBox: `0 0 ${width} ${height}`, focusable: "false" },
        this.el,
      );
      addPatterns(root, "oc-inset", LEVELS, 1 / this.scale);
      this.map = svg("g", { transform: `scale(${this.scale}) translate(${-x0} ${-y0})` }, root);
      this.drawShapes(marks);
      this.texts = svg("g", { class: "oc-inset-texts" }, root);
      this.drawSites(marks, root);
      this.names = this.targets.slice(1).map((mark) => {
        const place = {
          x: (mark.box.x0 - x0) * this.scale - 5,
          y: ((mark.box.y0 + mark.box.y1) / 2 - y0) * this.scale + 4,
        };
        return {
          mark,
          el: svg(
            "text",
            { class: "oc-label oc-t-blank", "font-size": 11, "text-anchor": "end", ...place },
            this.texts,
          ),
        };
      });
      const caption = html("div", "oc-inset-caption", this.el);
      this.title = html("span", "oc-inset-title", caption);
      this.count = html("b", "oc-inset-count", caption);
      this.ratio = html("span", "oc-inset-ratio", caption);
    }

    /** On the whole map the region is smaller than a finger and lies under a route: give it a place to be hit. */
    addTarget(mark, parent) {
      this.target = svg("g", { class: "oc-point", "data-twin": mark.key }, parent);
      svg("circle", { class: "oc-point-hit", r: 9 }, this.target);
      const { x0, y0, x1, y1 } = mark.box;
      this.sheet.addSymbol(this.target, [(x0 + x1) / 2, (y0 + y1) / 2]);
    }

    drawShapes(marks) {
      let lines = "";
      for (const mark of marks.of("region").filter(({ box }) => overlap(box, this.window))) {
        const el = svg("path", { class: "oc-region oc-l0", d: mark.outline, "data-twin": mark.key }, this.map);
        const hatch = svg("path", { class: "oc-hatch", d: mark.outline, fill: "none" }, this.map);
        mark.elements.push(el);
        mark.extra.insetHatch = hatch;
        lines += mark.outline;
      }
      svg("path", { class: "oc-line oc-region-line", d: lines }, this.map);
      this.ring = [
        svg("path", { class: "oc-line oc-ring-halo", d: "" }, this.map),
        svg("path", { class: "oc-line oc-ring-ink", d: "" }, this.map),
      ];
    }

    drawSites(marks, root) {
      const sites = marks
        .of("site")
        .filter(({ at: [x, y] }) => overlap(boxAround(x, y, 0), this.window))
        .sort((a, b) => a.at[1] - b.at[1]);
      for (const mark of sites) {
        const [x, y] = [(mark.at[0] - this.window.x0) * this.scale, (mark.at[1] - this.window.y0) * this.scale];
        const g = svg(
          "g",
          { class: mark.el.getAttribute("class"), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, "data-twin": mark.key },
          root,
        );
        svg("circle", { class: "oc-point-hit", r: 7 }, g);
        svg("path", { class: "oc-point-mark", d: DIAMOND, transform: "scale(.9)" }, g);
        const label = svg(
          "text",
          {
            class: "oc-label oc-t-site",
            "font-size": 11,
            "font-weight": 500,
            "font-style": "italic",
            "data-twin": mark.key,
          },
          this.texts,
        );
        mark.elements.push(g);
        mark.crowded = true;
        this.sites.push({ mark, label, x, y });
      }
      // Names stand below one another even where the sites lie close: spread them, the lowest at its own height.
      const step = 13;
      for (let i = this.sites.length - 1, ceiling = Infinity; i >= 0; i -= 1) {
        const site = this.sites[i];
        site.labelY = Math.min(site.y, ceiling - step);
        ceiling = site.labelY;
      }
      const column = Math.max(...this.sites.map(({ x }) => x)) + 12;
      for (const site of this.sites) {
        setAttr(site.label, "x", column.toFixed(1));
        setAttr(site.label, "y", (site.labelY + 4).toFixed(1));
      }
    }

    /** Names, number and scale; and what of the map's own marks the inset stands for. */
    update(lang, selectedKey) {
      if (!this.targets.length) return;
      const [lima] = this.targets;
      setText(this.title, lima.name[lang]);
      setText(this.count, lima.extra.n ? String(lima.extra.n) : "");
      const factor = this.scale * this.sheet.pixel;
      setText(this.ratio, `×${factor.toLocaleString(lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 })}`);
      for (const { mark, el } of this.names)
        setText(el, mark.extra.n ? `${mark.name[lang]} ${mark.extra.n}` : mark.name[lang]);
      for (const { mark, label } of this.sites) {
        setText(label, mark.name[lang]);
        setShown(label, mark.shown);
      }
      const chosen = [...this.targets].find(({ key }) => key === selectedKey);
      for (const ring of this.ring) setAttr(ring, "d", chosen ? chosen.outline : "");
    }

    show(on) {
      this.shown = on && this.targets.length > 0;
      setShown(this.el, this.shown);
      setShown(this.leader, this.shown);
      if (this.target) setShown(this.target, this.sheet.map.getZoom() < 6.5);
      for (const { mark } of this.sites) {
        mark.inInset = this.shown;
        mark.el.classList.toggle("oc-in-inset", this.shown);
        mark.el.classList.toggle("oc-quiet", this.sheet.map.getZoom() < 7); // else they would bury the region they lie in
      }
    }

    /** Whether there is enough to be gained at this zoom. */
    get useful() {
      return this.targets.length > 0 && this.sheet.map.getZoom() < 7 && this.scale * this.sheet.pixel >= INSET.least;
    }

    /** Where on the frame the thing itself lies. */
    get home() {
      const { box } = this.targets[0];
      return this.sheet.containerPoint([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]);
    }

    /** Draw the leader from the panel to the place. */
    drawLeader() {
      if (!this.shown) return;
      const { offsetLeft: left, offsetTop: top, offsetWidth: w, offsetHeight: h } = this.el;
      const { box } = this.targets[0];
      const a = this.sheet.containerPoint([box.x0, box.y0]);
      const b = this.sheet.containerPoint([box.x1, box.y1]);
      const size = this.sheet.map.getSize();
      const level = (a.y + b.y) / 2;
      const y = clamp(level, top + 8, top + h - 12);
      const there = a.x > left + w + 8 && a.x < size.x && b.y > 0 && a.y < size.y;
      const bend = Math.abs(level - y) < 12 ? `H${Math.round(a.x - 8)}` : "";
      const d = there ? `M${left + w} ${y}${bend}L${Math.round(a.x - 1)} ${Math.round(level)}` : "";
      setAttr(this.leaderLine, "d", d);
    }
  }

  /** Zoom, home, scale, attribution, hint. */
  class Controls {
    constructor(map, ui, actions) {
      this.el = html("div", "oc-corner", ui);
      const buttons = html("div", "oc-buttons oc-panel", this.el);
      this.zoomIn = this.button(buttons, "M10 4V16M4 10H16", actions.zoomIn);
      this.zoomOut = this.button(buttons, "M4 10H16", actions.zoomOut);
      this.home = this.button(buttons, "M3.5 9.5 10 4 16.5 9.5M5.5 8.5V16H14.5V8.5", actions.home);
      const foot = html("div", "oc-foot", this.el);
      const scale = L.control.scale({ imperial: false, maxWidth: 76 }).addTo(map).getContainer();
      foot.appendChild(scale);
      this.attribution = html("div", "oc-attribution", ui);
      this.hint = html("div", "oc-hint", ui);
      this.hint.setAttribute("role", "note");
      if (map.attributionControl) map.attributionControl.remove();
      if (map.zoomControl) map.zoomControl.remove();
    }

    button(parent, d, action) {
      const el = html("button", "oc-button", parent);
      el.type = "button";
      svg("path", { d }, svg("svg", { width: 20, height: 20, viewBox: "0 0 20 20", "aria-hidden": "true" }, el));
      el.addEventListener("click", action);
      return el;
    }

    show(words) {
      const names = [
        [this.zoomIn, words["map.zoom_in"]],
        [this.zoomOut, words["map.zoom_out"]],
        [this.home, words["map.home"]],
      ];
      for (const [button, name] of names) {
        setAttr(button, "aria-label", text(name));
        setAttr(button, "title", text(name));
      }
      setText(this.attribution, text(words["map.attribution"]));
      setText(this.hint, text(words["map.hint"]));
    }
  }

  // ------------------------------------------------------------------------------------------------ camera

  /** Moves the map only when someone asked for it. */
  class Camera {
    /** @param {L.Map} map @param {Sheet} sheet @param {L.LatLngBounds} bounds */
    constructor(map, sheet, bounds) {
      this.map = map;
      this.sheet = sheet;
      this.bounds = bounds;
      this.ready = false; // has the frame had a size yet
      this.atHome = false; // nobody has moved the map since it was fitted
      this.own = false; // the movement under way is ours
      this.missed = null; // a mark to follow once the frame has a size again: another view hides the map
      map.options.zoomSnap = ZOOM.snap;
      map.options.zoomDelta = ZOOM.step;
      map.options.wheelPxPerZoomLevel = 120;
      map.options.maxBoundsViscosity = 0.8;
      if (reducedMotion()) Object.assign(map.options, { inertia: false, zoomAnimationThreshold: -1 }); // no zoom is animated
      const { panBy } = map; // by which the arrow keys and the bounds move the map, too
      map.panBy = (offset, options) => panBy.call(map, offset, reducedMotion() ? { ...options, animate: false } : options);
      map.setMaxZoom(ZOOM.max);
      map.on("movestart", () => {
        if (!this.own) this.atHome = false;
      });
    }

    moveOwn(action) {
      this.own = true;
      action();
      this.own = false;
    }

    /** Room to leave at the frame's edges for what lies there, in pixels; `left` only where there is room to spare. */
    padding({ top, left, bottom }) {
      const { x, y } = this.map.getSize();
      const p = clamp(Math.min(x, y) * 0.045, 8, 34);
      const zoom = this.map.getBoundsZoom(this.bounds, false, L.point(2 * p, 2 * p + top + bottom));
      const width =
        this.map.project(this.bounds.getNorthEast(), zoom).x - this.map.project(this.bounds.getSouthWest(), zoom).x;
      const shift = clamp(x - 2 * p - width, 0, left);
      return { zoom, paddingTopLeft: [p + shift, p + top], paddingBottomRight: [p, p + bottom] };
    }

    /** The whole country, clear of the panels. */
    goHome(insets, animate) {
      const gently = Boolean(animate) && !reducedMotion();
      this.own = true;
      if (!gently) this.map.setMaxBounds(null);
      this.map.options.minZoom = 0;
      const { zoom, ...padding } = this.padding(insets);
      this.map.options.minZoom = Math.min(ZOOM.min, zoom);
      const arrive = () => {
        this.own = false;
        this.atHome = true;
      };
      if (gently) this.map.once("moveend", arrive); // an animation starts and ends later
      this.map.fitBounds(this.bounds, { ...padding, animate: gently });
      if (gently) return;
      this.fence();
      arrive();
    }

    get hasSize() {
      const { x, y } = this.map.getSize();
      return x > 0 && y > 0;
    }

    /** The first view: the country, or the selection where the frame is small. */
    begin(insets, mark) {
      this.goHome(insets, false);
      if (mark && this.map.getSize().x < OPEN) {
        const p = L.point(0, insets.bottom);
        this.moveOwn(() =>
          this.map.fitBounds(this.sheet.latLngBounds(mark.box).pad(0.25), {
            paddingBottomRight: p,
            maxZoom: 7.5,
            animate: false,
          }),
        );
        this.atHome = false;
      }
      this.ready = true;
    }

    /** Keep people from losing the country: the data's frame and the first view bound all panning. */
    fence() {
      const { bounds } = this.sheet;
      this.map.setMaxBounds(
        L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast()).extend(this.map.getBounds().pad(0.02)),
      );
    }

    /** The frame has another size: keep the centre. */
    resize() {
      this.moveOwn(() => this.map.invalidateSize({ animate: false, pan: this.ready }));
    }

    /** Bring a mark into view that was selected elsewhere, and only if it is out of view. */
    follow(mark) {
      this.missed = this.hasSize ? null : mark;
      if (!this.ready || this.missed) return;
      const bounds = this.sheet.latLngBounds(mark.box);
      const view = this.map.getBounds();
      if (view.contains(this.sheet.latLng(mark.at)) || view.contains(bounds)) return;
      const zoom = Math.min(
        this.map.getZoom(),
        Math.max(this.map.getBoundsZoom(bounds.pad(0.15)), this.map.getMinZoom()),
      );
      this.atHome = false;
      if (reducedMotion()) this.map.setView(bounds.getCenter(), zoom, { animate: false });
      else this.map.flyTo(bounds.getCenter(), zoom, { duration: FLY_SECONDS });
    }

    /** Keyboard focus fell on something outside the view. */
    reveal(mark) {
      const bounds = this.sheet.latLngBounds(mark.box);
      if (!this.map.getBounds().intersects(bounds)) this.map.panTo(bounds.getCenter(), { animate: false });
    }
  }

  // ----------------------------------------------------------------------------------- the map as a whole

  let sent = 0; // selections sent so far: makes two clicks on the same place two values

  class MapView {
    /** @param {L.Map} map @param {{data: any, evidence: any, onSelect: (value: object) => void}} options */
    constructor(map, options) {
      this.map = map;
      this.onSelect = options.onSelect;
      this.container = map.getContainer();
      this.container.classList.add("oc-map");
      this.message = null; // the last one, to be shown once the files are here
      this.evidence = null;
      this.texts = readTexts({});
      this.scene = null;
      this.selectedKey = "";
      /** @type {string[]} */
      this.picked = []; // selections made here that no scene has confirmed yet, oldest first
      this.hovered = null;
      this.focused = null;
      this.touched = false;
      this.drawn = false;
      this.scenes = 0;
      this.load(options);
    }

    // -- starting

    async load({ data, evidence }) {
      try {
        const files = await Promise.all([data, evidence].map(fetched));
        this.evidence = new OcEvidence(files[1]);
        this.draw(record(files[0]));
      } catch (error) {
        console.warn("ocmap: the map's data could not be drawn.", String(error));
        this.fail();
        return;
      }
      this.scene = null;
      if (this.message) this.show(this.message);
    }

    /** Say that there is no map, in words. */
    fail() {
      this.failure = this.failure || html("div", "oc-failed", this.container);
      this.failure.setAttribute("role", "alert");
      if (this.scene) this.applyThemeAndLanguage(this.scene);
      setText(this.failure, FAILED);
      document.documentElement.dataset.ocmap = "failed";
    }

    draw(data) {
      this.texts = readTexts(data);
      const regions = featuresOf(data.regions);
      const frame = frameOf([...featuresOf(data.countries), ...regions]);
      if (!regions.length || !frame) throw new Error("no regions in the data");
      if (this.map.getZoom() === undefined)
        this.map.setView([(frame.south + frame.north) / 2, (frame.west + frame.east) / 2], ZOOM.min);
      this.sheet = new Sheet(this.map, frame);
      this.marks = new Marks(this.sheet);
      this.marks.draw(data);
      this.rings = this.drawRings();
      this.labels = new Labels(this.map);
      this.drawPanels();
      this.camera = new Camera(this.map, this.sheet, L.latLngBounds(data.bounds));
      this.listen();
      this.drawn = true;
    }

    /** Outlines drawn on top of everything they belong to: none of them answers to the pointer. */
    drawRings() {
      const { selection, focus } = this.marks.groups;
      const ring = (name, parent) => svg("path", { class: `oc-line ${name}`, d: "" }, parent);
      return {
        hover: ring("oc-ring-hover", selection),
        selected: [ring("oc-ring-halo", selection), ring("oc-ring-ink", selection)],
        focus: [ring("oc-focus-gap", focus), ring("oc-focus-ring", focus), ring("oc-focus-ink", focus)],
      };
    }

    drawPanels() {
      const defs = svg("svg", { class: "oc-defs", width: 0, height: 0, "aria-hidden": "true" }, this.container);
      this.patterns = addPatterns(defs, "oc-map", LEVELS, 1);
      addPatterns(defs, "oc-flat", [0], 1);
      this.ui = html("div", "oc-ui", this.container);
      this.edges = new EdgeCards(this.map, this.sheet, this.ui, this);
      this.inset = new Inset(this.ui, this.sheet, this.marks);
      this.legend = new Legend(this.ui, () => this.arrangeSoon());
      this.controls = new Controls(this.map, this.ui, {
        zoomIn: () => this.zoomBy(1),
        zoomOut: () => this.zoomBy(-1),
        home: () => this.camera.goHome(this.insets(), true),
      });
      this.tooltip = new Tooltip(this.container);
      for (const el of [this.legend.el, this.inset.el, this.controls.el]) detach(el, true);
    }

    zoomBy(steps) {
      this.map.setZoom(this.map.getZoom() + steps * ZOOM.step, { animate: !reducedMotion() });
    }

    // -- events

    listen() {
      for (const root of [this.sheet.root, this.inset.el]) {
        root.addEventListener("click", (event) => this.onClick(event));
        root.addEventListener("pointerover", (event) => this.onPointer(event));
        root.addEventListener("pointermove", (event) => this.onPointer(event));
        root.addEventListener("pointerout", () => this.hover(null));
        root.addEventListener("keydown", (event) => this.onKey(event));
      }
      // On the pane: an <svg> that listens to the focus becomes a stop of the Tab key itself.
      const pane = this.sheet.root.parentElement;
      pane.addEventListener("focusin", (event) => this.onFocus(this.markOf(event.target)));
      pane.addEventListener("focusout", () => this.onFocus(null));
      this.container.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.tooltip.hide();
      });
      for (const type of ["pointerdown", "wheel", "keydown", "focusin"])
        this.container.addEventListener(type, () => this.touch(), { passive: true });
      this.map.on("zoomstart", () => this.container.classList.add("oc-zooming"));
      this.map.on("zoom", () => this.onZoom());
      this.map.on("zoomend", () => {
        this.container.classList.remove("oc-zooming");
        this.onZoom();
        this.arrange();
      });
      this.map.on("moveend", () => this.arrangeSoon(true));
      this.map.on("move", () => this.inset.drawLeader());
      this.map.on("dragstart", () => this.hover(null));
      this.observer = new ResizeObserver(() => this.onResize());
      this.observer.observe(this.container);
      document.fonts.addEventListener("loadingdone", () => {
        this.labels.widths.clear();
        this.arrangeSoon();
      });
    }

    dispose() {
      if (this.observer) this.observer.disconnect();
    }

    touch() {
      if (this.touched) return;
      this.touched = true;
      this.showHint();
    }

    /** @returns {Mark|null} the mark that an element of the sheet or the inset belongs to */
    markOf(target) {
      const el = target instanceof Element ? target.closest("[data-id], [data-twin]") : null;
      if (!el) return null;
      const key =
        el.getAttribute("data-twin") ||
        keyOf(el.getAttribute("data-kind") === "route" ? "route" : "place", el.getAttribute("data-id"));
      return this.marks.byKey.get(key) || null;
    }

    onClick(event) {
      const mark = this.markOf(event.target);
      if (mark && !(event.detail > 0 && this.map.dragging && this.map.dragging.moved())) this.pick(pickOf(mark));
    }

    onKey(event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      const mark = this.markOf(event.target);
      if (!mark) return;
      event.preventDefault();
      if (!event.repeat) this.pick(pickOf(mark));
    }

    onPointer(event) {
      if (event.pointerType !== "mouse" || event.buttons) return;
      const mark = this.markOf(event.target);
      this.hover(mark);
      if (mark) this.tipAt(event, this.nameOf(mark), mark.tip, null);
    }

    hover(mark) {
      if (!mark) this.tooltip.hide();
      if (mark === this.hovered) return;
      if (this.hovered) this.hovered.elements[0].classList.remove("oc-hover");
      this.hovered = mark;
      if (mark) mark.elements[0].classList.add("oc-hover");
      setAttr(this.rings.hover, "d", mark && mark.kind !== "route" ? mark.outline : "");
    }

    /** Show the focus only to those who use the keyboard. */
    onFocus(mark) {
      const visible = mark && mark.el.matches(":focus-visible");
      this.focused = visible ? mark : null;
      this.drawFocus();
      if (!visible) {
        this.tooltip.hide();
        return;
      }
      this.camera.reveal(mark);
      this.tipAt({}, this.nameOf(mark), mark.tip, null, this.sheet.containerPoint(mark.at));
    }

    nameOf(mark) {
      return mark.name[this.scene ? this.scene.lang : "es"];
    }

    /** Show the tooltip at the pointer, at an element or at a point of the frame; never on touch. */
    tipAt(event, name, tip, el, point) {
      if (event.pointerType && event.pointerType !== "mouse") return;
      if (event.type === "focus" && !el.matches(":focus-visible")) return;
      const frame = this.container.getBoundingClientRect();
      const box = el ? el.getBoundingClientRect() : null;
      const x = point ? point.x : box ? box.left - frame.left : event.clientX - frame.left;
      const y = point ? point.y : box ? box.bottom - frame.top - 8 : event.clientY - frame.top;
      this.tooltip.show(name, tip, this.scene ? text(this.scene.words["tooltip.read"]) : "", x, y);
    }

    onZoom() {
      const zoom = this.map.getZoom();
      for (const step of ZOOM_CLASSES) this.container.classList.toggle(`oc-z${step}`, zoom >= step);
      this.sheet.rescale(this.patterns);
      this.marks.showFingerTargets();
      this.drawSelection();
      this.drawFocus();
      this.tooltip.hide();
    }

    onResize() {
      this.camera.resize();
      if (!this.scene || !this.camera.hasSize) return;
      this.settle();
      this.onZoom();
      this.arrange();
      if (this.camera.missed) this.camera.follow(this.camera.missed);
    }

    // -- selecting

    /** @param {Pick} pick  something was clicked: say so, and show it with the next frame */
    pick(pick) {
      const key = keyOf(pick.kind, pick.id);
      this.picked.push(key);
      this.tooltip.hide();
      sent = Math.max(sent + 1, Date.now()); // no number comes twice, not even after a reload
      this.onSelect({ kind: pick.kind, id: pick.id, n: sent }); // first, so that the answer is on its way
      requestAnimationFrame(() => this.select(key));
    }

    select(key) {
      if (key !== this.selectedKey) {
        const before = this.marks.byKey.get(this.selectedKey);
        const after = this.marks.byKey.get(key);
        this.selectedKey = key;
        if (before) this.press(before, false);
        if (after) this.press(after, true);
      }
      this.edges.select(key);
      this.drawSelection();
      this.drawFocus();
      this.showHint();
    }

    press(mark, on) {
      setAttr(mark.el, "aria-pressed", String(on));
      for (const element of mark.elements) element.classList.toggle("oc-selected", on);
    }

    /** @returns {string} the outline of a mark: its own, or a circle around a point */
    outlineOf(mark, radius) {
      if (!mark || !mark.shown) return "";
      if (mark.outline) return mark.outline;
      const [x, y] = mark.at;
      const r = radius * this.sheet.pixel;
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    }

    drawSelection() {
      const mark = this.marks.byKey.get(this.selectedKey);
      const d = mark && mark.kind !== "route" ? this.outlineOf(mark, 8.5) : "";
      const small = Boolean(mark) && (mark.box.x1 - mark.box.x0) / this.sheet.pixel < 32;
      for (const ring of this.rings.selected) {
        setAttr(ring, "d", d);
        ring.classList.toggle("oc-small", small && Boolean(mark.outline));
      }
    }

    /** The ring of the focus; where the selection is the same, its ink stays visible inside the ring. */
    drawFocus() {
      const mark = this.focused;
      const d = this.outlineOf(mark, 12);
      const route = Boolean(mark) && mark.kind === "route";
      const both = Boolean(mark) && !route && mark.key === this.selectedKey;
      for (const ring of this.rings.focus) {
        setAttr(ring, "d", d);
        ring.classList.toggle("oc-open-line", route);
        ring.classList.toggle("oc-both", both);
      }
    }

    showHint() {
      this.controls.hint.classList.toggle(
        "oc-on",
        !this.selectedKey && !this.touched && Boolean(this.controls.hint.textContent),
      );
    }

    // -- scenes

    show(message) {
      const before = this.drawn ? this.scene : null;
      this.message = message;
      this.scene = readScene(this.evidence ? this.evidence.scene(record(message)) : message, this.texts);
      if (this.drawn) this.apply(this.scene, before);
      else if (this.failure) this.fail();
    }

    apply(scene, before) {
      const onlySelection = this.scenes > 0 && Boolean(before && before.contentKey === scene.contentKey);
      this.applyThemeAndLanguage(scene);
      if (!onlySelection) this.applyMarks(scene);
      this.controls.show(scene.words);
      this.legend.show(scene.legend);
      this.applySelection(scene, before);
      for (const name of LAYERS) this.container.classList.toggle(`oc-no-${name}`, !scene.layers.has(name));
      if (this.camera.hasSize) {
        if (!this.camera.ready) this.settle();
        if (!this.scenes) this.onZoom();
        if (!this.scenes) this.arrange();
        else if (onlySelection) this.arrangeLater();
        else requestAnimationFrame(() => setTimeout(() => this.arrangeSoon())); // the colours first
      }
      this.scenes += 1;
      document.documentElement.dataset.ocmapScenes = String(this.scenes);
      document.documentElement.dataset.ocmap = "ready";
      this.container.classList.add("oc-ready");
    }

    /** Theme and language: a class and two attributes. */
    applyThemeAndLanguage(scene) {
      this.container.classList.toggle("oc-dark", scene.theme === "dark");
      this.container.classList.toggle("oc-light", scene.theme === "light");
      setAttr(document.documentElement, "lang", scene.lang);
      setAttr(this.container, "role", "region");
      setAttr(this.container, "aria-label", text(scene.words["map.label"]) || "ocmap");
    }

    applyMarks(scene) {
      const paint = {
        region: "paintRegion",
        corridor: "paintCorridor",
        route: "paintRoute",
        site: "paintPoint",
        tripoint: "paintPoint",
        response: "paintPoint",
      };
      const records = {
        region: scene.regions,
        corridor: scene.corridors,
        route: scene.routes,
        site: scene.sites,
        tripoint: scene.tripoints,
        response: scene.responses,
      };
      for (const mark of this.marks.all) {
        const given = entry(records[mark.kind], mark.id);
        mark.tip = tipOf(mark, given, scene.words);
        mark.shown = scene.layers.has(`${mark.kind}s`) && (mark.kind === "region" || given !== null);
        this[paint[mark.kind]](mark, given || {});
        setAttr(mark.el, "aria-label", spoken(mark.name[scene.lang], mark.tip));
      }
      this.applyNear(scene);
    }

    /** Highlight the corridors and routes of the selected place, and no others. */
    applyNear(scene) {
      const records = { corridor: scene.corridors, route: scene.routes };
      for (const mark of this.marks.all) {
        if (!Object.hasOwn(records, mark.kind)) continue;
        const given = entry(records[mark.kind], mark.id);
        mark.extra.near = mark.shown && Boolean(given && given.near);
        for (const element of mark.elements) element.classList.toggle("oc-near", mark.extra.near);
      }
    }

    paintRegion(mark, given) {
      const { extra } = mark;
      extra.n = isNumber(given.n) ? given.n : 0;
      const level = isNumber(given.level) ? clamp(Math.trunc(given.level), 0, 5) : 0;
      if (level !== extra.level) {
        for (const element of mark.elements) element.classList.replace(`oc-l${extra.level}`, `oc-l${level}`);
        extra.level = level;
      }
      const hatch = HATCHES.includes(given.indirect) ? given.indirect : null;
      extra.indirect = hatch !== null;
      setAttr(extra.hatch, "fill", hatch ? `url(#oc-map-${hatch}-${level})` : "none");
      if (extra.insetHatch) setAttr(extra.insetHatch, "fill", hatch ? `url(#oc-inset-${hatch}-${level})` : "none");
    }

    paintCorridor(mark, given) {
      mark.extra.n = isNumber(given.n) ? given.n : 0;
      for (const el of [...mark.elements, mark.extra.hit]) setShown(el, mark.shown);
    }

    paintRoute(mark) {
      setShown(mark.elements[0], mark.shown);
    }

    paintPoint(mark) {
      for (const element of mark.elements) setShown(element, mark.shown);
    }

    /** The scene's selection is the one that counts; the camera follows it only if it was made elsewhere. */
    applySelection(scene, before) {
      const key = scene.selected ? keyOf(scene.selected.kind, scene.selected.id) : "";
      const old = before && before.selected ? keyOf(before.selected.kind, before.selected.id) : "";
      const own = this.picked.includes(key);
      if (own) this.picked.splice(0, this.picked.lastIndexOf(key) + 1);
      this.select(key);
      const mark = this.marks.byKey.get(key);
      if (key !== old) this.camera.missed = null;
      if (mark && before && key !== old && !own) this.camera.follow(mark);
    }

    // -- arranging what lies over the map

    /** A new frame: choose how to show the panels, and fit the map to it if nobody has moved it yet. */
    settle() {
      const { x: width } = this.map.getSize();
      this.container.classList.toggle("oc-narrow", width < WIDE);
      this.container.classList.toggle("oc-closed", width < OPEN);
      this.crowdedFor = "";
      this.chooseEdges();
      this.ui.style.setProperty("--oc-bar", `${width < OPEN ? this.legend.bar.offsetHeight + 1 : 0}px`);
      const fit = () => {
        if (!this.camera.ready) this.camera.begin(this.insets(), this.marks.byKey.get(this.selectedKey));
        else if (this.camera.atHome) this.camera.goHome(this.insets(), false);
      };
      fit();
      if (
        this.camera.atHome &&
        !this.crowded &&
        width >= WIDE &&
        [...this.edges.left.children, ...this.edges.right.children].some((card) => this.covers(card))
      ) {
        this.crowded = true;
        this.edges.show(this.scene.edges, "row");
        fit();
      }
    }

    /** Edge cards in stacks where they fit above the legend, else in a row; behind a button on narrow frames. */
    chooseEdges() {
      const { edges } = this.scene;
      const { x: width, y: height } = this.map.getSize();
      const stamp = JSON.stringify([edges, width, height]);
      if (width < WIDE) this.crowded = false;
      else if (stamp !== this.crowdedFor) {
        this.edges.show(edges, "stacks");
        this.crowded = 3 * MARGIN + this.edges.left.offsetHeight > height - this.legend.el.offsetHeight;
      }
      this.crowdedFor = stamp;
      this.edges.show(edges, width < WIDE ? "button" : this.crowded ? "row" : "stacks", text(this.scene.words["map.flows"]));
      this.edges.select(this.selectedKey);
    }

    /** What the panels take of the frame when the whole country is shown. */
    insets() {
      const { x: width, y: height } = this.map.getSize();
      const row = this.crowded ? this.edges.row.offsetHeight : 0;
      return {
        top: row,
        left: width >= OPEN && height < 560 ? 190 : 0,
        bottom: width < OPEN ? this.legend.bar.offsetHeight : 0,
      };
    }

    /** Whether a panel hides part of the country. */
    covers(el) {
      const { land } = this.marks;
      const [frame, box] = [this.container.getBoundingClientRect(), el.getBoundingClientRect()];
      if (!land || !box.width) return false;
      const shares = [0, 0.25, 0.5, 0.75, 1];
      const points = shares.flatMap((i) =>
        shares.map((j) => [box.left - frame.left + box.width * i, box.top - frame.top + box.height * j]),
      );
      return points.some((point) =>
        land.isPointInFill(this.sheet.fromLayer(this.map.containerPointToLayerPoint(point))),
      );
    }

    /** After a mere selection what belongs to it and the labels can wait until the panel beside the map is there. */
    arrangeLater() {
      clearTimeout(this.later);
      this.later = setTimeout(() => {
        this.applyNear(this.scene);
        this.arrangeSoon(true);
      }, LABEL_DELAY_MS);
    }

    /** Arrange before the next frame is drawn, once, however often it is asked for; after a pan only the labels. */
    arrangeSoon(labelsOnly) {
      this.arrangeAll = this.arrangeAll || !labelsOnly;
      if (this.frameAsked) return;
      this.frameAsked = requestAnimationFrame(() => {
        this.frameAsked = 0;
        if (this.arrangeAll) this.arrange();
        else this.layoutLabels();
        this.arrangeAll = false;
      });
    }

    /** Arrange what depends on scene and zoom, then write the labels around it. */
    arrange() {
      if (!this.scene || !this.camera.ready || !this.camera.hasSize) return;
      const { x: width, y: height } = this.map.getSize();
      this.chooseEdges();
      const above = this.crowded ? this.edges.row.offsetHeight : this.edges.left.offsetHeight;
      this.arrangeInset(
        width,
        MARGIN + (above ? above + MARGIN : 0),
        height - 2 * MARGIN - this.legend.el.offsetHeight,
      );
      this.edges.move(this.panelBoxes(this.ui), this.endBoxes());
      this.layoutLabels();
    }

    arrangeInset(width, top, bottom) {
      const room = INSET.height + 27;
      const { inset } = this;
      const on = width >= WIDE && inset.useful && this.scene.layers.has("regions") && bottom - top >= room;
      inset.show(on && this.insetClear(top, bottom, room));
      inset.update(this.scene.lang, this.selectedKey);
      inset.drawLeader();
    }

    /** Put the inset level with Lima, as far as the panels above and below allow. */
    insetClear(top, bottom, room) {
      const { inset } = this;
      inset.el.style.top = `${Math.round(clamp(inset.home.y - room + 24, top, bottom - room))}px`;
      setShown(inset.el, true);
      return inset.home.x > MARGIN + INSET.width + 24 && !(this.camera.atHome && this.covers(inset.el));
    }

    layoutLabels() {
      if (!this.scene || !this.camera.ready) return;
      this.labels.readFont();
      const panels = [...this.panelBoxes(this.ui), ...this.panelBoxes(this.edges.pane)];
      this.labels.layout(this.candidates(), [...panels, ...this.endBoxes()]);
    }

    /** What stands on the map within an element, in layer pixels. @returns {Box[]} */
    panelBoxes(parent) {
      const frame = this.container.getBoundingClientRect();
      const shift = this.map.containerPointToLayerPoint([0, 0]);
      return [...parent.querySelectorAll(".oc-panel, .oc-card, .oc-inset, .oc-attribution, .leaflet-control-scale")]
        .map((el) => el.getBoundingClientRect())
        .filter((r) => r.width)
        .map((r) => ({
          x0: r.left - frame.left + shift.x - 2,
          y0: r.top - frame.top + shift.y - 2,
          x1: r.right - frame.left + shift.x + 2,
          y1: r.bottom - frame.top + shift.y + 2,
        }));
    }

    /** Points, and the two ends of routes, in layer pixels: no label may cover them, nor a panel. @returns {Box[]} */
    endBoxes() {
      const endsOf = ({ kind, extra, outline, at }) =>
        kind === "route" ? [extra.line[0], extra.line[extra.line.length - 1]] : outline ? [] : [at];
      return this.marks.all
        .filter(({ shown, inInset }) => shown && !inInset)
        .flatMap(endsOf)
        .map((end) => this.sheet.layerPoint(end))
        .map(({ x, y }) => boxAround(x, y, 5));
    }

    /** @returns {Candidate[]} */
    candidates() {
      const { lang, layers } = this.scene;
      const zoom = this.map.getZoom();
      const wanted = [];
      const { route, corridor } = this.lineBoxes();
      const edges = this.edgeBoxes();
      this.avoid = {
        region: new Grid([...route, ...edges]),
        corridor: new Grid([...corridor, ...route, ...edges]),
      };
      for (const mark of this.marks.all) wanted.push(...this.candidatesOf(mark, lang, zoom));
      for (const country of this.marks.countries) {
        wanted.push({
          key: `country:${country.id}`,
          style: "country",
          tone: "country",
          rank: 40,
          at: this.sheet.layerPoint(country.at),
          avoid: this.avoid.corridor,
          strict: true,
          tries: around([country.name[lang].toLocaleUpperCase(lang)], "middle", [0, -18, 18, -34, 34], [0, -24, 24]),
        });
      }
      if (layers.has("rivers")) wanted.push(...this.riverCandidates(lang, zoom));
      return wanted;
    }

    candidatesOf(mark, lang, zoom) {
      if (!mark.shown || mark.kind === "response") return []; // the latter's place has its own name
      const chosen = mark.key === this.selectedKey;
      const base = { key: mark.key, at: this.sheet.layerPoint(mark.at), rank: chosen ? 0 : 90 };
      const name = mark.name[lang];
      if (mark.kind === "region") return this.regionCandidates(mark, base, name, chosen);
      if (mark.kind === "corridor") return [this.corridorCandidate(mark, base, name, chosen)];
      if (mark.kind === "route") return zoom >= 5 || chosen ? this.routeCandidates(mark, base, lang, chosen) : [];
      return this.pointCandidates(mark, base, name, chosen, zoom);
    }

    corridorCandidate(mark, base, name, chosen) {
      const rank = chosen ? 0 : mark.extra.near ? 8 : 30;
      const tries = corridorTries(mark, name);
      return { ...base, style: "corridor", tone: "corridor", rank, avoid: this.avoid.corridor, tries };
    }

    /** Sites have their names early where there is room, tripoints late. */
    pointCandidates(mark, base, name, chosen, zoom) {
      const site = mark.kind === "site";
      if (mark.inInset || (!chosen && zoom < (site && !mark.crowded ? 5 : 7))) return [];
      const tries = [
        { lines: [name], align: "start", dx: 8, dy: 0 },
        { lines: [name], align: "end", dx: -8, dy: 0 },
        { lines: [name], align: "middle", dx: 0, dy: -12 },
        { lines: [name], align: "middle", dx: 0, dy: 12 },
      ];
      const rank = chosen ? 1 : !site ? 70 : zoom >= 7 ? 25 : 60;
      return [{ ...base, style: site ? "site" : "tripoint", tone: site ? "site" : "blank", rank, tries }];
    }

    regionCandidates(mark, base, name, chosen) {
      const { n, align } = mark.extra;
      if (this.inset.shown && this.inset.targets.includes(mark)) return [];
      const style = chosen ? "selected" : n || mark.extra.indirect ? "region" : "blank";
      const size = (mark.box.x1 - mark.box.x0) / this.sheet.pixel;
      const lines = lineSplits(name);
      const shortest = this.labels.width(lines[lines.length - 1][0], LABEL_STYLES.blank);
      if (!chosen && !n && align === "middle" && size < shortest * 0.9) return []; // the name is wider than the region
      const tries = lines.flatMap((split) =>
        around(split, align, [0, -8, 8, -16, 16], align === "middle" ? [0, -10, 10, -20, 20] : [0]),
      );
      return [
        {
          ...base,
          style,
          tone: mark.extra.indirect ? "region" : style,
          rank: chosen ? 0 : n ? 10 : mark.extra.indirect ? 15 : 50,
          count: n ? String(n) : "",
          avoid: this.avoid.region,
          tries,
          allows: align === "middle" ? this.within(mark) : undefined,
        },
      ];
    }

    /** A region's name may move about, but its middle stays inside the region. */
    within(mark) {
      return ({ dx, dy }) => {
        const [x, y] = [mark.at[0] + dx * this.sheet.pixel, mark.at[1] + dy * this.sheet.pixel];
        return (!dx && !dy) || mark.el.isPointInFill(new DOMPoint(x, y));
      };
    }

    /** Goods along a line, clear of every other line. */
    routeCandidates(mark, base, lang, chosen) {
      const goods = mark.extra.goods[lang];
      if (!goods) return [];
      const active = chosen || mark.extra.near;
      const style = LABEL_STYLES.route;
      const half = this.labels.width(goods, style) / 2;
      const tries = [];
      for (const share of [0.5, 0.38, 0.62, 0.25, 0.75, 0.9]) {
        const { at, dx, dy } = alongLine(mark.extra.line, share);
        const p = this.sheet.layerPoint(at).subtract(base.at);
        const steep = Math.abs(dy) > Math.abs(dx) * 0.6;
        for (const side of [1, -1]) {
          if (steep) tries.push({ lines: [goods], align: side > 0 ? "start" : "end", dx: p.x + side * 8, dy: p.y });
          else
            tries.push({
              lines: [goods],
              align: "middle",
              dx: p.x,
              dy: p.y - side * (11 + Math.min(half * Math.abs(dy / dx), 9)),
            });
        }
      }
      return [
        {
          ...base,
          style: "route",
          tone: "route",
          rank: chosen ? 2 : active ? 5 : 35,
          tries,
          avoid: this.avoid.region,
          strict: true,
        },
      ];
    }

    /** Small boxes along all visible routes and corridors: what labels would rather not lie on. @returns {Record<string, Box[]>} */
    lineBoxes() {
      const along = (kind, r) =>
        this.marks
          .of(kind)
          .filter(({ shown }) => shown)
          .flatMap(({ extra }) => extra.lines)
          .flatMap((line) => boxesAlong(line, this.sheet, r));
      return { route: along("route", 2.5), corridor: along("corridor", 2) };
    }

    /** The edges of the frame, which a label should not be cut by. @returns {Box[]} */
    edgeBoxes() {
      const { x: w, y: h } = this.map.getSize();
      const { x, y } = this.map.containerPointToLayerPoint([0, 0]);
      return [
        [0, 0, w, 2],
        [0, h - 2, w, h],
        [0, 0, 2, h],
        [w - 2, 0, w, h],
      ].map(([x0, y0, x1, y1]) => ({ x0: x + x0, y0: y + y0, x1: x + x1, y1: y + y1 }));
    }

    riverCandidates(lang, zoom) {
      return this.marks.rivers
        .filter((river) => river.name[lang] && river.line.length > 1 && zoom >= (river.minor ? 7 : 6))
        .map((river) => {
          const at = this.sheet.layerPoint(alongLine(river.line, 0.5).at);
          const tries = [0.5, 0.35, 0.65, 0.2, 0.8].map((share) => {
            const p = this.sheet.layerPoint(alongLine(river.line, share).at).subtract(at);
            return { lines: [river.name[lang]], align: "middle", dx: p.x, dy: p.y };
          });
          return { key: `river:${river.id}`, style: "river", tone: "river", rank: 80, at, tries };
        });
    }
  }

  /** Boxes at even steps along a line of the sheet, in layer pixels. @returns {Box[]} */
  function boxesAlong(line, sheet, radius) {
    const step = 8 * sheet.pixel;
    const boxes = [];
    let walked = step;
    for (let i = 1; i < line.length; i += 1) {
      const [x0, y0] = line[i - 1];
      const [x1, y1] = line[i];
      const length = Math.hypot(x1 - x0, y1 - y0);
      for (walked += length; walked >= step; walked -= step) {
        const back = length ? Math.min((walked - step) / length, 1) : 0;
        const p = sheet.layerPoint([x1 - (x1 - x0) * back, y1 - (y1 - y0) * back]);
        boxes.push(boxAround(p.x, p.y, radius));
      }
    }
    return boxes;
  }

  /** The same lines in several places, the nearest first. */
  function around(lines, align, downs, asides = [0]) {
    const given = ["start", "end"].includes(align) ? align : "middle";
    const places = downs.flatMap((dy) => asides.map((dx) => ({ lines, align: given, dx, dy })));
    return places.sort((a, b) => Math.abs(a.dx) + 1.5 * Math.abs(a.dy) - Math.abs(b.dx) - 1.5 * Math.abs(b.dy));
  }

  function corridorTries(mark, name) {
    const full = mark.extra.n ? `${name}\u00a0·\u00a0${mark.extra.n}` : name;
    return lineSplits(full).flatMap((lines) =>
      around(lines, mark.extra.align, [0, -10, 10, -20, 20, -32, 32], [0, -14, 14, -28, 28, -46, 46]),
    );
  }

  /** What lies at an address, or what was given instead of one. */
  async function fetched(given) {
    if (typeof given !== "string") return given;
    const response = await fetch(given);
    if (!response.ok) throw new Error(`${response.status} ${given}`);
    return response.json();
  }

  /** @returns {Pick} */
  function pickOf(mark) {
    return { kind: mark.kind === "route" ? "route" : "place", id: mark.extra.place || mark.id };
  }

  // -------------------------------------------------------------------------------------- public interface

  /** @type {MapView|null} */
  let current = null;
  let waiting = null;
  let starts = 0;

  /** @type {{q: string, timer: number}|null} the reader's choice that the server has not confirmed yet */
  let expected = null;
  let confirmed = null; // the server's last message
  const PATIENCE_MS = 4000;

  function draw(message) {
    waiting = message;
    if (current) current.show(message);
  }

  function settle() {
    if (expected) clearTimeout(expected.timer);
    expected = null;
  }

  window.OcMap = {
    /** Draw the map's data on a Leaflet map; a message shown before that is applied then. */
    start(map, options) {
      starts += 1;
      document.documentElement.dataset.ocmapStarts = String(starts);
      const { data, evidence, onSelect } = record(options);
      const notify = typeof onSelect === "function" ? onSelect : () => {};
      if (current && current.map === map) {
        current.onSelect = notify;
        return;
      }
      if (current) current.dispose();
      current = new MapView(map, { data, evidence, onSelect: notify });
      if (waiting) current.show(waiting);
    },

    /** Show a state; the last one wins. While the answer to the reader's own choice is expected, older ones wait. */
    show(message) {
      confirmed = message;
      if (expected && expected.q !== message.q) return;
      settle();
      draw(message);
    },

    /** Show what the reader has just chosen; if the server does not confirm it in time, its last word counts. */
    expect(message) {
      settle();
      const giveUp = () => {
        settle();
        if (confirmed) draw(confirmed);
      };
      expected = { q: message.q, timer: setTimeout(giveUp, PATIENCE_MS) };
      draw(message);
    },

    /** Where the reader has moved the map to; null while it shows the whole country, as at the start. */
    camera() {
      if (!current || current.camera.atHome) return null;
      const { lat, lng } = current.map.getCenter();
      return { lat, lng, zoom: current.map.getZoom() };
    },

    /** Move the map to where another one is. */
    look(camera) {
      if (camera && current) current.map.setView([camera.lat, camera.lng], camera.zoom, { animate: false });
    },
  };
})();
