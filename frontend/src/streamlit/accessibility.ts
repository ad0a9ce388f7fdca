/** The page's language, and skip links for those who use the keyboard. */
const PATIENCE_MS = 5000;

export default function ({ data, parentElement }) {
  document.documentElement.lang = data.lang;
  document.documentElement.dataset.ocmapShown = data.q; // the first page waits for it
  // Streamlit writes the first two in English and cannot set the language of a button.
  once('[data-testid="stSkipToContent"]', (link) => (link.textContent = data.skip));
  once('[data-testid="stSidebar"]', (bar) => bar.setAttribute("aria-label", data.sidebar));
  data.langs.forEach((lang, i) => once(`.st-key-lang button:nth-of-type(${i + 1})`, (button) => (button.lang = lang)));
  const root = parentElement.querySelector(":scope > .skips") || build(parentElement);
  root.setAttribute("aria-label", data.label);
  root.hidden = !data.parts.length;
  root.replaceChildren(
    ...data.parts.map(({ name, selector }) => {
      const link = document.createElement("a");
      link.href = "#stMain"; // where it leads without this script
      link.textContent = name;
      link.dataset.to = selector;
      return link;
    }),
  );
}

function build(parent) {
  const root = parent.appendChild(document.createElement("nav"));
  root.className = "skips";
  root.addEventListener("click", (event) => {
    const { to } = event.target.closest("a")?.dataset ?? {};
    const target = to && document.querySelector(to);
    if (!target) return;
    event.preventDefault();
    // Focus the map inside the frame: it shows a focus ring, the frame does not.
    (target.contentDocument?.querySelector(".oc-map") || target).focus();
  });
  return root;
}

/** Do something to an element as soon as it is there. */
function once(selector, act) {
  const done = () => {
    const found = document.querySelector(selector);
    if (found) act(found);
    return found;
  };
  if (done()) return;
  const watch = new MutationObserver(() => done() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), PATIENCE_MS);
}
