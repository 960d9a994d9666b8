"""Of what time a report speaks: every year, span and day that comes into question, weighed by all that speaks for it.

All dates are read for each candidate; what they say counts as ``rules/own_time.toml`` has it. The best is taken where
it leads by a margin. Where none does, the report's time stays open, and so do the dates and periods that hang on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import regex

from ...corpus.titles import opening_line
from ...model import Block, Period, Report
from ...rules.own_time import MARGIN, Evidence, Place, Told, all_evidence, evidence_in
from ..documents import document_of
from .calendar import from_minguo, half_year, months, months_of, whole_months
from .evidence import Scores, ToldDate, explicit_dates, fits, likelihood, odds
from .festive import festive_span
from .resolve import Resolved, resolve
from .scope import Own, Scope

_OPENING, _CLOSING = 12, 4
"""So many blocks at the beginning and at the end may tell the date of issue; those at the beginning, the title."""
_LINE, _DATELINE = 60, 120
"""Characters of a line of its own."""
_TITLED = 12
"""A title states its span in its first characters: 110年度總預算案…"""
_HEADLINE = 6
"""A headline has so many characters behind its date; 115年第8週 is a number of the series."""
_PLAINLY = 5
"""What title and opening say for so much needs no weighing of the rest."""
_THIS_YEAR = regex.compile(r"(?<![基日資成版樣])本年(?!齡|資)|今年")
_PERIOD_WORD = regex.compile(r"(?<![基日資成版樣])本期(?!滿)|本半年")
_PUNCTUATION = regex.compile(r"[。,;!?]")
_ANALYSIS = regex.compile(r"統計|分析|概況|現況|調查|普查")
_CAPTION = regex.compile(r"[附]?[表圖]")
_BASE = regex.compile(r"(?:年)?(?:為|=)(?:基期|100)")
_PLANNED = regex.compile(
    r"預計|預定|將|規劃|目標|未來|訂於|投票|到期|前完成|起(?:施行|實施|生效)|預算|籌編|概算|編列|施政[計方]"
)
_BUDGETED = regex.compile(r"預算|歲[入出]|概算")
_WEEKDAY = regex.compile(r"\((?:星期|週|周|禮拜)?([一二三四五六日])\)")
_YEAR_IN_NAME = regex.compile(r"(?<![\dA-Za-z])(?P<year>[6-9]\d|1[0-4]\d|20\d\d)(?![\dA-Za-z])")
_SPANNED = 3
"""So many dates at the least tell in which half of a year they lie."""


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
        named = (told for told in self._told if own.period in (told.period, whole_months(told.period)))
        return replace(own, source=next((told.words for told in named if told.words), None))

    def _own(self) -> Own:
        given = self._report.given
        issued, press = given.issued, False
        # Of several days the one that is told most plainly, the first of equals.
        for record, told in sorted(self._evidence("issued"), key=lambda item: -item[0].weight)[:1]:
            issued, press = issued or told.period, record.press
        kind = document_of(self._report)
        press = press or (issued is not None and kind in ("press", "speech"))
        stated = (given.period, "given", MARGIN + _PLAINLY) if given.period else self.stated_span()
        if press and issued is not None:
            return self._of_its_day(issued, stated)
        if kind in ("minutes", "questions") and issued is not None and stated is None:
            return Own(self._sitting(issued), issued, issued.end.year, is_press=True)
        year = issued.end.year if issued else None
        if stated and (year is None or stated[0].start.year == stated[0].end.year):
            year = stated[0].end.year
        if stated is None or stated[2] < _PLAINLY:
            weighed = None if issued else self.year_scores(stated).best()
            year = weighed[0] if weighed else year if issued else None
        if stated is None or (year is not None and not stated[0].start.year <= year):  # type: ignore[operator]
            fiscal = self._fiscal_year()
            year = fiscal[0].end.year if fiscal and year is None else year  # the tables of a budget call it 本年度
            stated = fiscal or self.sentence_scores(year).best()
        if issued is None and stated is None and year is not None and (today := self._today(year)):
            return self._of_its_day(today, stated)
        period = stated[0] if stated else self._headline(issued) or self._sitting(issued) or self._examined()
        if period is None and year is not None and self._says and not self._has(_PERIOD_WORD):
            period = Period.at(year)
        return Own(period, issued, year)

    def _of_its_day(self, issued: Period, stated: tuple[Period, str, Fraction] | None) -> Own:
        """A press release speaks of its day, unless its title states what it looks back upon."""
        chosen = stated[0] if stated and stated[1] in ("given", "title.year", "title.months") else None
        titled = chosen or self._titled_year() or self._headline(issued)
        if issued.end.year is not None and (titled is None or titled.grain == "year"):
            titled = festive_span(self._report, issued.end.year) or titled
        return Own(titled or issued, issued, issued.end.year, is_press=True)

    def _sitting(self, issued: Period | None) -> Period | None:
        """The days of a meeting, which its minutes name one after the other where they tell when it was."""
        if issued is None or issued.grain != "day":
            return issued
        days = [issued]
        for place, block in enumerate(self._blocks[:_OPENING]):
            if not any(date.period == issued for date in explicit_dates(block.text)):
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
                    done += [] if _PLANNED.search(ToldDate(frozenset(), block.text, found).sentence) else [last]
        if len(days) != 1 or not done:
            return None
        following = (max(done) + timedelta(days=count) for count in range(62))
        return next((Period.at(one.year, one.month, one.day) for one in following if one.day in days), None)

    def _has(self, pattern: regex.Pattern[str]) -> bool:
        return any(pattern.search(block.text) for block in self._blocks)

    # --- what stands where --------------------------------------------------------------------------------------------

    def _dates(self) -> Iterator[ToldDate]:
        stem = (self._report.name.rpartition(".")[0] or self._report.name).replace("_", " ")
        yield from (ToldDate(frozenset({"name"}), stem, found) for found in explicit_dates(stem))
        title = self._title()
        yield from (ToldDate(frozenset({"title"}), title, found) for found in explicit_dates(title))
        for index, block in enumerate(self._blocks):
            places = self._places(index, block)
            for number, found in enumerate(explicit_dates(block.text)):
                yield ToldDate(places - {"dateline"} if number else places, block.text, found, block)

    def _title(self) -> str:
        """The title, where it is one: not the numbered heading or the caption with which an excerpt begins."""
        title = self._report.title or opening_line(self._blocks)
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
            places |= {"opening", "first"} if index == 0 else {"opening"}
        if (opening or index >= len(self._blocks) - _CLOSING) and plain and len(block.text) <= _DATELINE:
            places.add("dateline")
        short = plain and len(block.text) <= _LINE and not _PUNCTUATION.search(block.text)
        # A numbered line heads a section, and a table's caption the table; neither is on the report.
        if opening and short and not block.marker and not _CAPTION.match(block.text):
            places.add("line")
        if block.kind == "heading" and block.level <= 2 and len(block.text) <= _LINE:
            places.add("heading")
        return frozenset(places)

    def _evidence(self, tells: Told) -> Iterator[tuple[Evidence, ToldDate]]:
        """What the places and words of the dates say."""
        for told in self._told:
            for record in (record for place in told.place for record in evidence_in(place)):
                if record.tells == tells and fits(record, told):
                    yield record, told

    # --- what it covers -----------------------------------------------------------------------------------------------

    def stated_span(self) -> tuple[Period, str, Fraction] | None:
        """The span that title, opening or headings state; 本年度 of a budget is the year in which it is spoken of."""
        return self._span("span", but_called=self._fiscal_year() is not None)

    def _fiscal_year(self) -> tuple[Period, str, Fraction] | None:
        """The year of a budget, which is another one than that in which it is spoken of."""
        return self._span("fiscal") if document_of(self._report) == "budget" else None

    def _span(self, tells: Told, *, but_called: bool = False) -> tuple[Period, str, Fraction] | None:
        scores = Scores[Period]()
        for record, told in self._evidence(tells):
            if not (but_called and record.called is not None):
                scores.add(record.id, whole_months(told.period) or told.period)
        return scores.best()

    def sentence_scores(self, year: int | None) -> Scores[Period]:
        """The span that the sentences tell, again and again or by the months that they reach."""
        scores = Scores[Period]()
        reached, within = Counter[int](), Counter[int]()
        for block in self._blocks:
            for found in resolve(block.text, Scope(Own(year=year))):
                span, end = whole_months(found.period), found.period.end
                named = found.phrase.rule not in ("date.same_period", "date.period") and "學" not in block.text
                if span and named and found.anchor.relation == "during" and months_of(span) <= 12:
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
                scores.add("half", half_year(year, half), odds(inside, within.total()))
        spans = {span for _, span in scores.counts}
        for month, count in reached.items():
            if count >= _SPANNED and year is not None:
                whole = Period.at(year) if month == 12 else months(year, 1, month)
                ending = {whole} | {
                    span for span in spans if (span.end.year, span.end.month) == (year, month) and months_of(span) > 3
                }
                for span in ending:
                    scores.add("up-to", span, count)
        return scores

    def _titled_year(self) -> Period | None:
        """The span that the first words of a press release's title state: 110年度總預算案…"""
        title = (self._report.title or opening_line(self._blocks))[:_TITLED]
        block = next((block for block in self._blocks if title and block.text.startswith(title)), None)
        first = next(iter(resolve(block.text, Scope())), None) if block else None
        if first and first.phrase.start < len(title) and first.period.grain != "day" and not first.period.is_open:
            return first.period
        return None

    def _headline(self, issued: Period | None) -> Period | None:
        """The time that is over with which a headline begins: 114年底人口數…, released in February.

        What minutes and questions begin with is an item of the agenda.
        """
        if document_of(self._report) in ("minutes", "questions"):
            return None
        for line in self._blocks[:_OPENING]:
            if line.kind == "table" or line.marker or len(line.text) > _LINE or "。" in line.text:
                continue
            dates = [*explicit_dates(line.text)]
            opens = dates[0] if dates else None
            begins = opens.phrase.start if opens else 0
            if opens and len(dates) > 1 and opens.period == issued and dates[1].phrase.start <= opens.phrase.end + 1:
                opens, begins = dates[1], 0  # who issues it, and when, above the headline
            if opens is None or begins or len(line.text) - opens.phrase.end < _HEADLINE:
                continue
            told, day = opens.period.last, issued.first if issued else None
            if told is not None and day is not None and told < day and opens.period.grain != "day":
                return opens.period
        return None

    def _examined(self) -> Period | None:
        """The time with which the first paragraph of an analysis begins: 108年底公務人員計…"""
        if not _ANALYSIS.search(self._title()):
            return None
        for block in self._blocks[:_OPENING]:
            if block.kind == "table" or "。" not in block.text:
                continue
            opens = next(iter(explicit_dates(block.text)), None)
            begins = (
                opens is not None and opens.phrase.start <= len("截至") and opens.anchor.relation in ("during", "as-of")
            )
            return opens.period if opens and begins and opens.period.grain != "day" else None
        return None

    # --- the year that it calls this one ------------------------------------------------------------------------------

    def year_scores(self, stated: tuple[Period, str, Fraction] | None) -> Scores[int]:
        """What speaks for each year."""
        scores = Scores[int]()
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

    def _reckon(self, scores: Scores[int], stated: tuple[Period, str, Fraction] | None) -> None:
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
            if told.period.grain == "year" and _BUDGETED.search(sentence):
                continue  # a budget's year, and that with which it is compared: not the year of speech
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
            school = "學" in told.text[phrase.start : phrase.end]
            if not (bracketed or school) and _THIS_YEAR.search(sentence):
                scores.add("apart", year)
            elif whole_months(told.period) and relation == "during" and months_of(told.period) <= 12:
                scores.add("span-named", year)
            if finer and not planned and not told.period.is_span and relation in ("during", "as-of"):
                done.append(year)
        near = {year + step for years in written.values() for year in years for step in (-1, 0, 1)}
        for candidate in near | {candidate for _, candidate in scores.counts}:
            if stated is not None and candidate < (stated[0].end.year or 0):
                scores.add("covered", candidate, -all_evidence()["covered"].most)  # it speaks when all that is over
            for record, years in written.items():
                scores.add(record, candidate, likelihood(all_evidence()[record], candidate, years))
            scores.add("done", candidate, sum(year > candidate for year in done))
            for agrees in self._weekdays(candidate):
                scores.add("weekday" if agrees else "weekday.wrong", candidate)

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
    evidence, told = all_evidence()[record], ToldDate(frozenset(), text, date)
    if not fits(evidence, told):
        return ""
    return str((told.period.end.year or 0) + evidence.years) if evidence.tells == "year" else told.period.edtf


def reckoned(record: str, report: Report) -> str:
    """The candidate for which, or against which, a reckoned record counts most; empty where it counts for none."""
    weighing = _Weighing(report)
    scores: Scores[int] | Scores[Period]
    scores = weighing.year_scores(weighing.stated_span())
    if all_evidence()[record].tells == "span":
        scores = weighing.sentence_scores(weighing.own().year)
    found = {one: scores.points(name, one) for name, one in scores.counts if name == record}  # type: ignore[arg-type]
    told = {one: points for one, points in found.items() if points > 0} or {
        one: -points for one, points in found.items()
    }
    best = max(told, key=lambda one: (told[one], str(one)), default=None)
    return str(best) if best is not None and told[best] else ""
