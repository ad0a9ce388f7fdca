"""Read ``deploy/nginx.conf``, so that its headers can be tested without nginx."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

TOKEN = re.compile(r'#[^\n]*|"((?:[^"\\]|\\.)*)"|([;{}])|([^\s;{}]+)|\s+')
ESCAPED = re.compile(r"\\([\"'\\])")
VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Directive:
    """A directive with its words and the directives in its block."""

    words: tuple[str, ...]
    block: list["Directive"] = field(default_factory=list)

    def find(self, *words: str) -> list["Directive"]:
        """Return the directives in the block that begin with these words."""
        return [directive for directive in self.block if directive.words[: len(words)] == words]


def parse(text: str) -> Directive:
    """Return a configuration as one directive without words."""

    def tokens() -> Iterator[tuple[str, bool]]:
        for found in TOKEN.finditer(text):
            quoted, mark, plain = found.groups()
            if quoted is not None:
                yield ESCAPED.sub(r"\1", quoted), False
            elif mark or plain:
                yield mark or plain, bool(mark)

    def block() -> list[Directive]:
        found: list[Directive] = []
        words: list[str] = []
        for word, is_mark in stream:
            if not is_mark:
                words.append(word)
            elif word == "}":
                break
            else:
                found.append(Directive(tuple(words), block() if word == "{" else []))
                words = []
        return found

    stream = tokens()
    return Directive((), block())


@cache
def shipped() -> Directive:
    """Return the block ``http`` of the shipped file."""
    text = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text("utf-8")
    return parse(text).find("http")[0]


def expand(text: str, variables: Mapping[str, str]) -> str:
    """Return a text with the values of its variables; those of a ``map`` are evaluated."""

    def value(name: str) -> str:
        for table in shipped().find("map"):
            if table.words[2] == f"${name}":
                return expand(choose(table, expand(table.words[1], variables)), variables)
        return variables.get(name, "")

    return VARIABLE.sub(lambda found: value(found[1]), text)


def choose(table: Directive, key: str) -> str:
    """Return the value of a ``map`` for a key: of the same text, else of the first pattern, else the default."""
    rows = {row.words[0]: row.words[1] for row in table.block}
    if key in rows:
        return rows[key]
    for name, result in rows.items():
        kind = re.match(r"~\*?", name)
        if kind and re.search(name[kind.end() :], key, re.IGNORECASE if kind[0] == "~*" else 0):
            return result
    return rows.get("default", "")


def headers(url: str) -> dict[str, str]:
    """Return the headers of every response to an address; nginx omits those without a value."""
    parts = urlsplit(url)
    variables = {"uri": parts.path}
    for name, text in reversed(parse_qsl(parts.query)):
        variables[f"arg_{name}"] = text
    added = shipped().find("server")[0].find("add_header")
    values = {header.words[1]: expand(header.words[2], variables) for header in added}
    return {name: text for name, text in values.items() if text}
