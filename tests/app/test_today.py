"""A citation has the date at the reader's place."""

from datetime import UTC, date, datetime, tzinfo
from types import SimpleNamespace

import pytest
import streamlit as st

from ocmap.app import session


@pytest.mark.parametrize(
    ("ahead", "day"),
    [
        pytest.param(300, date(2026, 11, 23), id="Lima, in the evening"),
        pytest.param(0, date(2026, 11, 24), id="UTC"),
        pytest.param(-840, date(2026, 11, 24), id="Kiritimati"),
        pytest.param(None, date(2026, 11, 24), id="no zone"),
        pytest.param(1440, date(2026, 11, 24), id="an impossible offset"),
        pytest.param(2**31 - 1, date(2026, 11, 24), id="largest number"),
        pytest.param(-(2**31), date(2026, 11, 24), id="smallest number"),
        pytest.param(10**15, date(2026, 11, 24), id="too large for a date"),
    ],
)
def test_today_is_the_readers_day(monkeypatch: pytest.MonkeyPatch, ahead: int | None, day: date) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            assert tz, "the machine's own zone is nobody's business"
            return cls(2026, 11, 24, 2, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(session, "datetime", Clock)
    monkeypatch.setattr(st, "context", SimpleNamespace(timezone_offset=ahead))
    assert session.today() == day
