"""What each layer of the map shows, how it was made and under which licence, as plain records."""

from typing import NamedTuple

from ocmap import i18n
from ocmap.analysis.view_state import Layer
from ocmap.i18n import Words


class LayerCard(NamedTuple):
    """What a reader should know of a layer; ``facts`` are terms, each with its text."""

    layer: Layer
    name: str
    facts: tuple[tuple[str, str], ...]


def build_layer_cards(words: Words) -> tuple[LayerCard, ...]:
    """Return a card for each layer, in the order in which they are switched."""
    return tuple(LayerCard(layer, i18n.word(words, f"layer_{layer}"), _facts(words, layer)) for layer in Layer)


def _facts(words: Words, layer: Layer) -> tuple[tuple[str, str], ...]:
    return (
        (words.ly_shows, i18n.word(words, f"ly_shows_{layer}")),
        (words.ly_made, i18n.word(words, f"ly_made_{layer}")),
        (words.ly_basis, i18n.word(words, f"ly_basis_{layer}")),
        (words.ly_licence, i18n.word(words, f"ly_licence_{layer}")),
    )
