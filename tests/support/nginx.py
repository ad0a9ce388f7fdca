"""What ``deploy/nginx.conf`` says, read from the file itself, so that its headers can be tried without nginx."""

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
    """One directive with its words, and those in its block."""

    words: tuple[str, ...]
    block: list["Directive"] = field(default_factory=list)

    def find(self, *words: str) -> list["Directive"]:
        """Return the directives right in the block that begin with these words."""
        return [one for one in self.block if one.words[: len(words)] == words]


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
    """Return the block ``http`` of the file that we ship."""
    text = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text("utf-8")
    return parse(text).find("http")[0]


def expand(text: str, variables: Mapping[str, str]) -> str:
    """Return a text with its variables put in, those of a ``map`` worked out."""

    def value(name: str) -> str:
        for one in shipped().find("map"):
            if one.words[2] == f"${name}":
                return expand(choose(one, expand(one.words[1], variables)), variables)
        return variables.get(name, "")

    return VARIABLE.sub(lambda found: value(found[1]), text)


def choose(table: Directive, key: str) -> str:
    """Return what a ``map`` gives for a key: the same text, or else the first pattern, or else the default."""
    rows = {row.words[0]: row.words[1] for row in table.block}
    if key in rows:
        return rows[key]
    for name, result in rows.items():
        kind = re.match(r"~\*?", name)
        if kind and re.search(name[kind.end() :], key, re.IGNORECASE if kind[0] == "~*" else 0):
            return result
    return rows.get("default", "")


def headers(url: str) -> dict[str, str]:
    """Return the headers that every answer from an address gets; nginx leaves out those without a value."""
    parts = urlsplit(url)
    variables = {"uri": parts.path}
    for name, text in reversed(parse_qsl(parts.query)):
        variables[f"arg_{name}"] = text
    added = shipped().find("server")[0].find("add_header")
    found = {one.words[1]: expand(one.words[2], variables) for one in added}
    return {name: text for name, text in found.items() if text}
