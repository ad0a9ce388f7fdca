"""The share dialog: every address in it begins with the app's own, also where the app stands under a path."""

import re
from html import unescape

import pytest
import streamlit as st
from tests.app.reading import Open, written

from ocmap.app import session

ADDRESS = "https://example.org/maps/ocmap"


@pytest.mark.parametrize("slash", ["", "/"])
def test_links_and_citations_lead_to_the_app_under_its_path(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, slash: str
) -> None:
    monkeypatch.setattr(type(st.context), "url", property(lambda _: ADDRESS + slash))
    app = open_app(place="PE-PUN", lang="en")
    app.session_state[session.SHARE_ASKED] = session.SHARE
    codes = [unescape(one) for one in re.findall(r"<code[^>]*>(.*?)</code>", written(app.run()), re.DOTALL)]
    found = [re.findall(r"https?://(?!ocindex)[^\s\"'},]*", one) for one in codes]
    link, embed, short, *citations = found
    assert [short, len(citations)] == [[], 3]
    assert [one for one in (link, *citations) if len(one) != 1 or not one[0].startswith(f"{ADDRESS}/?")] == []
    assert [one for one in embed if not one.startswith(f"{ADDRESS}/light/#")] == []
    assert embed
