"""The wheel is all that the dashboard needs: built from the repository and from the sdist, and installed elsewhere."""

import os
import shutil
import subprocess
import sysconfig
import tarfile
import tomllib
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from shapely import box
from tests.e2e.conftest import free_port, serving
from tests.support.inputs import RAW, needs_inputs
from tests.support.small_world import World, write_inputs, write_regions

ROOT = Path(__file__).parents[2]
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
DATA = "ocmap/dashboard/geodata/"

pytestmark = pytest.mark.long


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside of the repository's imports; fail with what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, target: str, folder: Path, python: Path) -> Path:
    """Build a wheel or an sdist; return it."""
    run(python, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (built,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python with the tools that build; pip fetches them, as it does for who installs the sdist."""
    folder = tmp_path_factory.mktemp("tools")
    venv.create(folder, with_pip=True)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *BUILD, cwd=folder)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def wheel(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that the sdist builds."""
    folder = tmp_path_factory.mktemp("dist")
    with tarfile.open(build(ROOT, "sdist", folder, python)) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 has it
        archive.extractall(folder / "source")  # noqa: S202 - our own archive
    (source,) = (folder / "source").iterdir()
    return build(source, "wheel", folder / "wheel", python)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of an environment with the wheel, and what it depends on from that of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(site, "others.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder / "bin"


def test_sdist_and_repository_build_the_same_wheel(wheel: Path, python: Path, tmp_path: Path) -> None:
    names = names_in(wheel)
    assert names == names_in(build(ROOT, "wheel", tmp_path, python))
    data = {
        path.relative_to(ROOT / "geodata").as_posix()
        for path in (ROOT / "geodata").rglob("*")
        if path.is_file() and "cache" not in path.parts
    }
    assert {name.removeprefix(DATA) for name in names if name.startswith(DATA)} == data
    assert {"ocmap/dashboard/app.py", "ocmap/dashboard/.streamlit/config.toml", "ocmap/vendor/leaflet.js"} <= names


def test_the_installed_command_serves_the_dashboard(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    port = free_port()
    with serving([str(installed / "ocmap"), "serve", "--port", str(port)], port, tmp_path) as url:
        for path in ("", "light/"):
            with urllib.request.urlopen(f"{url}/{path}", timeout=120) as answer:  # noqa: S310 - our own server
                assert "ocmap" in answer.read().decode().partition("<title>")[2].partition("</title>")[0]


def test_python_finds_the_data_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import ocmap; print(ocmap.__file__); print(len(ocmap.load().regions()))"
    file, regions = run(installed / "python", "-c", code, cwd=tmp_path).splitlines()
    assert file.startswith(str(installed.parent))
    assert int(regions) > 0


def test_the_installed_command_writes_a_new_package(installed: Path, tmp_path: Path) -> None:
    world = World([box(10, 10, 12, 12)], towns=[(10.5, 11, "EC")])
    inputs = write_inputs(tmp_path / "inputs", world)
    layer = write_regions(tmp_path / "regions.geojson", [box(10, 10, 11, 12), box(11, 10, 12, 12)], name=("A", "B"))
    new = ["new", "package", "--country", "EC", "--regions", str(layer), "--data", str(inputs)]
    assert "package: 2 regions" in run(installed / "ocmap", *new, cwd=tmp_path)
    assert "0 faults" in run(installed / "ocmap", "check", "--data", "package", cwd=tmp_path)


@needs_inputs
def test_the_installed_command_builds_the_shipped_shapes(installed: Path, tmp_path: Path) -> None:
    code = "from ocmap.dataset.files import shipped_folder; print(shipped_folder() / 'geodata')"
    shipped = run(installed / "python", "-c", code, cwd=tmp_path).strip()
    assert shipped.startswith(str(installed.parent))
    shutil.copytree(shipped, tmp_path / "geodata", ignore=shutil.ignore_patterns("*.geojson"))
    (tmp_path / "geodata" / "raw" / "cache").symlink_to(RAW / "cache")
    run(installed / "ocmap", "build", cwd=tmp_path)
    files = [file.name for file in (ROOT / "geodata").glob("*.geojson")]
    built = {name: (tmp_path / "geodata" / name).read_bytes() for name in files}
    assert [name for name in files if built[name] != (ROOT / "geodata" / name).read_bytes()] == []
