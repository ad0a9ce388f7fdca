import { beforeEach, expect, test, vi } from "vitest";
import type { SearchData } from "../src/contract";
import { queryAfter } from "../src/model/search";
import { mountSearch, type SearchBoxHandle, type SearchHost } from "../src/search_box";
import { one } from "../src/dom";
import data from "./search_index.json";

const WORDS = {
  "search.label": "Buscar",
  "search.placeholder": "Lugar o palabra",
  "search.results": "Resultados",
  "search.none": "Nada con «{query}».",
  "search.near": "Se muestra «{instead}».",
  "search.none_hint": "Se buscan lugares, mercados",
  "search.missing": "No se pudo cargar",
  "search.rest.one": "y 1 más",
  "search.rest.other": "y {n} más",
  "search.other_name": "Coincide en inglés",
  "search.places": "Lugares",
  "search.markets": "Mercados",
  "search.actors": "Actores",
  "search.routes": "Rutas",
  "search.indicators": "Indicadores",
  "search.statements": "Afirmaciones",
  "count.results.one": "1 resultado",
  "count.results.other": "{n} resultados",
};

let root: HTMLElement;
let main: HTMLElement;
let host: SearchHost;
let box: SearchBoxHandle;
const load = vi.fn(() => Promise.resolve<SearchData>(data.es));
const scroll = vi.fn();
let gone: string[];
let query: string; // the state of the page

const input = () => one(root, "input") as HTMLInputElement;
const status = () => one(root, "[role=status]").textContent;
const found = () => one(root, ".found");
const links = () => [...found().querySelectorAll("a")];
const loaded = () => new Promise<void>((resolve) => setTimeout(resolve));

function type(text: string): void {
  input().focus();
  input().value = text;
  input().dispatchEvent(new Event("input", { bubbles: true }));
}

function press(key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  return event;
}

function click(link: HTMLElement, more: MouseEventInit = {}): void {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...more });
  link.addEventListener("click", (late) => late.preventDefault(), { once: true }); // jsdom cannot navigate
  link.dispatchEvent(event);
}

beforeEach(() => {
  vi.clearAllMocks();
  document.body.innerHTML = `<aside></aside><main></main>`;
  root = one(document, "aside");
  main = one(document, "main");
  gone = [];
  query = "lang=es&markets=arms";
  vi.spyOn(HTMLElement.prototype, "getClientRects").mockImplementation(() => [{}] as unknown as DOMRectList);
  HTMLElement.prototype.scrollIntoView = scroll;
  host = {
    lang: "es",
    words: WORDS,
    load,
    shows: () => true,
    href: (opens) => `?${String(queryAfter(query, opens))}`,
    go: (href) => gone.push(href),
    main,
    leaveDrawer: () => false,
  };
  box = mountSearch(root, host);
});

test("the box has a label, a limit and regions for what is found", () => {
  expect(one(root, "[role=search]").className).toBe("sr");
  expect(one(root, "label")).toMatchObject({ htmlFor: input().id, textContent: "Buscar" });
  expect(input()).toMatchObject({
    type: "search",
    maxLength: 100,
    placeholder: "Lugar o palabra",
    autocomplete: "off",
  });
  expect(found().getAttribute("role")).toBe("group");
  expect(found().getAttribute("aria-label")).toBe("Resultados");
  expect(found().hidden).toBe(true);
});

test("the entries are loaded at the first focus and only once", async () => {
  expect(load).not.toHaveBeenCalled();
  input().focus();
  type("puno");
  expect(status()).toBe("");
  await loaded();
  expect(status()).toMatch(/^\d+ resultados?$/);
  type("cusco");
  expect(load).toHaveBeenCalledTimes(1);
});

test("results are grouped under titles with their number, and matches are marked", async () => {
  type("extorsion");
  await loaded();
  const section = one(found(), "section");
  const title = one(section, "h2");
  expect(section.getAttribute("aria-labelledby")).toBe(title.id);
  expect(title.textContent).toBe("Mercados 1");
  expect(one(links()[0], "b mark").textContent).toBe("Extorsión");
  expect(found().hidden).toBe(false);
  const rest = one(found(), ".rest");
  expect(rest.textContent).toMatch(/^y \d+ más$/);
  const n = links().length;
  rest.click();
  expect(links().length).toBe(n + Number(/\d+/.exec(rest.textContent)?.[0]));
  expect(document.activeElement).toBe(links().find((link) => link === document.activeElement));
});

test("a match in the other language is noted", async () => {
  type("timber");
  await loaded();
  const route = links().find((link) => link.textContent.includes("Madera: Perú → China"));
  expect(route?.querySelector("small")?.textContent).toMatch(/ · Coincide en inglés$/);
  expect(route?.querySelector("mark")).toBeNull();
});

test("arrows move through the results and back to the box", async () => {
  type("extorsion");
  await loaded();
  press("ArrowDown");
  expect(document.activeElement).toBe(links()[0]);
  press("ArrowDown");
  expect(document.activeElement).toBe(links()[1]);
  press("ArrowUp");
  expect(press("ArrowUp").defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(input());
  expect(press("ArrowUp").defaultPrevented).toBe(false);
});

test("the last result keeps the focus", async () => {
  type("pataz");
  await loaded();
  for (let n = 0; n < 30; n += 1) press("ArrowDown");
  expect(document.activeElement).toBe(links().at(-1));
});

test("Enter in the box waits for the results and moves to the first", async () => {
  type("pataz");
  expect(press("Enter").defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(input());
  await loaded();
  expect(document.activeElement).toBe(links()[0]);
});

test("Enter on a result is left to the browser", async () => {
  type("pataz");
  await loaded();
  press("Enter");
  expect(press("Enter").defaultPrevented).toBe(false);
});

test("Escape empties the box, and then is left to others", async () => {
  type("pataz");
  await loaded();
  press("ArrowDown");
  expect(press("Escape").defaultPrevented).toBe(true);
  expect(input().value).toBe("");
  expect(status()).toBe("");
  expect(found().hidden).toBe(true);
  expect(document.activeElement).toBe(input());
  expect(press("Escape").defaultPrevented).toBe(false);
});

test("a query of blanks empties the box", async () => {
  type("pataz");
  await loaded();
  type("  ");
  expect(input().value).toBe("");
  expect(links()).toEqual([]);
  expect(found().hidden).toBe(true);
});

test("a misspelt name finds the nearest one, and says so", async () => {
  type("cajamarka");
  await loaded();
  expect(status()).toMatch(/^Nada con «cajamarka»\. Se muestra «cajamarca»\. \d+ resultados?$/);
  expect(links()[0].textContent).toContain("Cajamarca");
});

test("a query without results is repeated as text, with what can be searched", async () => {
  type("<b>xyzzy</b>");
  await loaded();
  expect(status()).toBe("Nada con «<b>xyzzy</b>».");
  expect(one(found(), ".none").textContent).toContain("Se buscan lugares, mercados");
  expect(found().hidden).toBe(false);
});

test("markup in a result is text", async () => {
  const evil = "<script>alert(1)</script>";
  const entry = { id: evil, name: evil, text: evil, note: evil, names: [], texts: [] };
  host.load = () => Promise.resolve({ ...data.es, places: [entry] });
  type("script alert");
  await loaded();
  expect(found().querySelector("script")).toBeNull();
  expect(one(links()[0], "b").textContent).toBe(evil);
  expect(new URLSearchParams(links()[0].search).get("place")).toBe(evil);
});

test("a failure is shown, and the next key tries again", async () => {
  host.load = () => Promise.reject(new Error("lost"));
  type("pataz");
  press("Enter");
  await loaded();
  expect(status()).toBe("No se pudo cargar");
  expect(found().hidden).toBe(true);
  host.load = () => Promise.resolve(data.es);
  type("pataz");
  expect(status()).toBe("");
  await loaded();
  expect(links()[0].textContent).toContain("Pataz");
  expect(document.activeElement).toBe(input());
});

test("a failure before anything is typed is not shown", async () => {
  host.load = () => Promise.reject(new Error("lost"));
  input().focus();
  await loaded();
  expect(status()).toBe("");
});

test("a click opens a result from the page's state at that moment", async () => {
  type("pataz");
  await loaded();
  expect(links()[0].search).toBe("?lang=es&markets=arms&place=pataz");
  query = "lang=es";
  links()[0].focus();
  expect(links()[0].search).toBe("?lang=es&place=pataz");
  click(links()[0]);
  expect(gone).toEqual(["?lang=es&place=pataz"]);
  expect(input().value).toBe("pataz");
});

test("a click for a new tab is left to the browser", async () => {
  type("pataz");
  await loaded();
  for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) click(links()[0], { [key]: true });
  expect(gone).toEqual([]);
});

test("in another language the results are found again and keep the focus", async () => {
  type("puno");
  await loaded();
  press("ArrowDown");
  const words = { ...WORDS, "search.label": "Search", "search.places": "Places" };
  box.update({ ...host, lang: "en", words, load: () => Promise.resolve<SearchData>(data.en) });
  expect(one(root, "label").textContent).toBe("Search");
  await loaded();
  expect(one(found(), "h2").textContent).toBe("Places 1");
  expect(document.activeElement).toBe(links()[0]);
  expect(input().value).toBe("puno");
});

test("the entries of a language that was left are not shown", async () => {
  let answer: (loaded: SearchData) => void = () => undefined;
  host.load = () => new Promise((resolve) => (answer = resolve));
  type("extorsion");
  box.update({ ...host, lang: "en", load: () => Promise.resolve<SearchData>(data.en) });
  await loaded();
  const shown = found().textContent;
  expect(shown).toContain("Extortion");
  answer(data.es);
  await loaded();
  expect(found().textContent).toBe(shown);
});

/** Search, open the first result, and let the page draw `html`. */
async function open(text: string, html: string): Promise<void> {
  type(text);
  await loaded();
  click(links()[0]);
  main.innerHTML = html;
  await loaded();
}

const panel = (title: string, ...texts: string[]) =>
  `<div class="st-key-panel"><h2>${title}</h2><ul>${texts.map((one) => `<li class="st"><p class="tx">${one}</p></li>`).join("")}</ul></div>`;
const soughtText = () =>
  data.es.statements.find(({ text }) => text.includes("casi la mitad de los homicidios en Lima"))?.text ?? "";

test("a found statement is marked and scrolled to once it is drawn", async () => {
  await open("homicidios lima", panel("Lima", "Otra.", soughtText()));
  expect(main.querySelectorAll(".sought")).toHaveLength(1);
  expect(one(main, ".sought").textContent).toBe(soughtText());
  expect(scroll).toHaveBeenCalledTimes(1);
  expect(main.contains(document.activeElement)).toBe(false);
});

test("the next result takes the mark away", async () => {
  await open("homicidios lima", panel("Lima", soughtText()));
  type("pataz");
  click(links()[0]);
  expect(main.querySelector(".sought")).toBeNull();
  main.append(document.createElement("p"));
  await loaded();
  expect(main.querySelector(".sought")).toBeNull();
});

test("from the drawer the focus moves to the found statement", async () => {
  host.leaveDrawer = () => true;
  await open("homicidios lima", panel("Lima", soughtText()));
  expect(document.activeElement).toBe(one(main, ".sought"));
});

test("from the drawer the focus moves to the new panel's heading", async () => {
  host.leaveDrawer = () => true;
  main.innerHTML = panel("Puno");
  type("pataz");
  await loaded();
  click(links()[0]);
  expect(document.activeElement).not.toBe(one(main, "h2"));
  main.innerHTML = panel("Pataz");
  await loaded();
  expect(document.activeElement).toBe(one(main, "h2"));
});

test("a light page's panel is found too", async () => {
  host.leaveDrawer = () => true;
  await open("pataz", `<h1>Perú</h1><div id="panel"><h2>Pataz</h2></div>`);
  expect(document.activeElement).toBe(one(main, "#panel h2"));
});

test("from the drawer the focus moves to the heading of another view", async () => {
  host.leaveDrawer = () => true;
  await open("aragua", `<h2>Actores</h2>`);
  expect(document.activeElement).toBe(one(main, "h2"));
});
