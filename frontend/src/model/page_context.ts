import type { Lang, Words } from "../contract";
import type { Evidence, FilteredEvidence } from "./evidence";
import { isFiltered, parse, toQuery, type ViewState } from "./view_state";

/** What all parts of a page are drawn from: the evidence, the query of the address, which holds the state, the language. */
export class PageContext {
  readonly state: ViewState;

  constructor(
    readonly evidence: Evidence,
    readonly query: string,
    readonly lang: Lang,
  ) {
    this.state = parse(evidence.data, query);
  }

  get words(): Words {
    return this.evidence.words(this.lang);
  }

  /** What passes the filters. */
  get filtered(): FilteredEvidence {
    return this.evidence.apply(this.state);
  }

  /** Whether the filters may leave out any statement. */
  get isFiltered(): boolean {
    return isFiltered(this.evidence.data, this.state);
  }

  /** Return the query of another state, with the page's parameters that are of no state. */
  queryOf(state: ViewState): URLSearchParams {
    return toQuery(this.evidence.data, state, this.query);
  }
}
