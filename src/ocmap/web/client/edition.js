/*
 * The static edition: the page of site.js, with its state in the fragment of the address.
 *
 * OCMAP holds the data (data.js); the panels of a language come in a script of their own. Everything is a classic script,
 * so that the page also opens from a disk, where a browser refuses to fetch.
 */
(function () {
  "use strict";

  const { OCMAP, OcSite } = globalThis;
  const failed = new Set(); // languages whose panels could not be loaded the last time

  function loadPanels(lang) {
    if (document.querySelector(`script[data-panels="${lang}"]`)) return;
    const script = document.createElement("script");
    script.src = OCMAP.files[lang];
    script.dataset.panels = lang;
    script.addEventListener("load", () => host.show());
    script.addEventListener("error", () => {
      script.remove();
      failed.add(lang);
      host.show();
    });
    document.head.append(script);
  }

  const host = {
    params: () => new URLSearchParams(location.hash.slice(1)),
    go(params) {
      location.hash = params;
    },
    link: (query) => `#${query}`,
    panels(lang) {
      const panels = OCMAP.panels[lang];
      if (!panels && !failed.has(lang)) loadPanels(lang);
      return panels;
    },
    missing: (lang) => failed.delete(lang), // shown once; the next choice tries again

    /** Links lead to fragments of this page; links to views that only the dashboard has are removed. */
    adaptLinks(root) {
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
