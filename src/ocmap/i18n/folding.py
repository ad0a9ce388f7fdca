"""Compare texts without regard to capitals and accents."""

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

MOST_LIKE = 3
LIKENESS = 0.6  # how alike a name must be to be offered for one that is unknown


def fold(text: str) -> str:
    """Return a text without capitals and accents: ``extorsion`` for ``Extorsión``, ``nino`` for ``niño``."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def alike(wanted: str, names: Mapping[str, Sequence[str]]) -> str:
    """Return up to three ids like an unknown one, each with its first name; ``names`` are those of each id."""
    ids = {fold(text): one for one, texts in names.items() for text in (one, *texts)}
    near = (ids[text] for text in get_close_matches(fold(wanted), ids, n=2 * MOST_LIKE, cutoff=LIKENESS))
    return ", ".join(f"{one} ({names[one][0]})" for one in list(dict.fromkeys(near))[:MOST_LIKE])
