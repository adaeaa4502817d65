"""Where: the city and venue that the meeting's own sentences name, else the dateline, which is inferred.

In: a page and the candidates of one meeting. Out: a `PlaceFound` with its proof, or None.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from communique.finding.clauses import clause_start
from communique.finding.lexicon import word_set
from communique.finding.meetings.find import Candidate
from communique.finding.meetings.words import group
from communique.finding.page import Mention, Page
from communique.record.facts import Place


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The place, and the tokens that state it or the dateline it is inferred from."""

    place: Place
    first: int
    last: int
    inferred: str | None = None


def find_place(page: Page, candidates: Sequence[Candidate]) -> PlaceFound | None:
    """The first place in a candidate's sentence that «в», «во», «на» or «из» ties to it."""
    for candidate in candidates:
        first, last = page.tokens.sentences[candidate.sentence]
        mentions = [m for m in page.mentions_in(first, last) if m.kind in ("place", "venue", "state")]
        city = next((m for m in mentions if m.kind == "place" and _tied(page, candidate, m)), None)
        venue = next((m for m in mentions if m.kind == "venue" and _tied(page, candidate, m)), None)
        country = next(
            (m for m in mentions if m.kind == "state" and _tied(page, candidate, m) and m.has_case("loct", "accs")),
            None,
        )
        city = city or _host_city(page, candidate, mentions) or _relative_city(page, candidate, mentions)
        if city or venue or (country and candidate.kind != "visit"):
            return _stated(page, city, venue, country)
        if country:
            return _stated(page, None, None, country)
    return None


def _host_city(page: Page, candidate: Candidate, mentions: list[Mention]) -> Mention | None:
    """«Торвель примет саммит»: the city that is the subject."""
    if candidate.verb is None or not page.has_lemma(candidate.verb, {"принять", "принимать"}) or candidate.noun is None:
        return None
    return next(
        (
            m
            for m in mentions
            if m.kind == "place" and "nomn" in m.cases and m.last <= candidate.verb and candidate.verb - m.last < 3
        ),
        None,
    )


def _relative_city(page: Page, candidate: Candidate, mentions: list[Mention]) -> Mention | None:
    """«с министром, который находится в Остре с визитом», «переговоры, которые состоялись в Арде»."""
    for mention in mentions:
        start = clause_start(page, mention.first)
        inside = (
            mention.kind == "place"
            and candidate.trigger[0] < start
            and _preposition_before(page, mention) in ("в", "во")
        )
        if inside and any(
            page.has_lemma(i, {"находиться", "находящийся", "состояться", "пройти", "проходить", "прибыть"})
            for i in range(start, mention.first)
        ):
            return mention
    return None


def _stated(page: Page, city: Mention | None, venue: Mention | None, country: Mention | None) -> PlaceFound:
    entry = page.world.places[int(city.key)] if city and city.key else None
    hall = page.world.places[int(venue.key)] if venue and venue.key else None
    code = entry.country if entry else hall.country if hall else country.key if country else None
    chosen = city or venue or country
    assert chosen is not None
    both = [m for m in (city, venue) if m]
    first, last = (min(m.first for m in both), max(m.last for m in both)) if both else (chosen.first, chosen.last)
    name = _as_named(page, city) if city else (hall.of or None if hall else None)
    venue_words = page.written(venue.first, venue.last) if venue else None
    place = Place(name=name, names={"ru": name} if name else {}, country=code, venue=venue_words)
    return PlaceFound(place, first, last, None if city or not name else "the city of the venue")


def _as_named(page: Page, city: Mention) -> str:
    """The nominative of the name that the text uses: «в Нур-Султане» stays Нур-Султан."""
    index = page.world.index.match(page.low, page.tokens.text, city.first)
    return next(a.name for a in index if a.key == city.key and a.kind == "place")


_TIES = word_set("where.ties")


def _tied(page: Page, candidate: Candidate, mention: Mention) -> bool:
    """«в Арде», «в город Арда», «в резиденции «Дворец Ветров»»; not «прибыл из», «дорога в», «пригласил в»."""
    if page.quoted[mention.first]:
        return False
    if _preposition_before(page, mention) not in ("в", "во", "на"):
        return False
    start = clause_start(page, mention.first)
    if start != clause_start(page, candidate.trigger[0]) and candidate.rule != "meetings.joined":
        return False
    phrase = range(max(start, mention.first - 7), mention.first)
    blocked = {
        "пригласить",
        "приглашать",
        "приглашение",
        "строительство",
        "производство",
        "посол",
        "представитель",
        "вернуться",
        "ситуация",
        "конфликт",
        "завод",
        "дорога",
        "предстоящий",
        "следующий",
        "ранее",
        "открыть",
        "посольство",
        "ссылка",
    }
    if candidate.kind == "ceremony":
        blocked -= {"строительство", "производство", "завод", "дорога", "открыть"}
    if any(page.has_lemma(i, blocked) for i in phrase if i not in page.covering):
        return False
    return not (
        any(page.has_lemma(i, group("planned")) for i in phrase)
        and candidate.verb is not None
        and not page.has_lemma(candidate.verb, group("planned"))
    )


_TITLES_OF_PLACES = word_set("where.titles_of_places")


def _preposition_before(page: Page, mention: Mention) -> str | None:
    """The preposition before a place, past «столице Алтынора», «городе», «резиденции «»."""
    i = mention.first - 1
    while i >= 0 and mention.first - i < 7:
        covering = page.covering.get(i)
        if page.low[i] in ("в", "во", "на", "из", "о", "с", "к", "по", "до"):
            return page.low[i]
        adjective = (page.tokens.text[i][0].islower() and page.words[i].pos & {"ADJF", "PRTF"}) or page.low[i] == "и"
        if not (
            adjective
            or page.has_lemma(i, _TITLES_OF_PLACES)
            or page.tokens.text[i] in '.«“"('
            or (covering is not None and covering.kind in ("state", "place", "venue"))
        ):
            return None
        i -= 1
    return None


def find_dateline(page: Page) -> Mention | None:
    """«Санкт-Петербург, Россия», «АСТАНА, 15 ноября –», «Арда. 14 мая. ССГ-Инфо –»: the city that opens a line."""
    for first, last in page.tokens.sentences[:4]:
        mention = page.covering.get(first)
        if (
            last - first <= 16
            and page.tokens.text[first].isdigit()
            and not any("VERB" in page.words[i].pos for i in range(first, last))
        ):
            named = [
                m for m in page.mentions_in(first, last) if m.kind == "place"
            ]  # 30 января 2025 года 13:15 Ильгород, Старая крепость
            if len(named) == 1:
                return named[0]
        if mention is None or mention.first != first:
            mention = _capital_letters(page, first)
        if mention is None or mention.kind != "place" or not mention.has_case("nomn"):
            continue
        following = page.tokens.text[mention.last] if mention.last < len(page.tokens) else ""
        if (
            mention.last >= last
            or following in (",", ".", "–", "—", "-", "(", "/", ":")
            or page.tokens.source[page.tokens.end[mention.last - 1] : page.tokens.end[mention.last - 1] + 1] == "\n"
        ):
            verbs = any("VERB" in page.words[i].pos for i in range(mention.last, min(last, mention.last + 3)))
            if not verbs and not (following == "," and _capital_clause(page, mention)):
                return mention
    return None


def _capital_clause(page: Page, mention: Mention) -> bool:
    return mention.last + 1 < len(page.tokens) and page.low[mention.last + 1] in ("где", "который", "куда")


def _capital_letters(page: Page, first: int) -> Mention | None:
    """АСТАНА: a city in capitals."""
    text = page.tokens.text[first]
    if not (text.isupper() and len(text) > 2):
        return None
    found = [
        a
        for a in page.world.index.match(page.low, [t.capitalize() for t in page.tokens.text[: first + 4]], first)
        if a.kind == "place"
    ]
    if not found:
        return None
    return Mention("place", first, first + found[0].length, frozenset(["nomn"]), key=found[0].key)


def place_of_dateline(page: Page, dateline: Mention, stated: PlaceFound | None) -> PlaceFound | None:
    """The dateline's city, unless the text names another country or a venue of its own."""
    entry = page.world.places[int(dateline.key or 0)]
    if stated is not None:
        return (
            stated
            if stated.place.country != entry.country
            else PlaceFound(
                msgspec.structs.replace(stated.place, name=entry.name), stated.first, stated.last, "dateline"
            )
        )
    place = Place(name=entry.name, names={"ru": entry.name}, country=entry.country)
    return PlaceFound(place, dateline.first, dateline.last, "dateline; nothing in the text contradicts it")
