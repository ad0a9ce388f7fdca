"""Find the department, province or district of each row of a layer, by its codes or by its name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ocmap.boundaries.known_layers import LIMA, LIMA_PROVINCE, KnownLayers
from ocmap.boundaries.sources import VectorLayer
from ocmap.boundaries.units import UNITS
from ocmap.dataset.errors import DataError, Problem

ISO_CODES: Final = {unit.place_id: unit.department for unit in UNITS} | {"PE-LMA": LIMA_PROVINCE}
DEPARTMENTS: Final = frozenset(unit.department for unit in UNITS)
WIDTH: Final = 2
"""Digits of a department's code; each finer level has as many more."""
_NUMBER: Final = re.compile(r"(?:PE-?)?(\d{1,6})", re.IGNORECASE)


def find_codes(file: str, layer: VectorLayer, known: KnownLayers) -> list[str]:
    """Return INEI's code of each row: 2 digits for a department, 4 for a province, 6 for a district.

    The columns of codes come first, then any column with the departments' names.

    Raises:
        DataError: No column has codes or names, a row has none, or a department is missing.
    """
    found = _best([_read_codes(layer, columns) for columns in known.code_columns if _has(layer, columns)])
    if found is None:
        found = _best([[known.find_code(str(value)) or "" for value in column] for column in layer.fields.values()])
    if found is None:
        columns = ", ".join(sorted(layer.fields)) or "none"
        wanted = ", ".join("+".join(group) for group in known.code_columns).upper()
        expected = f"a column with INEI's codes ({wanted}) or with the departments' names"
        raise DataError([Problem(file, 0, "-", f"the columns are {columns}", expected)])
    if problems := list(_check_codes(file, found)):
        raise DataError(problems)
    return found


def _has(layer: VectorLayer, columns: Sequence[str]) -> bool:
    return all(column in layer.fields for column in columns)


def _best(candidates: Sequence[list[str]]) -> list[str] | None:
    """Return the codes of which most are known, the first of equals; None if that is less than half of them."""
    best = max(candidates, key=_share_known, default=[])
    return best if _share_known(best) > 1 / 2 else None


def _share_known(codes: Sequence[str]) -> float:
    return sum(code[:WIDTH] in DEPARTMENTS for code in codes) / max(len(codes), 1)


def _read_codes(layer: VectorLayer, columns: Sequence[str]) -> list[str]:
    """Return the codes in one column, or in the columns of their parts."""
    texts = [[_text(value) for value in layer.fields[column]] for column in columns]
    if len(columns) > 1:
        return ["".join(part.zfill(WIDTH)[-WIDTH:] for part in parts) for parts in zip(*texts, strict=True)]
    (codes,) = texts
    if all(code in ISO_CODES for code in codes):
        return [ISO_CODES[code] for code in codes]
    numbers = [match[1] if (match := _NUMBER.fullmatch(code)) else code for code in codes]
    width = max(map(len, numbers), default=WIDTH)
    padded = [number.zfill(width + width % 2) for number in numbers]
    while width > WIDTH and all(code.endswith("00") for code in padded):
        padded, width = [code[:-WIDTH] for code in padded], width - WIDTH
    return padded


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _check_codes(file: str, codes: Sequence[str]) -> Iterator[Problem]:
    for number, code in enumerate(codes, start=1):
        if code[:WIDTH] not in DEPARTMENTS:
            yield Problem(file, number, "code", f"unknown code {code}" if code else "no code", "a code from 01 to 25")
    counts = Counter(code[:WIDTH] for code in codes)
    missing = sorted(f"{unit.department} {unit.name}" for unit in UNITS if not counts[unit.department])
    if missing:
        found = f"{len(DEPARTMENTS) - len({m[:WIDTH] for m in missing})} departments, without {', '.join(missing)}"
        yield Problem(file, 0, "code", found, f"{len(DEPARTMENTS)} departments")


def has_lima_province(codes: Sequence[str]) -> bool:
    """Return whether the layer itself divides the province of Lima from the rest of its department."""
    provinces = {code.startswith(LIMA_PROVINCE) for code in codes if code.startswith(LIMA)}
    return provinces == {True, False}
