import { describe, expect, test } from "vitest";
import { showPanel } from "../../src/model/panel";
import { hrefOf, evidence, makeRoot, pageAt, pages, seen } from "./support";

/** Return the panel of a state of the page; `query` may also have parameters that are not of the state. */
function panel(query: string): HTMLElement {
  const root = makeRoot();
  showPanel(pageAt(query), root, pages.panels);
  return root;
}

const hidden = (root: HTMLElement, selector: string) => root.querySelector<HTMLElement>(selector)?.hidden;
const line = (root: HTMLElement, name: string) => {
  const found = root.querySelector<HTMLElement>(`[data-line="${name}"]`);
  return found?.hidden ? "" : found?.querySelector("span")?.textContent;
};
const withoutVersion = (href: string) => href.replace(/data=[\d.]+&?/, "").replace(/[?&]$/, "");

describe("a place's panel", () => {
  test("is the plain one where no filter is set", () => {
    const plain = document.createElement("div");
    plain.innerHTML = pages.panels["PE-PUN"];
    expect(panel("place=PE-PUN").innerHTML).toBe(plain.innerHTML);
    expect(line(panel("place=PE-PUN"), "hidden")).toBe("");
  });

  test("says how many statements the filters hide", () => {
    expect(line(panel("place=PE-PUN&markets=cyber"), "hidden")).toBe(
      "Los filtros ocultan las 10 afirmaciones de este lugar.",
    );
    expect(line(panel("place=PE-PUN&basis=named"), "hidden")).toBe("Los filtros ocultan 7 afirmaciones de este lugar.");
  });

  test("says nothing is hidden of a place without statements", () => {
    const root = panel("place=PE-ANC&markets=cyber");
    expect(line(root, "hidden")).toBe("");
    expect(hidden(root, "[data-lead]")).toBe(false);
    expect(line(root, "answer")).toBe("");
  });

  test("begins with what the filters leave, and never with what they hide", () => {
    expect(line(panel("place=PE-PUN&markets=non_renewable"), "answer")).toMatch(/^Minería ilegal: /);
    expect(line(panel("place=PE-PUN&markets=cyber"), "answer")).toBe(
      "Ciberdelitos: ninguna afirmación sobre este lugar.",
    );
    expect(hidden(panel("place=PE-PUN&basis=named"), "[data-lead]")).toBe(true);
    expect(line(panel("place=PE-PUN"), "answer")).toBe("");
  });

  test("lists what names the place before its border and wider areas", () => {
    const groups = [...panel("place=PE-MDD").querySelectorAll<HTMLElement>("[data-group]")];
    expect(groups.map((one) => one.dataset.group)).toEqual(["direct", "border", "area"]);
    expect(groups.map((one) => one.querySelector("h3.wide")?.textContent)).toEqual([
      undefined,
      "Dicho solo de su frontera",
      "Dicho solo de una zona más amplia",
    ]);
  });

  test("leads from a number to the statements that it counts", () => {
    const root = panel("place=PE-PUN&markets=human_trafficking");
    const jumps = [...root.querySelectorAll<HTMLButtonElement>("[data-jump]")];
    const wrong = jumps.filter((one) => {
      const n = Number(one.querySelector("b")?.textContent);
      const group = root.querySelector<HTMLElement>(`[data-group="${one.dataset.jump ?? ""}"]`);
      return one.disabled === n > 0 || (n > 0 && group?.hidden !== false);
    });
    expect(jumps.length).toBe(4);
    expect(wrong).toEqual([]);
    expect(withoutVersion(root.querySelector("[data-basis=national] a")?.getAttribute("href") ?? "")).toBe(
      "?markets=human_trafficking&view=national",
    );
  });

  test("counts the statements by basis", () => {
    const root = panel("place=PE-PUN&basis=named&basis=national&markets=cocaine");
    const counts = [...root.querySelectorAll<HTMLElement>("[data-basis]")].map((el) => [
      el.dataset.basis,
      Number(el.querySelector("b")?.textContent),
      el.classList.contains("zero"),
    ]);
    expect(counts).toEqual([
      ["named", 0, true],
      ["located", 0, true],
      ["border", 0, true],
      ["area", 0, true],
      ["national", 19, false],
    ]);
    expect(line(root, "national")).toContain("19");
    expect(line(panel("place=PE-PUN&basis=named"), "national")).toBe("");
  });

  test("lists a statement under another of its markets where the filters have only that one", () => {
    const under = (query: string) =>
      [...panel(query).querySelectorAll<HTMLElement>("li[data-statement]:not([hidden])")].map(({ dataset }) => [
        dataset.statement,
        dataset.market,
      ]);
    expect(under("place=PE-PUN")).toContainEqual(["non_renewable.4-a", "non_renewable"]);
    expect(under("place=PE-PUN&markets=human_trafficking&markets=arms")).toContainEqual([
      "non_renewable.4-a",
      "human_trafficking",
    ]);
    expect(under("place=PE-PUN&markets=human_trafficking&markets=non_renewable")).toContainEqual([
      "non_renewable.4-a",
      "non_renewable",
    ]);
  });

  test("shows only sections with statements, with their number", () => {
    const root = panel("place=PE-PUN&markets=cocaine");
    const sections = [...root.querySelectorAll<HTMLElement>("section:not([hidden])")];
    const counts = sections.map((one) => one.querySelectorAll("li[data-statement]:not([hidden])").length);
    expect(counts).toEqual(
      sections.map((one) => Number(/· (\d+)/.exec(one.querySelector("small")?.textContent ?? "")?.[1])),
    );
    expect(counts).not.toContain(0);
    expect(hidden(panel("place=PE-PUN&basis=named"), "[data-group=area]")).toBe(true);
    expect(hidden(panel("place=PE-PUN&basis=area"), "[data-group=area]")).toBe(false);
  });

  test("refers in the summary to the cards by their new numbers", () => {
    const notes = (query: string) => [...panel(query).querySelectorAll<HTMLElement>("sup:not([hidden])")];
    const ids = (query: string) => {
      const cards = [...panel(query).querySelectorAll<HTMLElement>("li[data-statement]:not([hidden])")];
      return cards.map((card) => card.dataset.statement);
    };
    const query = "place=PE-MDD&basis=area&basis=located";
    const shown = ids(query);
    const wrong = notes(query).filter((note) => {
      const numbers = (note.textContent.match(/\d+–\d+|\d+/g) ?? []).flatMap((part) => {
        const [first, last = first] = part.split("–").map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => first + i);
      });
      const own = note.dataset.statements?.split(" ").filter((id) => shown.includes(id)) ?? [];
      return (
        [...own].sort().join() !==
        numbers
          .map((n) => shown[n - 1] ?? "")
          .sort()
          .join()
      );
    });
    expect(notes(query).length).toBeGreaterThan(0);
    expect(wrong.map((note) => note.outerHTML)).toEqual([]);
  });

  test("hides the routes that the filters hide, and their title with the last of them", () => {
    const root = panel("place=PE-LMA&markets=cyber");
    const navs = [...root.querySelectorAll<HTMLElement>("nav:has([data-route])")];
    expect(navs.length).toBe(1);
    expect(navs[0].hidden).toBe(true);
    expect(hidden(panel("place=PE-LMA"), "nav:has([data-route])")).toBe(false);
  });

  test("hides the source where no statement is left", () => {
    expect(hidden(panel("place=la-pampa&markets=cyber"), ".src")).toBe(true);
    expect(hidden(panel("place=la-pampa"), ".src")).toBe(false);
  });

  test("announces its name and its number of statements", () => {
    expect(panel("place=PE-PUN&basis=named").querySelector("[data-announce]")?.textContent).toBe(
      "Puno: 3 afirmaciones en el panel",
    );
  });
});

test("the first panel lists the places with the most statements under the filters", () => {
  const ranked = (query: string) => {
    const shown = [...panel(query).querySelectorAll<HTMLElement>("li[data-place]:not([hidden])")];
    return shown.map((el) => [el.dataset.place, Number(el.querySelector("small")?.textContent)]);
  };
  expect(ranked("").length).toBe(6);
  expect(ranked("markets=heroin")).not.toEqual(ranked(""));
  const [[first, most]] = ranked("markets=heroin");
  expect(most).toBe(evidence.countDirect(pageAt("markets=heroin").filtered, String(first)));
  expect(ranked("markets=cyber")).toEqual([]);
});

describe("the links of a panel", () => {
  test("keep the state of the page, but not the selection", () => {
    const query = "place=PE-PUN&markets=cocaine&layers=sites&lang=es&view=map";
    const root = panel(query);
    expect(withoutVersion(hrefOf(root, "Cerrar"))).toBe("?lang=es&layers=sites&markets=cocaine&view=map");
    expect(withoutVersion(hrefOf(root, "Cusco"))).toBe("?lang=es&layers=sites&markets=cocaine&place=PE-CUS&view=map");
  });

  test("clear the filters and nothing else", () => {
    const root = panel("place=PE-PUN&markets=cocaine&layers=sites");
    expect(withoutVersion(hrefOf(root, "Quitar filtros"))).toBe("?layers=sites&place=PE-PUN");
  });

  test("of the questions keep only the language", () => {
    const root = panel("markets=cyber&layers=sites&lang=es");
    const question = root.querySelector("ul.most a[data-go]");
    const href = withoutVersion(question?.getAttribute("href") ?? "");
    expect(href).toBe("?lang=es&markets=non_renewable");
  });

  test("keep the fragment at the end", () => {
    const share = hrefOf(panel("place=PE-PUN&markets=cocaine"), "Compartir y citar");
    expect(share).toMatch(/^\?data=[\d.]+&markets=cocaine&place=PE-PUN#share$/);
  });
});

describe("the link that compares a place", () => {
  const compare = (query: string) => {
    const link = panel(query).querySelector("a[data-compare]");
    return [link?.textContent, withoutVersion(link?.getAttribute("href") ?? "")];
  };

  test("offers any place where none is chosen", () => {
    expect(compare("place=PE-PUN")).toEqual(["Comparar con otro lugar", "?compare=PE-PUN&place=PE-PUN&view=compare"]);
    expect(compare("place=PE-PUN&compare=PE-PUN")).toEqual(compare("place=PE-PUN"));
    expect(compare("place=PE-PUN&compare=nowhere")).toEqual(compare("place=PE-PUN"));
  });

  test("names the places that are chosen, and adds this one, in the order of their ids", () => {
    expect(compare("place=PE-PUN&compare=border-BO&compare=PE-ICA")).toEqual([
      "Comparar con Ica y la frontera con Bolivia",
      "?compare=PE-ICA&compare=PE-PUN&compare=border-BO&place=PE-PUN&view=compare",
    ]);
    expect(compare("place=PE-PUN&compare=PE-CUS,PE-ICA")[0]).toBe("Comparar con Cusco e Ica");
    expect(compare("place=PE-LMA&compare=amazon,PE-ICA,PE-PUN")).toEqual([
      "Comparar con Ica y Puno",
      "?compare=PE-ICA&compare=PE-LMA&compare=PE-PUN&place=PE-LMA&view=compare",
    ]);
  });
});

describe("the tour", () => {
  test("shows its step above the panel, and no link to begin it", () => {
    const root = panel("tour=2&place=PE-PUN");
    expect(root.querySelector("h2")?.closest("section")?.classList.contains("tour")).toBe(true);
    expect(seen(root)).toContain("Paso 2 de 5");
    expect(panel("tour=1").querySelector(".go")).toBeNull();
    expect(panel("").querySelector(".go")).not.toBeNull();
  });

  test("shows the first step that the address names, or none", () => {
    expect(seen(panel("tour=9&tour=3,2"))).toContain("Paso 3 de 5");
    for (const value of ["0", "6", "01", "", "1.0", "constructor"]) {
      expect(panel(`tour=${value}`).querySelector(".tour")).toBeNull();
    }
  });

  test("begins with nothing selected, under the same filters", () => {
    const href = panel("markets=cocaine&lang=es").querySelector(".go a")?.getAttribute("href") ?? "";
    expect(withoutVersion(href)).toBe("?lang=es&markets=cocaine&tour=1");
    expect(withoutVersion(hrefOf(panel("tour=2&place=PE-PUN&markets=arms"), "Anterior"))).toBe("?markets=arms&tour=1");
  });

  test("selects a region in the step on the panel where no place is selected", () => {
    const next = (query: string) => withoutVersion(hrefOf(panel(query), "Siguiente"));
    expect(next("tour=1")).toBe("?place=PE-PUN&tour=2");
    expect(next("tour=1&place=PE-MDD")).toBe("?place=PE-MDD&tour=2");
    expect(next("tour=1&route=heroin.1-r1")).toBe("?place=PE-PUN&tour=2");
  });

  test("keeps what is selected in the other steps, and when it is left", () => {
    const root = panel("tour=3&place=PE-MDD&layers=sites");
    expect(withoutVersion(hrefOf(root, "Siguiente"))).toBe("?layers=sites&place=PE-MDD&tour=4");
    expect(withoutVersion(hrefOf(root, "Anterior"))).toBe("?layers=sites&place=PE-MDD&tour=2");
    expect(withoutVersion(hrefOf(root, "Salir de la guía"))).toBe("?layers=sites&place=PE-MDD");
    expect(withoutVersion(hrefOf(panel("tour=3&route=heroin.1-r1"), "Siguiente"))).toBe("?route=heroin.1-r1&tour=4");
  });

  test("stays while the reader chooses another place", () => {
    expect(withoutVersion(hrefOf(panel("tour=2&place=PE-PUN"), "Cusco"))).toBe("?place=PE-CUS&tour=2");
  });
});
