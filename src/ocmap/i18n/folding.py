"""Compare texts without regard to capitals and accents."""

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

MOST_SIMILAR = 3
SIMILARITY = 0.6  # the least similarity, from 0 to 1, of a name that is suggested


def fold(text: str) -> str:
    """Return a text without capitals and accents: ``extorsion`` for ``Extorsión``, ``nino`` for ``niño``."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def suggest_similar(unknown: str, names: Mapping[str, Sequence[str]]) -> str:
    """Return up to three ids that are similar to an unknown one, each with its first name.

    ``names`` holds the names of each id.
    """
    ids = {fold(text): known for known, texts in names.items() for text in (known, *texts)}
    similar = (ids[text] for text in get_close_matches(fold(unknown), ids, n=2 * MOST_SIMILAR, cutoff=SIMILARITY))
    return ", ".join(f"{known} ({names[known][0]})" for known in list(dict.fromkeys(similar))[:MOST_SIMILAR])
