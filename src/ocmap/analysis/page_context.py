"""Hold what a page is drawn from."""

from dataclasses import dataclass, replace
from functools import cached_property

from ocmap import i18n
from ocmap.analysis.filters import FilteredEvidence, Filters
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.view_state import View, ViewState


@dataclass(frozen=True)
class PageContext(LocalizedProfile):
    """What a page, or a file with what it shows, is made from: the profile, the language, and the reader's state."""

    view: ViewState

    @cached_property
    def filtered(self) -> FilteredEvidence:
        """Return the evidence that passes the state's filters."""
        return self.profile.apply_filters(Filters.of(self.view))

    @cached_property
    def on_all_markets(self) -> FilteredEvidence:
        """Return the evidence that passes the other filters, whatever its market."""
        return self.profile.apply_filters(Filters.of(self.view)._replace(markets=()))

    @property
    def has_other_filters(self) -> bool:
        """Return whether actors or bases are filtered, whatever the markets."""
        return replace(self.view, markets=()).is_filtered

    @property
    def clear_href(self) -> str:
        """Return the link that clears all filters; selection, layers and view stay."""
        return self.href(self.view.without_filters())

    @property
    def report_href(self) -> str:
        """Return the link to how to report an error, in the view on method."""
        return f"{self.href(replace(self.view, view=View.METHOD))}#method-errors"

    def href(self, view: ViewState) -> str:
        """Return the link to a state, with the version of the data."""
        return replace(view, data=self.dataset.version).href()

    def name(self, place_id: str) -> str:
        """Return a place's name."""
        return i18n.name_of(self.dataset.place[place_id], self.lang)
