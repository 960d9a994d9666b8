"""Of what time a report speaks: every year, span and day that comes into question, weighed by all that speaks for it.

All dates are read for each candidate; what they say counts as ``rules/own_time.toml`` has it. The best is taken where
it leads by a margin. Where none does, the report's time stays open, and so do the dates and periods that hang on it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Generic, TypeVar

import regex

from ...model import Block, Period, Report
from ...rules.own_time import MARGIN, DateKind, Evidence, Place, Told, all_evidence, evidence_in
from ..documents import document_of
from .anchors import Anchored
from .calendar import from_minguo, half_year, months
from .resolve import Resolved, resolve
from .scope import Own, Scope, Words

T = TypeVar("T")

_OPENING, _CLOSING = 12, 4
"""So many blocks at the beginning and at the end may tell the date of issue; those at the beginning, the title."""
_LINE, _DATELINE = 60, 120
"""Characters of a line of its own."""
_SEEN = 60
"""Characters on each side of a date that may be evidence."""
_TITLED = 12
"""A title states its span in its first characters: 110年度總預算案…"""
_PLAINLY = 5
"""What title and opening say for so much needs no weighing of the rest."""
_THIS_YEAR = regex.compile(r"(?<![基日資成版樣])本年(?!齡|資)|今年")
_PERIOD_WORD = regex.compile(r"(?<![基日資成版樣])本期(?!滿)|本半年")
_PUNCTUATION = regex.compile(r"[。,;!?]")
_CAPTION = regex.compile(r"[附]?[表圖]")
_BASE = regex.compile(r"(?:年)?(?:為|=)(?:基期|100)")
_PLANNED = regex.compile(
    r"預計|預定|將|規劃|目標|未來|訂於|投票|到期|前完成|起(?:施行|實施|生效)|預算|籌編|概算|編列|施政[計方]"
)
_WEEKDAY = regex.compile(r"\((?:星期|週|周|禮拜)?([一二三四五六日])\)")
_SENTENCE = regex.compile(r"[。;!?\n]")
_YEAR_IN_NAME = regex.compile(r"(?<![\dA-Za-z])(?P<year>[6-9]\d|1[0-4]\d|20\d\d)(?![\dA-Za-z])")
_REACH = 240
"""Characters on each side of a date that its sentence may reach."""
_SPANNED = 3
"""So many dates at the least tell in which half of a year they lie."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A date that tells its year, with its place."""

    place: frozenset[Place]
    text: str
    date: Resolved
    block: Block | None = None

    @property
    def words(self) -> Words | None:
        """Where it stands in the report."""
        phrase = self.anchor.phrase
        return Words.of(self.block, phrase.start, phrase.end) if self.block else None

    @property
    def anchor(self) -> Anchored:
        return self.date.anchor

    @property
    def period(self) -> Period:
        return self.date.period

    @property
    def sentence(self) -> str:
        """The sentence in which it stands, as far as words can matter."""
        phrase = self.anchor.phrase
        before = _SENTENCE.split(self.text[max(0, phrase.start - _REACH) : phrase.start])[-1]
        behind = _SENTENCE.split(self.text[phrase.end : phrase.end + _REACH], maxsplit=1)[0]
        return f"{before}{self.text[phrase.start : phrase.end]}{behind}"


@dataclass
class _Scores(Generic[T]):
    """What speaks for each candidate."""

    counts: dict[tuple[str, T], Fraction] = field(default_factory=lambda: defaultdict(Fraction))

    def add(self, record: str, candidate: T, times: Fraction | int = 1) -> None:
        """Count evidence for a candidate, up to its most."""
        most = all_evidence()[record].most
        self.counts[record, candidate] = max(
            -Fraction(most), min(Fraction(most), self.counts[record, candidate] + times)
        )

    def points(self, record: str, candidate: T) -> Fraction:
        """What a record counts for."""
        return all_evidence()[record].weight * self.counts[record, candidate]

    def best(self) -> tuple[T, str, Fraction] | None:
        """The candidate that leads by the margin, what speaks for it most, and all that it counts for."""
        totals: dict[T, Fraction] = defaultdict(Fraction)
        for record, candidate in self.counts:
            totals[candidate] += self.points(record, candidate)
        ranked = sorted(totals.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0) < MARGIN:
            return None
        winner, total = ranked[0]
        chief = max(
            (record for record, one in self.counts if one == winner), key=lambda each: self.points(each, winner)
        )
        return winner, chief, total


class _Weighing:
    """The evidence of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._blocks = [block for block in report.blocks if block.kind != "residue"]
        self._told = list(self._dates())
        self._says = sum(len(_THIS_YEAR.findall(block.text)) for block in self._blocks)

    def own(self) -> Own:
        """The report's own time, as far as it can be told, and where the words stand that tell it."""
        own = self._own()
        named = (told for told in self._told if own.period in (told.period, _whole_months(told.period)))
        return replace(own, source=next((told.words for told in named if told.words), None))

    def _own(self) -> Own:
        given = self._report.given
        issued, press = given.issued, False
        # Of several days the one that is told most plainly, the first of equals.
        for record, told in sorted(self._evidence("issued"), key=lambda item: -item[0].weight)[:1]:
            issued, press = issued or told.period, record.press
        press = press or (issued is not None and document_of(self._report) in ("press", "speech"))
        stated = (given.period, "given", MARGIN + _PLAINLY) if given.period else self.stated_span()
        if press and issued is not None:
            return self._of_its_day(issued, stated)
        year = issued.end.year if issued else None
        if stated and (year is None or stated[0].start.year == stated[0].end.year):
            year = stated[0].end.year
        if stated is None or stated[2] < _PLAINLY:
            weighed = None if issued else self.year_scores(stated).best()
            year = weighed[0] if weighed else year if issued else None
        if stated is None or (year is not None and not stated[0].start.year <= year):  # type: ignore[operator]
            stated = self._fiscal_year() or self.sentence_scores(year).best()
        if issued is None and stated is None and year is not None and (today := self._today(year)):
            return self._of_its_day(today, stated)
        period = stated[0] if stated else self._sitting(issued)
        if period is None and year is not None and self._says and not self._has(_PERIOD_WORD):
            period = Period.at(year)
        return Own(period, issued, year)

    def _of_its_day(self, issued: Period, stated: tuple[Period, str, Fraction] | None) -> Own:
        """A press release speaks of its day, unless its title states what it looks back upon."""
        chosen = stated[0] if stated and stated[1] in ("given", "title.year", "title.months") else None
        titled = chosen or self._titled_year()
        return Own(titled or issued, issued, issued.end.year, is_press=True)

    def _sitting(self, issued: Period | None) -> Period | None:
        """The days of a meeting, which its minutes name one after the other where they tell when it was."""
        if issued is None or issued.grain != "day":
            return issued
        days = [issued]
        for place, block in enumerate(self._blocks[:_OPENING]):
            if not any(date.period == issued for date in _explicit(block.text)):
                continue
            for following in self._blocks[place : place + 3]:
                found = resolve(following.text, Scope(Own(issued=issued, year=issued.end.year)))
                if following is not block and not (found and found[0].phrase.start == 0):
                    break
                days += [one.period for one in found if one.period.grain == "day" and not one.period.is_span]
            break
        last = max(days, key=lambda day: day.last or date.min)
        return issued if last == issued else issued.until(last)

    def _today(self, year: int) -> Period | None:
        """今(5)日 without a month: the first such day on which all that is told as done is over."""
        days: set[int] = set()
        done: list[date] = []
        for block in self._blocks:
            for found in resolve(block.text, Scope(Own(year=year))):
                first, last = found.phrase.first, found.period.last
                happened = found.period.end.grain == "day" and found.anchor.relation == "during"
                if first.day_offset is not None and first.day is not None:
                    days.add(first.day - first.day_offset)
                elif last and last.year == year and happened:
                    done += [] if _PLANNED.search(_Told(frozenset(), block.text, found).sentence) else [last]
        if len(days) != 1 or not done:
            return None
        following = (max(done) + timedelta(days=count) for count in range(62))
        return next((Period.at(one.year, one.month, one.day) for one in following if one.day in days), None)

    def _has(self, pattern: regex.Pattern[str]) -> bool:
        return any(pattern.search(block.text) for block in self._blocks)

    # --- what stands where --------------------------------------------------------------------------------------------

    def _dates(self) -> Iterator[_Told]:
        stem = (self._report.name.rpartition(".")[0] or self._report.name).replace("_", " ")
        yield from (_Told(frozenset({"name"}), stem, found) for found in _explicit(stem))
        title = self._title()
        yield from (_Told(frozenset({"title"}), title, found) for found in _explicit(title))
        for index, block in enumerate(self._blocks):
            places = self._places(index, block)
            for number, found in enumerate(_explicit(block.text)):
                yield _Told(places - {"dateline"} if number else places, block.text, found, block)

    def _title(self) -> str:
        """The title, where it is one: not the numbered heading or the caption with which an excerpt begins."""
        title = self._report.title
        first = next((block for block in self._blocks if title and title[:_TITLED] in block.text[:_LINE]), None)
        borrowed = first is not None and (
            first.marker or first.kind == "table" or _CAPTION.match(first.text) or not first.text.startswith(title[:1])
        )
        return "" if borrowed or len(title) > _LINE or _PUNCTUATION.search(title) else title

    def _places(self, index: int, block: Block) -> frozenset[Place]:
        places: set[Place] = {"text"}
        opening = index < _OPENING
        plain = block.kind != "table"
        if opening:
            places.add("opening")
        if (opening or index >= len(self._blocks) - _CLOSING) and plain and len(block.text) <= _DATELINE:
            places.add("dateline")
        short = plain and len(block.text) <= _LINE and not _PUNCTUATION.search(block.text)
        # A numbered line heads a section, and a table's caption the table; neither is on the report.
        if opening and short and not block.marker and not _CAPTION.match(block.text):
            places.add("line")
        if block.kind == "heading" and block.level <= 2 and len(block.text) <= _LINE:
            places.add("heading")
        return frozenset(places)

    def _evidence(self, tells: Told) -> Iterator[tuple[Evidence, _Told]]:
        """What the places and words of the dates say."""
        for told in self._told:
            for record in (record for place in told.place for record in evidence_in(place)):
                if record.tells == tells and _fits(record, told):
                    yield record, told

    # --- what it covers -----------------------------------------------------------------------------------------------

    def stated_span(self) -> tuple[Period, str, Fraction] | None:
        """The span that title, opening or headings state."""
        scores = _Scores[Period]()
        for record, told in self._evidence("span"):
            scores.add(record.id, _whole_months(told.period) or told.period)
        return scores.best()

    def _fiscal_year(self) -> tuple[Period, str, Fraction] | None:
        """The year of a budget, which is another one than that in which it is spoken of."""
        if document_of(self._report) != "budget":
            return None
        scores = _Scores[Period]()
        for record, told in self._evidence("fiscal"):
            scores.add(record.id, told.period)
        return scores.best()

    def sentence_scores(self, year: int | None) -> _Scores[Period]:
        """The span that the sentences tell, again and again or by the months that they reach."""
        scores = _Scores[Period]()
        reached, within = Counter[int](), Counter[int]()
        for block in self._blocks:
            for found in resolve(block.text, Scope(Own(year=year))):
                span, end = _whole_months(found.period), found.period.end
                named = found.phrase.rule not in ("date.same_period", "date.period") and "學" not in block.text
                if span and named and found.anchor.relation == "during" and _months_of(span) <= 12:
                    scores.add("again", span)
                if end.year != year or end.month is None or found.anchor.relation in ("due", "named", "compared"):
                    continue
                if end.day is None and block.text[: found.phrase.start].endswith(("截至", "至", "迄")):
                    reached[end.month] += 1
                within[end.month] += 1
        halves = self._has(_PERIOD_WORD) or self._says >= _SPANNED or max(reached.values(), default=0) >= _SPANNED
        if year is not None and halves and within.total() >= _SPANNED:
            for half in (1, 2):
                inside = sum(count for month, count in within.items() if (month > 6) == (half == 2))
                scores.add("half", half_year(year, half), _odds(inside, within.total()))
        spans = {span for _, span in scores.counts}
        for month, count in reached.items():
            if count >= _SPANNED and year is not None:
                whole = Period.at(year) if month == 12 else months(year, 1, month)
                ending = {whole} | {
                    span for span in spans if (span.end.year, span.end.month) == (year, month) and _months_of(span) > 3
                }
                for span in ending:
                    scores.add("up-to", span, count)
        return scores

    def _titled_year(self) -> Period | None:
        """The span that the first words of a press release's title state: 110年度總預算案…"""
        title = self._report.title[:_TITLED]
        block = next((block for block in self._blocks if title and block.text.startswith(title)), None)
        first = next(iter(resolve(block.text, Scope())), None) if block else None
        if first and first.phrase.start < len(title) and first.period.grain != "day" and not first.period.is_open:
            return first.period
        return None

    # --- the year that it calls this one ------------------------------------------------------------------------------

    def year_scores(self, stated: tuple[Period, str, Fraction] | None) -> _Scores[int]:
        """What speaks for each year."""
        scores = _Scores[int]()
        if stated is not None and stated[0].end.year is not None:
            scores.add("covered", stated[0].end.year, stated[2])
        for record, told in self._evidence("year"):
            if told.period.end.year is not None:
                scores.add(record.id, told.period.end.year + record.years)
        for match in _YEAR_IN_NAME.finditer(self._report.name):
            if match.start():  # a number at the beginning counts files
                number = int(match["year"])
                scores.add("file-year", number if number >= 1000 else from_minguo(number))
        self._reckon(scores, stated)
        return scores

    def _reckon(self, scores: _Scores[int], stated: tuple[Period, str, Fraction] | None) -> None:
        """What only the whole text tells."""
        written: dict[str, list[int]] = defaultdict(list)
        done: list[int] = []
        says = self._says >= _SPANNED
        for told in self._told:
            year, phrase, relation = told.period.end.year, told.anchor.phrase, told.anchor.relation
            if (
                year is None
                or told.place & {"name", "title"}
                or phrase.rule == "date.decade"
                or _BASE.match(told.text, phrase.end)
            ):
                continue
            sentence = told.sentence
            planned, finer = bool(_PLANNED.search(sentence)), told.period.grain in ("month", "day")
            western = regex.search(r"(?:19|20)\d\d", told.text[phrase.start : phrase.end])
            if relation == "compared":
                written["compared"].append(year)
            elif not says or western:
                written["named.plan" if planned else "named.past"].append(year)
            else:
                written["written.plan" if planned else "written.past.day" if finer else "written.past.year"].append(
                    year
                )
            bracketed = any(point.year and point.year.bracketed for point in (phrase.first, phrase.last) if point)
            if not bracketed and _THIS_YEAR.search(sentence):
                scores.add("apart", year)
            elif _whole_months(told.period) and relation == "during" and _months_of(told.period) <= 12:
                scores.add("span-named", year)
            if finer and not planned and not told.period.is_span and relation in ("during", "as-of"):
                done.append(year)
        near = {year + step for years in written.values() for year in years for step in (-1, 0, 1)}
        for candidate in near | {candidate for _, candidate in scores.counts}:
            if stated is not None and candidate < (stated[0].end.year or 0):
                scores.add("covered", candidate, -all_evidence()["covered"].most)  # it speaks when all that is over
            for record, years in written.items():
                scores.add(record, candidate, _likelihood(all_evidence()[record], candidate, years))
            scores.add("done", candidate, sum(year > candidate for year in done))
            for fits in self._weekdays(candidate):
                scores.add("weekday" if fits else "weekday.wrong", candidate)

    def _weekdays(self, year: int) -> Iterator[bool]:
        """For each day of this year with its weekday in brackets, whether the two agree."""
        for block in self._blocks:
            if not _WEEKDAY.search(block.text):
                continue
            for found in resolve(block.text, Scope(Own(year=year))):
                told, day = _WEEKDAY.match(block.text, found.phrase.end), found.period.last
                if told and day and found.phrase.stated_year is None and found.period.end.grain == "day":
                    yield day.year != year or "一二三四五六日"[day.weekday()] == told[1]


def own_time(report: Report) -> Own:
    """The time of which a report speaks, from all that it says."""
    return _Weighing(report).own()


def tells(record: str, text: str, date: Resolved) -> str:
    """What a record of evidence takes from a date, whatever its place; empty where it is none."""
    evidence, told = all_evidence()[record], _Told(frozenset(), text, date)
    if not _fits(evidence, told):
        return ""
    return str((told.period.end.year or 0) + evidence.years) if evidence.tells == "year" else told.period.edtf


def reckoned(record: str, report: Report) -> str:
    """The candidate for which, or against which, a reckoned record counts most; empty where it counts for none."""
    weighing = _Weighing(report)
    scores: _Scores[int] | _Scores[Period]
    scores = weighing.year_scores(weighing.stated_span())
    if all_evidence()[record].tells == "span":
        scores = weighing.sentence_scores(weighing.own().year)
    found = {one: scores.points(name, one) for name, one in scores.counts if name == record}  # type: ignore[arg-type]
    told = {one: points for one, points in found.items() if points > 0} or {
        one: -points for one, points in found.items()
    }
    best = max(told, key=lambda one: (told[one], str(one)), default=None)
    return str(best) if best is not None and told[best] else ""


def _fits(record: Evidence, told: _Told) -> bool:
    if not _is(told, record.date):
        return False
    phrase = told.anchor.phrase
    before = told.text[max(0, phrase.start - _SEEN) : phrase.start]
    before = before if phrase.start <= _SEEN else f"字{before}"
    behind = told.text[phrase.end : phrase.end + _SEEN]
    behind = behind if len(told.text) <= phrase.end + _SEEN else f"{behind}字"
    return record.fits(before, told.text[phrase.start : phrase.end], behind, told.text)


def _explicit(text: str) -> Iterable[Resolved]:
    """The dates of a text that tell their year themselves."""
    for found in resolve(text, Scope()):
        if found.phrase.stated_year is not None and not found.period.is_open:
            yield found


def _is(told: _Told, kind: DateKind) -> bool:
    period, rule = told.period, told.anchor.phrase.rule
    if kind == "any":
        return True
    if rule in ("date.event_year", "date.decade"):
        return False
    if kind == "months":
        return _whole_months(period) is not None
    if period.is_span:
        return False
    return period.grain == kind or (kind == "point" and period.grain in ("day", "month"))


def _whole_months(period: Period) -> Period | None:
    """A span of whole months, also where it is told by its first and last day."""
    first, last = period.first, period.last
    if not period.is_span or first is None or last is None or period.start.month is None or period.end.month is None:
        return None
    whole = Period.at(first.year, first.month).until(Period.at(last.year, last.month))
    return whole if (whole.first, whole.last) == (first, last) else None


def _months_of(span: Period) -> int:
    start, end = span.start, span.end
    return 12 * ((end.year or 0) - (start.year or 0)) + (end.month or 12) - (start.month or 1) + 1


def _odds(inside: int, count: int) -> Fraction:
    """How much likelier dates are of which so many lie in one half, if they tell of it; half of that, as they hang together."""
    share = min(max(Fraction(inside, count), Fraction(1, 10)), Fraction(9, 10))
    return Fraction(round(count * (math.log(2 * share) if share > Fraction(1, 2) else -1)), 2)


def _likelihood(record: Evidence, candidate: int, years: list[int]) -> Fraction:
    """How well years that are written go with a candidate, held against chance; of many, as of the most that count."""
    shares = [record.shares[max(-4, min(4, year - candidate)) + 4] for year in years]
    mean = sum(math.log(len(record.shares) * share) for share in shares) / len(shares)
    return Fraction(round(100 * mean * min(len(shares), record.most)), 100)
