/** The search box: sends the query after a pause, lists the results, and moves through them by key. */
const PAUSE_MS = 200;
const PATIENCE_MS = 4000;

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const box = parentElement.querySelector(":scope > .sr") || build(parentElement, data.query);
  const { input, label, status, found } = box.parts;
  box.send = () => {
    clearTimeout(box.timer);
    setStateValue("query", input.value);
  };
  box.go = (link) => setTriggerValue("go", link.getAttribute("href"));
  box.lang = data.lang;
  label.textContent = data.label;
  input.placeholder = data.placeholder;
  input.maxLength = data.longest;
  found.setAttribute("aria-label", data.results);
  box.answered = data.query;
  if (input.value !== data.query) return; // the answer to a later query will come
  status.textContent = data.status;
  if (found.shown !== data.html) {
    const focused = found.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    found.innerHTML = found.shown = data.html;
    found.hidden = !data.html;
    if (focused !== null) (found.querySelector(`[href="${CSS.escape(focused)}"]`) || input).focus({ preventScroll: true });
  }
  if (box.wanted) links(found)[0]?.focus();
  box.wanted = false;
}

function build(parent, query) {
  const box = parent.appendChild(document.createElement("search"));
  box.className = "sr";
  box.setAttribute("role", "search");
  const add = (name, more) => Object.assign(box.appendChild(document.createElement(name)), more);
  const label = add("label", { htmlFor: "ocmap-search" });
  const input = add("input", { type: "search", id: "ocmap-search", value: query, autocomplete: "off", spellcheck: false });
  const status = add("p", { className: "count" });
  status.setAttribute("role", "status");
  const found = add("div", { className: "found", hidden: true });
  found.setAttribute("role", "group");
  box.parts = { label, input, status, found };
  input.addEventListener("input", () => {
    clearTimeout(box.timer);
    if (input.value.trim()) box.timer = setTimeout(() => box.send(), PAUSE_MS);
    else empty(box);
  });
  box.addEventListener("keydown", (event) => onKey(box, event));
  found.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    land(link, leaveDrawer(box));
    box.go(link);
  });
  return box;
}

const links = (found) => [...found.querySelectorAll("a")];

function empty(box) {
  const { input, status, found } = box.parts;
  input.value = status.textContent = found.innerHTML = found.shown = "";
  found.hidden = true;
  box.wanted = false;
  box.send();
}

function onKey(box, event) {
  const { input, found } = box.parts;
  const all = links(found);
  const at = all.indexOf(document.activeElement);
  if (event.key === "Escape" && input.value) {
    empty(box);
    input.focus();
  } else if (event.key === "ArrowDown" && all.length) {
    all[Math.min(at + 1, all.length - 1)].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    (all[at - 1] || input).focus();
  } else if (event.key === "Enter" && event.target === input && input.value.trim()) {
    if (input.value === box.answered) all[0]?.focus();
    else {
      box.wanted = true; // the answer will move the focus to the first result
      box.send();
    }
  } else return;
  event.preventDefault();
}

/** Close the filters where they cover the page, as on phones; return whether they did. */
function leaveDrawer(box) {
  const bar = box.closest('[data-testid="stSidebar"]');
  const main = document.querySelector('[data-testid="stMain"]');
  const covers = bar && main.getBoundingClientRect().left + 1 < bar.getBoundingClientRect().right;
  if (covers) bar.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  return covers;
}

/** Show the target of a link as soon as it is drawn: mark the statement, and move the focus out of the drawer. */
function land(link, follow) {
  const { sought } = link.dataset;
  const main = document.querySelector('[data-testid="stMain"]');
  const panel = () => first(main, ".st-key-panel h2");
  const place = /[?&](place|route)=/.test(link.getAttribute("href"));
  const old = place && panel();
  let done = false;
  main.querySelectorAll(".sought").forEach((one) => one.classList.remove("sought"));
  const look = () => {
    const target = sought ? statement(main, sought) : place ? panel() : first(main, "h1, h2");
    if (!target || target === old) return;
    if (sought && !target.classList.contains("sought")) {
      target.classList.add("sought");
      target.scrollIntoView({ block: "center" });
    }
    if (follow && (!done || document.activeElement === document.body)) {
      done = true;
      target.tabIndex = -1;
      target.focus({ preventScroll: !!sought });
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(main, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), PATIENCE_MS);
  look();
}

const visible = (element) => element.getClientRects().length > 0;
const first = (main, selector) => [...main.querySelectorAll(selector)].find(visible);

function statement(main, text) {
  const found = [...main.querySelectorAll(".tx")].find((one) => visible(one) && one.textContent.includes(text));
  return found && found.closest("li");
}
