"""Markup in the data is text in the templates of the table and of the view on actors."""

from tests.support.shipped import DATASET

from ocmap import i18n
from ocmap.web import html


def test_markup_is_text_in_the_view_on_actors() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    row = {"name": evil, "note": evil, "chosen": False, "markets": [{"group": evil, "name": evil}], "places": evil}
    row |= {"partners": evil, "opponents": evil}
    words = i18n.words_of(DATASET, "es")
    figures = {
        "sense": evil,
        "bars": [{"edition": evil, "percent": 0, "figure": evil, "known": True, "latest": True}],
        "change": evil,
    }
    pages = (
        html.ENVIRONMENT.get_template("actors_rows.html").render(words=words, lang="es", rows=[row]),
        html.ENVIRONMENT.get_template("actors_bar.html").render(lang="es", text=evil, empty=evil, chosen=True),
        html.ENVIRONMENT.get_template("actors_type.html").render(
            lang="es", name=evil, definition=evil, note=evil, empty=evil, worse=evil, figures=figures
        ),
        html.ENVIRONMENT.get_template("actors_matrix.html").render(
            words=words,
            lang="es",
            groups=[(evil, evil, 2)],
            columns=[{"name": evil}],
            parts=[(evil, [(evil, False, [])])],
        ),
        html.ENVIRONMENT.get_template("actors_lines.html").render(
            colours={"accent": evil, "ink": evil}, extent=(0, 1), height=1, paths=[(evil, evil)]
        ),
    )
    assert all("&lt;img" in page and "<img" not in page for page in pages)


def test_markup_is_text_in_the_table() -> None:
    evil = "<img src=x onerror=alert(1)>\"'"
    link = {"name": evil, "href": evil, "route": "", "compare": evil}
    cell = {"text": evil, "name": evil, "css": evil, "href": evil, "is_open": True}
    line = {"name": evil, "href": evil, "is_open": True, "cells": [cell], "total": evil}
    open_cell = {"kicker": evil, "title": evil, "text": evil, "close_href": evil, "clear_href": evil, "links": [link]}
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
