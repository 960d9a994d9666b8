"""What a figure counts: its indicator and its category, in the text's own terms, the same whatever the wording."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import regex

from ..model import Period
from ..rules.indicators import Indicator, called
from ..rules.periods import Nature
from .context import BlockView, Figure, kind_of
from .naming import label_before, label_of, named, segment_of, subject_of, told_of
from .phrases import Phrase, head_name
from .roles import RoleReading
from .tables import heads_of, is_change_row
from .time.calendar import months_of

_HALF_MARK = "(半年)"
_DATED = re.compile(r"中華民國|民國|\d{2,3}年度?(?:\d{1,2}月)?底?|[(,]?單位:.*$|^表\d+[ :]?|\s")
_SHEET = regex.compile(r"(?r)(?:彙[總計編]|一覽|總|統計|概況|明細|簡明|比較|分析)*表$")
_LONGEST_TITLE = 40
_FAR = 600
"""So many characters before a figure may name its indicator."""
_NEAR = 24
_CHANGE_MARK = "增減"
_NEXT_PART = re.compile(r"[、及與和,](?:及|以及)?[^,;。▣▢、()]{1,14}")
_COMPARED = re.compile(r"▣(?:\([^()]*\))?,?[^,;。▣]{0,4}(?:較|比|相較)[^;。]*\Z")
_OPENS_COMPARED = re.compile(r"[\s()\d一二三四五六七八九十、.]*(?:較|比|與)[^,;。▣]*(?:相較|相比|比較)?,?[^,;。▣]{0,8}")
"""A sentence that only tells a change of what the one before has told."""
_AMONG = re.compile(r"(?:其中|內含|含)[^,;。▣]{0,24}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """Indicator and category of a figure, and the rule that gave them."""

    indicator: str
    category: str | None
    rule: str
    base: str
    """The indicator without the marks of half a year and of a change."""
    stem: str
    """The base without how it is counted: what other figures on the same thing are named by."""
    source: tuple[int, int] | None = None
    """Where the words stand that it goes by, in the masked text of the block; None where they are a heading's."""
    label: tuple[int, int] | None = None
    """The same for the words of the category."""


def _name(base: str, category: str | None, rule: str, stem: str, source: tuple[int, int] | None = None) -> Name:
    return Name(base, category, rule, base, stem, source)


class Namer:
    """Names the figures of one block, in order: parts take the name of their whole."""

    def __init__(self, view: BlockView, body: str | None, title: str = "") -> None:
        self._view = view
        self._title = title
        self._body = body or ""
        self._headings = "|".join(view.block.path[-2:])
        self.context = f"{self._headings}|{view.introduction}|{view.text}"
        self._known: dict[int, Name] = {}
        self._wholes: dict[int, int] = {}
        self._candidates = called(self.context)

    def name(self, figure: Figure, role: RoleReading, nature: Nature, period: Period | None, body: str | None) -> Name:
        """The name of the next figure of the block."""
        segment = segment_of(figure)
        label = label_of(segment, figure)
        known = self._registered(figure, role)
        if known is not None:
            heads = "人次" if figure.kind == "attendances" else "人數"
            base = known.name.replace("{heads}", heads).replace("{body}", body or self._body)
            name = _name(base, self._part(figure, known, segment, label), known.id, base, _cue(figure, known))
        else:
            name = self._of_phrase(figure, role, label)
        flows = known.nature == "flow" if known else figure.kind == "attendances" or nature == "flow"
        shown = name.base
        if role.role == "delta":
            shown += _CHANGE_MARK
        if flows and figure.kind != "percent" and role.role != "rule" and _is_half(period):
            shown += _HALF_MARK
        name = replace(name, indicator=shown, label=_words(figure, segment) if label or name.category else None)
        self._known[figure.number] = name
        return name

    def _part(self, figure: Figure, known: Indicator, segment: str, label: str | None) -> str | None:
        """Which part of a well-known indicator: its label, or that of the figure to which this one is joined."""
        if label in known.parts:
            return label
        if self._view.block.cells:
            row, column = heads_of(figure)
            return column or None if row and row in known.name else row or column or None
        if label is not None or not known.parts:
            return None
        if known.nature == "norm":
            return label_before(figure, known.parts)
        whole = self._whole(figure)
        if whole is not None and self._kind_at(whole) == figure.kind:
            return self._known[whole].category
        # 公務人員▣,▣: the second figure, of another kind, goes with the first.
        joined = not segment and self._known.get(figure.number - 1)
        if joined and self._kind_at(figure.number - 1) != figure.kind and joined.category in known.parts:
            return joined.category
        return None

    def _of_phrase(self, figure: Figure, role: RoleReading, label: str | None) -> Name:
        told = told_of(figure)
        change = role.sign is not None
        whole = self._whole(figure)
        if whole is not None:
            above = self._known[whole]
            if self._kind_at(whole) == figure.kind:
                return replace(above, category=label or told.name or above.category, rule="part")
            return _name(named(figure, above.stem, change), above.category, "part.other", above.stem, above.source)
        if self._view.block.cells:
            row, column = heads_of(figure)
            if row or column or self._view.introduction or (self._subject and not told.says_something):
                stem = head_name(column) or self._subject or subject_of(figure, Phrase(), self._headings)
                change = is_change_row(figure)
                return _name(named(figure, stem, change), None if change else row or None, "table", stem)
        compared = self._compared(figure, role)
        if compared is not None:
            above = self._known[compared]
            base = above.base if role.role == "delta" else f"{above.base}增減率"
            return _name(base, above.category, "compared", above.stem, above.source)
        subject = subject_of(figure, told, self._headings)
        stem = joined(subject, told.name)
        source = next((place for words in (told.thing, subject, told.verb) if (place := _words(figure, words))), None)
        return _name(named(figure, stem, change), label, "phrase", stem, source)

    @property
    def _subject(self) -> str:
        """What a table is about, by the heading over it, or the title of all."""
        over = self._view.block.path[-1] if self._view.block.path else self._title
        title = _SHEET.sub("", _DATED.sub("", over))
        return title if len(title) <= _LONGEST_TITLE else ""

    def _whole(self, figure: Figure) -> int | None:
        """The figure of which this one is a part: before its bracket, before 其中, or that of the part before it."""
        whole = figure.whole
        if whole is None and _AMONG.search(figure.before):
            whole = self._like(figure)
        if whole is None:
            previous = figure.number - 1
            if previous in self._wholes and self._kind_at(previous) == figure.kind:
                between = self._view.text[self._view.marks[previous].at + 1 : figure.mark.at]
                whole = self._wholes[previous] if _NEXT_PART.fullmatch(between) else None
        if whole is None or whole not in self._known:
            return None
        self._wholes[figure.number] = whole
        return whole

    def _compared(self, figure: Figure, role: RoleReading) -> int | None:
        """The level of which a figure behind 較…增減 is the change."""
        if role.role != "delta" and not role.sign:
            return None
        compared = _COMPARED.search(figure.before)
        if compared is None:
            return self._told_before(figure) if _OPENS_COMPARED.fullmatch(figure.before) else None
        start = figure.since
        earlier = [n for n in self._known if start <= self._view.marks[n].at < start + compared.start() + 1]
        alike = [n for n in earlier if self._kind_at(n) == figure.kind] if role.role == "delta" else []
        return max(alike or earlier, default=None)  # 出生15人,出生率7‰,較上年減少4人: of the births, not of their rate

    def _told_before(self, figure: Figure) -> int | None:
        """The whole that the sentence before tells, for one that begins with 較: of its kind, and no part of another."""
        last = figure.mark.sentence - 1
        alike = [
            number
            for number in self._known
            if self._view.marks[number].sentence == last
            and self._kind_at(number) == figure.kind
            and number not in self._wholes
            and self._view.marks[number].bracket is None
        ]
        return max(alike, default=None)

    def _like(self, figure: Figure) -> int | None:
        """The last figure of the paragraph before this one that measures the same, else the last of all."""
        start = self._view.text.rfind("。", 0, figure.mark.at)
        earlier = [number for number in self._known if self._view.marks[number].at > start]
        alike = [number for number in earlier if self._kind_at(number) == figure.kind]
        return max(alike or earlier, default=None)

    def _kind_at(self, number: int) -> str:
        return kind_of(self._view.marks[number].mention.unit or "")

    def _registered(self, figure: Figure, role: RoleReading) -> Indicator | None:
        """The first of the indicators whose cue words stand in the block, or above it, that a figure fits."""
        start = max(self._view.text.rfind("。", 0, figure.mark.at) + 1, figure.mark.at - _FAR)
        before = self._view.text[start : figure.mark.at]
        for known in self._candidates:
            if (known.kinds and figure.kind not in known.kinds) or (known.roles and role.role not in known.roles):
                continue
            if known.fits(before, figure.after, self.context):
                return known
        return None


def _words(figure: Figure, words: str) -> tuple[int, int] | None:
    """Where words stand: last before the figure, else first behind it."""
    text, at = figure.view.text, figure.mark.at
    start = text.rfind(words, 0, at) if words else -1
    if start < 0 and words:
        start = text.find(words, at, at + _NEAR)
    return (start, start + len(words)) if start >= 0 else None


def _cue(figure: Figure, known: Indicator) -> tuple[int, int] | None:
    """The cue word of a well-known indicator that stands nearest before the figure, else behind it."""
    found = [place for cue in known.cues if (place := _words(figure, cue)) is not None]
    return max(found, default=None)


def joined(subject: str, told: str) -> str:
    """Subject and what is told of it, without saying one thing twice: 標案 and 案."""
    if not subject or not told:
        return subject or told
    if subject.endswith(told) or told.startswith(subject):
        return max(subject, told, key=len)
    return subject + told


def _is_half(period: Period | None) -> bool:
    """Whether a period is six whole months."""
    if period is None or period.is_open or (period.start.grain, period.end.grain) != ("month", "month"):
        return False
    return months_of(period) == 6
