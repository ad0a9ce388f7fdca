"""The commands print their results or the faults, and their status is 1 if there are faults."""

import csv
import gc
import gzip
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocmap.app import packed_files
from ocmap.cli import main
from ocmap.dataset.schema import Evidence
from ocmap.export.static_site import build_site
from ocmap.web.app_data import build_app

Edit = Callable[[str, str, str], None]
Printed = pytest.CaptureFixture[str]


def test_check_finds_the_shipped_package_sound(geodata: Path, capsys: Printed) -> None:
    assert main(["check", "--data", str(geodata)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 faults"


def test_check_prints_the_counts_of_the_package(package: Path, capsys: Printed) -> None:
    main(["check", "--data", str(package)])
    rows = {
        name: len((package / f"{name}.csv").read_text("utf-8").splitlines()) - 1
        for name in ("statements", "routes", "places")
    }
    out = capsys.readouterr().out
    assert "172 sentences: " in out
    assert f"{rows['statements']} statements, {rows['routes']} routes, {rows['places']} places" in out


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("statements.csv", "activity,stated", "activity,sure", "statements.csv:2:hedge: 'sure', expected 'stated'"),
        ("places.csv", "PE-MDD,,-69.98", "PE,,-69.98", "parent: a site in PE, expected a region"),
        ("paths.geojson", '"features"', '"feature"', "paths.geojson:1:1: no list of features, expected a GeoJSON"),
        ("CODEBOOK.md", "# Codebook", "# My codebook", "CODEBOOK.md:1:3: differs from the schema, expected the output"),
        ("datapackage.json", "CC-BY-4.0", "CC0-1.0", "datapackage.json:8:18: differs from the schema, expected the"),
    ],
    ids=["cell", "relation", "shape", "codebook", "datapackage"],
)
def test_check_prints_a_fault_and_fails(  # noqa: PLR0913, PLR0917 - a table of cases
    package: Path, edit: Edit, capsys: Printed, file: str, old: str, new: str, fault: str
) -> None:
    edit(file, old, new)
    assert main(["check", "--data", str(package)]) == 1
    errors = capsys.readouterr().err
    assert fault in errors
    assert errors.endswith("1 fault\n")


@pytest.mark.parametrize("name", ["CODEBOOK.md", "datapackage.json"])
def test_check_reports_a_missing_generated_file(package: Path, capsys: Printed, name: str) -> None:
    (package / name).unlink()
    assert main(["check", "--data", str(package)]) == 1
    assert f"{name}:0:-: cannot be read (No such file or directory)" in capsys.readouterr().err


def test_check_reports_faults_of_tables_and_shapes_together(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    edit("paths.geojson", '"features"', '"feature"')
    main(["check", "--data", str(package)])
    errors = capsys.readouterr().err
    assert [file for file in ("statements.csv", "paths.geojson") if file not in errors] == []


def test_check_fails_without_a_package(tmp_path: Path, capsys: Printed) -> None:
    assert main(["check", "--data", str(tmp_path)]) == 1
    assert "topics.csv:0:-: cannot be read" in capsys.readouterr().err


def test_codebook_updates_files_that_are_out_of_date(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("CODEBOOK.md", "# Codebook", "# My codebook")
    (package / "datapackage.json").unlink()
    assert main(["codebook", "--data", str(package)]) == 0
    assert main(["check", "--data", str(package)]) == 0
    assert "0 faults" in capsys.readouterr().out


def test_codebook_changes_nothing_in_the_shipped_package(package: Path, geodata: Path) -> None:
    main(["codebook", "--data", str(package)])
    for name in ("CODEBOOK.md", "datapackage.json"):
        assert (package / name).read_bytes() == (geodata / name).read_bytes()


def test_build_without_the_inputs_reports_what_is_missing(package: Path, geodata: Path, capsys: Printed) -> None:
    (package / "raw" / "cache").mkdir(parents=True)
    shutil.copy(geodata / "raw" / "shapes.toml", package / "raw")
    assert main(["build", "--data", str(package)]) == 1
    assert "raw/natural-earth.origin.toml:0:-: record missing" in capsys.readouterr().err


def test_evidence_is_printed_as_csv(geodata: Path, capsys: Printed, evidence: tuple[Evidence, ...]) -> None:
    assert main(["evidence", "--data", str(geodata)]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["place_id", "market_id", "basis", "statement_id", "via"]
    assert rows[1:] == [[*row[:4], ";".join(row.via)] for row in evidence]


def test_evidence_of_a_broken_package_prints_its_faults_and_no_rows(package: Path, edit: Edit, capsys: Printed) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    assert main(["evidence", "--data", str(package)]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.splitlines()[-1]) == ("", "1 fault")


def test_evidence_of_a_package_with_a_broken_reference_prints_its_faults(
    package: Path, edit: Edit, capsys: Printed
) -> None:
    """Otherwise a statement about a place that does not exist would be printed under the whole country."""
    edit("statement_places.csv", "arms.6-a,villa-el-salvador", "arms.6-a,villa-salvador")
    assert main(["evidence", "--data", str(package)]) == 1
    assert "'villa-salvador' does not exist" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check", "--nonsense"]])
def test_an_unknown_command_prints_the_usage(arguments: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: ocmap" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------ disks and terminals


def run(*arguments: str, script: str = "", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, after a script."""
    code = f"{script}\nimport sys\nfrom ocmap.cli import main\nsys.exit(main())"
    return subprocess.run([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, check=False, **options)  # noqa: S603 - ours


def test_a_full_disk_is_reported_in_one_line(geodata: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("evidence", "--data", str(geodata), stdout=full)
    assert (done.returncode, done.stderr) == (1, b"No space left on device\n")


def test_a_closed_pipe_ends_the_command_without_a_message(geodata: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run("evidence", "--data", str(geodata), stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


# To cut them takes seconds, and comes before the files are written.
WHOLE_FONTS = """from ocmap.app import packed_files
async def leave(_): return b""
packed_files._cut = leave"""


@pytest.mark.parametrize("command", ["codebook", "publish"])
def test_a_full_disk_changes_no_file(package: Path, command: str) -> None:
    before = {file: file.read_bytes() for file in package.rglob("*") if file.is_file()}
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))"
    done = run(command, "--data", str(package), script=f"{limit}\n{WHOLE_FONTS}", cwd=package)
    folder = "site/app/static" if command == "publish" else str(package)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1].startswith(folder)
    assert b"File too large" in done.stderr
    assert b"Traceback" not in done.stderr
    assert {file: file.read_bytes() for file in package.rglob("*") if file.is_file()} == before


def test_a_command_works_in_a_terminal_with_ascii_only(geodata: Path, tmp_path: Path) -> None:
    bare = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    out = tmp_path / "ñandú"
    done = run("export", "--data", str(geodata), "--out", str(out), "--format", "csv", env=bare, stdout=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [file.name for file in out.iterdir()] == ["ocmap-peru-0.2.0-csv.zip"]
    assert done.stdout.isascii()


def test_publish_writes_what_the_app_serves_with_packed_copies(geodata: Path, tmp_path: Path, capsys: Printed) -> None:
    site = tmp_path / "site"
    before = os.umask(0o077)
    try:
        assert main(["publish", "--data", str(geodata), str(site)]) == 0
    finally:
        os.umask(before)
    files = [file for file in site.rglob("*") if file.is_file()]
    assert capsys.readouterr().out == f"{len(files)} files in {site}\n"
    assert {file.stat().st_mode & 0o777 for file in files} == {0o644}  # nginx may run as another user
    app = build_app(geodata)
    ours = {file.name: file.read_bytes() for file in (site / "app" / "static").iterdir() if file.suffix != ".gz"}
    assert ours == app.published.files
    assert (site / "light" / "index.html").read_bytes() == build_site(app.profile, dashboard="../")["index.html"]
    assert [
        file for file in files if file.suffix == ".gz" and unpacked(file) != file.with_suffix("").read_bytes()
    ] == []
    scripts = {file for file in files if file.suffix == ".js" and file.stat().st_size > 500}
    assert {file for file in scripts if not file.with_name(f"{file.name}.gz").exists()} == set()
    (font,) = site.glob("static/media/SourceSerifVariable-Roman.*.woff2")
    assert font.stat().st_size < 60_000


def unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def test_data_with_faults_are_not_published(package: Path, edit: Edit, tmp_path: Path, capsys: Printed) -> None:
    edit("statements.csv", "activity,stated", "activity,sure")
    assert main(["publish", "--data", str(package), str(tmp_path / "site")]) == 1
    assert "statements.csv:2:hedge" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_folder_that_cannot_be_created_is_reported(
    geodata: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def leave(_: Path) -> bytes:
        return b""

    monkeypatch.setattr(packed_files, "_cut", leave)  # which takes seconds, and comes before the files are written
    assert main(["publish", "--data", str(geodata), "/dev/null/site"]) == 1
    assert capsys.readouterr().err == "/dev/null/site/app/static: Not a directory\n"


def test_garbage_collection_is_enabled_after_a_command(geodata: Path, tmp_path: Path) -> None:
    assert [main(["check", "--data", str(folder)]) for folder in (geodata, tmp_path)] == [0, 1]
    assert gc.isenabled()


@pytest.mark.parametrize("command", [["serve"], ["check"], ["export"], ["brief", "PE-MDD"]])
def test_a_folder_that_is_not_there_is_one_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--data", str(tmp_path / "no")]) == 1
    fault = f"{tmp_path / 'no'}:0:-: there is no such folder, expected a data package; name its folder with --data DIR"
    assert capsys.readouterr().err == f"{fault}\n1 fault\n"
