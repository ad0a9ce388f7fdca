"""A brief of one region, corridor or market, as a record that the writers of HTML and PDF only write down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ocmap import i18n
from ocmap.analysis.filters import by_market
from ocmap.analysis.page_context import PageContext
from ocmap.analysis.profile import CountryProfile, LocalizedProfile
from ocmap.analysis.scores import build_scores
from ocmap.analysis.summaries import TextPart, kicker, region_codes, route_name, routes_near, summary
from ocmap.analysis.view_state import ViewState
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import MAPPED_KINDS, Basis, Lang, Place, PlaceKind, Role, Topic
from ocmap.dataset.text_files import shorten
from ocmap.export.files import ExportError
from ocmap.export.print.brief_map import LAYERS, BriefMap, draw_market, draw_place
from ocmap.i18n import Words
from ocmap.i18n.folding import suggest_similar
from ocmap.web.citation import cite
from ocmap.web.statement_cards import Card, CardContext, Section, build_card, build_sections, consecutive_ranges


class UnknownSubjectError(ExportError):
    """There is no brief of what was asked for; the message says what was perhaps meant."""


@dataclass(frozen=True)
class Run:
    """Consecutive numbers of notes."""

    first: int
    last: int


@dataclass(frozen=True)
class Sentence:
    """A stretch of the summary and the notes it rests on."""

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Count:
    """How many statements, and of what."""

    n: int
    name: str


@dataclass(frozen=True)
class Note:
    """Where the source says what a statement says; it has the statement's number."""

    number: int
    text: str


@dataclass(frozen=True)
class Chapter:
    """Statements under one title, in sections that may have titles of their own."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class RouteLine:
    """A route in words, and the notes it rests on."""

    text: str
    remark: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Brief:
    """One brief, in one language.

    Attributes:
        brief_id: The region's, corridor's or market's id.
        facts: What is known of the subject apart from the profile: codes, area, definition, the Index's scores.
        counts: How many statements reach a place on each basis, zeroes included; none for a market.
        chapters: Every statement, once, numbered from 1 through all chapters.
        national: How many statements on the whole country each market has; none for a market, whose brief has them.
        national_said: The sentence before those counts; blank where there are none.
        notes: One note a statement.
        data: The data's version and the day.
    """

    brief_id: str
    lang: Lang
    day: date
    kicker: str
    title: str
    facts: tuple[str, ...]
    summary: tuple[Sentence, ...]
    counts: tuple[Count, ...]
    chapters: tuple[Chapter, ...]
    routes: tuple[RouteLine, ...]
    national_said: str
    national: tuple[Count, ...]
    notes: tuple[Note, ...]
    limits: tuple[str, ...]
    citation: str
    data: str
    map: BriefMap
    words: Words

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return all statements in order."""
        return _cards(self.chapters)


def build_brief(profile: CountryProfile, subject: str, lang: Lang, day: date) -> Brief:
    """Return the brief of a region, a corridor or a market, without any filter.

    Raises:
        UnknownSubjectError: ``subject`` is the id of none of these.
    """
    place, topic = profile.dataset.place.get(subject), profile.dataset.topic.get(subject)
    localized = LocalizedProfile(profile, lang)
    if place is not None and place.kind in MAPPED_KINDS:
        return _of_place(localized, place, day)
    if topic is not None and topic in profile.dataset.markets:
        return _of_market(localized, topic, day)
    raise UnknownSubjectError(_explain(profile.dataset, subject))


def is_subject(dataset: Dataset, subject: str) -> bool:
    """Return whether there is a brief of a place or a market."""
    return subject in _subjects(dataset)


def _of_place(localized: LocalizedProfile, place: Place, day: date) -> Brief:
    profile, dataset, lang, words = localized.profile, localized.dataset, localized.lang, localized.words
    found, everywhere = profile.unfiltered.of(place.place_id), profile.unfiltered.of(dataset.country_id)
    near = {one: basis for one, basis in found.items() if basis is not Basis.AREA}
    wide = {one: basis for one, basis in found.items() if basis is Basis.AREA}
    sections = build_sections(localized, place.place_id, near)
    wider = build_sections(localized, place.place_id, wide, first=1 + sum(len(one.cards) for one in sections))
    chapters = _filled(Chapter(words["brief.statements"], sections), Chapter(words["panel.wider"], wider))
    markets = {market: len(ids) for market, ids in by_market(dataset, everywhere).items()}
    name = i18n.name_of(place, lang)
    return Brief(
        brief_id=place.place_id,
        lang=lang,
        day=day,
        kicker=words["brief.kicker"].format(kind=kicker(localized, place)),
        title=name,
        facts=tuple(filter(None, (region_codes(dataset, place, lang),))),
        summary=_summarise(summary(localized, profile.unfiltered, place), chapters),
        counts=tuple(
            Count(sum(own is basis for own in found.values()), i18n.lower_first(words[f"basis.{basis}"]))
            for basis in Basis
            if basis is not Basis.NATIONAL
        ),
        chapters=chapters,
        routes=_routes(localized, routes_near(profile, place), chapters),
        national_said=words.counted("brief.national", len(everywhere)) if everywhere else "",
        national=tuple(
            Count(n, i18n.short_of(dataset.topic[market], lang) if market else words["actors.no_market"])
            for market, n in markets.items()
        ),
        notes=_notes(chapters),
        limits=_limits(words),
        citation=cite(dataset, name, lang, day),
        data=words["brief.data"].format(version=dataset.version, day=i18n.date_of(day, lang)),
        map=draw_place(localized, place),
        words=words,
    )


def _of_market(localized: LocalizedProfile, topic: Topic, day: date) -> Brief:
    dataset, lang, words = localized.dataset, localized.lang, localized.words
    page = PageContext(localized.profile, lang, ViewState(markets=(topic.topic_id,), layers=LAYERS))
    filtered, order = page.filtered, dataset.profile_order
    everywhere = filtered.of(dataset.country_id)
    reached = {one for place, found in filtered.by_place.items() if place != dataset.country_id for one in found}
    local = sorted(reached, key=order.__getitem__)
    cards = [_card(localized, one, topic.topic_id, number) for number, one in enumerate((*local, *everywhere), 1)]
    parts = (words["brief.local"], cards[: len(local)]), (words["national.title"], cards[len(local) :])
    chapters = _filled(*(Chapter(title, (Section("", "", "", "", tuple(own)),) if own else ()) for title, own in parts))
    name = i18n.name_of(topic, lang)
    return Brief(
        brief_id=topic.topic_id,
        lang=lang,
        day=day,
        kicker=words["brief.kicker"].format(
            kind=words["brief.market"].format(group=words[f"topic_group.{topic.group}"]),
        ),
        title=name,
        facts=(i18n.definition_of(topic, lang), _scores(dataset, topic, lang)),
        summary=_summarise(_sum_market(localized.words, local, tuple(everywhere)), chapters),
        counts=(),
        chapters=chapters,
        routes=_routes(localized, filtered.routes, chapters),
        national_said="",
        national=(),
        notes=_notes(chapters),
        limits=_limits(words),
        citation=cite(dataset, name, lang, day),
        data=words["brief.data"].format(version=dataset.version, day=i18n.date_of(day, lang)),
        map=draw_market(page, topic),
        words=words,
    )


def _filled(*chapters: Chapter) -> tuple[Chapter, ...]:
    return tuple(one for one in chapters if one.sections)


def _cards(chapters: Iterable[Chapter]) -> tuple[Card, ...]:
    return tuple(card for chapter in chapters for section in chapter.sections for card in section.cards)


def _card(localized: LocalizedProfile, statement_id: str, market: str, number: int) -> Card:
    """Return a statement of a market's brief, whose badge says which places the sentence names."""
    card = build_card(
        localized, statement_id, CardContext(localized.dataset.country_id, Basis.NATIONAL, market, number)
    )
    rows = localized.dataset.places_of.get(statement_id, ())
    ids = dict.fromkeys(
        row.place_id
        for row in rows
        if row.role is not Role.NATIONALITY and row.place_id != localized.dataset.country_id
    )
    names = ", ".join(i18n.name_of(localized.dataset.place[one], localized.lang) for one in ids)
    return replace(card, badge=names)


def _scores(dataset: Dataset, topic: Topic, lang: Lang) -> str:
    words, scores = i18n.words_of(dataset, lang), build_scores(dataset, topic.topic_id, lang)
    figures = "; ".join(f"{bar.figure} ({bar.edition})" for bar in scores.bars)
    return f"{words['score.of']}: {figures}. {words[f'score_sense.{scores.sense}']}."


def _sum_market(words: Words, local: Sequence[str], everywhere: Sequence[str]) -> tuple[TextPart, ...]:
    kinds = (("brief.sum_local", tuple(local)), ("brief.sum_national", tuple(everywhere)))
    parts = [TextPart(words.counted(name, len(ids)), ids) for name, ids in kinds if ids]
    opening = words.counted("brief.sum_market", len(local) + len(everywhere))
    joined = [TextPart(": " if i == 0 else "; ") for i in range(len(parts))]
    return (TextPart(opening), *(one for pair in zip(joined, parts, strict=True) for one in pair), TextPart("."))


def _summarise(parts: Iterable[TextPart], chapters: Sequence[Chapter]) -> tuple[Sentence, ...]:
    return tuple(Sentence(part.text, _runs(part.statements, chapters)) for part in parts)


def _runs(statement_ids: Iterable[str], chapters: Sequence[Chapter]) -> tuple[Run, ...]:
    """Return the numbers of statements, with what is consecutive drawn together."""
    wanted = frozenset(statement_ids)
    numbers = (card.number for card in _cards(chapters) if card.statement_id in wanted)
    return tuple(Run(*ends) for ends in consecutive_ranges(numbers))


def _routes(
    localized: LocalizedProfile, route_ids: Iterable[str], chapters: Sequence[Chapter]
) -> tuple[RouteLine, ...]:
    dataset, words = localized.dataset, localized.words
    lines = []
    for route in (dataset.route[one] for one in route_ids):
        remark = f"{words[f'route_mode.{route.mode}']}, {words[f'hedge.{route.hedge}']}"
        lines.append(
            RouteLine(route_name(dataset, route, localized.lang), remark, _runs([route.statement_id], chapters))
        )
    return tuple(lines)


def _notes(chapters: Sequence[Chapter]) -> tuple[Note, ...]:
    return tuple(Note(card.number, f"{card.locator}. {card.source}") for card in _cards(chapters))


def _limits(words: Words) -> tuple[str, ...]:
    return words["brief.limit_source"], words["brief.limit_blank"], words["brief.limit_map"]


def _explain(dataset: Dataset, subject: str) -> str:
    """Return that a subject is unknown, and the ids and names that are like it."""
    known = {one.kind: one.place_id for one in dataset.places}
    region, border = (known.get(kind, "none") for kind in (PlaceKind.REGION, PlaceKind.CORRIDOR))
    wanted = f"give a region ({region}), a border ({border}) or a market (cocaine)"
    like = suggest_similar(subject, _subjects(dataset))
    shown = "".join(c if c.isprintable() else "�" for c in shorten(subject))
    return f"there is no brief of {shown!r}: {wanted}" + (f"; did you mean {like}?" if like else "")


def _subjects(dataset: Dataset) -> Mapping[str, tuple[str, str]]:
    """Return the ids of which a brief is made, with their names in both languages."""
    places = {one.place_id: (one.name_en, one.name_es) for one in dataset.places if one.kind in MAPPED_KINDS}
    return places | {one.topic_id: (one.short_en, one.short_es) for one in dataset.markets}
