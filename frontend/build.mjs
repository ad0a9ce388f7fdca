// Bundle the client's entry points into src/ocmap/web/bundles; with --check, only say which bundles are not up to date.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const FOLDER = new URL("../src/ocmap/web/bundles/", import.meta.url);
const BUNDLES = [
  { name: "map_frame", format: "iife" }, // a classic script in streamlit-folium's frame, after Leaflet
  { name: "light", format: "iife" }, // a classic script, since browsers load no modules from a disk
  { name: "dashboard", format: "esm" }, // imported by Streamlit's components
];

let stale = 0;
for (const { name, format } of BUNDLES) {
  const result = await build({
    entryPoints: [new URL(`src/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  const file = new URL(`${name}.js`, FOLDER);
  const text = result.outputFiles[0].text;
  const before = await readFile(file, "utf8").catch(() => "");
  if (before === text) continue;
  if (process.argv.includes("--check")) {
    stale += 1;
    console.error(`src/ocmap/web/bundles/${name}.js is not up to date: run \`make bundles\``);
  } else await writeFile(file, text);
}
process.exitCode = stale ? 1 : 0;
