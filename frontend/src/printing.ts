import { all, one } from "./dom";
import type { MapHandle } from "./map";

const LOCALES = { es: "es-PE", en: "en-GB" };
// What they hold is printed, but for what is said elsewhere on the page.
const CLOSED = "main details:not([open], .why, .about, .al)";

/** Before the page is printed, write what only paper needs, open what is folded, and lay the map out for a sheet. */
export function listenToPrinting(map: () => MapHandle | null): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    for (const note of all(document, ".printed")) fillNote(note);
    opened = all<HTMLDetailsElement>(document, CLOSED);
    for (const fold of opened) fold.open = true;
    map()?.print(true);
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    map()?.print(false);
  });
}

/** Write the day, the address, and the filters in force. */
function fillNote(note: HTMLElement): void {
  const day = new Intl.DateTimeFormat(LOCALES[note.lang as keyof typeof LOCALES], { dateStyle: "long" });
  one(note, "[data-print=day]").textContent = day.format();
  one(note, "[data-print=address]").textContent = location.href;
  const chosen = document.querySelector<HTMLElement>(".chosen:not([hidden]) span");
  const line = note.querySelector<HTMLElement>("[data-print=filters]");
  if (!line) return;
  line.hidden = !chosen;
  one(line, "span").textContent = chosen?.textContent ?? "";
}
