import { describe, expect, it, vi } from "vitest";
import type { FlowData, FlowEndData, Words } from "../../src/contract";
import { Flows, flowsWith, textsOf } from "../../src/map/flows";
import type { Tooltip } from "../../src/map/tooltip";

const both = (text: string) => ({ es: text, en: text });
const WORDS: Words = {
  "map.flows": "flows",
  "count.statements.one": "{n} statement",
  "count.statements.other": "{n} statements",
};

function end(route: string, place: string, statement = route): FlowEndData {
  return { route, statement, direction: "out", place: both(place), course: both(`Peru → ${place}`), end: "named" };
}

const FLOWS: FlowData[] = [
  {
    goods: both("cocaine"),
    ends: [end("a", "Europe"), end("b", "Asia", "a"), { ...end("c", "Ecuador"), direction: "in" }],
  },
  { goods: both("arms"), ends: [end("d", "Europe")] },
];

function newFlows() {
  const root = document.createElement("div");
  const bar = document.createElement("div");
  document.body.replaceChildren(root, bar);
  const [pick, toggled] = [vi.fn(), vi.fn()];
  const tooltip = { hide: vi.fn(), showBelow: vi.fn() } as unknown as Tooltip;
  const flows = new Flows(root, bar, tooltip, pick, toggled);
  const texts = (selector: string) => [...root.querySelectorAll(selector)].map((el) => el.textContent);
  const shown = () => flows.el.style.display !== "none";
  return { root, flows, pick, toggled, texts, shown };
}

describe("flows", () => {
  it("have no button where there are none from the start", () => {
    const { flows } = newFlows();
    const button = document.querySelector<HTMLElement>(".oc-flows-button");
    flows.show([], "en", WORDS);
    expect(button?.style.display).toBe("none");
    flows.show(FLOWS, "en", WORDS);
    expect(button?.style.display).toBe("");
  });

  it("leave out those that are not shown", () => {
    expect(flowsWith(FLOWS, ["b"])).toEqual([{ goods: both("cocaine"), ends: [end("b", "Asia", "a")] }]);
  });

  it("have the whole course as their text where two would read alike", () => {
    const [one, other] = [end("a", "Europe"), { ...end("b", "Europe"), course: both("unknown → Europe") }];
    expect(textsOf([one, other, end("c", "Asia")], "en")).toEqual(["Peru → Europe", "unknown → Europe", "→ Asia"]);
  });

  it("are a line a good, with its ends and its statements", () => {
    const { flows, texts } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    expect(texts(".oc-flow-goods")).toEqual(["cocaine", "arms"]);
    expect(texts(".oc-flow-count")).toEqual(["2 statements", "1 statement"]);
    expect(texts("button")).toEqual(["→ Europe", "→ Asia", "← Ecuador", "→ Europe"]);
  });

  it("select their route, and show which is selected", () => {
    const { root, flows, pick } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    const one = root.querySelector<HTMLElement>('[data-id="b"]');
    one?.click();
    expect(pick).toHaveBeenCalledWith("b");
    flows.select("route:b");
    expect([...root.querySelectorAll("[aria-pressed=true]")]).toEqual([one]);
    expect([one?.getAttribute("role"), one?.getAttribute("aria-label")]).toEqual(["button", "cocaine: Peru → Asia"]);
  });

  it("are open where there is room, until the reader chooses", () => {
    const { flows, shown, toggled } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    const states = [shown()];
    flows.settle({ roomy: true, below: false });
    states.push(shown());
    flows.button.click();
    states.push(shown());
    flows.settle({ roomy: true, below: false });
    states.push(shown());
    expect(states).toEqual([false, true, false, false]);
    expect(toggled).toHaveBeenCalledOnce();
  });

  it("close after a choice where they are below the map", () => {
    const { root, flows, shown } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    flows.settle({ roomy: true, below: true });
    root.querySelector<HTMLElement>(".oc-flow-end")?.click();
    expect(shown()).toBe(false);
  });

  it("open for a route that is selected elsewhere, once", () => {
    const { flows, shown } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    flows.select("route:z");
    const states = [shown()];
    flows.select("route:b");
    states.push(shown());
    flows.button.click();
    flows.select("route:b");
    states.push(shown());
    expect(states).toEqual([false, true, false]);
  });

  it("close by Escape, which gives the focus to their button", () => {
    const { flows, shown } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    flows.button.click();
    flows.el.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect([shown(), document.activeElement]).toEqual([false, flows.button]);
  });

  it("are not there where nothing flows", () => {
    const { flows, shown } = newFlows();
    flows.show(FLOWS, "en", WORDS);
    flows.settle({ roomy: true, below: false });
    flows.show([], "en", WORDS);
    expect([shown(), flows.button.style.display]).toEqual([false, "none"]);
  });
});
