/*
 * The static edition: the page of site.js, whose state is the address's fragment.
 *
 * OCMAP holds the data (data.js); the panels of a language come in a script of their own. Everything is a classic script,
 * so that the page opens from a disk as well, where a browser fetches nothing.
 */
(function () {
  "use strict";

  const { OCMAP, OcSite } = globalThis;
  const lost = new Set(); // languages whose panels could not be fetched the last time

  function fetchPanels(lang) {
    if (document.querySelector(`script[data-panels="${lang}"]`)) return;
    const script = document.createElement("script");
    script.src = OCMAP.files[lang];
    script.dataset.panels = lang;
    script.addEventListener("load", () => host.show());
    script.addEventListener("error", () => {
      script.remove();
      lost.add(lang);
      host.show();
    });
    document.head.append(script);
  }

  const host = {
    asked: () => new URLSearchParams(location.hash.slice(1)),
    go(params) {
      location.hash = params;
    },
    link: (query) => `#${query}`,
    panels(lang) {
      const panels = OCMAP.panels[lang];
      if (!panels && !lost.has(lang)) fetchPanels(lang);
      return panels;
    },
    missing: (lang) => lost.delete(lang), // said once; the next choice tries again

    /** Links of ours lead to fragments of this page; those to what only the dashboard has are taken out. */
    settle(root) {
      for (const link of root.querySelectorAll("a[data-go]")) {
        const href = link.getAttribute("href");
        if (/[?&](view|tour)=|#/.test(href.replace(/^#/, ""))) (link.closest("li, p") ?? link).remove();
        else link.setAttribute("href", href.replace(/^\?/, "#"));
      }
      for (const nav of root.querySelectorAll("nav:not(:has(a))")) nav.remove();
    },
  };

  OcSite.start(OCMAP, host);
  addEventListener("hashchange", () => host.show());
})();
