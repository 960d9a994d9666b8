"""What a report changes against those before it: the answer for whoever has just received it.

Contradictions and revisions are findings; plans that moved are, too. Goals that were reached or missed, figures that vanished and
figures that were copied unchanged are told by the alignment of the reports: nobody contradicts himself there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from ..lookup import ByName
from ..model import AlignedFigure, Alignment, Audit, Fact, Finding, Mention, Report
from ..notation import Both, Language, calendar
from .passages import Segment, legible
from .summary import grouped
from .words import SEVERITIES

_WORD = re.compile(r"\d[\d,.]*|[A-Za-z]+|.", re.DOTALL)
_BEFORE, _BEHIND = 36, 24
_SHOWN, _WRITTEN = 60, 3
"""Rows of one part on the page, and lines of it on the terminal."""
_COPIED = 0.8
_LONG = 100
"""Smaller figures stay as they are by chance."""
_ENDED = ("final", "running", "level")
_LABELS: dict[str, Both] = {
    **{name: words.label for name, words in SEVERITIES.items() if name != "note"},
    "plan": Both("調整的計畫", "plans that moved"),
    "reached": Both("達成的目標", "goals reached"),
    "missed": Both("未達的目標", "goals missed"),
    "vanished": Both("不再出現的數字", "figures that vanished"),
    "copied": Both("一字未改的數字", "figures copied unchanged"),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of one report, with what differs from the other one marked, and when its report speaks."""

    report: str
    line: int
    segments: tuple[Segment, ...]
    spoken: Both

    @property
    def text(self) -> str:
        """The passage without its marks."""
        return "".join(segment.text for segment in self.segments)


Row = tuple[Quote | None, Quote | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One sort of what changed: what the earlier report said, and what this one says."""

    name: str
    label: Both
    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reports that were asked for change against the earlier ones."""

    parts: tuple[Part, ...]


def against(audit: Audit) -> Answer | None:
    """The answer; None where no report is held against others (``Audit.asked``)."""
    if not audit.asked:
        return None
    return Answer(tuple(_Reader(audit).parts()))


def last_before(audit: Audit) -> Iterator[Alignment]:
    """Of each report that was asked for, that with the last report before it."""
    spoken = _spoken(audit)
    for name in audit.asked:
        found = [each for each in audit.alignments if each.later == name]
        if found:
            yield max(found, key=lambda each: (spoken.get(each.earlier, ""), each.earlier))


def _spoken(audit: Audit) -> dict[str, str]:
    return {each.report.name: str(each.issued or each.period or "") for each in audit.extractions}


def told(answer: Answer, language: Language) -> Iterator[str]:
    """The answer in lines: how many there are of each part, and the first of those that are no findings."""
    heading = Both("與先前報告相較：", "Against the earlier reports: ").of(language)
    counts = [f"{part.label.of(language)} {grouped(part.count)}" for part in answer.parts]
    yield heading + Both("、", ", ").of(language).join(counts)
    for part in answer.parts:
        for row in part.rows[:_WRITTEN] if part.name in ("plan", "reached", "missed", "vanished", "copied") else ():
            sides = [f"{side.text} ({side.spoken.of(language)})" if side is not None else "—" for side in row]
            yield f"  {part.label.of(language)}: " + " → ".join(sides)


class _Reader:
    """The parts of the answer, read from the audit."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._read = ByName(audit)
        self._facts: dict[str, dict[int, Fact]] = {}

    def parts(self) -> Iterator[Part]:
        by_severity: dict[str, list[Row]] = {"contradiction": [], "revision": [], "suspicious": [], "plan": []}
        for finding in self._audit.findings:
            row = self._of_finding(finding)
            name: str = "plan" if finding.code == "PLAN" else finding.severity
            if row is not None and name in by_severity:
                by_severity[name].append(row)
        for part, rows in by_severity.items():
            yield _part(part, rows)
        pairs = list(self._pairs())
        for goal, kept in (("reached", True), ("missed", False)):
            yield _part(goal, [self._row(pair) for pair in pairs if self._is_goal(pair) is kept])
        yield _part("vanished", list(self._vanished()))
        yield _part("copied", [self._row(pair) for pair in pairs if self._is_copied(pair)])

    def _spoken(self, report: str) -> str:
        """When a report speaks, as EDTF."""
        told = self._read.get(report)
        return str(told.issued or told.period or "") if told is not None else ""

    def _pairs(self) -> Iterator[AlignedFigure]:
        for alignment in last_before(self._audit):
            yield from (pair for pair in alignment.figures if pair.later.kind == "quantity")

    def _fact(self, mention: Mention) -> Fact | None:
        if mention.report not in self._facts:
            facts = self._read[mention.report].facts if mention.report in self._read else ()
            self._facts[mention.report] = {fact.mention.start: fact for fact in facts}
        return self._facts[mention.report].get(mention.start)

    def _is_goal(self, pair: AlignedFigure) -> bool | None:
        """Whether a goal was reached: a plan, and what came of it in its time; None where it is none."""
        then, now = self._fact(pair.earlier), self._fact(pair.later)
        if then is None or now is None or then.state != "plan" or now.state not in _ENDED:
            return None
        comparable = then.mention.unit == now.mention.unit and now.role == "actual" and pair.likeness >= _COPIED
        if not comparable or then.period is None or then.period != now.period:
            return None
        one, other = then.mention.value, now.mention.value
        return None if one is None or other is None else other >= one

    def _is_copied(self, pair: AlignedFigure) -> bool:
        """A figure of another time that is just what the report before said."""
        then, now = self._fact(pair.earlier), self._fact(pair.later)
        if then is None or now is None or pair.likeness < _COPIED or then.period in (None, now.period):
            return False
        value = now.mention.value
        same = value is not None and value == then.mention.value and abs(Fraction(value)) >= _LONG
        return same and now.state in _ENDED and then.state in _ENDED and now.role == "actual"

    def _vanished(self) -> Iterator[Row]:
        """What the report before told in passages that have no place in this one."""
        for alignment in last_before(self._audit):
            kept = {pair.earlier.start for pair in alignment.figures}
            gone = {each.earlier for each in alignment.passages if each.later is None}
            extraction = self._read[alignment.earlier]
            told: set[int] = set()
            for fact in extraction.facts:
                mention = fact.mention
                if mention.block in gone and mention.start not in kept and mention.block not in told:
                    told.add(mention.block)
                    yield self._quote(mention), None

    def _of_finding(self, finding: Finding) -> Row | None:
        """What two reports say, where a finding is about two."""
        relation = finding.relation
        if relation is None:
            return None
        earlier = next((term for term in relation.terms if term.report != relation.result.report), None)
        if earlier is None or relation.result.report not in self._audit.asked:
            return None
        return self._marked(earlier, relation.result)

    def _row(self, pair: AlignedFigure) -> Row:
        return self._marked(pair.earlier, pair.later)

    def _marked(self, earlier: Mention, later: Mention) -> Row:
        one, other = self._around(earlier), self._around(later)
        first, second = differing(one, other)
        return self._quote(earlier, first), self._quote(later, second)

    def _around(self, mention: Mention) -> str:
        text = self._report(mention).blocks[mention.block].text
        return legible(text[max(0, mention.block_start - _BEFORE) : mention.block_end + _BEHIND])

    def _report(self, mention: Mention) -> Report:
        return self._read[mention.report].report

    def _quote(self, mention: Mention, segments: Sequence[Segment] | None = None) -> Quote:
        shown = tuple(segments) if segments is not None else (Segment(self._around(mention), False),)
        spoken = calendar(self._spoken(mention.report))
        return Quote(mention.report, self._report(mention).line(mention.start), shown, spoken)


def _part(name: str, rows: Sequence[Row]) -> Part:
    return Part(name, _LABELS[name], len(rows), tuple(rows[:_SHOWN]))


def differing(one: str, other: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Two texts in pieces, those marked that the other one does not have: whole numbers, else single characters."""
    first, second = _WORD.findall(one), _WORD.findall(other)
    pieces: tuple[list[Segment], list[Segment]] = ([], [])
    for kind, low, high, start, end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for found, words in ((pieces[0], first[low:high]), (pieces[1], second[start:end])):
            if words:
                found.append(Segment("".join(words), kind != "equal"))
    return _joined(pieces[0]), _joined(pieces[1])


def _joined(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    for segment in segments:
        if found and found[-1].marked == segment.marked:
            found[-1] = Segment(found[-1].text + segment.text, segment.marked)
        else:
            found.append(segment)
    return tuple(found)
