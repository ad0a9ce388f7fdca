"""The committed shapes can be rebuilt from their recorded inputs."""

from pathlib import Path

from tests.support.inputs import GEODATA, needs_inputs

from ocmap.boundaries import build


@needs_inputs
def test_a_rebuild_gives_the_committed_bytes(tmp_path: Path) -> None:
    build(GEODATA, tmp_path)
    files = sorted(file.name for file in GEODATA.glob("*.geojson"))
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    assert [name for name in files if (tmp_path / name).read_bytes() != (GEODATA / name).read_bytes()] == []
