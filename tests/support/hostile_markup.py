"""A data package in which every text is some kind of markup, which must be shown as text."""

import csv
import io
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

PARTS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "{{7*7}} ${7*7} {n} {0} {region} %s",
    "[x](javascript:alert(3)) ![i](x)",
    "*b* _i_ **c** $x$ $$y$$ `d` ~~e~~",
    ":red[x] :tada: :material/home:",
    "&amp; &lt;b&gt; &#60;",
    '"q" \'r\' " onfocus=alert(4) x="',
    '#eval("1") #panic() @n1 \\u{41} // n',
    "\\ \\* \\n %0a <!-- -->",
    "]]> <![CDATA[ <b>z</b> </text></svg>",
    "javascript:alert(5)",
)
GAPS = "{n} {region} {0} {} {{place}} $& $1 $$ $` $' 7 % %s %(n)s"
"""Placeholders of Python and JavaScript, which each text contains."""
EVERYTHING = f"{GAPS} {' '.join(PARTS)}"
OUR_DRAWING = "data:image/svg+xml;base64,"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)")
NAMES = {
    "places.csv": ("name_en", "name_es", "note", "source"),
    "actors.csv": ("name", "name_es", "note"),
    "topics.csv": ("name_en", "name_es", "short_en", "short_es", "definition_en", "definition_es"),
    "routes.csv": ("goods_en", "goods_es"),
}
TEXTS = {"statements.csv": ("text_en", "text_es"), "sentences.csv": ("note",)}


def mark_up(package: Path) -> None:
    """Put markup into every text of a package.

    The texts of statements begin with a formula and contain all kinds of markup, the others one kind in turn. All
    contain `GAPS`.
    """
    turn = count()
    for file, columns in (NAMES | TEXTS).items():
        rows = list(csv.DictReader(io.StringIO((package / file).read_text("utf-8"), newline="")))
        for row in rows:
            for column in filter(row.get, columns):
                i, key = next(turn), f"{next(iter(row.values()))}.{column}"
                start = FORMULAS[i % len(FORMULAS)]
                part = EVERYTHING if file in TEXTS else f"{PARTS[i % len(PARTS)]} {GAPS}"
                row[column] = f"{start} {key} {part}" if i % 2 or file in TEXTS else f"{part} {key}"
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (package / file).write_text(out.getvalue(), encoding="utf-8", newline="")


class Elements(HTMLParser):
    """The elements of HTML: their names, anything in them that could run, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.live: list[str] = []
        self.said: list[str] = []
        self.named: list[str] = []
        self.feed(text)
        self.close()

    @property
    def text(self) -> str:
        """Return the text, with one space for any white space."""
        return " ".join("".join(self.said).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag == "img" and (dict(attrs).get("src") or "").startswith(OUR_DRAWING):
            return
        if tag in {"script", "img", "iframe", "object", "embed", "base", "meta", "form"}:
            self.live.append(tag)
        for name, value in attrs:
            if name.startswith("on") or re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE):
                self.live.append(f"{tag} {name}={value}")
            if name in {"aria-label", "title"}:
                self.named.append(value or "")

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.live.append(f"comment {data}")

    def unknown_decl(self, data: str) -> None:
        self.live.append(f"declaration {data}")
