import { afterEach, describe, expect, test, vi } from "vitest";
import { announce, rewrite } from "../src/dom";
import { makeRoot } from "./model/support";

afterEach(() => vi.useRealTimers());

describe("what is written anew", () => {
  const write = (root: HTMLElement, html: string) => rewrite(root, () => (root.innerHTML = html));

  test("keeps the focus on the same link", () => {
    const root = makeRoot();
    root.innerHTML = '<h2 tabindex="-1">A</h2><a href="?a">1</a><a href="?b">2</a>';
    root.querySelector<HTMLElement>('[href="?b"]')?.focus();
    write(root, '<h2 tabindex="-1">B</h2><a href="?b">2</a>');
    expect(document.activeElement?.getAttribute("href")).toBe("?b");
  });

  test("gives the focus to its heading where the link is gone", () => {
    const root = makeRoot();
    root.innerHTML = '<a href="?a">1</a>';
    root.querySelector("a")?.focus();
    write(root, '<h2 tabindex="-1">B</h2>');
    expect(document.activeElement?.tagName).toBe("H2");
  });

  test("gives the focus back to what opened the part that is closed", () => {
    const root = makeRoot();
    root.innerHTML = '<article data-self="?cell=x"><a href="?">Close</a></article>';
    root.querySelector("a")?.focus();
    write(root, '<h2 tabindex="-1">B</h2><a href="?">tab</a><a href="?cell=x">1</a>');
    expect(document.activeElement?.getAttribute("href")).toBe("?cell=x");
  });

  test("leaves the focus elsewhere alone", () => {
    const root = makeRoot();
    const button = document.body.appendChild(document.createElement("button"));
    button.focus();
    write(root, '<h2 tabindex="-1">B</h2>');
    expect(document.activeElement).toBe(button);
  });
});

describe("what is announced", () => {
  test("goes into one live region that stays, and names the page", () => {
    vi.useFakeTimers();
    const root = makeRoot();
    root.innerHTML = '<p data-announce data-title="Puno">Puno: 3</p>';
    announce(root);
    vi.runAllTimers();
    const live = document.querySelector("[role=status]");
    expect([live?.textContent, root.innerHTML, document.title]).toEqual(["Puno: 3", "", "Puno"]);
    root.innerHTML = "<p data-announce>Cusco: 1</p>";
    announce(root);
    expect(document.querySelectorAll("[role=status]").length).toBe(1);
    expect(document.querySelector("[role=status]")).toBe(live);
    expect(live?.textContent).toBe("Cusco: 1");
  });

  test("is nothing where the HTML has nothing", () => {
    const root = makeRoot();
    announce(root);
    expect(document.querySelector("[role=status]")).toBeNull();
  });
});
