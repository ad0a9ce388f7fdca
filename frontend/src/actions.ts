// The buttons in our HTML that need no server: copy a text or a statement with its citation, share it, jump to a group.
import { one } from "./dom";
import { fill } from "./text";

const DONE_MS = 4000; // how long a button says that it has copied

/** Answer these buttons wherever they are drawn. */
export function listenToButtons(): void {
  // A class, since the buttons are drawn later and by others; a browser without a sheet shows no button for it.
  document.documentElement.classList.toggle("can-share", "share" in navigator);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button[data-copy]") : null;
    if (button) void (button.dataset.copy === "share" ? share(button) : copy(button));
    const jump = target instanceof Element ? target.closest<HTMLButtonElement>("button[data-jump]") : null;
    if (jump) jumpTo(jump);
  });
}

/** Return what a button copies: a statement of ours with its citation, or the text beside it. */
function textOf(button: HTMLElement): string {
  const card = button.closest(".st");
  return card ? citeStatement(card, button.dataset.hedge ?? "") : one(beside(button), "code").textContent;
}

const beside = (button: HTMLElement): HTMLElement => button.closest<HTMLElement>(".copied") ?? document.body;

/** Return a statement in our words, with its certainty, where it is from, and the link to what is shown. */
function citeStatement(card: Element, hedge: string): string {
  const { lang } = document.documentElement;
  const number = one(card, ".tx .no").textContent;
  return fill(one(document, "[data-cite]").dataset.cite ?? "", {
    text: one(card, ".tx").textContent.slice(number.length),
    hedge,
    locator: one(card, ".loc summary").textContent,
    day: new Intl.DateTimeFormat(lang === "es" ? "es-PE" : "en-GB", { dateStyle: "long" }).format(),
    link: location.href,
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  if (button.hasAttribute("aria-live")) return; // it still says that it has
  const { done = "", failed = "" } = button.dataset;
  const label = [...button.childNodes];
  button.setAttribute("aria-live", "polite");
  try {
    await write(button, textOf(button));
    button.textContent = done;
  } catch {
    button.textContent = failed;
  }
  setTimeout(() => {
    button.replaceChildren(...label);
    button.removeAttribute("aria-live");
  }, DONE_MS);
}

/** Put a text into the clipboard. */
async function write(button: HTMLElement, text: string): Promise<void> {
  const isWritten = () =>
    navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  if (window.isSecureContext && (await isWritten())) return;
  // Without TLS, or inside another page, there is no other way. The field is in the dialog, which lets no focus leave.
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "oc-say" });
  button.after(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  button.focus();
  if (!isCopied) throw new Error("not copied");
}

/** Open the system's sheet with a text, or with a link where the text is one. */
async function share(button: HTMLButtonElement): Promise<void> {
  const text = textOf(button);
  // A reader who closes the sheet rejects it.
  await navigator.share(URL.canParse(text) ? { url: text } : { text }).catch(() => undefined);
}

/** Show the statements that a number counts. */
function jumpTo(button: HTMLElement): void {
  const group = button.closest("article")?.querySelector<HTMLElement>(`[data-group="${button.dataset.jump ?? ""}"]`);
  group?.scrollIntoView({ block: "start" });
  group?.focus({ preventScroll: true });
}
