import { beforeAll, expect, test, vi } from "vitest";
import { part } from "../src/streamlit/map_view";
import { data, pages } from "./model/support";

const HTML = '<a href="?a">1</a><a href="?b">2</a><select tabindex="0"></select>';
const FILES: Record<string, unknown> = { "evidence.json": data, "panels.json": pages.panels };
const SESSION = {
  part: "panel",
  lang: "es",
  theme: "light",
  evidence: "evidence.json",
  panels: "panels.json",
  frame: [],
  name: "",
  lost: { map: "", panel: "" },
} as const;

beforeAll(() => {
  vi.stubGlobal("fetch", (url: URL) =>
    Promise.resolve(new Response(JSON.stringify(FILES[url.pathname.split("/").at(-1) ?? ""]))),
  );
});

const place = () => document.body.appendChild(document.createElement("div"));

/** Draw a part of the page into an element of its own, as Streamlit does. */
function draw() {
  const parentElement = place();
  part({ data: { part: "places", html: HTML }, parentElement, setTriggerValue: () => undefined });
  return parentElement;
}

/** Draw the panel into an element of its own, as the server's answer with a state does. */
function answer(q: string) {
  const parentElement = place();
  part({ data: { ...SESSION, frame: [], q }, parentElement, setTriggerValue: () => undefined });
  return parentElement;
}

const heading = (root: HTMLElement) => root.querySelector("h2")?.textContent;

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

test("a panel that Streamlit replaces before the server has answered shows the choice", async () => {
  const first = answer("place=PE-PUN");
  await vi.waitFor(() => expect(heading(first)).toBe("Puno"));
  first.querySelector<HTMLElement>('a[href*="place=PE-MDD"]')?.click();
  expect(heading(first)).toBe("Madre de Dios");
  first.remove();
  expect(heading(answer("place=PE-PUN"))).toBe("Madre de Dios"); // at a state from before the choice
  expect(heading(answer("place=PE-PUN&view=actors"))).toBe("Puno"); // the reader has gone on to another view
});
