"""The link to a view, its citation, and its statements as a file."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from ocmap.codebook import cite

if TYPE_CHECKING:
    from ocmap.ui.stage import Scene


def show_share(scene: "Scene", title: str, to_csv: Callable[[], str], name: str) -> None:
    """Offer the citation of this view and a download of its statements, named after ``name``."""
    words = scene.words
    with st.container(key="actions", horizontal=True):
        # What is in the popover is written when it is opened, and not for every click on the map.
        share = st.popover(words.share, icon=":material/link:", key="share", on_change="rerun")
        if share.open:
            share.caption(words.share_link)
            today = datetime.now(tz=UTC).date()
            share.code(cite(title, scene.lang, today), language=None, wrap_lines=True)
        st.download_button(
            words.download,
            data=to_csv,
            file_name=f"ocmap-{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download",
        )
