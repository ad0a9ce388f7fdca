import type { Words } from "../contract";
import type { RegionCounts, Scene } from "../model/scene";
import { setAttr, setShown } from "./dom";
import { givenOf, type RegionMark } from "./mark";
import type { Marks } from "./marks";
import { spoken, tipOf } from "./tips";

/** Show in all marks what a scene says of them: attributes, nothing is drawn anew. */
export function paintMarks(marks: Marks, scene: Scene, words: Words): void {
  for (const mark of marks.all) {
    const given = givenOf(scene, mark);
    mark.n = given?.n ?? 0;
    mark.tip = tipOf(mark, scene, words);
    mark.shown = scene.layers.includes(`${mark.kind}s` as const) && (mark.kind === "region" || given !== undefined);
    if (mark.kind === "region") paintRegion(mark, given);
    else for (const element of mark.elements) setShown(element, mark.shown);
    if (mark.kind === "corridor") setShown(mark.hit, mark.shown);
    setAttr(mark.el, "aria-label", spoken(mark.name[scene.lang], mark.tip));
  }
  paintNear(marks, scene);
}

/** Highlight the corridors and routes of the selected place, and no others. */
export function paintNear(marks: Marks, scene: Scene): void {
  for (const mark of [...marks.corridors, ...marks.routes]) {
    mark.near = mark.shown && Boolean(givenOf(scene, mark)?.near);
    for (const element of mark.elements) element.classList.toggle("oc-near", mark.near);
  }
}

function paintRegion(mark: RegionMark, { level = 0, indirect }: RegionCounts = {}): void {
  if (level !== mark.level)
    for (const element of mark.elements) element.classList.replace(`oc-l${mark.level}`, `oc-l${level}`);
  mark.level = level;
  mark.indirect = indirect !== undefined;
  for (const { el, prefix } of mark.hatches)
    setAttr(el, "fill", indirect ? `url(#${prefix}-${indirect}-${level})` : "none");
}
