import type { Lang, Panels, Theme } from "./contract";
import { announce, rewrite } from "./dom";
import type { MapHandle } from "./map";
import { buildScene } from "./model/build_scene";
import { captionLinks } from "./model/caption";
import type { Evidence } from "./model/evidence";
import { showChosen, showFilters } from "./model/filter_form";
import { PageContext } from "./model/page_context";
import { showPanel } from "./model/panel";
import type { Pick } from "./model/scene";
import { parse, readQuery, toQuery, type ViewState } from "./model/view_state";
import { openPanel } from "./panel_size";
import { showPlace } from "./place_list";

/** Parameters that our links never take from the page's address. */
const NOT_IN_LINKS = ["data", "embed"];

/** The map's view: one state, and everything that shows it. A host stores the state and gives the elements. */
export class Reader {
  map: MapHandle | null = null;
  panel: HTMLElement | null = null;
  filters: HTMLElement | null = null;
  /** The line above the map. */
  caption: HTMLElement | null = null;
  /** The line that names the filters in force, for screens where the filters are out of sight. */
  chosen: HTMLElement | null = null;
  /** The list of places to go to. */
  places: HTMLElement | null = null;
  panels: Panels | null = null;
  query = "";
  lang: Lang = "es";
  theme: Theme = "light";
  private shown: Panels | null = null;
  private shownQuery = "";
  private waiting = false;

  /** `adaptLinks` changes the links in HTML that was just written. */
  constructor(
    readonly evidence: Evidence,
    private readonly adaptLinks: (root: HTMLElement) => void = () => undefined,
  ) {}

  /** What the page shows. */
  get page(): PageContext {
    return new PageContext(this.evidence, this.query, this.lang);
  }

  get state(): ViewState {
    return this.page.state;
  }

  /** A link's query in its canonical form, with the parameters of the dashboard as they are. */
  canonical(link: string): string {
    const more = readQuery(link);
    for (const name of NOT_IN_LINKS) more.delete(name);
    return String(toQuery(this.evidence.data, parse(this.evidence.data, link), more));
  }

  /** The query after a selection; null selects nothing. */
  queryAt(pick: Pick | null): string {
    const { page } = this;
    const place = pick?.kind === "place" ? pick.id : null;
    const route = pick?.kind === "route" ? pick.id : null;
    return String(page.queryOf({ ...page.state, place, route }));
  }

  /** Show a state: first the panel, then what is around it. */
  show(query: string, lang: Lang, theme: Theme): void {
    const before = selectionIn(this.query);
    Object.assign(this, { query, lang, theme });
    if (selectionIn(query) !== before) this.showFromTop(selectionIn(query));
    this.drawPanel();
    this.drawAroundSoon();
  }

  /** Show the panel of a selection from its top, where the panel has a scroll bar of its own. */
  private showFromTop(selected: string | null): void {
    const scroller = this.panel?.closest(".st-key-panel, .side");
    if (scroller) scroller.scrollTop = 0;
    if (selected) openPanel();
  }

  /** Draw map, filters and caption after the panel and before the next frame, once. */
  drawAroundSoon(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => this.drawAround());
  }

  private drawAround(): void {
    this.waiting = false;
    const { page } = this;
    this.map?.show(buildScene(page, this.theme));
    if (this.filters) {
      showFilters(page, this.filters);
      this.adaptLinks(this.filters);
    }
    if (this.filters && this.chosen) {
      showChosen(page, this.chosen, this.filters);
      this.adaptLinks(this.chosen);
    }
    if (this.places) showPlace(this.places, page.state.place);
    if (this.caption) this.drawCaption(page, this.caption);
  }

  /** Write the line above the map; each of its counts leads to what it counts. */
  private drawCaption(page: PageContext, line: HTMLElement): void {
    const links = captionLinks(page);
    const key = JSON.stringify(links);
    if (line.dataset.key === key && line.hasChildNodes()) return;
    line.dataset.key = key;
    const made = links.flatMap(({ lead, text, href }) => {
      const link = Object.assign(document.createElement("a"), { href, textContent: text });
      Object.assign(link.dataset, { go: "", text: "" });
      return [lead, link];
    });
    rewrite(line, () => line.replaceChildren(...made));
    this.adaptLinks(line);
  }

  /** Write the panel out of the language's panels, once they are there. */
  private drawPanel(): void {
    const { panel, panels, page, query } = this;
    if (!panel || !panels || (this.shown === panels && this.shownQuery === query && panel.hasChildNodes())) return;
    this.shown = panels;
    this.shownQuery = query;
    rewrite(panel, () => showPanel(page, panel, panels));
    this.adaptLinks(panel);
    if (!new URLSearchParams(query).has("view")) announce(panel); // in another view the panel is hidden
  }
}

/** What an address selects. */
function selectionIn(query: string): string | null {
  const params = new URLSearchParams(query);
  return params.get("place") ?? params.get("route");
}
