"""The committed shapes can be rebuilt from their recorded inputs."""

from pathlib import Path

from tests.support.inputs import RAW, needs_inputs

from ocmap.boundaries import build
from ocmap.boundaries.towns import check_towns
from ocmap.boundaries.verification import FILES


@needs_inputs
def test_a_rebuild_gives_the_committed_bytes(tmp_path: Path, geodata: Path) -> None:
    build(RAW, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (geodata / name).read_bytes()] == []


@needs_inputs
def test_the_table_of_towns_agrees_with_its_source() -> None:
    assert list(check_towns(RAW / "cache" / "cities500.json")) == []
