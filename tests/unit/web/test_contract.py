"""What the client is built and tested on is what `ocmap contract` writes now."""

from pathlib import Path

import pytest

from ocmap.analysis.profile import CountryProfile
from ocmap.cli import main
from ocmap.web.contract import build_contract

FRONTEND = Path(__file__).parents[3] / "frontend"


def test_the_files_are_up_to_date(profile: CountryProfile) -> None:
    """If this fails, run `ocmap contract`."""
    stale = [
        name for name, text in build_contract(profile).items() if (FRONTEND / name).read_text(encoding="utf-8") != text
    ]
    assert stale == []


def test_the_command_writes_them(geodata: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["contract", "--data", str(geodata)]) == 0
    written = {file.relative_to(tmp_path / "frontend").as_posix() for file in tmp_path.rglob("*.*")}
    assert written == {"src/contract.ts", "test/client_data.json", "test/pages.json", "test/vectors.json"}
    assert [
        name for name in written if (tmp_path / "frontend" / name).read_bytes() != (FRONTEND / name).read_bytes()
    ] == []
