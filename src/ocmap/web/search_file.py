"""Prepare what the browser searches: places, markets, actors, routes, indicators and statements, in both languages.

Matching and ranking are in ``frontend/src/model/search.ts``. Results are shown in the page's language, whichever
language matched.
"""

from collections.abc import Iterable, Iterator, Sequence

from ocmap import i18n
from ocmap.analysis.profile import CountryProfile
from ocmap.analysis.summaries import describe_kind, locator, route_market, route_name
from ocmap.dataset.dataset import Dataset
from ocmap.dataset.schema import LANGUAGES, Lang, PlaceKind, Role, Statement, Topic, TopicKind
from ocmap.i18n.folding import fold
from ocmap.web.client_types import SearchData, SearchEntryData

ABROAD = 6  # from this class of precision on, a place is the whole country or abroad


def build_search_data(profile: CountryProfile, lang: Lang) -> SearchData:
    """Return the searchable records by kind, in the order in which kinds and equal matches are shown.

    ``name``, ``text`` and ``note`` are shown; ``name`` and ``text`` are searched, and so are the other ``names`` and
    ``texts``. A statement has no name; its ``place`` is the one whose panel shows it, if any does.
    """
    dataset = profile.dataset
    return {
        "places": list(_places(dataset, lang)),
        "markets": [_topic(dataset, topic, i18n.short_of(topic, lang), lang) for topic in dataset.markets],
        "actors": list(_actors(dataset, lang)),
        "routes": list(_routes(dataset, lang)),
        "indicators": [
            _topic(dataset, topic, i18n.name_of(topic, lang), lang)
            for topic in dataset.topics
            if topic.kind is TopicKind.INDICATOR
        ],
        "statements": list(_statements(dataset, lang)),
    }


def _entry(
    entry_id: str, shown: tuple[str, str, str], *, names: Sequence[str] = (), texts: Sequence[str] = ()
) -> SearchEntryData:
    """Return an entry: its name, text and note, and in what else it is searched, without what is there already."""
    name, text, note = shown
    return {
        "id": entry_id,
        "name": name,
        "text": text,
        "note": note,
        "names": _others(names, {name}),
        "texts": _others(texts, {name, text, *names}),
    }


def _others(texts: Iterable[str], known: set[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text not in known]


def _places(dataset: Dataset, lang: Lang) -> Iterator[SearchEntryData]:
    order = {kind: rank for rank, kind in enumerate(PlaceKind)}
    for place in sorted(dataset.places, key=lambda place: (order[place.kind], fold(i18n.name_of(place, lang)))):
        # A corridor's aliases are phrases of the source that also name other neighbours.
        aliases = () if place.kind is PlaceKind.CORRIDOR else place.aliases
        shown = (i18n.name_of(place, lang), "", describe_kind(dataset, place, lang))
        yield _entry(place.place_id, shown, names=(place.name_es, place.name_en, *aliases))


def _topic(dataset: Dataset, topic: Topic, name: str, lang: Lang) -> SearchEntryData:
    words = {each: i18n.words_of(dataset, each) for each in LANGUAGES}
    usual = (words[each].texts.get(f"search_words.{topic.topic_id}", "") for each in LANGUAGES)
    groups = {each: words[each][f"topic_group.{topic.group}"] for each in LANGUAGES}
    return _entry(
        topic.topic_id,
        (name, i18n.definition_of(topic, lang), groups[lang]),
        names=(
            topic.name_es,
            topic.name_en,
            topic.short_es,
            topic.short_en,
            *(word for listed in usual for word in listed.split(", ") if word),
        ),
        texts=(topic.definition_es, topic.definition_en, *groups.values()),
    )


def _actors(dataset: Dataset, lang: Lang) -> Iterator[SearchEntryData]:
    for actor in sorted(dataset.actors, key=lambda actor: fold(i18n.name_of(actor, lang))):
        topic = dataset.topic.get(actor.topic_id or "")
        of_type = i18n.name_of(topic, lang) if topic else i18n.words_of(dataset, lang)["actors.untyped"]
        yield _entry(
            actor.actor_id,
            (i18n.name_of(actor, lang), "", of_type),
            names=(actor.name_es, actor.name, *actor.aliases),
            texts=(topic.name_es, topic.name_en) if topic else (),
        )


def _routes(dataset: Dataset, lang: Lang) -> Iterator[SearchEntryData]:
    for route in dataset.routes:
        topic = dataset.topic.get(route.market or "")
        market = route_market(dataset, route, lang)
        yield _entry(
            route.route_id,
            (route_name(dataset, route, lang), "", market),
            names=tuple(route_name(dataset, route, each) for each in LANGUAGES),
            texts=(topic.name_es, topic.name_en, topic.short_es, topic.short_en) if topic else (),
        )


def _statements(dataset: Dataset, lang: Lang) -> Iterator[SearchEntryData]:
    order = dataset.profile_order
    for statement in sorted(dataset.statements, key=lambda statement: order[statement.statement_id]):
        entry = _entry(
            statement.statement_id,
            ("", i18n.text_of(statement, lang), locator(dataset, statement, lang)),
            texts=(statement.text_es, statement.text_en, *(locator(dataset, statement, each) for each in LANGUAGES)),
        )
        if place := _most_precise_place(dataset, statement):
            entry["place"] = place
        yield entry


def _most_precise_place(dataset: Dataset, statement: Statement) -> str | None:
    """Return the most precise place in the country that a statement names; None if it names none."""
    rows = dataset.places_of.get(statement.statement_id, ())
    places = [dataset.place[row.place_id] for row in rows if row.role is not Role.NATIONALITY]
    inside = [place for place in places if place.precision < ABROAD and place.place_id != dataset.country_id]
    return min(inside, key=lambda place: place.precision).place_id if inside else None
