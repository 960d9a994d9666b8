"""The passages of a report that prove a finding: quoted, with the figures marked and the line told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Mention, Report

_BEFORE, _AFTER = 44, 28
"""Characters of context on either side of a figure, unless the sentence ends before."""
_STOPS = "。；！？"
_WIDE = r"[⺀-鿿豈-﫿︰-﹏！-｠]"
_WIDE_GAP = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
# Escape sequences and marks that turn the direction of writing: a report must not steer whoever shows it.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a passage."""

    text: str
    marked: bool
    """It is one of the figures that the finding is about."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation from a report; ``start`` and ``end`` are offsets into its text."""

    report: str
    line: int
    start: int
    end: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The quotation without its marks."""
        return "".join(segment.text for segment in self.segments)


def printable(text: str) -> str:
    """A message on one line, without control characters."""
    return _CONTROL.sub("", re.sub(r"\s+", " ", text))


def legible(text: str) -> str:
    """Text on one line, without the spaces that line ends leave in Chinese and without control characters."""
    return re.sub(r"\s+", " ", _WIDE_GAP.sub("", _CONTROL.sub("", text)))


def passages(mentions: Iterable[Mention], reports: Mapping[str, Report]) -> tuple[Passage, ...]:
    """The passages around ``mentions``, by report in the order given, those that overlap in one."""
    by_report: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.report in reports:
            by_report.setdefault(mention.report, []).append(mention)
    found: list[Passage] = []
    for name, shown in by_report.items():
        report = reports[name]
        window: list[Mention] = []
        start = end = 0
        for mention in sorted(shown, key=lambda one: (one.start, one.end)):
            first, last = _bounds(report, mention)
            if window and first > end:
                found.append(_passage(report, start, end, window))
                window = []
            if not window:
                start, end = first, last
            window.append(mention)
            end = max(end, last)
        if window:
            found.append(_passage(report, start, end, window))
    return tuple(found)


def _bounds(report: Report, mention: Mention) -> tuple[int, int]:
    """Where the quotation around a figure begins and ends: within its sentence and its block."""
    text, block = report.text, report.blocks[mention.block]
    first = max(min(block.start, mention.start), mention.start - _BEFORE)
    last = min(max(block.end, mention.end), mention.end + _AFTER)
    before = max(text.rfind(stop, first, mention.start) for stop in _STOPS)
    after = [at for at in (text.find(stop, mention.end, last) for stop in _STOPS) if at >= 0]
    return (before + 1 if before >= 0 else first), (min(after) + 1 if after else last)


def _passage(report: Report, start: int, end: int, mentions: Iterable[Mention]) -> Passage:
    segments: list[Segment] = []
    at = start
    line = 0
    for mention in mentions:
        line = line or report.line(mention.start)
        if mention.start < at:  # the same figure, shown twice
            continue
        segments.append(Segment(legible(report.text[at : mention.start]), False))
        segments.append(Segment(legible(mention.text), True))
        at = mention.end
    segments.append(Segment(legible(report.text[at:end]), False))
    if segments[0].text:
        segments[0] = Segment(segments[0].text.lstrip(), False)
    segments[-1] = Segment(segments[-1].text.rstrip(), segments[-1].marked)
    return Passage(report.name, line, start, end, tuple(segment for segment in segments if segment.text))
