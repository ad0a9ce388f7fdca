"""The view on actors."""

from ocmap.labels import Lang
from ocmap.ui.load import App
from ocmap.view import ViewState


def show_actors(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the view."""
