"""Nothing of the country of the shipped data is in the program: what it says of a country stands in its package."""

import re
from pathlib import Path

COUNTRY = re.compile(
    r"\bPE-[A-Z]{3}\b|[\"'`]PE[\"'`]|\bborder-[A-Z]{2}\b|\bPer[uú]\b|\bPERU\b|\b[Pp]eruvian|\bperuan[oa]|\bLima\b|\bINEI\b"
    r"|(?<![\w.#:/-])(?:26|172)(?![\w.%]|px|rem|em)|-7\d\.\d+|-8[0-4]\.\d+|-75\b|-9\.2\b"
)
ALLOWED = {
    # examples in docstrings and comments
    "src/ocmap/geo/crs.py": {"Peru"},
    "src/ocmap/i18n/__init__.py": {"26"},
    "src/ocmap/boundaries/new/profile.toml.txt": {"border-XX"},
    # shapes of a test
    "src/ocmap/web/contract_cases.py": {"-71.25"},
    # lengths in pixels
    "frontend/src/map/compass.ts": {"26"},
    "frontend/src/map/inset.ts": {"172"},
    "frontend/src/map/labels/candidates.ts": {"26"},
    "frontend/src/map/legend.ts": {"26"},
    "src/ocmap/web/diagrams/network_layout.py": {"26"},
    "src/ocmap/web/diagrams/route_diagram.py": {"26"},
    "src/ocmap/export/print/templates/poster.svg": {"26"},
}
GENERATED = ("src/ocmap/web/bundles/", "src/ocmap/vendor/")
KINDS = {".py", ".ts", ".toml", ".html", ".svg", ".txt", ".typ", ".css", ".qml"}


def test_the_country_is_in_the_data_only(root: Path) -> None:
    found = []
    for folder in ("src/ocmap", "frontend/src"):
        for file in sorted((root / folder).rglob("*")):
            name = file.relative_to(root).as_posix()
            if file.suffix not in KINDS or name.startswith(GENERATED):
                continue
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                words = set(COUNTRY.findall(line)) - ALLOWED.get(name, set())
                found += [f"{name}:{number}: {', '.join(sorted(words))}"] if words else []
    assert found == []
