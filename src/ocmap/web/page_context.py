"""What one run draws from."""

from dataclasses import dataclass

from ocmap import i18n
from ocmap.analysis.filters import FilteredEvidence
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.schema import Lang
from ocmap.i18n import Words
from ocmap.web.app_data import App


@dataclass(frozen=True)
class Scene:
    """What one run draws from: the shared app, this session's state, its language and reading."""

    app: App
    view: ViewState
    lang: Lang
    filtered: FilteredEvidence

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return i18n.of(self.lang)
