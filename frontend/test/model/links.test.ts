import { expect, test } from "vitest";
import { followFrom } from "../../src/model/links";

test.each([
  ["?actors=a", "", "", "?actors=a"],
  ["?actors=b", "", "actors=a", "?actors=a&actors=b"], // chosen before the page showed the first
  ["?actors=a", "", "actors=a", "?actors=a"],
  ["?actors=a&actors=c", "actors=a&actors=b&actors=c", "actors=b&actors=c", "?actors=c"],
  ["", "compare=a&compare=b", "compare=b&compare=c", "?compare=c"],
  ["?tab=ties", "", "actors=a", "?actors=a&tab=ties"],
  ["?who=b", "who=a", "who=c", "?who=b"],
  ["", "who=a", "actors=b&who=a", "?actors=b"],
  ["?basis=none", "", "basis=named", "?basis=none"],
  ["?data=1&view=method#method-errors", "", "markets=a", "?data=1&markets=a&view=method#method-errors"],
])("%s drawn at %s and followed from %s leads to %s", (href, drawn, now, leads) => {
  expect(followFrom(href, drawn, now)).toBe(leads);
});
