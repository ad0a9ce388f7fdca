// Where a view begins: at its top, or where the reader was when a choice left it and Back returns to it.
import { one } from "../dom";

const PATIENCE_MS = 5000; // how long the server may take to draw what Back returns to
const HANDS = ["wheel", "pointerdown", "keydown"]; // by which a reader may move on before that
const MAIN = '[data-testid="stMain"]';
const SCROLLERS = [MAIN, ".st-key-table_box", ".st-key-panel"];

/** How far each part that scrolls was moved. */
type Spot = { part: string; left: number; top: number }[];

const spots = new Map<string, Spot>(); // by address, at the last choice there
let goesBack = false;
let release: () => void = () => undefined; // lets the page scroll again

/** Store at each click where the reader is, and return there with Back. */
export function watchScroll(): void {
  addEventListener("click", storeSpot, true);
  for (const hand of HANDS) addEventListener(hand, () => release(), true);
  addEventListener("popstate", () => {
    goesBack = !location.hash; // to a fragment the browser scrolls by itself
    if (goesBack) hold(spots.get(location.search) ?? []);
  });
}

/** Store where the reader is, before a choice. */
export function storeSpot(): void {
  release();
  goesBack = false;
  const spot = SCROLLERS.flatMap((part) => {
    const element = document.querySelector(part);
    return element ? [{ part, left: element.scrollLeft, top: element.scrollTop }] : [];
  });
  spots.set(location.search, spot);
}

/** Scroll to the top of a view that the server has drawn, unless Back returns further down. */
export function scrollToStart(): void {
  if (!goesBack || !spots.has(location.search)) one(document, MAIN).scrollTo(0, 0);
}

/** Scroll there, and again as the page is drawn, until the reader moves on. */
function hold(spot: Spot): void {
  release();
  const scroll = () => {
    for (const { part, left, top } of spot) document.querySelector(part)?.scrollTo(left, top);
  };
  const drawn = new MutationObserver(scroll);
  drawn.observe(one(document, MAIN), { childList: true, subtree: true });
  release = () => drawn.disconnect();
  setTimeout(release, PATIENCE_MS);
  scroll();
}
