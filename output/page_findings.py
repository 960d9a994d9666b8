"""Findings as cards: the passages side by side, the arithmetic set out, and one sentence for the chamber."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Finding, Mention, Relation
from ..notation import Both, Language
from .counts import place
from .page_figures import Figures, arithmetic, gap_of, name, reading, result_of, signs_of, tidy
from .page_quotes import Quote, quotes_of
from .passages import legible, located, printable
from .records import number
from .words import DETAIL, KINDS, SEVERITIES

_MENDS = 4
"""How many ways to mend a finding are told, and how many relations that bear out its figures."""
_NAMES: dict[str, tuple[Both, Both]] = {
    "part_of": (Both("全體", "whole"), Both("部分", "part")),
    "threshold": (Both("所稱", "standard"), Both("所載", "stated")),
}
_ITEMS, _ITEM = 5, 14
"""So many listed things, of so many characters, does a sentence tell; the arithmetic below it lists all."""
_LONG = 30
"""A title longer than this does not name its report in a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the arithmetic."""

    sign: str
    label: str
    value: Both
    written: str
    """As it stands in the report, where that differs."""
    href: str | None


@dataclass(frozen=True, slots=True)
class Sum:
    """The arithmetic of a finding, set out as on paper."""

    kind: Both
    twice: bool
    """One thing told twice: nothing is computed, one figure stands against the other."""
    names: tuple[Both, Both]
    """What the figure that is computed and the one that is stated are called."""
    rows: tuple[Row, ...]
    stated: Both
    stated_href: str | None
    computed: Both
    difference: Both | None


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as it is shown."""

    number: int
    severity: str
    code: str
    spoken: Both
    rest: Both
    """What the message says beyond its first sentence, which the arithmetic shows."""
    sum: Sum | None
    mends: tuple[tuple[str, Both], ...]
    """A figure and what it would have to be, if all others are right."""
    kin: tuple[Both, ...]
    bearing: tuple[Both, ...]
    quotes: tuple[Quote, ...]
    reports: tuple[int, ...]
    agencies: tuple[str, ...]
    indicators: tuple[str, ...]
    confidence: str
    copy: Both


def cards(figures: Figures) -> tuple[Card, ...]:
    """All findings, the weightiest first."""
    return tuple(_card(figures, finding, index + 1) for index, finding in enumerate(figures.findings))


def called(figures: Figures, report: str) -> str:
    """What a sentence calls a report: its title, if it has a short one of its own; else its file."""
    known = figures.reports.get(report)
    title = tidy(known.title) if known else ""
    alone = figures.titles[title] == 1
    return f"《{title}》" if 2 < len(title) <= _LONG and alone else f"「{printable(report)}」"


def _card(figures: Figures, finding: Finding, number_: int) -> Card:
    relation = finding.relation
    involved = list(dict.fromkeys((*finding.mentions, *((relation.result, *relation.terms) if relation else ()))))
    facts = [fact for mention in involved if (fact := figures.facts.get(place(mention)))]
    agencies = {printable(fact.agency) for fact in facts if fact.agency}
    quotes = quotes_of(figures, finding)
    message = Both(printable(finding.message_zh), printable(finding.message_en))
    spoken = _spoken(figures, finding) or _introduced(figures, finding, message)
    sum_ = _sum(figures, relation) if relation else None
    return Card(
        number_,
        finding.severity,
        printable(finding.code),
        spoken,
        Both(message.zh.partition("。")[2], message.en.partition(". ")[2]) if spoken != message else Both("", ""),
        sum_,
        tuple((legible(mend.figure.text), result_of(mend.figure, mend.value)) for mend in finding.mends[:_MENDS]),
        tuple(_equation(kin, "≠") for kin in finding.kin),
        tuple(_equation(each, "=") for each in finding.bearing[:_MENDS] if _sums(each)),
        quotes,
        tuple(sorted({figures.order[mention.report] for mention in involved if mention.report in figures.order})),
        tuple(sorted(agencies)),
        tuple(sorted({name(fact) for fact in facts})),
        format(finding.confidence, "f"),
        _copy(number_, finding, spoken, message, quotes),
    )


def _sum(figures: Figures, relation: Relation) -> Sum:
    alone = len(relation.terms) == 1
    twice = relation.kind in ("same", "dates") or (relation.kind == "series" and alone)
    rows = []
    for index, (sign, term) in enumerate(zip(_row_signs(relation), relation.terms, strict=False)):
        written = legible(term.text)
        value = reading(term)
        label = name(figures.facts.get(place(term)))
        if relation.kind in _NAMES and alone:  # it is the other side itself, not what that is computed from
            continue
        rows.append(Row(sign if index or sign == "−" else "", label, value, written, figures.link(term)))
    rows += [Row("", tidy(item), Both("", ""), tidy(item), None) for item in relation.items]
    return Sum(
        KINDS[relation.kind],
        twice,
        _NAMES.get(relation.kind, (DETAIL["computed"], DETAIL["stated"])),
        tuple(rows),
        _in_column(relation, relation.stated),
        figures.link(relation.result),
        _in_column(relation, relation.computed),
        None if twice else _gap_in_column(relation),
    )


def _in_column(relation: Relation, text: str) -> Both:
    """A figure below others: all of them by thousands, so that they can be added up by eye."""
    figure = result_of(relation.result, text)
    return figure if relation.result.kind == "date" else Both(figure.en, figure.en)


def _gap_in_column(relation: Relation) -> Both | None:
    gap = gap_of(relation)
    return gap if gap is None or relation.result.unit == "%" else Both(gap.en, gap.en)


def _row_signs(relation: Relation) -> tuple[str, ...]:
    if relation.kind in ("sum", "difference", "change", "series"):
        return tuple("−" if sign == "-" else "+" for sign in signs_of(relation))
    if relation.kind in ("ratio", "mean"):
        return ("", *("÷" for _ in relation.terms[1:]))
    return ("", *("×" if relation.kind == "product" else "" for _ in relation.terms[1:]))


def _introduced(figures: Figures, finding: Finding, message: Both) -> Both:
    """The first sentence of a message, with the report that it speaks of."""
    if not finding.mentions:
        return message
    first = finding.mentions[0]
    zh, stop, _ = message.zh.partition("。")
    en, point, _ = message.en.partition(". ")
    zh, en = f"{zh}{stop}", f"{en}{point}".rstrip()
    report, at = called(figures, first.report), _place(figures, first)
    other = next((each for each in finding.mentions if each.report != first.report), None)
    if other is not None:
        name_, there = called(figures, other.report), _place(figures, other)
        zh += f"（另見{name_}{there.zh}）"
        en += f" (See {name_.translate(_ENGLISH)}, {there.en}.)"
    return Both(f"{report}{at.zh}：{zh}", f"{report.translate(_ENGLISH)}, {at.en}: {en}")


def _sums(relation: Relation) -> bool:
    """Its arithmetic can be written with an equals sign."""
    return relation.kind in ("sum", "difference", "change", "product", "ratio")


def _spoken(figures: Figures, finding: Finding) -> Both | None:
    """One sentence to be said aloud: who says what, and what their own figures give instead."""
    relation = finding.relation
    if relation is None or relation.kind not in _SPOKEN or not (relation.terms or relation.items):
        return None
    templates = _SPOKEN[relation.kind]
    first = relation.terms[0] if relation.terms else relation.result
    if relation.kind in ("same", "dates") and relation.result.report != first.report:
        templates = _ACROSS
    return Both(
        templates.zh.format(**_words(figures, relation, first, "zh-TW")),
        templates.en.format(**_words(figures, relation, first, "en")),
    )


def _words(figures: Figures, relation: Relation, first: Mention, language: Language) -> dict[str, str]:
    """What fills the templates of one language."""
    result = relation.result
    terms = Both(f" {arithmetic(relation).zh} ", arithmetic(relation).en).of(language)
    if len(relation.terms) > 4:  # a long column is summed up by its number of parts
        several = Both(f"所列 {len(relation.terms)} 項相加", f"the {len(relation.terms)} figures listed")
        terms = several.of(language)
    comma = Both("、", ", ").of(language)
    words = {
        "report": called(figures, result.report),
        "other": called(figures, first.report),
        "result": _quoted(result, language),
        "first": _quoted(first, language),
        "terms": terms,
        "computed": result_of(result, relation.computed).of(language),
        "number": printable(relation.computed),
        "at": _place(figures, result).of(language),
        "other_at": _place(figures, first).of(language),
        "items": _listed(relation, comma, Both("：", ": ").of(language)),
    }
    return words if language == "zh-TW" else {key: value.translate(_ENGLISH) for key, value in words.items()}


_ENGLISH = str.maketrans({"《": "“", "》": "”", "「": "“", "」": "”", "（": " (", "）": ")"})
_SPOKEN: dict[str, Both] = {
    "sum": Both(
        "{report}{at}寫{result}，但{terms}為 {computed}。",
        "{report}, {at}, says {result}, but {terms} make {computed}.",
    ),
    "difference": Both(
        "{report}{at}寫{result}，但{terms}為 {computed}。",
        "{report}, {at}, says {result}, but {terms} is {computed}.",
    ),
    "ratio": Both(
        "{report}{at}寫{result}，但{terms}為 {computed}。",
        "{report}, {at}, says {result}, but {terms} is {computed}.",
    ),
    "change": Both(
        "{report}{at}寫增減後為{result}，但依所列增減，{terms}應為 {computed}。",
        "{report}, {at}, says {result} after the changes, but {terms} is {computed}.",
    ),
    "growth": Both(
        "{report}{at}寫增減率為{result}，但依所載數字應為 {computed}。",
        "{report}, {at}, gives a rate of {result}, but its own figures give {computed}.",
    ),
    "count": Both(
        "{report}{at}寫{result}，但實際列出 {computed}{items}。",
        "{report}, {at}, says {result}, but lists {number}{items}.",
    ),
    "same": Both(
        "同一事項，{report}{other_at}寫{first}，{at}卻寫{result}。",
        "{report} tells one thing twice: {first} on {other_at}, {result} on {at}.",
    ),
    "dates": Both(
        "同一事項的日期，{report}{other_at}寫{first}，{at}卻寫{result}。",
        "{report} tells one day twice: {first} on {other_at}, {result} on {at}.",
    ),
}  # fmt: skip
_ACROSS = Both(
    "同一事項，{other}{other_at}寫{first}，{report}{at}卻寫{result}。",
    "One thing, told twice: {first} in {other}, {other_at}, but {result} in {report}, {at}.",
)


def _listed(relation: Relation, comma: str, colon: str) -> str:
    """The things that were counted, where they are few and short: a sentence is no list, and clips no name."""
    names = [tidy(item) for item in relation.items] or [legible(term.text) for term in relation.terms]
    short = len(names) <= _ITEMS and all(len(name) <= _ITEM for name in names)
    return colon + comma.join(names) if short else ""


def _quoted(mention: Mention, language: Language) -> str:
    """A figure in quotation marks; what it amounts to, where its unit stands elsewhere, and the day that it means."""
    text = legible(mention.text)
    value = reading(mention).of(language)
    if mention.kind == "date":
        return f"「{text}」" if value in text else f"「{text}」（{value}）"
    if mention.unit and mention.unit != "ratio" and mention.unit not in text.replace("％", "%"):
        plain = mention.value is not None and mention.value_max is None and mention.paren is None
        full = value if not plain else result_of(mention, number(mention.value) or "").of(language)
        return f"「{text}」（{full}）"
    return f"「{text}」"


def _equation(relation: Relation, sign: str) -> Both:
    terms, result = arithmetic(relation), reading(relation.result)
    return Both(f"{terms.zh} {sign} {result.zh}", f"{terms.en} {sign} {result.en}")


def _place(figures: Figures, mention: Mention) -> Both:
    """Where a figure stands in its report."""
    index = figures.order.get(mention.report)
    if index is None:
        return Both("", "")
    report = figures.audit.extractions[index].report
    return located(report.encoding, report.line(mention.start), report.blocks[mention.block].page)


def _copy(number_: int, finding: Finding, spoken: Both, message: Both, quotes: tuple[Quote, ...]) -> Both:
    """The finding as plain text."""
    zh = [f"{number_}. 【{SEVERITIES[finding.severity].label.zh}】{spoken.zh}"]
    en = [f"{number_}. [{SEVERITIES[finding.severity].label.en}] {spoken.en}"]
    if message.zh != spoken.zh:
        zh.append(f"   {message.zh}")
    if message.en != spoken.en:
        en.append(f"   {message.en}")
    for quote in quotes:
        text = "".join(f"【{piece.text}】" if piece.marked else piece.text for piece in quote.pieces)
        source_zh, source_en = f"{quote.report} {quote.place.zh}", f"{quote.report}, {quote.place.en}"
        zh.append(f"   「{text}」—{source_zh}")
        en.append(f"   “{text}” — {source_en}")
    return Both("\n".join(zh), "\n".join(en))
