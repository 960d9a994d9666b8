"""Why a figure was read as it was: for each field of a fact, the rule that gave it and the words that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model import Extraction, Fact, FactField, LedgerEntry, Mention, Report
from ..notation import Language, calendar
from ..output.words import BOUNDS, ROLES
from ..rules.registry import OURS, RuleSet
from .rulebook import all_rules

_AROUND = 30
"""Characters that are quoted on either side of a figure."""
_PERIODS: dict[str, tuple[str, str]] = {
    "above": ("前一段的日期", "a date of the paragraph before"),
    "account": ("預算表各欄的年度", "the year that the column of a budget's line has"),
    "aside": ("後面另一括號的日期", "a date in another bracket behind"),
    "behind": ("數字後面的日期", "a date behind the figure"),
    "below": ("標題下文字的日期", "the date in the text below the heading"),
    "bracket": ("括號前的數字", "the figure before the bracket"),
    "bracket-behind": ("緊接數字的括號內日期", "the date in the bracket right behind"),
    "caption": ("表的標題", "the caption of the table"),
    "closed": ("前面另一括號的日期", "a date in another bracket before"),
    "earlier": ("前面句子所述之日", "the day that an earlier sentence tells"),
    "each": ("依序各有其日期", "of as many dates as figures, its own"),
    "from-to": ("從某年至某年", "the way from one year to another"),
    "heading": ("上面的標題", "the heading above"),
    "in-bracket": ("同一括號的日期", "the date of its bracket"),
    "introduction": ("引出本段的文字", "the words that announce the list"),
    "label": ("標示括號內的日期", "the date in the bracket of its label"),
    "none": ("常設規定或未定日期，無期間", "a standing rule, or a plan without a date, has no period"),
    "now": ("「目前」即報告期末", "now: the end of the report's own period"),
    "own": ("報告本身的期間", "the report's own period"),
    "own.end": ("報告期末（存量）", "the end of the report's own period (a level)"),
    "paragraph": ("本段前面的日期", "a date earlier in the paragraph"),
    "planned-for": ("句中各預定之日", "from the first to the last date that it is planned for"),
    "replaced": ("取代它的新值", "the value that replaces it"),
    "row": ("同列各欄中最新的日期", "the newest date of the columns of its row"),
    "sentence": ("同一句的日期", "the date of the sentence"),
    "table-head": ("表頭", "the head of the column or row"),
    "way": ("歷年增減的起點或終點", "the old or the new end of a way over some years"),
    "years-from-start": ("自某年起若干年", "so many years from a start"),
}
_TAKEN: dict[str, tuple[str, str]] = {
    "end": ("取其末", "its end"),
    "from-january": ("自一月起", "from January to it"),
    "from-start": ("自所載起日", "from the stated start to it"),
    "to-end": ("至報告期末", "from it to the end of the report's own period"),
    "to-now": ("至目前", "from it until now"),
}
_NAMES: dict[str, tuple[str, str]] = {
    "account": ("預算科目的名稱與代號", "name and number of the account"),
    "compared": ("比較所對的數字", "the figure with which it is compared"),
    "part": ("它所屬的整體", "the whole of which it is a part"),
    "part.other": ("括號前的數字，另一種量", "the figure before the bracket, another measure of it"),
    "phrase": ("數字前後的名詞", "the noun phrase around the figure"),
    "table": ("列與欄的標題", "the heads of row and column"),
}
_ROLES: dict[str, tuple[str, str]] = {
    "actual": ("無其他規則適用：已發生或現有者", "no rule says otherwise: what happened or is"),
    "table-head": ("表頭寫明預算或目標", "the column is headed as a budget or a goal"),
    "account.budget": ("預算數的欄", "a column of the budget"),
    "account.difference": ("比較增減的欄", "the column of the difference"),
    "account.settled": ("決算數的欄", "the column of what was settled"),
}
_AGENCIES: dict[str, tuple[str, str]] = {
    "own": ("提出報告的機關", "the office that reports"),
    "whole": ("本府所屬政府", "the government that the report belongs to"),
    "named": ("句中所指機關", "the body that the sentence names"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field came from: words of the report, and the line on which they stand."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a reading: its value, the rule that gave it, what that rule is for, and the words it went by."""

    name: str
    value: str
    rule: str
    why: str
    source: Source | None = None
    because: tuple[str, ...] = ()
    """What weighed most, where it was chosen among several."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure and all that was made of it."""

    mention: Mention | LedgerEntry
    line: int
    context: str
    fields: tuple[Field, ...]


def explain_place(
    extraction: Extraction, first: int, last: int, language: Language = "zh-TW", rules: RuleSet = OURS
) -> tuple[Explained, ...]:
    """Every numeral between two offsets, in order."""
    whys = {rule.name: rule.why for rule in all_rules(rules)}
    facts = {(fact.mention.start, fact.mention.end): fact for fact in extraction.facts}
    found: list[Explained] = []
    for mention in extraction.mentions:
        if mention.start < last and mention.end > first:
            fact = facts.get((mention.start, mention.end))
            fields = tuple(_fields(extraction, mention, fact, whys, language))
            found.append(_explained(extraction.report, mention, fields))
    for entry in extraction.ledger:
        if entry.fate != "mention" and entry.start < last and entry.end > first:
            field = Field("fate", entry.fate, entry.rule, whys.get(entry.rule, ""))
            found.append(_explained(extraction.report, entry, (field,)))
    return tuple(sorted(found, key=lambda one: (one.mention.start, one.mention.end)))


def _explained(report: Report, mention: Mention | LedgerEntry, fields: tuple[Field, ...]) -> Explained:
    return Explained(mention, report.line(mention.start), _context(report, mention.start, mention.end), fields)


def _context(report: Report, start: int, end: int) -> str:
    before, after = report.text[max(0, start - _AROUND) : start], report.text[end : end + _AROUND]
    return re.sub(r"\s+", " ", f"{before}【{report.text[start:end]}】{after}").strip()


def _fields(
    extraction: Extraction, mention: Mention, fact: Fact | None, whys: Mapping[str, str], language: Language
) -> Iterator[Field]:
    yield Field("value", _value(mention, language), mention.rule, whys.get(mention.rule, ""))
    if fact is None:
        return
    at = 0 if language == "zh-TW" else 1
    role = fact.by("role").removesuffix(">part")
    why = _ROLES[role][at] if role in _ROLES else whys.get(f"role.{role}", "")
    shown = ROLES[fact.role].of(language) + (fact.sign or "")
    yield Field("role", shown, f"role.{fact.by('role')}", why, _source(extraction, fact, "role"))
    period = fact.by("period")
    place, _, take = period.partition(".")
    known = _PERIODS.get(period) or _PERIODS.get(place, ("", ""))
    why = " · ".join(part for part in (known[at], _TAKEN.get(take, ("", ""))[at]) if part)
    told = calendar(fact.period.edtf if fact.period else None).of(language) or "–"
    yield Field("period", told, f"period.{period}", why, _source(extraction, fact, "period"), _because(fact, "period"))
    name = fact.by("indicator")
    why = _NAMES[name][at] if name in _NAMES else whys.get(f"indicator.{name}", "")
    rule = f"name.{name}" if name in _NAMES else f"indicator.{name}"
    yield Field("indicator", fact.indicator, rule, why, _source(extraction, fact, "indicator"))
    if fact.category:
        yield Field("category", fact.category, rule, "", _source(extraction, fact, "category"))
    if fact.agency:
        manner = fact.by("agency")
        yield Field(
            "agency", fact.agency, f"agency.{manner}", _AGENCIES[manner][at], _source(extraction, fact, "agency")
        )
    if fact.section:
        yield Field("section", " › ".join(fact.section), "", "")
    yield Field("confidence", str(fact.confidence), "", "")


def _value(mention: Mention, language: Language) -> str:
    if mention.kind == "date":
        return calendar(mention.edtf).of(language)
    value = f"{mention.value:f}" if hasattr(mention.value, "as_tuple") else str(mention.value)
    upper = f"–{mention.value_max}" if mention.value_max is not None else ""
    bound = f" ({BOUNDS[mention.bound].of(language)})" if mention.bound else ""
    return f"{value}{upper} {mention.unit or ''}{bound}".strip()


def _because(fact: Fact, name: FactField) -> tuple[str, ...]:
    return next((trace.because for trace in fact.trace if trace.field == name), ())


def _source(extraction: Extraction, fact: Fact, name: FactField) -> Source | None:
    """The words that a field goes by, where they stand in the report."""
    place = next((trace.source for trace in fact.trace if trace.field == name), None)
    if place is None:
        return None
    start, end = place
    return Source(re.sub(r"\s+", "", extraction.report.text[start:end]), extraction.report.line(start))
