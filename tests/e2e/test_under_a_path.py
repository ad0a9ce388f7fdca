"""The app under a path, as ``https://example.org/ocmap/``: every address that it writes has the slash."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import NO_ICON, ROOT, Reader, serve

pytestmark = [pytest.mark.e2e, pytest.mark.long]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serve(ROOT / "app.py", path="/ocmap") as url:
        yield url


def test_addresses_have_the_slash_and_links_without_it_work(reader_of: Callable[..., Reader], url: str) -> None:
    reader = reader_of(url)
    reader.page.goto(f"{url}?place=pe-pun).&amp;lang=en")
    reader.wait_for_map()
    expect(reader.heading).to_have_text("Puno")
    assert reader.page.url.startswith(f"{url}/?")
    reader.panel.get_by_role("link", name="Share and cite").click()
    dialog = reader.page.get_by_role("dialog")
    expect(dialog.locator("code").first).to_contain_text(f"{url}/?")
    expect(dialog.locator("code")).to_have_count(6)
    texts = dialog.locator("code").all_text_contents()
    assert [one for one in texts if f"{url}?" in one] == []
    assert sum(f"{url}/?" in one for one in texts) >= 3
    assert any(f"{url}/light/#" in one for one in texts)


def test_an_embedded_view_whose_link_lacks_the_slash_is_shown(reader_of: Callable[..., Reader], url: str) -> None:
    host = f"{url}/host"
    reader = reader_of(host)
    page = f'<!doctype html>{NO_ICON}<iframe src="{url}?place=PE-CUS&embed=true" width="900" height="600"></iframe>'
    reader.page.route(host, lambda route: route.fulfill(body=page, content_type="text/html"))
    reader.page.goto(host)
    frame = reader.page.frame_locator("iframe")
    expect(frame.locator("#panel h2")).to_have_text("Cusco")
    expect(frame.locator("html")).to_have_attribute("data-ocmap", "ready")
