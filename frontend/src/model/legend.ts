import type { Evidence, FilteredEvidence } from "./evidence";
import type { LegendRow, Scene } from "./scene";

/** Return what the legend must explain: what is drawn, and nothing else. */
export function legendRows(
  evidence: Evidence,
  filtered: FilteredEvidence,
  scene: Pick<Scene, "layers" | "regions" | "sites" | "responses">,
): LegendRow[] {
  const on = new Set(scene.layers);
  return [
    ...(on.has("regions") ? regionRows(evidence, scene.regions) : []),
    ...(on.has("routes") ? routeRows(filtered) : []),
    ...(on.has("corridors") ? (["corridor"] as const) : []),
    ...(on.has("sites") ? siteRows(evidence, scene.sites) : []),
    ...(on.has("tripoints") ? (["tripoint"] as const) : []),
    ...(on.has("responses") && Object.keys(scene.responses).length ? (["response"] as const) : []),
  ];
}

function regionRows(evidence: Evidence, regions: Scene["regions"]): LegendRow[] {
  const rows: LegendRow[] = [];
  const counts = evidence.data.regions.map((id) => ({ id, ...regions[id] }));
  if (counts.some(({ n }) => n)) rows.push("levels");
  for (const basis of ["border", "area"] as const) if (counts.some((one) => one.indirect === basis)) rows.push(basis);
  const empty = counts.filter(({ n, indirect }) => !n && !indirect);
  if (empty.length) rows.push(empty.some(({ id }) => evidence.isDrawable(id)) ? "filtered" : "blank");
  return rows;
}

function routeRows({ routes }: FilteredEvidence): LegendRow[] {
  const drawn = routes.filter((one) => one.hasLine);
  const ends = new Set(routes.flatMap((one) => one.ends)); // cards show theirs too
  const rows: LegendRow[] = drawn.length ? ["schematic"] : [];
  if (ends.has("open")) rows.push("open_end");
  if (ends.has("inferred")) rows.push("inferred");
  if (drawn.some((one) => one.hollow)) rows.push("hollow");
  return rows;
}

function siteRows({ data }: Evidence, sites: Scene["sites"]): LegendRow[] {
  const approximate = new Set(Object.keys(sites).map((id) => data.sites[id].approximate));
  const rows: LegendRow[] = [];
  if (approximate.has(false)) rows.push("site");
  if (approximate.has(true)) rows.push("rough");
  return rows;
}
