"""Find the first-level or finer unit of each row of a layer, by its codes or by its name."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ocmap.boundaries.known_layers import KnownLayers
from ocmap.boundaries.sources import VectorLayer
from ocmap.dataset.errors import DataError, Problem

LEVELS: Final = 3
"""Levels of official codes: first-level units, and two finer ones."""


def find_codes(file: str, layer: VectorLayer, known: KnownLayers) -> list[str]:
    """Return the official code of each row, such as 2 digits for a first-level unit, 4 and 6 for finer ones.

    The columns of codes come first, then any column with the regions' names.

    Raises:
        DataError: No column has codes or names, a row has none, or a first-level unit is missing.
    """
    coded = [_read_codes(layer, columns, known) for columns in known.code_columns if _has(layer, columns)]
    found = _best(coded, known)
    if found is None:
        named = [[known.find_code(str(value)) or "" for value in column] for column in layer.fields.values()]
        found = _best(named, known)
    if found is None:
        columns = ", ".join(sorted(layer.fields)) or "none"
        wanted = ", ".join("+".join(group) for group in known.code_columns).upper()
        office = known.package.dataset.settings.country.office
        expected = f"a column with {office}'s codes ({wanted}) or with the regions' names"
        raise DataError([Problem(file, 0, "-", f"the columns are {columns}", expected)])
    if problems := list(_check_codes(file, found, known)):
        raise DataError(problems)
    return found


def _has(layer: VectorLayer, columns: Sequence[str]) -> bool:
    return all(column in layer.fields for column in columns)


def _best(candidates: Sequence[list[str]], known: KnownLayers) -> list[str] | None:
    """Return the codes of which most are known, the first of equals; None if that is less than half of them."""

    def share(codes: list[str]) -> float:
        return sum(code[: known.width] in known.units for code in codes) / max(len(codes), 1)

    best = max(candidates, key=share, default=[])
    return best if share(best) > 1 / 2 else None


def _read_codes(layer: VectorLayer, columns: Sequence[str], known: KnownLayers) -> list[str]:
    """Return the codes in one column, or in the columns of their parts."""
    texts = [[_text(value) for value in layer.fields[column]] for column in columns]
    step = known.width
    if len(columns) > 1:
        return ["".join(part.zfill(step)[-step:] for part in parts) for parts in zip(*texts, strict=True)]
    (codes,) = texts
    if all(code in known.package.regions for code in codes):
        return [known.package.regions[code].ubigeo for code in codes]
    number = re.compile(rf"(?:{known.package.country}-?)?(\d{{1,{LEVELS * step}}})", re.IGNORECASE)
    numbers = [match[1] if (match := number.fullmatch(code)) else code for code in codes]
    width = step * -(-max(map(len, numbers), default=step) // step)
    padded = [number.zfill(width) for number in numbers]
    while width > step and all(code.endswith("0" * step) for code in padded):
        padded, width = [code[:-step] for code in padded], width - step
    return padded


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _check_codes(file: str, codes: Sequence[str], known: KnownLayers) -> Iterator[Problem]:
    own = [code[: known.width] for code in codes]
    for number, (code, unit) in enumerate(zip(codes, own, strict=True), start=1):
        if unit not in known.units:
            expected = f"a code from {min(known.units)} to {max(known.units)}"
            yield Problem(file, number, "code", f"unknown code {code}" if code else "no code", expected)
    if missing := sorted(known.units.keys() - set(own)):
        names = ", ".join(f"{code} {known.package.names[known.units[code]]}" for code in missing)
        found = f"{len(known.units) - len(missing)} regions, without {names}"
        yield Problem(file, 0, "code", found, f"{len(known.units)} regions")
