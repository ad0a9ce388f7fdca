import type { Theme } from "../contract";
import type { Evidence, FilteredEvidence } from "./evidence";
import { legendRows } from "./legend";
import type { PageContext } from "./page_context";
import type { Pick as Selection, RegionCounts, Scene } from "./scene";
import { CHOICES, type ViewState } from "./view_state";

type Content = Omit<Scene, "selected">;

/** Return what the map shows in a state of the page. */
export function buildScene(page: PageContext, theme: Theme): Scene {
  const { evidence, state, lang } = page;
  const key = [lang, theme, ...CHOICES.map((name) => state[name])];
  const content = evidence.cached("content", key, (): Content => ({
    ...buildContent(page),
    lang,
    theme,
    contentKey: JSON.stringify(key),
  }));
  const near = (state.place !== null && evidence.data.near[state.place]) || [];
  return {
    ...content,
    selected: selectionOf(state),
    corridors: markNear(content.corridors, near),
    routes: markNear(content.routes, near),
  };
}

function selectionOf({ place, route }: ViewState): Selection | null {
  if (place !== null) return { kind: "place", id: place };
  return route === null ? null : { kind: "route", id: route };
}

function markNear<T extends object>(marks: Record<string, T>, near: string[]): Record<string, T & { near?: true }> {
  const own = near.filter((id) => Object.hasOwn(marks, id));
  return own.length
    ? { ...marks, ...Object.fromEntries(own.map((id) => [id, { ...marks[id], near: true as const }])) }
    : marks;
}

/** Return what is drawn under the filters and layers, whatever is selected. */
function buildContent({ evidence, filtered, state }: PageContext): Omit<Content, "lang" | "theme" | "contentKey"> {
  const { data } = evidence;
  const regions: Scene["regions"] = {};
  for (const id of data.regions) {
    const counts = countRegion(evidence, filtered, id);
    if (counts) regions[id] = counts;
  }
  const scene = {
    layers: state.layers,
    regions,
    corridors: Object.fromEntries(data.corridors.map((id) => [id, { n: evidence.countDirect(filtered, id) }])),
    routes: Object.fromEntries(filtered.routes.filter((one) => one.hasLine).map(({ id }) => [id, {}])),
    sites: countShown(
      filtered,
      Object.entries(data.sites).map(([id, { statements }]) => [id, statements]),
    ),
    tripoints: Object.fromEntries(data.tripoints.map((id) => [id, {}])),
    responses: countShown(
      filtered,
      Object.entries(data.responses).map(([id, statements]) => [`response/${id}`, statements]),
    ),
    routesWithoutLine: state.layers.includes("routes")
      ? filtered.routes
          .filter((one) => !one.hasLine)
          .map(({ id }) => id)
          .sort()
      : [],
  };
  return { ...scene, legend: legendRows(evidence, filtered, scene) };
}

/** Count the statements of each point that pass the filters; points without any are left out. */
function countShown(
  filtered: FilteredEvidence,
  points: [id: string, statements: number[]][],
): Record<string, { n: number }> {
  const counts = points.map(([id, statements]) => {
    return [id, { n: statements.filter((one) => filtered.statements.has(one)).length }] as const;
  });
  return Object.fromEntries(counts.filter(([, { n }]) => n));
}

/** Return a region's counts, without those that are zero; undefined where the profile has no statement at all. */
function countRegion(evidence: Evidence, filtered: FilteredEvidence, id: string): RegionCounts | undefined {
  const { bases, indirect: ranks, levels } = evidence.data;
  const n = evidence.countDirect(filtered, id);
  const indirect = evidence.indirectBasis(filtered, id);
  if (!n && !indirect) {
    if (!evidence.of(evidence.unfiltered, id).size) return undefined;
    return evidence.isDrawable(id) ? { hidden: true } : { unmarked: true };
  }
  const wider = ranks
    .map((rank) => [bases[rank], evidence.countOnMarkets(filtered, id, [rank])] as const)
    .filter(([, count]) => count);
  return {
    ...(n ? { n, level: levels.filter((low) => n >= low).length } : {}),
    ...Object.fromEntries(wider),
    ...(indirect ? { indirect } : {}),
    ...(!n && evidence.countDirect(evidence.unfiltered, id) ? { hidden: true } : {}),
  };
}
