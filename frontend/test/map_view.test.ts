import { expect, test, vi } from "vitest";
import { part } from "../src/streamlit/map_view";
import { data, pages } from "./model/support";

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

test("a panel that Streamlit replaces before it answers a choice shows the choice", async () => {
  const files: Record<string, unknown> = { "evidence.json": data, "panels.json": pages.panels };
  vi.stubGlobal("fetch", (url: URL) => Promise.resolve(Response.json(files[url.pathname.split("/").at(-1) ?? ""])));
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  const texts = { lang: "es", theme: "light", name: "Mapa", lost: { map: "", panel: "" } } as const;
  const session = { part: "panel", ...texts, evidence: "evidence.json", panels: "panels.json" } as const;
  const drawPanel = (q: string) => {
    const parentElement = document.body.appendChild(document.createElement("div"));
    part({ data: { ...session, q, frame: [] }, parentElement, setTriggerValue: () => undefined });
    return parentElement;
  };
  const heading = (root: HTMLElement) => root.querySelector("h2")?.textContent;
  const first = drawPanel("place=PE-PUN");
  await vi.waitFor(() => expect(heading(first)).toBe("Puno"));
  first.querySelector<HTMLElement>('a[href*="place=PE-MDD"]')?.click();
  expect(heading(first)).toBe("Madre de Dios");
  first.remove();
  expect(heading(drawPanel("place=PE-PUN"))).toBe("Madre de Dios");
  vi.unstubAllGlobals();
});
