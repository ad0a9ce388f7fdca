"""Files lost or damaged while the app runs, at the server or on their way; dates of readers in distant zones."""

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.conftest import ROOT, Reader, free_port, serve, serving


def lay_out(folder: Path) -> Path:
    """Create an app with its own data, which a test may damage; return its script."""
    for name in (".streamlit", "geodata"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("raw"))
    return Path(shutil.copy(ROOT / "app.py", folder / "app.py"))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve an app whose files a test may damage; yield its address and its folder."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "tmp").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder / "tmp"))  # where a GeoPackage is made
        with serve(lay_out(folder)) as url:
            yield url, folder


def share(reader: Reader) -> Locator:
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    return reader.page.get_by_role("dialog")


@pytest.mark.long  # it starts a server of its own
def test_data_that_are_lost_while_the_app_runs_are_still_served(
    own: tuple[str, Path], reader_of: Callable[..., Reader]
) -> None:
    url, folder = own
    reader_of(url).open()
    data = {file.name: file.read_bytes() for file in (folder / "geodata").glob("*.csv")}
    for name in data:
        (folder / "geodata" / name).unlink()
    reader = reader_of(url).open("?place=PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    dialog = share(reader)
    with reader.page.expect_download() as waiting:
        dialog.locator(".st-key-download_zip button").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        assert {name: archive.read(name) for name in data} == data


def test_a_failed_download_shows_a_message_in_the_readers_language(
    own: tuple[str, Path], reader_of: Callable[..., Reader]
) -> None:
    url, folder = own
    reader = reader_of(url).open("?place=PE-CUS")
    button = share(reader).locator(".st-key-download_gpkg")
    with reader.page.expect_download():
        button.get_by_role("button").click()
    (folder / "tmp").rmdir()
    button.get_by_role("button").click()
    note = button.get_by_test_id("stDownloadButtonError")
    expect(note).to_be_attached()
    expect(note.locator("*").first).to_be_hidden()
    assert note.evaluate("el => getComputedStyle(el, '::after').content").startswith('"El archivo no se pudo crear.')
    (folder / "tmp").mkdir()
    with reader.page.expect_download():
        button.get_by_role("button").click()


@pytest.mark.long  # each time zone is another browser
def test_a_citation_has_the_date_at_the_readers_place(reader_of: Callable[..., Reader]) -> None:
    """These two zones are 26 hours apart, so that it is never the same day in both."""
    days = []
    for zone in ("Etc/GMT+12", "Pacific/Kiritimati"):
        reader = reader_of(timezone_id=zone).open("?place=PE-CUS")
        today = "() => new Date().toLocaleDateString('sv')"
        before = reader.page.evaluate(today)
        text = share(reader).locator("code", has_text="urldate").inner_text()
        found = re.search(r"urldate = \{(.+)\}", text)
        assert found
        assert found[1] in {before, reader.page.evaluate(today)}
        days.append(found[1])
    assert days[0] < days[1]


@pytest.mark.long
def test_the_command_shows_the_faults_of_a_folder(
    tmp_path: Path, package: Path, edit: Callable[[str, str, str], None], reader_of: Callable[..., Reader]
) -> None:
    edit("statements.csv", "cocaine.1-a,", "cocaine.1-!,")
    port = free_port()
    command = [sys.executable, "-m", "ocmap.cli", "serve", "--data", str(package), "--port", str(port)]
    with serving(command, port, tmp_path) as url:
        reader = reader_of(url)
        reader.page.goto(url)
        expect(reader.page.locator(".faults").get_by_text("statements.csv")).to_be_visible()
        reader.lasts = False
