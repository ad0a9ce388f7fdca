import { beforeEach, expect, test, vi } from "vitest";
import { listenToPlaces, showPlace } from "../src/place_list";
import { makeRoot } from "./model/support";

const go = vi.fn();
let list: HTMLSelectElement;

function fire(type: string, key?: string): void {
  list.dispatchEvent(key ? new KeyboardEvent(type, { key, bubbles: true }) : new Event(type, { bubbles: true }));
}

function choose(place: string): void {
  list.value = place;
  fire("change");
}

beforeEach(() => {
  go.mockClear();
  const root = makeRoot();
  root.innerHTML = `<select data-goto>${["", "A", "B"].map((id) => `<option value="${id}"></option>`).join("")}</select>`;
  list = root.querySelector("select") ?? document.createElement("select");
  listenToPlaces(root, go);
  showPlace(root, null);
});

test("a place that is chosen with the mouse opens at once", () => {
  choose("A");
  expect(go.mock.calls).toEqual([["A"]]);
});

test.each(["Enter", "leaving the list"])("a place that is chosen by keys opens by %s", (end) => {
  fire("keydown", "ArrowDown");
  choose("A");
  choose("B");
  expect(go).not.toHaveBeenCalled();
  if (end === "Enter") fire("keyup", "Enter");
  else fire("focusout");
  expect(go.mock.calls).toEqual([["B"]]);
});

test("the list shows the place that is open, and leaving it opens nothing", () => {
  showPlace(document, "B");
  expect(list.value).toBe("B");
  fire("focusout");
  expect(go).not.toHaveBeenCalled();
});
