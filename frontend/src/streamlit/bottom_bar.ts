/** The bottom navigation bar on phones: to the map, to the panel, and the drawer with the filters. */
const drawer = () => document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
const press = (selector) => document.querySelector(selector)?.click();

function closeDrawer() {
  if (drawer()) press('[data-testid="stSidebarCollapseButton"] button');
}

function showPart(name) {
  closeDrawer();
  const part = document.querySelector(`.st-key-${name}`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  part?.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
  (part?.querySelector("h2[tabindex]") || part?.querySelector("iframe"))?.focus({ preventScroll: true });
}

/** Scroll the row of tabs to the current one, without scrolling the page. */
function showTab() {
  const tab = document.querySelector('.st-key-view [aria-checked="true"]');
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(":scope > .bottom-bar");
  if (!root) {
    root = parentElement.appendChild(document.createElement("nav"));
    root.className = "bottom-bar";
    // Streamlit closes the drawer itself as soon as it is touched outside, so the click comes too late to see it open.
    root.addEventListener("pointerdown", () => (root.wasOpen = Boolean(drawer())), true);
    root.addEventListener("click", (event) => {
      const { part, go } = event.target.closest("button")?.dataset ?? {};
      if (go) {
        closeDrawer();
        root.go("go", go);
      } else if (part === "filters") {
        if (event.detail ? root.wasOpen : drawer()) closeDrawer();
        else press('[data-testid="stExpandSidebarButton"]');
      } else if (part) showPart(part);
    });
  }
  root.go = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (root.drawn === drawn) return; // do not replace a button while it is pressed
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
