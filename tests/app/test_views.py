"""The two languages, and the views beside the map."""

from typing import Any

import pytest
from tests.app.reading import Open, pill, text

from ocmap.dataset.dataset import Dataset


def test_the_language_can_be_changed(open_app: Open) -> None:
    app = open_app(place="PE-HUC")
    pill(app, "lang").set_value("en").run()
    assert "The profile does not mention Huánuco" in text(app)
    assert app.query_params["lang"] == "en"


def test_a_link_in_english_opens_in_english(open_app: Open) -> None:
    assert "Where the Index places criminal markets" in text(open_app(lang="en"))


def test_the_national_view_lists_every_national_statement(open_app: Open, dataset: Dataset, evidence: Any) -> None:
    shown = text(open_app(view="national"))
    national = {row.statement_id for row in evidence if row.place_id == "PE"}
    assert national
    assert [one for one in national if dataset.statement[one].text_es not in shown] == []


def test_the_national_view_shows_no_statement_twice(open_app: Open, dataset: Dataset) -> None:
    assert text(open_app(view="national")).count(dataset.statement["flora.4-a"].text_es) == 1


def test_filters_apply_to_the_national_view(open_app: Open, dataset: Dataset) -> None:
    shown = text(open_app(view="national", markets="cyber"))
    assert dataset.statement["cyber.1-a"].text_es in shown
    assert dataset.statement["cannabis.1-a"].text_es not in shown


def test_an_empty_national_view_shows_a_message(open_app: Open) -> None:
    assert "Ninguna afirmación que hable de todo el país" in text(open_app(view="national", basis="named"))


@pytest.mark.parametrize(("lang", "title"), [("es", "Cómo se hizo este mapa"), ("en", "How this map was made")])
def test_the_method_is_shown_in_both_languages(open_app: Open, lang: str, title: str) -> None:
    assert title in text(open_app(view="method", lang=lang))


def test_a_view_can_be_chosen(open_app: Open) -> None:
    app = open_app(place="PE-MDD")
    pill(app, "view").set_value("method").run()
    assert "Cómo se hizo este mapa" in text(app)
    assert app.query_params["view"] == "method"


def test_the_map_remains_in_the_page_under_another_view(open_app: Open) -> None:
    assert "OcMap.start(" in str(open_app(view="method").get("component_instance")[0].proto.json_args)


def test_the_national_view_shows_the_index_scores_of_a_market(open_app: Open) -> None:
    """Extortion: 2021 unknown, 4.5 in 2023 and 5.5 in 2025."""
    shown = text(open_app(view="national", markets="extortion"))
    after = shown[shown.index("Extorsión Personas") :]
    assert "2021 no evaluado 2023 4,5 2025 5,5" in after


def test_the_actors_view_shows_the_index_scores_of_an_actor_type(open_app: Open) -> None:
    """Foreign actors: 5.0, 6.0 and 6.5."""
    assert "2021 5,0 2023 6,0 2025 6,5" in text(open_app(view="actors"))
