"""Broken relations as findings: what an auditor reads. The words are templates, apart from the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ...model import Finding, Mention, Relation, RelationKind, Severity
from .relation import show

_SURE = Decimal("0.95")
"""Below this confidence of the link a broken relation is a question, no contradiction."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind of broken relation is told."""

    code: str
    zh: str
    en: str


WORDINGS: dict[RelationKind, Wording] = {
    "sum": Wording(
        "SUM",
        "「{result}」與各項合計不符：{arithmetic} = {computed}，所載為 {stated}，差 {gap}。",
        "“{result}” is not the sum of its parts: {arithmetic} = {computed}, stated {stated}, off by {gap}.",
    ),
    "ratio": Wording(
        "RATE",
        "「{result}」與所依數字不符：{first} ÷ {second} = {computed}，所載為 {stated}。",
        "“{result}” does not follow from its figures: {first} / {second} = {computed}, stated {stated}.",
    ),
    "difference": Wording(
        "DIFF",
        "「{result}」與兩數之差不符：{arithmetic} = {computed}，所載為 {stated}，差 {gap}。",
        "“{result}” is not the difference: {arithmetic} = {computed}, stated {stated}, off by {gap}.",
    ),
    "change": Wording(
        "LEVEL",
        "增減前後數不符：{arithmetic} = {computed}，所載增減後為 {stated}，差 {gap}。",
        "Level and changes do not agree: {arithmetic} = {computed}, stated afterwards {stated}, off by {gap}.",
    ),
    "growth": Wording(
        "GROWTH",
        "增減率「{result}」與增減數不符：現為 {first}、增減 {second}，應為 {computed}，所載為 {stated}。",
        "The rate “{result}” does not follow from level {first} and change {second}: {computed}, stated {stated}.",
    ),
    "same": Wording(
        "SAME",
        "同一事項前後數字不同：前為「{first}」，後為「{result}」。",
        "One thing is told with two figures: first “{first}”, then “{result}”.",
    ),
    "dates": Wording(
        "SAME-DATE",
        "同一事項前後日期不同：前為「{first}」，後為「{result}」。",
        "One event is told with two dates: first “{first}”, then “{result}”.",
    ),
}


MEND_ZH = "若「{figure}」為 {value}，則相符。"
MEND_EN = " With {value} for “{figure}” all would agree."


def findings_of(relations: Iterable[Relation]) -> tuple[Finding, ...]:
    """One finding for each root: relations that one other figure would mend together are told once.

    The order is that of the relations.
    """
    known = list(relations)
    broken = [relation for relation in known if relation.holds is False and relation.kind in WORDINGS]
    confirmed = {_place(each) for relation in known if relation.holds for each in (relation.result, *relation.terms)}
    findings: list[Finding] = []
    told: set[int] = set()
    for index, relation in enumerate(broken):
        if index in told:
            continue
        kin = [
            other for other in range(index + 1, len(broken)) if other not in told and _common(relation, broken[other])
        ]
        told.update(kin)
        mend = _common(relation, broken[kin[0]]) if kin else _only_unconfirmed(relation, confirmed)
        findings.append(_finding(relation, [broken[other] for other in kin], mend))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class Mend:
    """A figure, and the value that would make it agree."""

    figure: Mention
    value: Fraction


def mends(relation: Relation) -> list[Mend]:
    """For a signed sum, what each of its figures would have to be if all others are right."""
    if relation.kind not in ("sum", "difference", "change") or "(" in relation.stated:
        return []
    lacking = Fraction(relation.computed) - Fraction(relation.stated)
    found = [Mend(relation.result, Fraction(relation.computed))]
    for sign, term in zip(relation.signs, relation.terms, strict=True):
        if term.value is not None and not term.distributed and term != relation.result:
            found.append(Mend(term, Fraction(term.value) - (lacking if sign == "+" else -lacking)))
    return [mend for mend in found if mend.value >= 0]


def _common(first: Relation, second: Relation) -> Mend | None:
    """The figure that would mend both relations, if there is one."""
    others = {(_place(mend.figure), mend.value) for mend in mends(second)}
    return next((mend for mend in mends(first) if (_place(mend.figure), mend.value) in others), None)


def _only_unconfirmed(relation: Relation, confirmed: set[tuple[str, int, int]]) -> Mend | None:
    """The one figure of a relation that no other relation bears out."""
    open_figures = [mend for mend in mends(relation) if _place(mend.figure) not in confirmed]
    return open_figures[0] if len(open_figures) == 1 else None


def _place(mention: Mention) -> tuple[str, int, int]:
    return (mention.report, mention.start, mention.end)


def _finding(relation: Relation, kin: Sequence[Relation], mend: Mend | None) -> Finding:
    wording = WORDINGS[relation.kind]
    words = {
        "result": told(relation.result),
        "first": told(relation.terms[0]),
        "second": told(relation.terms[1]) if len(relation.terms) > 1 else "",
        "arithmetic": arithmetic(relation),
        "stated": grouped(relation.stated, relation.result),
        "computed": grouped(relation.computed, relation.result),
        "gap": _gap(relation),
    }
    zh, en = wording.zh.format(**words), wording.en.format(**words)
    if mend is not None:
        fix = {"figure": quoted(mend.figure), "value": grouped(show(mend.value), mend.figure)}
        zh, en = zh + MEND_ZH.format(**fix), en + MEND_EN.format(**fix)
    shown: dict[tuple[str, int, int], Mention] = {}
    for member in (relation, *kin):
        for mention in (member.result, *member.terms):
            shown.setdefault(_place(mention), mention)
    return Finding(wording.code, severity_of(relation), zh, en, relation, tuple(shown.values()), relation.confidence)


def severity_of(relation: Relation) -> Severity:
    """A contradiction where the link is sure; a question where the wording leaves another reading open."""
    return "contradiction" if relation.confidence >= _SURE else "suspicious"


def quoted(mention: Mention) -> str:
    """The figure as printed, without line ends."""
    return " ".join(mention.text.split())


def told(mention: Mention) -> str:
    """A figure as printed; a date with the day that it means, where it does not say so itself."""
    text = quoted(mention)
    return f"{text}（{mention.edtf}）" if mention.kind == "date" and mention.edtf else text


def grouped(number: str, mention: Mention) -> str:
    """A number with thousands marks and the unit of the figure that it belongs to."""
    digits, point, decimals = number.partition(".")
    if not digits.lstrip("-").isdigit():
        return number
    return f"{int(digits):,}" + point + decimals + (mention.unit or "")


def arithmetic(relation: Relation) -> str:
    """The terms with their signs: ``40人 + 201人``."""
    pieces: list[str] = []
    for sign, term in zip(relation.signs, relation.terms, strict=True):
        times = f"{quoted(term)}×{term.distributed}" if term.distributed else quoted(term)
        if pieces:
            pieces.append(f"{sign} {times}")
        else:
            pieces.append(times if sign == "+" else f"-{times}")
    return " ".join(pieces)


def _gap(relation: Relation) -> str:
    """How far stated and computed lie apart; in words of both numbers where posts in brackets count too."""
    if "(" in relation.stated or "(" in relation.computed:
        return f"{relation.stated} / {relation.computed}"
    try:
        return grouped(show(abs(Fraction(relation.stated) - Fraction(relation.computed))), relation.result)
    except ValueError:
        return ""
