"""What it means that a record does not have something: silence of the text, or only of the reading.

«Not stated» is claimed only of a whole text that was read for this kind of fact, and in which the words in question do
not stand in one sentence; else it is «not found».
"""

import re
from collections import Counter, defaultdict
from typing import Literal, NamedTuple

from communique.matching.wording import STEM, content_words, same_word
from communique.record.document import LONGEST_EVIDENCE, Evidence
from communique.record.record import Record

Silence = Literal["not_stated", "not_found"]
_ENOUGH_WORDS = 0.6
_SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?…»](?=\s+[«“\"–—A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\d])|(?=\n)|$)")


class Silent(NamedTuple):
    """How a record is silent, and the sentence that holds the same words although no such fact was read in it."""

    kind: Silence
    nearby: Evidence | None = None


class Silences:
    """Says what the silence of one record means; the words of its sentences are looked up by how they begin."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._sentences = [m.span() for m in _SENTENCE.finditer(record.document.text)]
        self._index: defaultdict[str, dict[str, set[int]]] = defaultdict(dict)
        for number, (start, end) in enumerate(self._sentences):
            for word in content_words(record.document.text[start:end]):
                self._index[word[:STEM]].setdefault(word, set()).add(number)

    def about(self, coverage: str, words: str, language: str | None = None) -> Silent:
        """The silence about something that is worded so in a text of this language; `coverage` names the type of fact."""
        if getattr(self._record.coverage, coverage) != "read" or self._record.document.extent != "full":
            return Silent("not_found")
        mine = self._record.document.language
        if words and language and mine and mine != language:  # its words would stand there in other words
            return Silent("not_found")
        nearby = self.sentence_with(words)
        return Silent("not_found", nearby) if nearby else Silent("not_stated")

    def sentence_with(self, words: str) -> Evidence | None:
        """The first sentence in which most of these words stand, and all of their numbers; None if there is none."""
        wanted = set(content_words(words))
        places = {word: self._places(word) for word in wanted}
        counts = Counter(number for numbers in places.values() for number in numbers)
        figures = [word for word in wanted if word[0].isdigit()]
        for number in sorted(counts):
            if counts[number] >= _ENOUGH_WORDS * len(wanted) and all(number in places[f] for f in figures):
                return self._cited(number)
        return None

    def _places(self, word: str) -> set[int]:
        """The numbers of the sentences that hold this word in any form."""
        alike = self._index.get(word[:STEM], {})
        return {number for other, numbers in alike.items() if same_word(word, other) for number in numbers}

    def _cited(self, number: int) -> Evidence:
        start, end = self._sentences[number]
        return self._record.document.cite(start, min(end, start + LONGEST_EVIDENCE), "words")
