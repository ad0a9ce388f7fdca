"""The texts in two languages: the same keys and gaps, each used, each that is asked for there."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest
from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.analysis.scores import Sense
from ocmap.analysis.view_state import TOUR_STEPS, Layer, View, ViewState
from ocmap.dataset.schema import LANGUAGES, Basis, Group, Hedge, Mode, PlaceKind, PointRole, TieKind
from ocmap.dataset.validation import MEMBER_KINDS
from ocmap.export.rows import EvidenceRow, RouteRow

TEXTS = i18n.words_of(DATASET, "es").texts
KEYS = {re.sub(r"\.(one|other)$", "", key) for key in TEXTS}
TABLES = "|".join(sorted({key.partition(".")[0] for key in KEYS}))
LITERAL = re.compile(rf"""["'`]((?:{TABLES})\.(?!(?:html|css|js|csv|svg|typ|geojson)["'`])[\w-]+)["'`]""")
READ = re.compile(r"""(?:(?:words|i18n\.of\([^()]*\))(?:\[|\.at\()|counted\((?:\w+, )?)["']([^"'{]+)["']""")
PUT_TOGETHER = re.compile(rf"""(?:f["']|`)((?:{TABLES})\.\w*)\$?\{{""")
SIGNS = (
    "border",
    "area",
    "blank",
    "filtered",
    "schematic",
    "open_end",
    "inferred",
    "hollow",
    "corridor",
    "site",
    "rough",
    "tripoint",
    "response",
)
TABLE_COLUMNS = (
    *("place", "market", "statement_ids", "market_a_id", "market_b_id", "market_a", "market_b"),
    *("sentences", "sentence_ids", "places", "place_ids"),
)
ENDINGS: Mapping[str, tuple[object, ...]] = {
    "answer.": tuple(Basis),
    "accessibility.to_": ("map", "panel", "filters"),
    "actors.ties_": tuple(TieKind),
    "actors.ties_absent_": tuple(TieKind),
    "actors.ties_none_": tuple(TieKind),
    "basis.": tuple(Basis),
    "basis_badge.": tuple(Basis),
    "basis_why.": tuple(Basis),
    "column.": tuple({*EvidenceRow._fields, *RouteRow._fields, *Basis, *TABLE_COLUMNS}),
    "error.": ("data_title", "data_text", "files_title", "files_text"),
    "flow_end.": ("open", "inferred"),
    "hedge.": tuple(Hedge),
    "hedge_why.": tuple(Hedge),
    "kicker.": tuple(PlaceKind),
    "layer.": tuple(Layer),
    "layer_basis.": tuple(Layer),
    "layer_licence.": tuple(Layer),
    "layer_made.": tuple(Layer),
    "layer_shows.": tuple(Layer),
    "legend.": SIGNS,
    "link_part.": tuple(field.name for field in fields(ViewState)),
    "month.": tuple(range(1, 13)),
    "panel_places.": (*MEMBER_KINDS, PlaceKind.SITE),
    "precision.": tuple(range(1, 8)),
    "route_end.": (PointRole.ORIGIN, PointRole.DESTINATION),
    "route_mode.": tuple(Mode),
    "route_role.": tuple(PointRole),
    "score_sense.": tuple(Sense),
    "search.": ("places", "markets", "actors", "routes", "indicators", "statements"),
    "share.": ("link", "picture", "embed", "cite", "files"),
    "table_basis.": (Basis.BORDER, Basis.AREA, Basis.NATIONAL),
    "tooltip.": (Basis.BORDER, Basis.AREA),
    "topic_group.": tuple(Group),
    "tour.text_": tuple(range(1, TOUR_STEPS + 1)),
    "tour.title_": tuple(range(1, TOUR_STEPS + 1)),
    "view.": tuple(View),
    "workbook.": ("evidence", "routes", "table", "columns"),
}
"""What may follow the beginning of a key that is put together where it is read."""


SETTINGS_KEYS = {"start.example"}
"""Keys of ``profile.toml``, which faults name, in a table that the catalogue has too."""


def sources(root: Path) -> Iterator[str]:
    for folder in (root / "src" / "ocmap", root / "frontend" / "src"):
        for file in sorted(folder.rglob("*.*")):
            if file.suffix in {".py", ".html", ".svg", ".typ", ".ts"} and "vendor" not in file.parts:
                yield file.read_text("utf-8")


@pytest.fixture(scope="module")
def asked(root: Path) -> set[str]:
    """Return every key that the code, a template or a script asks for."""
    words = {f"search_words.{one.topic_id}" for one in DATASET.markets}
    text = "\n".join(sources(root))
    beginnings = set(PUT_TOGETHER.findall(text)) - {"search_words."}
    put_together = {f"{one}{ending}" for one in beginnings for ending in ENDINGS.get(one, ("…",))}
    return {*LITERAL.findall(text), *READ.findall(text), *put_together, *words} - SETTINGS_KEYS


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert sorted(i18n.words_of(DATASET, "en").texts.keys() ^ TEXTS.keys()) == []


def test_a_text_has_the_same_gaps_in_both_languages_and_is_not_blank() -> None:
    english = i18n.words_of(DATASET, "en").texts
    differ = [key for key, text in TEXTS.items() if gaps(text) != gaps(english[key])]
    blank = [key for key, text in TEXTS.items() if not text.strip() or not english[key].strip()]
    uncounted = [key for key, text in TEXTS.items() if key.endswith(".other") and "n" not in gaps(text)]
    assert (differ, blank, uncounted) == ([], [], [])


def test_every_text_is_used(asked: set[str]) -> None:
    assert sorted(KEYS - asked) == []


def test_every_text_that_is_asked_for_is_there(asked: set[str]) -> None:
    assert sorted(asked - KEYS) == []


def test_a_text_that_is_not_there_is_called_by_its_name() -> None:
    with pytest.raises(KeyError, match=r"no text 'table\.totl' in en\.toml"):
        i18n.words_of(DATASET, "en")["table.totl"]


def test_the_browser_gets_whole_tables() -> None:
    found = i18n.words_of(DATASET, "en").tables("count", "view")
    assert {key.partition(".")[0] for key in found} == {"count", "view"}
    assert (found["count.places.one"], found["view.map"]) == ("1 place", "Map")


def test_every_language_has_its_catalogue() -> None:
    assert [i18n.words_of(DATASET, lang).lang for lang in LANGUAGES] == list(LANGUAGES)
