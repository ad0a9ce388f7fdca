// Returns what is wrong with the texts of a page, as lines: cut by a box that does not scroll, outside their own box, over
// one another, or too small. A text may lie over another if it is in a layer above it that has a ground.
() => {
  const styles = new Map();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);

  function styleOf(el) {
    if (!styles.has(el)) styles.set(el, getComputedStyle(el));
    return styles.get(el);
  }

  const parentsOf = (el) => (el ? [el, ...parentsOf(el.parentElement)] : []);
  const scrolls = (el) => /auto|scroll/.test(styleOf(el).overflow);
  const cuts = (el) => /hidden|clip/.test(styleOf(el).overflow) && !scrolls(el);
  const isPage = (el) => el.matches("[data-testid=stMain], [data-testid=stSidebarContent], html, body");
  const isHidden = (el) => styleOf(el).clipPath === "inset(50%)" || el.offsetWidth === 1;
  const isAbove = (el) => ["fixed", "sticky", "absolute"].includes(styleOf(el).position);
  const hasGround = (el) => !/^rgba\(.*, 0\)$|^transparent$/.test(styleOf(el).backgroundColor);
  const nameOf = (el, text) => `"${text.slice(0, 40)}" in ${el.tagName}.${el.getAttribute("class") ?? el.id}`;
  const boxOf = (el) => el.getBoundingClientRect();
  const outside = (a, box, by) =>
    a.left < box.left - by || a.top < box.top - by || a.right > box.right + by || a.bottom > box.bottom + by;
  const apart = (a, b, by) =>
    a.left > b.right - by || b.left > a.right - by || a.top > b.bottom - by || b.top > a.bottom - by;
  const within = (a, b) => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });

  function layerOf(parents) {
    const above = parents.findIndex(isAbove);
    return parents.slice(0, above + 1).some(hasGround) ? parents[above] : null;
  }

  /** Return the boxes of a text's lines, without the room around letters that lines share. */
  function linesOf(node, { fontSize, writingMode }) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const room = parseFloat(fontSize) / 4;
    const [dx, dy] = writingMode.startsWith("vertical") ? [room, 0] : [0, room];
    return [...range.getClientRects()].map((box) => ({
      left: box.left + dx,
      top: box.top + dy,
      right: box.right - dx,
      bottom: box.bottom - dy,
    }));
  }

  /** Yield the texts that can be seen; not what is scrolled away, but for the page itself. */
  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const el = walker.currentNode.parentElement;
      const text = walker.currentNode.data.trim();
      if (!text || !el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const parents = parentsOf(el);
      if (parents.some(isHidden)) continue;
      const windows = parents.filter((one) => scrolls(one) && !isPage(one)).map(boxOf);
      const map = el.closest(".leaflet-container");
      const boxes = linesOf(walker.currentNode, styleOf(el)).filter(
        (box) => box.right - box.left > 1 && [...windows, ...(map ? [boxOf(map)] : [])].every((one) => !apart(box, one, 1)),
      );
      const seen = boxes.map((box) => windows.reduce(within, box));
      if (boxes.length) yield { el, name: nameOf(el, text), parents, boxes, seen, layer: layerOf(parents) };
    }
  }

  function* faultsOf({ el, name, boxes, parents }) {
    const size = parseFloat(styleOf(el).fontSize) * (el.getScreenCTM?.().a ?? 1);
    if (size < 0.63 * rem) yield `small: ${name}, ${size} px`;
    if (!/inline|contents/.test(styleOf(el).display) && boxes.some((box) => outside(box, boxOf(el), 2)))
      yield `outside its box: ${name}`;
    const last = parents.findIndex((one) => scrolls(one) || styleOf(one).position === "fixed");
    const upTo = parents.slice(0, last + 1 || undefined);
    const by = upTo.find((one) => cuts(one) && boxes.some((box) => outside(box, boxOf(one), 1)));
    if (by) yield `cut: ${name} by ${nameOf(by, by.id)}`;
    const scroller = upTo.find(scrolls);
    if (scroller && boxes.some(({ left }) => left + scroller.scrollLeft < boxOf(scroller).left - 1))
      yield `cut: ${name}, before the start of what scrolls`;
  }

  function* placeholders() {
    const ruler = document.createElement("canvas").getContext("2d");
    for (const input of document.querySelectorAll("input[placeholder]")) {
      const { font, paddingLeft, paddingRight } = styleOf(input);
      ruler.font = font;
      const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      if (room > 0 && ruler.measureText(input.placeholder).width > room) yield `cut: ${nameOf(input, input.placeholder)}`;
    }
  }

  function* overlaps(all) {
    const lines = all.flatMap((one) => one.seen.map((box) => ({ one, box }))).sort((a, b) => a.box.top - b.box.top);
    for (const [i, { one, box }] of lines.entries())
      for (let j = i + 1; j < lines.length && lines[j].box.top < box.bottom; j += 1) {
        const other = lines[j];
        if (one !== other.one && one.layer === other.one.layer && !apart(box, other.box, 2))
          yield `over one another: ${one.name} and ${other.one.name}`;
      }
  }

  const all = [...texts()];
  const wide = [...document.querySelectorAll("html, [data-testid=stMain]")].filter(
    (one) => one.scrollWidth > one.clientWidth + 1,
  );
  const faults = [...all.flatMap((one) => [...faultsOf(one)]), ...overlaps(all), ...placeholders()];
  return [...new Set([...faults, ...wide.map((one) => nameOf(one, "wider than the screen"))])];
}
