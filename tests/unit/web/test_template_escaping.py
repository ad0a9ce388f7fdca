"""Markup in the data is text in the templates of the table and of the view on actors."""

from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.web import html


def test_markup_is_text_in_the_view_on_actors() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    link = {"name": evil, "href": evil, "route": "", "compare": evil}
    chip = {"group": evil, "name": evil, "href": evil}
    row = {"name": evil, "note": evil, "href": evil, "is_open": True, "chosen": True}
    row |= {"choose_href": evil, "markets": [chip], "places": [link], "partners": [link], "opponents": [link]}
    figures = {
        "sense": evil,
        "bars": [{"edition": evil, "percent": 0, "figure": evil, "known": True, "latest": True}],
        "change": evil,
    }
    cell = {"counted": {"n": 1, "of_group": True}, "tint": 1, "name": evil, "href": evil}
    item = {"actor_a": evil, "actor_b": evil, "markets": [chip], "note": evil, "cards": []}
    common = {
        "words": i18n.words_of(DATASET, "es"),
        "lang": "es",
        "text": evil,
        "chosen": [link],
        "tabs": [link],
        "here": evil,
    }
    common |= {"map_href": evil, "remove_href": evil, "clear_href": evil, "ties_line": evil, "ties_href": evil}
    common |= {"opened": None}
    kind = {"id": evil, "name": evil, "definition": evil, "note": evil, "figures": figures, "rows": [row]}
    parts: dict[str, dict[str, object]] = {
        "types": {"types": [kind]},
        "markets": {
            "groups": [(evil, evil, 2)],
            "columns": [chip],
            "parts": [(evil, [(evil, evil, False, [cell | {"is_open": True}])])],
        },
        "ties": {
            "absent": [evil],
            "alt": evil,
            "boxes": [(1, {"actor_id": evil, "top": 1, "height": 1}, evil, evil, True)],
            "box_width": 1,
            "fluid": False,
            "height": 1,
            "kinds": [(evil, evil, [item])],
            "labels": [(evil, 1, 1, [chip])],
            "lines": [(evil, evil, evil)],
            "width": 1,
        },
    }
    fill = html.ENVIRONMENT.get_template("actors.html").render
    pages = [fill(**common, tab=tab, **values) for tab, values in parts.items()]
    assert all("&lt;img" in page and "<img" not in page for page in pages)


def test_markup_is_text_in_the_table() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    link = {"name": evil, "href": evil, "route": "", "compare": evil}
    cell = {"text": evil, "name": evil, "css": evil, "href": evil, "is_open": True}
    line = {"name": evil, "href": evil, "is_open": True, "cells": [cell], "total": evil}
    open_cell: dict[str, object] = {"kicker": evil, "title": evil, "text": evil, "self_href": evil, "close_href": evil}
    open_cell |= {"clear_href": evil, "links": [link]}
    open_cell |= {"chips": [{"title": evil, "links": [link]}], "sections": []}
    head = {"name": evil, "href": evil, "order": evil}
    common = {
        "words": i18n.words_of(DATASET, "es"),
        "lang": "es",
        "open_cell": open_cell,
        "clear_href": evil,
        "starts": [0],
    }
    common |= {"groups": [(evil, evil, 2)], "columns": [head]}
    fill = html.ENVIRONMENT.get_template
    pages = (
        fill("table.html").render(
            **common,
            filled=False,
            caption=evil,
            place_head=head,
            total_head=head,
            regions=[line],
            blank_regions=[(evil, evil, [link])],
            corridors=[line],
            blank_corridors=[],
            country=line,
            without_market=evil,
        ),
        fill("table_pairs.html").render(**common, filled=True, title=evil, lines=[line]),
        fill("table_head.html").render(
            words=i18n.words_of(DATASET, "es"),
            lang="es",
            title=evil,
            text=evil,
            matrices=[(evil, evil, True)],
            levels=[evil],
            blank=evil,
        ),
    )
    assert all("&lt;img" in page and "<img" not in page for page in pages)
