import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listenToButtons } from "../src/actions";
import { makeRoot, pages } from "./model/support";

const written: string[] = [];

beforeAll(() => {
  Object.defineProperty(window, "isSecureContext", { value: true });
  Object.defineProperty(navigator, "clipboard", {
    value: { writeText: (text: string) => Promise.resolve(written.push(text)) },
  });
  listenToButtons();
});

beforeEach(() => {
  written.length = 0;
  document.documentElement.lang = "es";
});

function press(root: HTMLElement, selector: string): HTMLElement {
  const button = root.querySelector<HTMLElement>(selector);
  if (!button) throw new Error(selector);
  button.click();
  return button;
}

test("a statement is copied in our words, with its certainty, its locator and the link to what is shown", async () => {
  const root = makeRoot();
  root.innerHTML = pages.panels["PE-PUN"];
  const text = root.querySelector(".tx")?.textContent.replace(/^\d+/, "") ?? "";
  const locator = root.querySelector(".loc summary")?.textContent ?? "";
  const { hedge = "" } = press(root, ".cpy").dataset;
  await vi.waitFor(() => expect(written.length).toBe(1));
  expect(hedge).not.toBe("");
  const parts = [
    text,
    locator,
    `Certeza: ${hedge}`,
    "Con palabras de ocmap",
    "Índice Global de Crimen Organizado",
    location.href,
  ];
  expect(parts.filter((part) => !written[0].includes(part))).toEqual([]);
  expect(written[0]).not.toMatch(/[{}]/);
});

test("a button says that it has copied, and then has its own text again, however often it is pressed", async () => {
  vi.useFakeTimers();
  const root = makeRoot();
  root.innerHTML = pages.panels["PE-PUN"];
  const button = press(root, ".cpy");
  await vi.advanceTimersByTimeAsync(10);
  expect(button.textContent).toBe("Copiado");
  button.click();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(button.textContent).toBe("Copiar con cita");
  vi.useRealTimers();
});
