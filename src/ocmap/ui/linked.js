/** HTML of ours whose links are answered by the page: a click sends the link's address instead of leaving the page. */
export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(":scope > .oc-linked");
  if (!root) {
    root = parentElement.appendChild(document.createElement("div"));
    root.className = "oc-linked";
    root.addEventListener("click", (event) => {
      const link = event.target.closest("[data-go]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (event.detail < 2) root.go("go", link.getAttribute("href")); // not again for a double click
    });
  }
  root.go = setTriggerValue;
  if (root.shown === data) return;
  const held = root.contains(document.activeElement) ? document.activeElement.getAttribute("href") || "" : null;
  root.innerHTML = root.shown = data;
  say(root);
  if (held === null) return;
  const again = held && root.querySelector(`[href="${CSS.escape(held)}"]`);
  (again || root.querySelector("[tabindex]"))?.focus({ preventScroll: !!again });
}

/** Take over the page's title, and move what is to be read out into a live region beside the element, always the same: a new one would stay silent. */
function say(root) {
  const said = root.querySelector("[data-say]");
  if (!said) return;
  said.remove();
  if (said.dataset.title) document.title = said.dataset.title;
  root.live ??= Object.assign(document.createElement("p"), { className: "oc-say", role: "status" });
  if (!root.live.isConnected) root.after(root.live);
  if (root.live.textContent !== said.textContent) root.live.textContent = said.textContent;
}
