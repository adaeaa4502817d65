"""Direct speech on a page: where marked words begin and end, and where their attribution stands.

In: a page. Out: `Speech` spans in character offsets, and `page.quoted` per token. Marks may be dashes at the head of
a paragraph, guillemets, straight or curly quotes, or a speaker's label with a colon. A lost mark ends at its line.
"""

import re
from dataclasses import dataclass
from functools import cache

from communique.finding.lexicon import load_resource
from communique.finding.page import DASHES, Page
from communique.text.morphology import word

_DASH = f"[{DASHES}]"
_OPEN, _CLOSE = '«“„"‟″', '»”"″'
_LABEL = re.compile(r"^((?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][\w-]+|[А-ЯЁ][\w-]+ [А-ЯЁ][\w-]+)(?:\s\([^)]*\))?\s?:\s+(?=\S)")
_ATTRIBUTION = re.compile(rf"[,!?…»”\".]\s*[,.]?\s*{_DASH}\s*[«„“]?(?=[а-яё])")
_AFTER_MARKS = re.compile(rf"[»”“\"]?\s*[,.!?]?\s*{_DASH}\s*[«„“]?(?=[а-яё])")
_AS_SAID = re.compile(r"\b[Кк]ак [^,.:;«»]{4,60}, [«“„\"]$")  # Как отметил министр, «мы рады»
_RESUME = re.compile(rf"[.,]\s*{_DASH}\s*")


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one speaker: character spans of the words without marks, and the span of the attribution, if any."""

    parts: tuple[tuple[int, int], ...]
    attribution: tuple[int, int] | None
    style: str
    label: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


_PRESS_VERBS = frozenset({"говориться", "отмечаться"})


@cache
def verbs_of_saying() -> frozenset[str]:
    return frozenset(v.replace("ё", "е") for v in load_resource("ru", "speech")["verbs"])


@cache
def press_words() -> frozenset[str]:
    return frozenset(load_resource("ru", "speech")["press"])


def find_speech(page: Page) -> list[Speech]:
    """All direct speech, in the order of the text; fills `page.quoted`."""
    found: list[Speech] = []
    position, label_open, listing = 0, False, False
    for line in page.doc.text.split("\n"):
        item = listing and _is_item(line)
        speeches, label_open = ([], False) if item else _line_speech(line, position, label_open, found)
        found.extend(speeches)
        if line.strip():
            listing = item or (line.rstrip().endswith(":") and not _saying_before(line, len(line.rstrip()) - 1))
        position += len(line) + 1
    found = _continued(page, [s for s in found if any(re.search(r"\w", page.doc.text[a:b]) for a, b in s.parts)])
    page.quoted = _mask(page, [s for s in found if not is_press(page, s)])
    page.speeches = found
    return found


def is_press(page: Page, speech: Speech) -> bool:
    """«..., – говорится в сообщении»: the readout's own prose in quotation marks; no person speaks."""
    if speech.attribution is None:
        return False
    inside = range(*page.tokens_at(*speech.attribution))
    named = any(i in page.covering and page.covering[i].kind == "person" and page.covering[i].name for i in inside)
    return not named and any(page.has_lemma(i, press_words()) for i in inside)


def _continued(page: Page, found: list[Speech]) -> list[Speech]:
    """Paragraphs wholly in marks, after «... говорится:» on the line before, or going on with the speech before."""
    position, before = 0, ""
    taken = {part[0] for speech in found for part in speech.parts}
    result = list(found)
    for line in page.doc.text.split("\n"):
        stripped = line.strip()
        whole = re.fullmatch(r"[«“„\"]([^«»“”\"]{25,})[»”\"]\.?", stripped) if stripped else None
        if whole:
            start = position + line.index(stripped) + 1
            span = (start, start + len(whole.group(1).rstrip(" .")))
            if not any(span[0] <= t < span[1] or t == span[0] for t in taken):
                result.append(Speech((span,), _attribution_before(page, before, position, result), "marks"))
        if stripped:
            before = line
        position += len(line) + 1
    return sorted(result, key=lambda s: s.start)


def _attribution_before(page: Page, before: str, position: int, found: list[Speech]) -> tuple[int, int] | None:
    """The line before with its verb of saying and a colon, else the attribution of the last speech."""
    if before.rstrip().endswith(":") and _saying_before(before, len(before.rstrip()) - 1):
        start = page.doc.text.rfind(before, 0, position)
        return start + _sentence_start(before, len(before.rstrip()) - 1), start + len(before.rstrip()) - 1
    earlier = [s for s in found if s.start < position and s.attribution]
    return max(earlier, key=lambda s: s.start).attribution if earlier else None


def _line_speech(line: str, offset: int, label_open: bool, before: list[Speech]) -> tuple[list[Speech], bool]:
    stripped = line.lstrip()
    if not stripped:
        return [], label_open
    indent = offset + len(line) - len(stripped)
    if match := _LABEL.match(stripped):  # Р.Волхин: Уважаемый Николай Петрович!
        start, stop = indent + match.end(), indent + len(stripped.rstrip())
        return [Speech(((start, stop),), None, "label", (indent, indent + match.end(1)))], True
    if re.match(rf"{_DASH}\s*\S", stripped) and not _list_item(
        stripped
    ):  # – Хотел бы выразить признательность, – сказал он.
        return [_dash_speech(stripped, indent)], False
    if (
        label_open
        and before
        and before[-1].style == "label"
        and not _has_attribution(stripped)
        and not _reads_as_narration(stripped)
        and _first_person(stripped)
    ):
        last = before[-1]
        return [Speech(((indent, indent + len(stripped.rstrip())),), None, "label", last.label)], True
    return _marked_speech(line, offset), False


def _is_item(line: str) -> bool:
    """A line of a list that a colon opened: with a dash or a bullet, and nobody says it."""
    return (
        bool(re.match(rf"\s*(?:{_DASH}|•|\*|\d+[.)])\s*\S", line)) and not _has_attribution(line)
    ) or not line.strip()


def _list_item(line: str) -> bool:
    """«– Соглашение о карантине растений;»: an item of a list of documents."""
    return line.rstrip().endswith(";")


@cache
def _first_person_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_resource('ru', 'speech')['first_person'])})\b", re.IGNORECASE)


def _first_person(line: str) -> bool:
    """A further paragraph of a transcript speaks as «я», «мы», «вы»; else it may be the reporter's."""
    return bool(_first_person_words().search(line)) or line.startswith(("<", "…", "..."))


def _reads_as_narration(line: str) -> bool:
    return (
        bool(
            re.match(
                r"(?:Напомним|Справка|Ранее|В ходе|По итогам|Встреча|Беседа|Тем временем|Между тем|После|Затем)", line
            )
        )
        or ": «" in line
    )


def _dash_speech(line: str, offset: int) -> Speech:
    """– Рад вас видеть, – сказал Президент. – Мы ждали этой встречи."""
    body = re.match(rf"{_DASH}\s*", line)
    begin = body.end() if body else 0
    parts: list[tuple[int, int]] = []
    attribution: tuple[int, int] | None = None
    stop = len(line.rstrip())
    while begin < stop:
        said = next((m for m in _ATTRIBUTION.finditer(line, begin) if _saying_follows(line, m.end())), None)
        if said is None:
            parts.append((begin, stop))
            break
        parts.append((begin, said.start() + (line[said.start()] in "!?…")))
        resume = _RESUME.search(line, said.end())
        attribution = attribution or (said.end(), resume.start() if resume else stop)
        begin = resume.end() if resume else stop
    spans = tuple(_trim(line, a, b, offset) for a, b in parts if b > a)
    return Speech(spans, (attribution[0] + offset, attribution[1] + offset) if attribution else None, "dash")


def _trim(line: str, start: int, stop: int, offset: int) -> tuple[int, int]:
    """Without marks, spaces and the closing stop."""
    while start < stop - 1 and line[start] in '«“„" –—-':
        start += 1
    while stop - 1 > start and line[stop - 1] in '»”" ,.':
        stop -= 1
    return start + offset, stop + offset


def _saying_follows(line: str, at: int) -> bool:
    """Whether a verb of saying, or a press service, stands within the next words."""
    window = re.split(rf"[,.:!?«»“”]|\s{_DASH}\s", line[at : at + 90])[0]
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", window)[:7]
    return any(word(w.lower()).lemmas & (verbs_of_saying() | press_words()) for w in words)


def _somebody_does(line: str, at: int) -> bool:
    """«..., – отмахнулся Лыков», «..., – подвела черту она»: after closed marks any past verb with its subject attributes."""
    window = re.split(rf"[,.:!?«»“”]|\s{_DASH}\s", line[at : at + 90])[0]
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", window)[:6]
    verb = any("VERB" in word(w.lower()).pos and "past" in word(w.lower()).tags for w in words[:3])
    return verb and any(
        w[0].isupper() or w.lower() in ("он", "она", "президент", "министр", "посол", "премьер") for w in words
    )


def _has_attribution(line: str) -> bool:
    return any(_saying_follows(line, m.end()) for m in _ATTRIBUTION.finditer(line))


def _marked_speech(line: str, offset: int) -> list[Speech]:
    """«Мы договорились», – сказал он. И: Президент заявил: «Мы договорились»."""
    found = []
    for start, stop in _quoted_spans(line):
        inner = line[start:stop]
        after = _AFTER_MARKS.match(line, stop)
        before = re.search(r":\s*[«“„\"]?$", line[max(0, start - 6) : start])
        colon = max(0, start - 6) + before.start() if before else 0
        attribution: tuple[int, int] | None = None
        if after and (_saying_follows(line, after.end()) or _somebody_does(line, after.end())):
            attribution = (after.end(), _attribution_end(line, after.end()))
        elif before and _saying_before(line, colon):
            attribution = (_sentence_start(line, colon), colon)
        elif (as_said := _AS_SAID.search(line, max(0, start - 80), start)) and _saying_follows(
            line, as_said.start() + 4
        ):
            attribution = (as_said.start(), start - 3) if len(inner.split()) > 2 else None
        if attribution is None or (len(inner.split()) < 2 and not after):
            continue
        found.append(
            Speech((_trim(line, start, stop, offset),), (attribution[0] + offset, attribution[1] + offset), "marks")
        )
    return found


def _attribution_end(line: str, start: int) -> int:
    """The attribution ends with its sentence, or where marked words go on."""
    stop = re.search(rf"[.!?](?:\s|$)|[,.]\s*{_DASH}|:\s*[«“„\"]", line[start:])
    return start + stop.start() if stop else len(line)


def _sentence_start(line: str, stop: int) -> int:
    found = [m.end() for m in re.finditer(r"(?<=[^А-ЯЁ\s.][.!?»])\s+", line[:stop])]
    return found[-1] if found else 0


def _saying_before(line: str, stop: int) -> bool:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line[_sentence_start(line, stop) : stop])
    return any(word(w.lower()).lemmas & (verbs_of_saying() | _PRESS_VERBS) for w in words)


def _quoted_spans(line: str, begin: int = 0) -> list[tuple[int, int]]:
    """Spans inside outermost marks; an unclosed mark runs to its attribution, and the reading goes on behind it."""
    spans: list[tuple[int, int]] = []
    stack, start, straight, opener = 0, 0, False, ""
    for i, sign in enumerate(line[begin:], begin):
        if sign == '"' or sign == "″":
            if not straight and stack == 0:
                straight, start = True, i + 1
            elif straight:
                spans.append((start, i))
                straight = False
        elif sign == "“" and stack and opener == "„" and not straight:  # „...“
            stack -= 1
            if stack == 0:
                spans.append((start, i))
        elif sign in "«“„" and not straight:
            if stack == 0:
                start, opener = i + 1, sign
            stack += 1
        elif sign in "»”" and stack and not straight:
            stack -= 1
            if stack == 0:
                spans.append((start, i))
        elif sign in "»”" and not stack and not straight:
            spans.append((_lost_opening(line, i, spans), i))
    if stack or straight:
        stop = _lost_closing(line, start)
        spans.append((start, stop))
        if stop < len(line.rstrip()) and stop > start:
            spans.extend(_quoted_spans(line, stop + 1))
    return spans


def _lost_opening(line: str, stop: int, spans: list[tuple[int, int]]) -> int:
    """Мы рады», - сказал он: from the start of the line, or after the last marked words."""
    return spans[-1][1] + 1 if spans else len(line) - len(line.lstrip())


def _lost_closing(line: str, start: int) -> int:
    for match in _ATTRIBUTION.finditer(line, start):
        if _saying_follows(line, match.end()):
            return match.start()
    return len(line.rstrip())


def _mask(page: Page, speeches: list[Speech]) -> list[bool]:
    quoted = [False] * len(page.tokens)
    spans = sorted(span for speech in speeches for span in speech.parts)
    k = 0
    for i, start in enumerate(page.tokens.start):
        while k < len(spans) and spans[k][1] <= start:
            k += 1
        quoted[i] = k < len(spans) and spans[k][0] <= start
    return quoted
