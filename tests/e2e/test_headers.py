"""The page behind the headers of ``deploy/nginx.conf``: our content is allowed, and foreign content is blocked.

Every browser test runs behind them (`reader_of`); here is what those tests would not come by.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Route, expect
from tests.e2e.conftest import NO_ICON, RESULTS, ROOT, Reader, serve
from tests.support.nginx import headers

from ocmap.analysis.view_state import View

pytestmark = pytest.mark.e2e
POLICY = "Content-Security-Policy"


@pytest.mark.parametrize("lang", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_no_view_violates_the_policy(reader: Reader, lang: str) -> None:
    reader.open(f"?lang={lang}")
    for view in View:
        reader.go(f"?view={view}&place=PE-MDD&lang={lang}")
        expect(reader.page.locator("h1:visible, h2:visible").first).to_be_visible()
    assert reader.faults == []


# What only the right file holds, by the ending of its name: a member of a zip, or its first bytes.
MEMBERS = {
    ".xlsx": "xl/workbook.xml",
    "-csv.zip": "evidence.csv",
    "-geojson.zip": "ocmap.geojson",
    "-datapackage.zip": "datapackage.json",
}
BEGINNINGS = {
    ".gpkg": b"SQLite format 3",
    ".png": b"\x89PNG",
    ".svg": b"<svg",
    ".pdf": b"%PDF-",
    ".html": b"<!doctype html>",
}


def is_named_for_its_content(name: str, path: Path) -> bool:
    """Return whether a file holds what the ending of its name promises."""
    if member := next((member for ending, member in MEMBERS.items() if name.endswith(ending)), ""):
        return zipfile.is_zipfile(path) and member in zipfile.ZipFile(path).namelist()
    return path.read_bytes().lower().startswith(BEGINNINGS[Path(name).suffix].lower())


def test_every_file_can_be_downloaded(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    reader.panel.get_by_role("link", name="Compartir y citar").click()
    dialog = reader.page.get_by_role("dialog")
    buttons = dialog.get_by_test_id("stDownloadButton").get_by_role("button")
    expect(buttons).to_have_count(9)
    wrong, names = [], set()
    for button in buttons.all():
        with reader.page.expect_download() as download:
            button.click()
        name, path = download.value.suggested_filename, download.value.path()
        names.add(name)
        if not is_named_for_its_content(name, path):
            wrong.append(f"{name}: {path.read_bytes()[:20]!r}")
    assert wrong == []
    assert len(names) == 9


INJECTED = {
    "script-src-elem": "() => { const it = document.createElement('script'); it.text = 'window.hit = 1'; %s }",
    "script-src-attr": "() => { document.body.setAttribute('onfocus', 'window.hit = 1') }",
    "script-src ": "() => { setTimeout('window.hit = 1') }",
    "img-src": "() => { const it = new Image(); it.src = 'https://elsewhere.example/a.gif'; %s }",
    "connect-src": "() => { fetch('https://elsewhere.example/').catch(() => {}) }",
    "frame-src": "() => { const it = document.createElement('iframe'); it.src = 'https://elsewhere.example/'; %s }",
    "base-uri": "() => { const it = document.createElement('base'); it.href = 'https://elsewhere.example/'; %s }",
    "form-action": "() => { const it = document.createElement('form'); it.action = 'https://elsewhere.example/'; %s;"
    " it.submit() }",
}


def report_of(directive: str) -> Callable[[ConsoleMessage], bool]:
    return lambda message: message.text.startswith(f"policy: {directive}")


def test_injected_content_is_blocked(reader: Reader) -> None:
    reader.open()
    assert reader.faults == []
    for directive, script in INJECTED.items():
        with reader.page.expect_console_message(report_of(directive)):
            reader.page.evaluate(script.replace("%s", "document.body.append(it)"))
    assert reader.page.evaluate("window.hit") is None
    assert reader.outside == []
    reader.faults.clear()


def test_a_policy_that_is_too_strict_is_detected(reader: Reader) -> None:
    def answer(route: Route) -> None:
        policy = headers(route.request.url)[POLICY]
        strict = policy.replace(" blob:", "")
        assert strict != policy
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, POLICY: strict})

    reader.page.route(f"{reader.base}/", answer)
    with reader.page.expect_console_message(report_of("script-src-elem stopped blob")):
        reader.page.goto(f"{reader.base}/")
    assert reader.faults
    reader.lasts = False
    reader.page.close()  # it goes on reporting
    reader.faults.clear()


def test_another_page_can_frame_only_an_embedded_view(reader_of: Callable[..., Reader], app_url: str) -> None:
    host = "http://127.0.0.1:1/"
    reader = reader_of(host)
    frame = reader.page.frame_locator("iframe")

    def show(query: str) -> None:
        page = f'<!doctype html>{NO_ICON}<iframe src="{app_url}/{query}" width="900" height="600"></iframe>'
        reader.page.route(host, lambda route: route.fulfill(body=page, content_type="text/html"), times=1)
        reader.page.goto(host)

    show("?place=PE-CUS&embed=true")
    expect(frame.locator("#panel h2")).to_have_text("Cusco")
    expect(frame.locator("html")).to_have_attribute("data-ocmap", "ready")
    assert reader.faults == []
    with reader.page.expect_console_message(lambda one: "frame-ancestors" in one.text):
        show("?place=PE-CUS")
    expect(frame.locator("#root")).to_have_count(0)
    reader.faults.clear()


STORED = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((one) => one.name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def test_the_browser_stores_no_data_of_the_app(reader: Reader) -> None:
    reader.open("?place=PE-PUN")
    reader.click("PE-CUS")
    expect(reader.heading).to_have_text("Cusco")
    reader.page.locator(".st-key-filters label", has_text="Cocaína").click()
    reader.expect_query(markets="cocaine")
    # Streamlit's own two, without nginx: a token against forged uploads, and which theme was shown last.
    assert {one.get("name") for one in reader.page.context.cookies()} <= {"_streamlit_xsrf"}
    stored = reader.page.evaluate(STORED)
    assert [name for name in stored.pop("local") if not name.startswith("stActiveTheme")] == []
    assert stored == {"session": [], "databases": [], "caches": [], "workers": 0}


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[str]:
    """Serve an app that breaks, with our settings."""
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    (tmp_path / "app.py").write_text('raise RuntimeError("private detail")\n', "utf-8")
    with serve(tmp_path / "app.py") as url:
        yield url


def test_an_error_of_the_app_shows_no_code(reader_of: Callable[..., Reader], faulty: str) -> None:
    reader = reader_of(faulty)
    reader.page.goto(faulty)
    fault = reader.page.get_by_test_id("stException")
    expect(fault).to_be_visible()
    shown = reader.page.locator("body").inner_text()
    assert "private detail" not in shown
    assert "app.py" not in shown
    assert "Traceback" not in shown
    expect(fault.get_by_role("link")).to_have_count(0)


def test_the_server_makes_no_request_for_its_address(reader: Reader, app_url: str) -> None:
    reader.page.goto(f"{app_url}/")
    log = (RESULTS / f"server-{app_url.rsplit(':', 1)[1]}.log").read_text("utf-8")
    assert "You can now view" in log
    assert "external IP" not in log
    assert "External URL" not in log
