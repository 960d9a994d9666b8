"""The examples of rules, run: what a rule reads in a text that it gives as its example, and in one that it must leave.

Each kind of rule has its own way of telling in an example what is to be read; what is compared are two short texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import regex

from ..corpus.read import read_text
from ..model import Extraction, Fact, Mention, Period
from ..rules.atoms import atoms
from ..rules.calendar import pattern_of
from ..rules.catalogue import Rule
from ..rules.documents import headed, opened, titled, turned
from ..rules.festivals import day_of, festival_words
from ..rules.heads import head_pattern
from ..rules.marks import marks, word_claims
from ..rules.phrases import phrases_of
from ..rules.reach import spans
from ..rules.registry import active
from . import extract
from .context import figures, views
from .natures import nature_rule_of
from .segmentation import tokens
from .time.anchors import relations
from .time.calendar import from_minguo
from .time.own import reckoned, tells
from .time.resolve import Resolved, resolve
from .time.scope import Own, Scope

TITLE = "青嵐市政府人事處110年度工作報告\n\n一、辦理情形\n\n"
"""Opens the report in which examples that need one are read."""
_SCOPE = Scope(Own(Period.parse("2021"), Period.parse("2021-08-05"), 2021))
"""What examples of dates are read in: a report on 2021 that speaks on 5 August 2021."""
_MINGUO = re.compile(r"(\d+)年")
_BRACKETS = re.compile("[【】〔〕〈〉]")
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Trial:
    """How the examples of one kind of rule are run."""

    example: Callable[[Rule, str, str], tuple[str, str]]
    """Rule, text and reading → what must come out, and what does."""
    counter_example: Callable[[Rule, str], str]
    """Rule and text → what the rule reads there; empty where it leaves the text alone."""


def plain(text: str) -> str:
    """An example without the brackets that mark figures in it."""
    return _BRACKETS.sub("", text)


def marked_span(text: str) -> tuple[int, int]:
    """Where the part in 【 】 stands in the plain text."""
    others = re.sub("[〔〕〈〉]", "", text)
    return others.index("【"), others.index("】") - 1


def reading_of(mention: Mention) -> str:
    """A reading in short: ``25638 人``, ``10..20 人``, ``1/3 ratio``, ``2019-10-01``."""
    if mention.kind == "date":
        return mention.edtf or ""
    low, high = (_number(value) for value in (mention.value, mention.value_max))
    return f"{low}{f'..{high}' if high else ''} {mention.unit}"


def _number(value: object) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, Fraction) else format(value, "f")


def _quantities(text: str) -> Sequence[Mention]:
    return [mention for mention in extract(read_text(text)).mentions if mention.kind == "quantity"]


def _readings(found: Sequence[Mention]) -> str:
    return " | ".join(map(reading_of, found)) or NOTHING


# --- quantities: units, and what the grammar reads --------------------------------------------------------------------


def _quantity_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    found = _quantities(text)
    by_rule = any(mention.rule == rule.name for mention in found)
    return reading, _readings(found) if by_rule else f"{_readings(found)}, not read by {rule.name}"


def _quantity_counter_example(rule: Rule, text: str) -> str:
    found = [mention for mention in _quantities(text) if mention.rule == rule.name]
    return _readings(found) if found else ""


# --- what is no figure: marks, words, what the layout knows -----------------------------------------------------------


def _mark_spans(rule: Rule, text: str) -> list[str]:
    pattern = next(mark.compiled for mark in marks() if f"mark.{mark.id}" == rule.name)
    return [text[match.start() : match.end()] for match in pattern.finditer(text) if match.group()]


def _word_spans(rule: Rule, text: str) -> list[str]:
    return [text[claim.start : claim.end] for claim in word_claims(text) if claim.rule == rule.name]


def _calendar_spans(rule: Rule, text: str) -> list[str]:
    return regex.findall(pattern_of(rule.name.removeprefix("calendar.")), text)


def _head_spans(rule: Rule, text: str) -> list[str]:
    return [found.group() for found in head_pattern(rule.name.removeprefix("head.")).finditer(text)]


def _reach_spans(rule: Rule, text: str) -> list[str]:
    return spans(rule.name.removeprefix("reach."), text)


def _claimed(taken: Callable[[Rule, str], list[str]]) -> Trial:
    def example(rule: Rule, text: str, _: str) -> tuple[str, str]:
        start, end = marked_span(text)
        wanted, found = plain(text)[start:end], taken(rule, plain(text))
        return wanted, wanted if wanted in found else " | ".join(found) or NOTHING

    def counter_example(rule: Rule, text: str) -> str:
        return " | ".join(taken(rule, text))

    return Trial(example, counter_example)


def _recognised(rule: Rule, text: str) -> str:
    found = [entry.text for entry in extract(read_text(text)).ledger if entry.rule == rule.name]
    return " | ".join(found)


def _grammar_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    if rule.name.startswith("role."):
        return _role_example(rule, text, reading)
    if "【" not in text:
        return _quantity_example(rule, text, reading)
    start, end = marked_span(text)
    return plain(text)[start:end], _recognised(rule, plain(text)) or NOTHING


def _grammar_counter_example(rule: Rule, text: str) -> str:
    if rule.name.startswith("role."):
        return _role_counter_example(rule, text)
    return _quantity_counter_example(rule, text) or _recognised(rule, text)


# --- what the words around a figure make of it ------------------------------------------------------------------------


def example_report(text: str) -> tuple[str, tuple[int, int]]:
    """The report in which an example is read, and where its figure in 【 】 stands there."""
    opening = "" if "\n" in text else TITLE  # an example of several lines has a title of its own
    start, end = (len(opening) + place for place in marked_span(text))
    stop = "" if text.endswith(("。", "|")) else "。"
    return f"{opening}{plain(text)}{stop}", (start, end)


def _fact(text: str) -> tuple[Extraction, Fact | None]:
    """The fact about the figure in 【 】."""
    whole, place = example_report(text)
    extraction = extract(read_text(whole))
    found = (fact for fact in extraction.facts if (fact.mention.start, fact.mention.end) == place)
    return extraction, next(found, None)


def _role(text: str) -> tuple[str, str]:
    _, fact = _fact(text)
    if fact is None:
        return NOTHING, ""
    return fact.role + (fact.sign or ""), f"role.{fact.by('role')}"


def _role_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    role, by = _role(text)
    return reading, role if by == rule.name else f"{role}, by {by or 'no rule'}"


def _role_counter_example(rule: Rule, text: str) -> str:
    role, by = _role(text)
    return role if by == rule.name else ""


def _nature(text: str) -> tuple[str, str]:
    extraction, fact = _fact(text)
    if fact is None:
        return NOTHING, ""
    for view in views(extraction.report, extraction.mentions).values():
        for figure in figures(view):
            if figure.mention == fact.mention and (found := nature_rule_of(figure)):
                return found.reading, f"nature.{found.id}"
    return NOTHING, ""


def _nature_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    nature, by = _nature(text)
    return reading, nature if by == rule.name else f"{nature}, by {by or 'no rule'}"


def _nature_counter_example(rule: Rule, text: str) -> str:
    nature, by = _nature(text)
    return nature if by == rule.name else ""


def _dated(_rule: Rule, text: str, reading: str) -> tuple[str, str]:
    _, fact = _fact(text)
    return reading, NOTHING if fact is None or fact.period is None else fact.period.edtf


def _called(rule: Rule, text: str) -> str:
    _, fact = _fact(text)
    return fact.by("indicator") if fact else ""


def _indicator_example(rule: Rule, text: str, _: str) -> tuple[str, str]:
    return rule.name.removeprefix("indicator."), _called(rule, text) or NOTHING


def _indicator_counter_example(rule: Rule, text: str) -> str:
    called = _called(rule, text)
    return called if called == rule.name.removeprefix("indicator.") else ""


def _named(_rule: Rule, text: str, reading: str) -> tuple[str, str]:
    _, fact = _fact(text)
    return reading, fact.indicator if fact else NOTHING


def _phrase_words(rule: Rule, text: str) -> str:
    words = phrases_of(active())
    mine = {word for word, task in words.items() if rule.name == f"phrase.{task}"}
    return " | ".join(token.text for token in tokens(text) if token.text in mine)


# --- atoms and dates --------------------------------------------------------------------------------------------------


def _fits(rule: Rule, text: str) -> bool:
    pattern = atoms()[rule.name.removeprefix("atom.")]
    return regex.fullmatch(pattern, text, regex.VERBOSE, timeout=1) is not None


def _atom_example(rule: Rule, text: str, _: str) -> tuple[str, str]:
    return text, text if _fits(rule, text) else NOTHING


def _atom_counter_example(rule: Rule, text: str) -> str:
    return (text or "(the empty text)") if _fits(rule, text) else ""


def _dates(text: str) -> str:
    return " | ".join(f"{text[d.phrase.start : d.phrase.end]}={d.period.edtf}" for d in resolve(text, _SCOPE))


def _date_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    by_rule = any(date.phrase.rule == rule.name for date in resolve(text, _SCOPE))
    return reading, _dates(text) if by_rule else f"{_dates(text) or NOTHING}, not read by {rule.name}"


def _date_counter_example(_: Rule, text: str) -> str:
    return _dates(text)


def _document(rule: Rule, text: str) -> str:
    if text.startswith("【】【】"):
        found = turned(text.removeprefix("【】【】"))
    else:
        found = headed(text.removeprefix("【】")) if text.startswith("【】") else titled(text) or opened(text)
    return found.kind if found is not None and f"document.{found.id}" == rule.name else ""


def _festival(_: Rule, text: str) -> str:
    year, found = _MINGUO.match(text), festival_words().search(text)
    day = day_of(found.group(), from_minguo(int(year[1]))) if year and found else None
    return day.isoformat() if day else ""


def _festival_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    return reading, _festival(rule, text) or NOTHING


def _era_example(_: Rule, text: str, reading: str) -> tuple[str, str]:
    return reading, " | ".join(date.period.edtf for date in resolve(text, _SCOPE))


def _marked_date(text: str, scope: Scope) -> Resolved | None:
    start, end = marked_span(text)
    return next((d for d in resolve(plain(text), scope) if (d.phrase.start, d.phrase.end) == (start, end)), None)


def _anchor_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    found = relations(plain(text)).get(marked_span(text)[0])
    if found is None:
        return reading, NOTHING
    by = f"anchor.{found.record}"
    return reading, found.relation if by == rule.name else f"{found.relation}, by {by}"


def _anchor_counter_example(rule: Rule, text: str) -> str:
    found = relations(plain(text)).get(marked_span(text)[0])
    return found.relation if found is not None and f"anchor.{found.record}" == rule.name else ""


def _evidence_example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    return reading, _evidence(rule, text) or NOTHING


def _evidence(rule: Rule, text: str) -> str:
    record = rule.name.removeprefix("evidence.")
    if "【" not in text:
        named = record == "file-year"
        return reckoned(record, read_text("計5場。" if named else text, text if named else "a.txt"))
    date = _marked_date(text, Scope())
    return tells(record, plain(text), date) if date else ""


TRIALS: dict[str, Trial] = {
    "unit": Trial(_quantity_example, _quantity_counter_example),
    "currency": Trial(_quantity_example, _quantity_counter_example),
    "grammar": Trial(_grammar_example, _grammar_counter_example),
    "mark": _claimed(_mark_spans),
    "words": _claimed(_word_spans),
    "calendar": _claimed(_calendar_spans),
    "head": _claimed(_head_spans),
    "reach": _claimed(_reach_spans),
    "role": Trial(_role_example, _role_counter_example),
    "indicator": Trial(_indicator_example, _indicator_counter_example),
    "phrase": Trial(_named, _phrase_words),
    "nature": Trial(_nature_example, _nature_counter_example),
    "dated": Trial(_dated, lambda rule, text: ""),
    "atom": Trial(_atom_example, _atom_counter_example),
    "date": Trial(_date_example, _date_counter_example),
    "document": Trial(lambda rule, text, reading: (reading, _document(rule, text) or NOTHING), _document),
    "festival": Trial(_festival_example, _festival),
    "era": Trial(_era_example, _date_counter_example),
    "anchor": Trial(_anchor_example, _anchor_counter_example),
    "evidence": Trial(_evidence_example, _evidence),
}
"""By kind of rule."""
