"""Answer what the filters ask: how many statements they leave, and where; the panel begins with it.

The client writes the same as filters change; ``ocmap contract`` holds it to these texts.
"""

from collections.abc import Mapping

from ocmap import i18n
from ocmap.analysis.filters import INDIRECT
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.summaries import MOST_NAMED, name_markets, phrase
from ocmap.dataset.schema import Basis


def answer(page: PageContext) -> str:
    """Return how many statements the filters leave, how many of them the map can place, and which place has most."""
    words, filtered, about = page.words, page.filtered, _about(page)
    if not filtered.statement_ids:
        return f"{about}: {words['answer.none']}."
    placed = {
        one for place_id, found in filtered.by_place.items() if place_id != page.dataset.country_id for one in found
    }
    total = words.counted("count.statements", len(filtered.statement_ids))
    mapped = words.counted("answer.mapped", len(placed)) if placed else words["answer.mapped_none"]
    return " ".join(filter(None, (f"{about}: {total}; {mapped}.", _most(page))))


def national_answer(page: PageContext) -> str:
    """Return the words of the link to the statements on the whole country; empty if the filters leave none."""
    n = len(page.filtered.of(page.dataset.country_id))
    return page.words.counted("answer.read_national", n) if n else ""


def answer_of_place(page: PageContext, bases: Mapping[str, Basis]) -> str:
    """Return what the statements of a place that the filters leave name, in numbers."""
    words, about = page.words, _about(page)
    if not bases:
        return f"{about}: {words['answer.place_none']}."
    counts = {basis: list(bases.values()).count(basis) for basis in Basis}
    listed = i18n.and_list([words.counted(f"answer.{basis}", n) for basis, n in counts.items() if n], page.lang)
    text = f"{about}: {words.counted('count.statements', len(bases))}; {listed}."
    is_indirect = set(bases.values()) <= {*INDIRECT}
    return f"{text} {words['answer.not_direct']}" if is_indirect else text


def _about(page: PageContext) -> str:
    """Return what the filters ask about: the markets, and whether there are other filters."""
    about = name_markets(page) if page.view.markets else page.words["answer.all"]
    return f"{about}, {page.words['caption.filtered']}" if page.has_other_filters else about


def _most(page: PageContext) -> str:
    """Return which place has most statements on markets; empty where more than two share that number."""
    ranked = page.filtered.ranked_places
    first = sorted(place_id for place_id, n in ranked if n == ranked[0][1])
    if not 0 < len(first) <= MOST_NAMED:
        return ""
    names = [phrase(page.dataset, page.dataset.place[one], page.lang) for one in first]
    return page.words["answer.most"].format(places=i18n.and_list(names, page.lang), n=ranked[0][1])
