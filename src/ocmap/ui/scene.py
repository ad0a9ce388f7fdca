"""What one run draws from."""

from dataclasses import dataclass

from ocmap import labels
from ocmap.labels import Lang, Words
from ocmap.query import Reading
from ocmap.ui.load import App
from ocmap.view import ViewState


@dataclass(frozen=True)
class Scene:
    """What one run draws from: the shared app, this session's state, its language and reading."""

    app: App
    view: ViewState
    lang: Lang
    reading: Reading

    @property
    def words(self) -> Words:
        """Return the words of the language."""
        return labels.of(self.lang)
