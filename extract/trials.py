"""The examples of rules, run: what a rule reads in a text that it gives as its example, and in one that it must leave.

For each kind of rule a reader tells what is read in a text, in short, and the name of the rule that read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
from .time.resolve import resolve
from .time.scope import Own, Scope

TITLE = "青嵐市政府人事處110年度工作報告\n\n一、辦理情形\n\n"
"""Opens the report in which examples that need one are read."""
_SCOPE = Scope(Own(Period.parse("2021"), Period.parse("2021-08-05"), 2021))
"""What examples of dates are read in: a report on 2021 that speaks on 5 August 2021."""
_MINGUO = re.compile(r"(\d+)年")
_BRACKETS = re.compile("[【】〔〕〈〉]")
NOTHING = "–"
_EMPTY = "(the empty text)"

Read = tuple[str, str]
"""What is read, and the name of the rule that reads it; empty where nothing is."""


def example(rule: Rule, text: str, reading: str) -> tuple[str, str]:
    """What must come out of an example of a rule, and what does."""
    found, by = TRIALS[rule.kind](rule, text)
    wanted = reading if reading not in ("", "recognised") else _marked(text) or text or _EMPTY
    return wanted, (found or NOTHING) if by == rule.name else f"{found or NOTHING}, by {by or 'no rule'}"


def counter_example(rule: Rule, text: str) -> str:
    """What a rule reads in a text that it must leave alone: nothing, if all is well; of dates none may read it."""
    found, by = TRIALS[rule.kind](rule, text)
    return found if by == rule.name or rule.kind == "date" else ""


def plain(text: str) -> str:
    """An example without the brackets that mark figures in it."""
    return _BRACKETS.sub("", text)


def marked_span(text: str) -> tuple[int, int]:
    """Where the part in 【 】 stands in the plain text."""
    others = re.sub("[〔〕〈〉]", "", text)
    return others.index("【"), others.index("】") - 1


def _marked(text: str) -> str:
    return plain(text)[slice(*marked_span(text))] if "【" in text else ""


def reading_of(mention: Mention) -> str:
    """A reading in short: ``25638 人``, ``10..20 人``, ``1/3 ratio``, ``2019-10-01``."""
    if mention.kind == "date":
        return mention.edtf or ""
    values = (value for value in (mention.value, mention.value_max) if value is not None)
    return "..".join(str(n) if isinstance(n, Fraction) else format(n, "f") for n in values) + f" {mention.unit}"


# --- quantities, and what is no figure: marks, words, what the layout knows -------------------------------------------


def _quantity(rule: Rule, text: str) -> Read:
    found = [mention for mention in extract(read_text(text)).mentions if mention.kind == "quantity"]
    return " | ".join(map(reading_of, found)), rule.name if any(each.rule == rule.name for each in found) else ""


def _grammar(rule: Rule, text: str) -> Read:
    if rule.name.startswith("role."):
        return _role(rule, text)
    read = _quantity(rule, text) if "【" not in text else ("", "")
    found = [entry.text for entry in extract(read_text(plain(text))).ledger if entry.rule == rule.name]
    return (" | ".join(found), rule.name) if found and not read[1] else read


def _spans(taken: Callable[[str, str], Sequence[str]]) -> Callable[[Rule, str], Read]:
    """The reader of a kind whose rules take stretches of a text; ``taken`` is given the id of the rule and the text."""

    def read(rule: Rule, text: str) -> Read:
        found = taken(rule.name.partition(".")[2], plain(text))
        marked = _marked(text)
        return marked if marked in found else " | ".join(found), rule.name if found else ""

    return read


def _mark_spans(identity: str, text: str) -> list[str]:
    pattern = next(mark.compiled for mark in marks() if mark.id == identity)
    return [text[match.start() : match.end()] for match in pattern.finditer(text) if match.group()]


def _word_spans(identity: str, text: str) -> list[str]:
    return [text[claim.start : claim.end] for claim in word_claims(text) if claim.rule == f"word.{identity}"]


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


def _role(_: Rule, text: str) -> Read:
    fact = _fact(text)[1]
    return (fact.role + (fact.sign or ""), f"role.{fact.by('role')}") if fact else ("", "")


def _nature(_: Rule, text: str) -> Read:
    extraction, fact = _fact(text)
    for view in views(extraction.report, extraction.mentions).values():
        for figure in figures(view):
            if fact and figure.mention == fact.mention and (found := nature_rule_of(figure)):
                return found.reading, f"nature.{found.id}"
    return "", ""


def _dated(rule: Rule, text: str) -> Read:
    fact = _fact(text)[1]
    return fact.period.edtf if fact and fact.period else "", rule.name


def _indicator(_: Rule, text: str) -> Read:
    fact = _fact(text)[1]
    return _marked(text), f"indicator.{fact.by('indicator')}" if fact else ""


def _phrase(rule: Rule, text: str) -> Read:
    if "【" in text:
        fact = _fact(text)[1]
        return fact.indicator if fact else "", rule.name
    mine = {word for word, task in phrases_of(active()).items() if rule.name == f"phrase.{task}"}
    found = [token.text for token in tokens(text) if token.text in mine]
    return " | ".join(found), rule.name if found else ""


# --- atoms, documents and dates ---------------------------------------------------------------------------------------


def _atom(rule: Rule, text: str) -> Read:
    pattern = atoms()[rule.name.removeprefix("atom.")]
    fits = regex.fullmatch(pattern, text, regex.VERBOSE, timeout=1) is not None
    return (text or _EMPTY, rule.name) if fits else ("", "")


def _document(_: Rule, text: str) -> Read:
    if text.startswith("【】【】"):
        found = turned(text.removeprefix("【】【】"))
    else:
        found = headed(text.removeprefix("【】")) if text.startswith("【】") else titled(text) or opened(text)
    return (found.kind, f"document.{found.id}") if found else ("", "")


def _date(rule: Rule, text: str) -> Read:
    found = resolve(text, _SCOPE)
    mine = any(date.phrase.rule == rule.name for date in found)
    return " | ".join(
        f"{text[d.phrase.start : d.phrase.end]}={d.period.edtf}" for d in found
    ), rule.name if mine else ""


def _era(rule: Rule, text: str) -> Read:
    return " | ".join(date.period.edtf for date in resolve(text, _SCOPE)), rule.name


def _festival(rule: Rule, text: str) -> Read:
    year, found = _MINGUO.match(text), festival_words().search(text)
    day = day_of(found.group(), from_minguo(int(year[1]))) if year and found else None
    return day.isoformat() if day else "", rule.name


def _anchor(_: Rule, text: str) -> Read:
    found = relations(plain(text)).get(marked_span(text)[0])
    return (found.relation, f"anchor.{found.record}") if found else ("", "")


def _evidence(rule: Rule, text: str) -> Read:
    record = rule.name.removeprefix("evidence.")
    if "【" not in text:
        named = record == "file-year"
        return reckoned(record, read_text("計5場。" if named else text, text if named else "a.txt")), rule.name
    found = resolve(plain(text), Scope())
    date = next((d for d in found if (d.phrase.start, d.phrase.end) == marked_span(text)), None)
    return tells(record, plain(text), date) if date else "", rule.name


TRIALS: dict[str, Callable[[Rule, str], Read]] = {
    "unit": _quantity,
    "currency": _quantity,
    "grammar": _grammar,
    "mark": _spans(_mark_spans),
    "words": _spans(_word_spans),
    "calendar": _spans(lambda identity, text: regex.findall(pattern_of(identity), text)),
    "head": _spans(lambda identity, text: [found.group() for found in head_pattern(identity).finditer(text)]),
    "reach": _spans(spans),
    "role": _role,
    "indicator": _indicator,
    "phrase": _phrase,
    "nature": _nature,
    "dated": _dated,
    "atom": _atom,
    "date": _date,
    "document": _document,
    "festival": _festival,
    "era": _era,
    "anchor": _anchor,
    "evidence": _evidence,
}
"""The readers, by kind of rule."""
