"""The view on resilience."""

from ocmap.labels import Lang
from ocmap.ui.load import App
from ocmap.view import ViewState


def show_resilience(app: App, view: ViewState, lang: Lang) -> None:
    """Draw the view."""
