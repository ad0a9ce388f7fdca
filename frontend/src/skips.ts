/** Follow the links that skip to a part of the page, `<a data-to="panel">`; `goTo` moves the focus to it. */
export function followSkips(goTo: (part: string) => void): void {
  document.addEventListener("click", (event) => {
    const to = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-to]")?.dataset.to : null;
    if (!to) return;
    event.preventDefault();
    goTo(to);
  });
}
