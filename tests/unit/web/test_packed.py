"""What is packed, and what a browser is told about a file."""

import gzip

import pytest

from ocmap.web.packed import pack

TEXT = b"un texto que se repite " * 100


@pytest.mark.parametrize("name", ["a.js", "a.css", "a.json", "a.html", "a.svg", "a.txt"])
def test_texts_are_packed(name: str) -> None:
    file = pack(name, TEXT)
    assert file.packed
    assert len(file.packed) < len(TEXT) / 10
    assert gzip.decompress(file.packed) == file.content == TEXT


@pytest.mark.parametrize("name", ["a.png", "a.woff2", "a.zip", "a"])
def test_what_is_packed_already_or_unknown_is_not_packed(name: str) -> None:
    assert pack(name, TEXT).packed is None


def test_a_short_text_is_not_packed() -> None:
    assert pack("a.js", b"1").packed is None


def test_the_same_content_packs_to_the_same_bytes_and_another_has_another_tag() -> None:
    assert pack("a.js", TEXT) == pack("a.js", TEXT)
    assert pack("a.js", TEXT).etag != pack("a.js", TEXT + b"!").etag


def test_types_do_not_depend_on_the_system() -> None:
    assert pack("a.b.js", TEXT).media_type == "text/javascript"
    assert pack("a.woff2", TEXT).media_type == "font/woff2"
    assert pack("a", TEXT).media_type == "application/octet-stream"
