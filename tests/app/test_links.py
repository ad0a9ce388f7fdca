"""Links with unknown values: a notice names the parameter; the value is dropped and never repeated."""

from dataclasses import fields
from typing import Any

import pytest
from tests.app.reading import HOSTILE, Open, bodies, heading, pill, sent, text
from tests.app.test_hostile_values import send
from tests.support.shipped import DATA_VERSION

from ocmap.analysis.view_state import ViewState
from ocmap.app import session


def test_the_notice_of_an_unknown_place_names_the_parameter(open_app: Open) -> None:
    app = open_app(place="PE-XYZ")
    assert "No se pudo leer una parte del enlace (lugar)" in text(app)
    assert heading(app) == "Elija un lugar"


FOUR = ["PE-LMA", "PE-PUN", "PE-CUS", "PE-TUM"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "es",
            "se puede mostrar a la vez (lugares que se comparan: 3 como máximo); el resto se omitió.",
        ),
        (
            "en",
            "The link asks for more than can be shown at once (places to compare: 3 at most); the rest was left out.",
        ),
    ],
)
@pytest.mark.parametrize("compare", [FOUR, ",".join(FOUR), ["PE-XYZ", *FOUR, HOSTILE]], ids=str)
def test_a_link_that_compares_too_many_places_shows_a_notice(
    open_app: Open, lang: str, said: str, compare: Any
) -> None:
    app = open_app(view="compare", compare=compare, lang=lang)
    assert said in text(app)
    assert "owned" not in sent(app)
    app.button(key="dismiss").click().run()
    assert said not in text(app)


def test_a_link_that_opens_too_many_cells_shows_a_notice(open_app: Open) -> None:
    app = open_app(view="table", matrix="sentences", cell=["arms", "cocaine", "extortion"])
    assert "(celda: 2 como máximo); el resto se omitió." in text(app)


def test_the_notice_of_too_many_places_disappears_with_the_next_choice(open_app: Open) -> None:
    app = open_app(view="compare", compare=FOUR)
    pill(app, "view").set_value("method").run()
    assert "el resto se omitió" not in text(app)


def test_an_unknown_place_is_never_repeated(open_app: Open) -> None:
    assert "PE-XYZ" not in sent(open_app(place="PE-XYZ"))


@pytest.mark.parametrize("name", [field.name for field in fields(ViewState)])
def test_markup_in_a_parameter_is_never_repeated(open_app: Open, name: str) -> None:
    app = open_app(**{name: HOSTILE})
    assert not app.exception
    assert "owned" not in sent(app)


def test_markup_in_an_unknown_parameter_is_never_repeated(open_app: Open) -> None:
    assert "owned" not in sent(open_app(**{"evil<b>owned</b>": HOSTILE}))


@pytest.mark.parametrize(
    "query",
    [
        {"utm_source": "mail"},
        {"view": "map"},
        {"layers": ["regions", "corridors", "routes", "sites", "rivers"]},
        {"basis": ["named", "located", "border", "area", "national"]},
        {"basis": "named,located,border,area,national"},
        {"place": ""},
        {"view": "compare", "compare": ["PE-LMA", "PE-PUN", "PE-CUS", "PE-CUS"]},
        {"data": DATA_VERSION},
    ],
    ids=str,
)
def test_a_link_without_unknown_values_shows_no_notice(open_app: Open, query: dict[str, Any]) -> None:
    assert 'class="notice"' not in bodies(open_app(**query))


def test_a_link_made_with_other_data_shows_a_notice(open_app: Open) -> None:
    assert f"Este enlace se hizo con la versión 0.0.1 de los datos; está viendo la {DATA_VERSION}" in text(
        open_app(data="0.0.1")
    )


def test_a_notice_can_be_dismissed(open_app: Open) -> None:
    app = open_app(place="PE-XYZ")
    app.button(key="dismiss").click().run()
    assert "No se pudo leer" not in text(app)


def test_a_notice_disappears_with_the_next_choice(open_app: Open) -> None:
    app = open_app(place="PE-XYZ")
    pill(app, "view").set_value("method").run()
    assert "No se pudo leer" not in text(app)


def test_a_click_before_the_previous_answer_is_not_lost(open_app: Open) -> None:
    """The browser still has the URL from before the first click when it sends the second."""
    app = open_app(place="PE-PUN")
    old = dict(app.query_params)
    pill(app, "view").set_value("national").run()
    app.query_params.clear()
    app.query_params.update(old)
    pill(app, "lang").set_value("en").run()
    assert (app.query_params["view"], app.query_params["lang"]) == ("national", "en")


def test_the_back_button_overrides_an_old_click(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LATE_S", 0)
    app = open_app(place="PE-PUN")
    pill(app, "view").set_value("national").run()
    app.query_params.clear()
    app.query_params["place"] = "PE-PUN"
    pill(app, "lang").set_value("en").run()
    assert "lang" not in app.query_params


def test_the_link_to_report_an_error_loses_no_filter_chosen_after_it_was_drawn(open_app: Open) -> None:
    app = open_app(markets="cocaine")
    send(app, "mast_links", {"event": "go", "value": "?view=method#method-errors"})
    assert (app.query_params["view"], app.query_params["markets"]) == ("method", "cocaine")
