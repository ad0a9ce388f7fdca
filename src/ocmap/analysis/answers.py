"""Answer what the filters ask: how many statements they leave, and where; the panel begins with it.

The client writes the same as filters change; ``ocmap contract`` holds it to these texts.
"""

from collections.abc import Mapping

from ocmap import i18n
from ocmap.analysis.filters import INDIRECT, FilteredEvidence, Filters
from ocmap.analysis.profile import LocalizedProfile
from ocmap.analysis.summaries import MOST_NAMED, name_markets, phrase
from ocmap.dataset.schema import Basis


def answer(localized: LocalizedProfile, filtered: FilteredEvidence, filters: Filters) -> str:
    """Return how many statements the filters leave, how many of them the map can place, and which place has most."""
    words, about = localized.words, _about(localized, filters)
    if not filtered.statement_ids:
        return f"{about}: {words['answer.none']}."
    placed = {
        one
        for place_id, found in filtered.by_place.items()
        if place_id != localized.dataset.country_id
        for one in found
    }
    total = words.counted("count.statements", len(filtered.statement_ids))
    mapped = words.counted("answer.mapped", len(placed)) if placed else words["answer.mapped_none"]
    return " ".join(filter(None, (f"{about}: {total}; {mapped}.", _most(localized, filtered))))


def national_answer(localized: LocalizedProfile, filtered: FilteredEvidence) -> str:
    """Return the words of the link to the statements on the whole country; empty if the filters leave none."""
    n = len(filtered.of(localized.dataset.country_id))
    return localized.words.counted("answer.read_national", n) if n else ""


def answer_of_place(localized: LocalizedProfile, bases: Mapping[str, Basis], filters: Filters) -> str:
    """Return what the statements of a place that the filters leave name, in numbers."""
    words, about = localized.words, _about(localized, filters)
    if not bases:
        return f"{about}: {words['answer.place_none']}."
    counts = {basis: list(bases.values()).count(basis) for basis in Basis}
    listed = i18n.and_list([words.counted(f"answer.{basis}", n) for basis, n in counts.items() if n], localized.lang)
    text = f"{about}: {words.counted('count.statements', len(bases))}; {listed}."
    is_indirect = set(bases.values()) <= {*INDIRECT}
    return f"{text} {words['answer.not_direct']}" if is_indirect else text


def _about(localized: LocalizedProfile, filters: Filters) -> str:
    """Return what the filters ask about: the markets, and whether there are other filters."""
    words, dataset = localized.words, localized.dataset
    about = name_markets(dataset, filters.markets, localized.lang) if filters.markets else words["answer.all"]
    others = filters.actors or filters.basis != tuple(Basis)
    return f"{about}, {words['caption.filtered']}" if others else about


def _most(localized: LocalizedProfile, filtered: FilteredEvidence) -> str:
    """Return which place has most statements on markets; empty where more than two share that number."""
    ranked = filtered.ranked_places
    first = sorted(place_id for place_id, n in ranked if n == ranked[0][1])
    if not 0 < len(first) <= MOST_NAMED:
        return ""
    names = [phrase(localized.dataset, localized.dataset.place[one], localized.lang) for one in first]
    return localized.words["answer.most"].format(places=i18n.and_list(names, localized.lang), n=ranked[0][1])
