"""The records of the schema."""

import pytest
from pydantic import ValidationError

from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import Basis, Place


def test_bases_are_ordered_from_the_strongest() -> None:
    assert list(Basis) == ["named", "located", "border", "area", "national"]


def test_a_record_has_no_unknown_field(dataset: Dataset) -> None:
    with pytest.raises(ValidationError, match="colour"):
        Place.model_validate({**dataset.places[0].model_dump(), "colour": "red"})


def test_a_record_is_immutable(dataset: Dataset) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        dataset.places[0].name_en = "elsewhere"  # type: ignore[misc]
