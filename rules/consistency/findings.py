"""Broken relations as findings: what an auditor reads. The words are templates, apart from the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
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
        "「{result}」與所依數字不符：{first} ÷ {second} = {computed}%，所載為 {stated}。",
        "“{result}” does not follow from its figures: {first} / {second} = {computed}%, stated {stated}.",
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
        "增減率「{result}」與增減數不符：現為 {first}、增減 {second}，應為 {computed}%，所載為 {stated}。",
        "The rate “{result}” does not follow from level {first} and change {second}: {computed}%, stated {stated}.",
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


def findings_of(relations: Iterable[Relation]) -> tuple[Finding, ...]:
    """One finding for each relation that does not hold, in the order of the relations."""
    return tuple(_finding(relation) for relation in relations if relation.holds is False and relation.kind in WORDINGS)


def _finding(relation: Relation) -> Finding:
    wording = WORDINGS[relation.kind]
    words = {
        "result": quoted(relation.result),
        "first": quoted(relation.terms[0]),
        "second": quoted(relation.terms[1]) if len(relation.terms) > 1 else "",
        "arithmetic": arithmetic(relation),
        "stated": relation.stated,
        "computed": relation.computed,
        "gap": _gap(relation),
    }
    return Finding(
        wording.code,
        severity_of(relation),
        wording.zh.format(**words),
        wording.en.format(**words),
        relation,
        (relation.result, *(term for term in relation.terms if term != relation.result)),
        relation.confidence,
    )


def severity_of(relation: Relation) -> Severity:
    """A contradiction where the link is sure; a question where the wording leaves another reading open."""
    return "contradiction" if relation.confidence >= _SURE else "suspicious"


def quoted(mention: Mention) -> str:
    """The figure as printed, without line ends."""
    return " ".join(mention.text.split())


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
        return show(abs(Fraction(relation.stated) - Fraction(relation.computed)))
    except ValueError:
        return ""
