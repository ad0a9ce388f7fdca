import { expect, test } from "vitest";
import { notices } from "../../src/model/notices";
import { isFiltered, parse, toQuery } from "../../src/model/view_state";
import { data, evidence, state } from "./support";

test("no address makes an error, and each is understood the same once it is canonical", () => {
  const hostile = [
    "%",
    "%FF",
    "a=b=c",
    "=&=",
    "place",
    "#",
    "?",
    "__proto__=1&constructor=2",
    "place=".repeat(1000),
    "\ud800",
  ];
  const changed = hostile.filter((query) => {
    const canonical = String(toQuery(data, parse(data, query)));
    notices(evidence, new URLSearchParams(query), "en", "1.0.0");
    return String(toQuery(data, parse(data, canonical))) !== canonical;
  });
  expect(changed).toEqual([]);
});

test("parameters that are not of the state are kept as they are", () => {
  expect(String(toQuery(data, state("place=PE-PUN"), "view=table&place=PE-ICA&route=x&sort=name"))).toBe(
    "place=PE-PUN&sort=name&view=table",
  );
});

test("layers, a selection and a language are no filters", () => {
  const filtered = ["place=PE-PUN&layers=none&lang=en", "markets=arms", "actors=foreign-groups", "basis=named"].map(
    (query) => isFiltered(data, state(query)),
  );
  expect(filtered).toEqual([false, true, true, true]);
});
