"""Describe each layer of the map: what it shows, how it was made, and its licence."""

from typing import NamedTuple

from ocmap.analysis.view_state import Layer
from ocmap.i18n import Words


class LayerCard(NamedTuple):
    """A description of a layer; ``facts`` are pairs of a term and its text."""

    layer: Layer
    name: str
    facts: tuple[tuple[str, str], ...]


def build_layer_cards(words: Words) -> tuple[LayerCard, ...]:
    """Return a card for each layer, in the order in which they are switched."""
    return tuple(LayerCard(layer, words[f"layer.{layer}"], _facts(words, layer)) for layer in Layer)


def _facts(words: Words, layer: Layer) -> tuple[tuple[str, str], ...]:
    return (
        (words["layer_info.shows"], words[f"layer_shows.{layer}"]),
        (words["layer_info.made"], words[f"layer_made.{layer}"]),
        (words["layer_info.basis"], words[f"layer_basis.{layer}"]),
        (words["layer_info.licence"], words[f"layer_licence.{layer}"]),
    )
