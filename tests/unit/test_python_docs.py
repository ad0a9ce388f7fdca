"""The examples for Python run: those of docs/python.md with the results that it shows, and the notebook's cells."""

import doctest
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.unit.test_docs import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
METHOD = re.compile(r"`profile\.(\w+)")


def blocks_of(name: str) -> list[str]:
    return BLOCK.findall((ROOT / name).read_text("utf-8"))


def test_the_examples_on_the_page_give_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks_of("docs/python.md")), {}, "python.md", None, None)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    results = runner.run(example, out=report.append)
    assert results.attempted > 0
    assert report == []
    assert Path("map.html").stat().st_size > 0


def test_the_example_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = blocks_of("README.md")
    exec(block, {})  # noqa: S102 - our own example
    assert Path("map.html").is_file()


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - our own notebook
    assert Path("map.html").is_file()
    assert Path("brief.pdf").read_bytes().startswith(b"%PDF")
    assert [cell["id"] for cell in cells if cell.get("outputs")] == []


def test_the_page_lists_all_that_a_profile_has() -> None:
    from ocmap.notebook import Profile  # noqa: PLC0415

    public = {name for name in vars(Profile) if not name.startswith("_")} - {"read"}
    assert set(METHOD.findall((ROOT / "docs" / "python.md").read_text("utf-8"))) == public
