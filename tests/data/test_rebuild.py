"""The committed shapes can be rebuilt from their recorded inputs, and so can the second country of the tests."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from tests.support.ecuador import TARGET, write_ecuador
from tests.support.inputs import GEODATA, RAW, needs_inputs

from ocmap.boundaries import build, shape_files
from ocmap.boundaries.geojson import to_geojson


@needs_inputs
def test_a_rebuild_gives_the_committed_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Mock(wraps=to_geojson)
    monkeypatch.setattr(shape_files, "to_geojson", written)
    build(GEODATA, tmp_path)
    files = sorted(file.name for file in GEODATA.glob("*.geojson"))
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    assert [name for name in files if (tmp_path / name).read_bytes() != (GEODATA / name).read_bytes()] == []
    assert written.call_count == len(files)  # each text once


@pytest.mark.long
@needs_inputs
def test_the_second_country_is_what_ocmap_new_writes(tmp_path: Path) -> None:
    write_ecuador(RAW / "cache", tmp_path)
    names = sorted(file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file())
    assert len(names) > 15
    assert [name for name in names if (tmp_path / name).read_bytes() != (TARGET / name).read_bytes()] == []
