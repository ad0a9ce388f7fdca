import { beforeEach, expect, test, vi } from "vitest";
import { listenToPrinting } from "../src/printing";
import { makeRoot } from "./model/support";

const NOTE = `<div class="printed" lang="es"><span data-print="day"></span><span data-print="address"></span>
<p data-print="filters" hidden><span></span></p></div>`;
const CHOSEN = '<p class="chosen"><span>Minería</span></p>';
const FOLDS = '<main><details class="loc"></details><details class="why"></details><details open></details></main>';
const print = vi.fn();
let root: HTMLElement;

listenToPrinting(() => ({ show: () => undefined, print }));

beforeEach(() => {
  print.mockClear();
  root = makeRoot();
});

const fire = (type: string) => dispatchEvent(new Event(type));
const note = (name: string) => root.querySelector<HTMLElement>(`[data-print=${name}]`);
const open = () => [...root.querySelectorAll("details")].map((one) => one.open);

test("a sheet has the day, the address, and the filters in force", () => {
  root.innerHTML = NOTE + CHOSEN;
  fire("beforeprint");
  expect(note("day")?.textContent).toBe(new Date().toLocaleDateString("es-PE", { dateStyle: "long" }));
  expect(note("address")?.textContent).toBe(location.href);
  expect([note("filters")?.hidden, note("filters")?.textContent]).toEqual([false, "Minería"]);
});

test.each(["", CHOSEN.replace("<p", "<p hidden")])("without filters a sheet names none", (chosen) => {
  root.innerHTML = NOTE.replace(" hidden", "") + chosen; // as after a print with filters
  fire("beforeprint");
  expect([note("filters")?.hidden, note("filters")?.textContent]).toEqual([true, ""]);
});

test("what is folded is printed and folded again, and the map is laid out for a sheet meanwhile", () => {
  root.innerHTML = FOLDS;
  fire("beforeprint");
  expect(open()).toEqual([true, false, true]);
  expect(print.mock.calls).toEqual([[true]]);
  fire("afterprint");
  expect(open()).toEqual([false, false, true]);
  expect(print.mock.calls).toEqual([[true], [false]]);
});
