import { expect, test } from "vitest";
import { part } from "../src/streamlit/map_view";

const HTML = '<a href="?a">1</a><a href="?b">2</a><select tabindex="0"></select>';

/** Draw a part of the page into an element of its own, as Streamlit does. */
function draw() {
  const parentElement = document.body.appendChild(document.createElement("div"));
  part({ data: { part: "places", html: HTML }, parentElement, setTriggerValue: () => undefined });
  return parentElement;
}

test("an element that Streamlit replaces keeps the focus on its link", () => {
  const first = draw();
  first.querySelector<HTMLElement>('[href="?b"]')?.focus();
  first.remove();
  const second = draw();
  expect(document.activeElement).toBe(second.querySelector('[href="?b"]'));
});

test("an element that Streamlit replaces takes no focus from elsewhere", () => {
  const first = draw();
  first.querySelector<HTMLElement>('[href="?b"]')?.focus();
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  first.remove();
  draw();
  expect(document.activeElement).toBe(button);
});
