import type { Words } from "../contract";
import type { RegionCounts, Scene } from "../model/scene";
import { counted, fill } from "../text";
import { givenOf, type Mark } from "./mark";

/** Return what a region says on hover and to a screen reader, one thing a line. */
export function regionTip(given: RegionCounts | undefined, words: Words): string {
  if (!given) return words["tooltip.blank"];
  const { n, border, area, hidden } = given;
  const wider = [
    border === undefined ? "" : fill(words["tooltip.border"], { n: border }),
    area === undefined ? "" : fill(words["tooltip.area"], { n: area }),
  ].filter(Boolean);
  let first = words["tooltip.not_named"];
  if (n !== undefined) first = counted(words, "tooltip.direct", n);
  else if (hidden) first = wider.length ? "" : words["tooltip.filtered"]; // not "not named": filters leave out what names it
  return [first, wider.join(" · ")].filter(Boolean).join("\n");
}

/** Return what a mark says besides its name. */
export function tipOf(mark: Mark, scene: Scene, words: Words): string {
  const given = givenOf(scene, mark);
  if (mark.kind === "region") return regionTip(given, words);
  const n = given?.n ?? 0;
  if (mark.kind === "corridor") return n ? counted(words, "tooltip.corridor", n) : words["tooltip.corridor_none"];
  const region = mark.kind === "route" ? undefined : mark.region;
  return fill(mark.note[scene.lang], {
    n: n ? counted(words, "count.statements", n) : "",
    region: region?.[scene.lang] ?? "",
  });
}

/** Return a tip's lines. */
export function linesOf(tip: string): string[] {
  const lines = tip.split("\n").map((line) => line.trim());
  return lines.filter(Boolean);
}

/** Return an accessible name: the name itself, then the tip as sentences. */
export function spoken(name: string, tip: string): string {
  const sentences = linesOf(tip).map((line) => (/[.!?…:]$/.test(line) ? line : `${line}.`));
  return sentences.length ? `${name}: ${sentences.join(" ").replace(/\.$/, "")}` : name;
}
