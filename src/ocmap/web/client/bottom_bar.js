/** The bar at a phone's lower edge: to the map, to the panel, and the filters' drawer, open and shut. */
const drawer = () => document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
const press = (selector) => document.querySelector(selector)?.click();

function shut() {
  if (drawer()) press('[data-testid="stSidebarCollapseButton"] button');
}

function reach(name) {
  shut();
  const part = document.querySelector(`.st-key-${name}`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  part?.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
  (part?.querySelector("h2[tabindex]") || part?.querySelector("iframe"))?.focus({ preventScroll: true });
}

/** Bring the tab of the view into sight, in its own row only. */
function showTab() {
  const tab = document.querySelector('.st-key-view [aria-checked="true"]');
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(":scope > .thumbs");
  if (!root) {
    root = parentElement.appendChild(document.createElement("nav"));
    root.className = "thumbs";
    // Streamlit shuts the drawer itself as soon as a finger comes down beside it.
    root.addEventListener("pointerdown", () => (root.wasOpen = Boolean(drawer())), true);
    root.addEventListener("click", (event) => {
      const { part, go } = event.target.closest("button")?.dataset ?? {};
      if (go) {
        shut();
        root.go("go", go);
      } else if (part === "filters") {
        if (event.detail ? root.wasOpen : drawer()) shut();
        else press('[data-testid="stExpandSidebarButton"]');
      } else if (part) reach(part);
    });
  }
  root.go = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return; // a button that is being pressed stays
  root.drawn = drawn;
  requestAnimationFrame(showTab);
  root.setAttribute("aria-label", data.label);
  root.replaceChildren(
    ...data.parts.map(({ part, name, go }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      Object.assign(button.dataset, { part, ...(go && { go }) });
      return button;
    }),
  );
}
