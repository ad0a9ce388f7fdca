// Where a view begins: at its top, or where the reader was when a click left it and Back returns to it.
import { one } from "../dom";

const PATIENCE_MS = 5000; // how long the server may take to draw a view
const AT_REST = "[data-test-script-state=notRunning]"; // no run of the server is going on
const HANDS = ["wheel", "pointerdown", "keydown"]; // by which a reader may scroll before that

const tops = new Map<string, number>();
let goesBack = false;

const main = () => one(document, '[data-testid="stMain"]');

/** Store at each click how far down the page is. */
export function watchScroll(): void {
  addEventListener("popstate", () => (goesBack = true));
  addEventListener(
    "click",
    () => {
      goesBack = false;
      tops.set(location.search, main().scrollTop);
    },
    true,
  );
}

/** Scroll to where the view of this address begins. */
export function scrollToStart(): void {
  const top = goesBack ? (tops.get(location.search) ?? 0) : 0;
  goesBack = false;
  main().scrollTo(0, top);
  if (!top) return;
  const drawn = new MutationObserver(() => {
    main().scrollTo(0, top);
    if (Math.abs(main().scrollTop - top) < 1 && document.querySelector(AT_REST)) stop();
  });
  drawn.observe(main(), { childList: true, subtree: true });
  const stop = () => drawn.disconnect();
  for (const hand of HANDS) addEventListener(hand, stop, { once: true, capture: true });
  setTimeout(stop, PATIENCE_MS);
}
