"""Outputs are compared with files that a person has checked.

If a change of the data or the code is intended to change them, update the files with
``python -m pytest tests/data/golden --golden-update``; then read the difference before you commit it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from ocmap.cli import main

GOLDEN = Path(__file__).parent
Compare = Callable[[str, str], None]


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Return a function that compares a text with a golden file, or writes it where that was asked for."""

    def compare_or_write(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden-update"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text.splitlines() == path.read_text("utf-8").splitlines()

    return compare_or_write


def test_the_evidence_has_not_changed(geodata: Path, capsys: pytest.CaptureFixture[str], compare: Compare) -> None:
    main(["evidence", "--data", str(geodata)])
    compare("evidence.csv", capsys.readouterr().out)
