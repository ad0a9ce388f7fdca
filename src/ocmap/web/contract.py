"""Write what the client is built and tested on: the types of its data, and cases with their results in Python."""

from collections.abc import Mapping
from enum import EnumMeta, StrEnum
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.view_state import Layer
from ocmap.dataset.dataset import RouteEnd
from ocmap.dataset.schema import Align, Basis, Lang
from ocmap.web import client_types
from ocmap.web.client_data import build_client_data
from ocmap.web.contract_cases import build_cases, build_pages
from ocmap.web.json_data import as_json
from ocmap.web.tokens import Theme

HEAD = """// Written by `ocmap contract` from src/ocmap/web/client_types.py.
/** A text in each language. */
export type ByLang<T = string> = Record<Lang, T>;
/** The texts of a language, by key. */
export type Words = Record<string, string>;
/** The HTML of each panel, unfiltered, by the id of its place or route; and of each step of the tour. */
export type Panels = Record<string, string>;
"""
NAMED: dict[Any, str] = {Lang: "Lang", Theme: "Theme"}
PLAIN: dict[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    NoneType: "null",
}
ENUMS: tuple[type[StrEnum], ...] = (Basis, Layer, Align, RouteEnd)


def build_contract(profile: CountryProfile) -> dict[str, str]:
    """Return the files by their paths in ``frontend``."""
    return {
        "src/contract.ts": build_types(),
        "test/client_data.json": _lay_out(build_client_data(profile)),
        "test/pages.json": _lay_out(build_pages(profile)),
        "test/vectors.json": _lay_out(build_cases(profile)),
    }


def _lay_out(data: Mapping[str, object]) -> str:
    """Return data as JSON with a line for each member of its members, so that a change is one of a few lines."""
    return _in_lines(data, 2) + "\n"


def _in_lines(value: object, depth: int) -> str:
    if depth and isinstance(value, dict):
        members = (f"{as_json(key)}:{_in_lines(member, depth - 1)}" for key, member in value.items())
        return "{\n" + ",\n".join(members) + "\n}"
    if depth and isinstance(value, list):
        return "[\n" + ",\n".join(_in_lines(member, depth - 1) for member in value) + "\n]"
    return as_json(value)


def build_types() -> str:
    """Return the types of the client's data as TypeScript."""
    unions = [f"export type {name} = {_union(get_args(of))};" for of, name in NAMED.items()]
    unions += [f"export type {one.__name__} = {_union(member.value for member in one)};" for one in ENUMS]
    dicts = (one for one in vars(client_types).values() if is_typeddict(one))
    return "\n".join((HEAD + "\n".join(unions) + "\n", *map(_interface, dicts)))


def _interface(of: type) -> str:
    names = [one.__name__ for one in getattr(of, "__parameters__", ())]
    hints = get_type_hints(of, include_extras=True)
    members = "".join(f"  {_key(name, hint)}: {_type(hint)};\n" for name, hint in hints.items())
    head = f"{of.__name__}<{', '.join(names)}>" if names else of.__name__
    return f"{_comment(getdoc(of) or '')}\nexport interface {head} {{\n{members}}}\n"


def _comment(text: str) -> str:
    first, *others = text.replace("``", "`").splitlines()
    if not others:
        return f"/** {first} */"
    return "\n".join(("/**", *(f" * {line}".rstrip() for line in (first, *others)), " */"))


def _key(name: str, hint: Any) -> str:
    return f"{name}?" if get_origin(hint) is NotRequired else name


def _type(hint: Any) -> str:  # noqa: PLR0911 - one for each kind of type
    """Return a type of Python as TypeScript."""
    origin, arguments = get_origin(hint), get_args(hint)
    if known := NAMED.get(hint) or PLAIN.get(hint):
        return known
    if isinstance(hint, EnumMeta | TypeVar) or is_typeddict(hint):
        return str(hint.__name__)
    if origin is NotRequired:
        return _type(*arguments)
    if origin is Literal:
        return _union(arguments)
    if origin in {Union, UnionType}:
        return " | ".join(map(_type, arguments))
    if origin is list:
        return f"{_type(*arguments)}[]"
    if origin is tuple:
        return f"[{', '.join(map(_type, arguments))}]"
    if origin is dict:
        key, value = arguments
        if key == Lang:
            return "ByLang" if value is str else f"ByLang<{_type(value)}>"
        return f"Record<{_type(key)}, {_type(value)}>"
    return f"{origin.__name__}<{', '.join(map(_type, arguments))}>"


def _union(values: Any) -> str:
    return " | ".join(f'"{one}"' for one in values)
