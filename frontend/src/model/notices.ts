import type { Lang } from "../contract";
import { fill } from "../text";
import type { Evidence } from "./evidence";
import { OWN, parse, readQuery, toQuery, valuesOf } from "./view_state";

const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}$/;

/** Return what to say about an address: its data have another version, or it asks for what these data do not have. */
export function notices(evidence: Evidence, query: URLSearchParams, lang: Lang, version: string): string[] {
  const asked = readQuery(query);
  const words = evidence.words(lang);
  const old = valuesOf(asked, "data").find((one) => VERSION.test(one));
  const lines: string[] = [];
  if (old && old !== version) lines.push(fill(words["notice.version"], { old, new: version }));
  const unknown = unknownNames(evidence, asked);
  if (valuesOf(asked, "data").some(Boolean) && !old) unknown.push("data");
  if (unknown.length)
    lines.push(
      fill(words["notice.dropped"], {
        names: unknown
          .sort()
          .map((name) => words[`link_part.${name}`])
          .join(", "),
      }),
    );
  return lines;
}

/** Return the names of our parameters that hold no known value; never the values themselves. */
function unknownNames({ data }: Evidence, asked: URLSearchParams): string[] {
  const understood = toQuery(data, parse(data, asked));
  const defaults = new Map<string, string[]>([
    ["basis", data.bases],
    ["layers", data.defaultLayers],
  ]);
  const isDefault = (name: string) =>
    valuesOf(asked, name).every((one) => defaults.get(name)?.includes(one.toLowerCase()));
  return OWN.filter((name) => valuesOf(asked, name).some(Boolean) && !understood.has(name) && !isDefault(name));
}
