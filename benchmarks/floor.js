// A bare Leaflet map; read README.md on what it is for. Streamlit calls this after each run of the script.
export default async function ({ data, parentElement, setTriggerValue }) {
  if (parentElement.querySelector(".floor")) return;
  const root = parentElement.appendChild(document.createElement("div"));
  root.className = "floor";
  root.innerHTML = '<div style="height:600px"></div><div></div>';
  const [place, panel] = root.children;
  const file = (name) => new URL(`app/static/${name}`, document.baseURI);
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: file(data.style) }));
  const [peru] = await Promise.all([fetch(file(data.peru)).then((answer) => answer.json()), import(file(data.leaflet))]);
  const map = L.map(place).fitBounds(peru.bounds);
  const colour = ({ id }) => ({ color: "#47565D", weight: 1, fillColor: "#0F667F", fillOpacity: Math.min(data.tints[id] / 20, 1) });
  const arcs = peru.arcs.map((steps) => {
    const arc = [];
    for (let i = 0, lon = 0, lat = 0; i < steps.length; i += 2) {
      [lon, lat] = [lon + steps[i], lat + steps[i + 1]];
      arc.push([lat / peru.perDegree, lon / peru.perDegree]);
    }
    return arc;
  });
  const arcOf = (n) => (n < 0 ? [...arcs[~n]].reverse() : arcs[n]);
  let panels;
  for (const { id, lines } of peru.regions) {
    const region = L.polygon(lines.map((ring) => [ring.flatMap(arcOf)]), colour({ id })).addTo(map);
    region.getElement().dataset.id = id;
    region.on("click", () => {
      if (panels) panel.innerHTML = panels[id];
      setTriggerValue("place", id);
    });
  }
  if (!data.panels) return;
  panels = await (await fetch(file(data.panels))).json();
}
