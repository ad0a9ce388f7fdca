"""Files lost or damaged while the app runs, at the server or on their way; dates of readers in distant zones."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Route, expect
from tests.e2e.conftest import PATIENCE_MS, ROOT, Reader, serve


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


def share(reader: Reader, tab: str) -> Locator:
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    dialog = reader.page.get_by_role("dialog")
    dialog.get_by_role("tab", name=tab).click()
    return dialog


def test_lost_files_are_restored_and_lost_data_are_still_served(
    own: tuple[str, Path], reader_of: Callable[..., Reader]
) -> None:
    url, folder = own
    first = reader_of(url)
    with first.page.expect_response("**/panels-*.gz"):
        first.open()
    first.page.wait_for_load_state("networkidle")  # nothing of this page is still to be fetched when its files go
    published = {file: file.read_bytes() for file in (folder / "static").iterdir()}
    for file in published:
        file.unlink()
    data = {file.name: file.read_bytes() for file in (folder / "geodata").glob("*.csv")}
    for name in data:
        (folder / "geodata" / name).unlink()
    reader = reader_of(url).open("?place=PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    assert {file: file.read_bytes() for file in (folder / "static").iterdir()} == published
    dialog = share(reader, "Archivos")
    with reader.page.expect_download() as waiting:
        dialog.locator(".st-key-download_zip button").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        assert {name: archive.read(name) for name in data} == data


def test_a_failed_download_shows_a_message_in_the_readers_language(
    own: tuple[str, Path], reader_of: Callable[..., Reader]
) -> None:
    url, folder = own
    reader = reader_of(url).open("?place=PE-CUS")
    button = share(reader, "Archivos").locator(".st-key-download_gpkg")
    with reader.page.expect_download():
        button.get_by_role("button").click()
    (folder / "tmp").rmdir()
    button.get_by_role("button").click()
    note = button.get_by_test_id("stDownloadButtonError")
    expect(note.locator("*").first).to_be_hidden()
    assert note.evaluate("el => getComputedStyle(el, '::after').content").startswith('"El archivo no se pudo crear.')
    (folder / "tmp").mkdir()
    with reader.page.expect_download():
        button.get_by_role("button").click()


@pytest.mark.parametrize(
    ("locale", "said"),
    [("es-PE", "No se pudo cargar el mapa"), ("en-GB", "The map could not be loaded")],
)
def test_truncated_map_data_show_an_error_message_in_the_map(
    reader_of: Callable[..., Reader], locale: str, said: str
) -> None:
    reader = reader_of(locale=locale)
    reader.page.route(
        re.compile(r"/peru\.[0-9a-f]+\.json$"),
        lambda route: route.fulfill(body=route.fetch().body()[:1000], content_type="application/json"),
    )
    reader.page.goto(f"{reader.base}/?place=PE-CUS")
    frame = reader.page.frame_locator(".st-key-map iframe")
    expect(frame.get_by_role("alert")).to_contain_text(said)
    expect(reader.heading).to_have_text("Cusco")


LOST = {
    "es-PE": "No se pudo cargar el mapa. Recargue la página. Mientras tanto, todo lo que el mapa muestra está también "
    "en la lista de lugares y en la vista «Tabla».",
    "en-GB": "The map could not be loaded. Please reload the page. Meanwhile, the list of places and the view “Table” "
    "have all that the map shows.",
}


@pytest.mark.parametrize("locale", LOST)
@pytest.mark.parametrize("answer", ["missing", "blocked", "cut short"])
def test_a_map_without_its_script_shows_an_error_message(
    reader_of: Callable[..., Reader], locale: str, answer: str
) -> None:
    reader = reader_of(locale=locale)
    answers: dict[str, Callable[[Route], None]] = {
        "missing": lambda route: route.fulfill(status=404),
        "blocked": lambda route: route.abort(),
        "cut short": lambda route: route.fulfill(body="(function () {", content_type="text/javascript"),
    }
    script = re.compile(r"/map\.[0-9a-f]+\.js$")
    reader.page.route(script, answers[answer])
    reader.page.goto(f"{reader.base}/?place=PE-CUS")
    note = reader.page.locator(".st-key-map").get_by_role("alert")
    expect(note).to_have_text(LOST[locale])
    expect(note).to_be_in_viewport()
    assert Axe().run(reader.page, ".st-key-map > .lost").response["violations"] == []
    reader.page.locator(".st-key-places select").select_option("PE-TUM")
    expect(reader.heading).to_have_text("Tumbes")
    other, name = ("es-PE", "Español") if locale == "en-GB" else ("en-GB", "English")
    reader.page.locator(".st-key-lang button", has_text=name).click()
    expect(note).to_have_text(LOST[other])
    reader.page.unroute(script)
    reader.page.reload()
    reader.wait_for_map()
    expect(note).to_have_count(0)
    reader.faults.clear()  # the browser's own words on the missing file


def test_with_damaged_panels_the_server_answers_the_clicks(reader: Reader) -> None:
    reader.page.route("**/panels-*.gz", lambda route: route.fulfill(body=route.fetch().body()[:2000]))
    with reader.page.expect_response("**/panels-*.gz"):
        reader.open()
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.expect_query(place="PE-CUS")


@pytest.mark.parametrize("body", ["", "export default ("], ids=["missing", "truncated"])
def test_a_panel_without_its_script_can_be_read_and_its_links_work(reader: Reader, body: str) -> None:
    answer = {"body": body, "content_type": "text/javascript"} if body else {"status": 404}
    reader.page.route("**/linked.*.js", lambda route: route.fulfill(**answer))
    reader.open("?place=PE-TUM")
    expect(reader.heading).to_have_text("Tumbes")
    reader.panel.get_by_role("link", name="Piura", exact=True).click()
    reader.page.wait_for_url(re.compile("place=PE-PIU"), timeout=PATIENCE_MS)
    expect(reader.heading).to_have_text("Piura")
    reader.faults.clear()  # the browser's own word on the missing file


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("es-PE", ("Faltan archivos del mapa", "Libere espacio", "«ocmap publish»")),
        ("en-GB", ("Files of the map are missing", "Free space", "“ocmap publish”")),
    ],
)
def test_a_read_only_folder_shows_an_error_message_in_both_languages(
    blocked: str, reader_of: Callable[..., Reader], locale: str, said: tuple[str, ...]
) -> None:
    reader = reader_of(blocked, locale=locale)
    reader.page.goto(blocked)
    faults = reader.page.locator(".st-key-faults")
    for words in said:
        expect(faults).to_contain_text(words)
    expect(reader.page.get_by_test_id("stException")).to_have_count(0)


@pytest.fixture(scope="module")
def blocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an app that has a file where its folder of published files should be."""
    folder = tmp_path_factory.mktemp("blocked")
    app = lay_out(folder)
    (folder / "static").write_bytes(b"")
    with serve(app) as url:
        yield url


def test_a_citation_has_the_date_at_the_readers_place(reader_of: Callable[..., Reader]) -> None:
    """These two zones are 26 hours apart, so that it is never the same day in both."""
    days = []
    for zone in ("Etc/GMT+12", "Pacific/Kiritimati"):
        reader = reader_of(timezone_id=zone).open("?place=PE-CUS")
        today = "() => new Date().toLocaleDateString('sv')"
        before = reader.page.evaluate(today)
        text = share(reader, "Cita").locator("code:visible").nth(2).inner_text()
        found = re.search(r"urldate = \{(.+)\}", text)
        assert found
        assert found[1] in {before, reader.page.evaluate(today)}
        days.append(found[1])
    assert days[0] < days[1]
