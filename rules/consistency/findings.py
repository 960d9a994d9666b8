"""Broken relations as findings: what an auditor reads. The words are templates, apart from the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ...model import Finding, Mention, Relation, Severity
from .relation import show
from .wordings import ROUNDING, UNIT, Wording, wording_of

_SURE = Decimal("0.95")
"""Below this confidence of the link a broken relation is a question, no contradiction."""


_HINT = Decimal("0.5")
"""Below this it is worth a word, no more."""

MEND_ZH = "若「{figure}」為 {value}，則相符。"
MEND_EN = " With {value} for “{figure}” all would agree."


def findings_of(relations: Iterable[Relation]) -> tuple[Finding, ...]:
    """One finding for each root: relations that one other figure would mend together are told once.

    The order is that of the relations.
    """
    known = list(relations)
    broken = [relation for relation in known if relation.holds is False and wording_of(relation) is not None]
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
    return (*findings, *_notes(known))


def _notes(relations: Sequence[Relation]) -> Iterator[Finding]:
    """What agrees and is still worth a word: units mixed in a sum, rates rounded otherwise than the rest."""
    decided = [each for each in relations if each.kind in ("ratio", "growth") and each.holds and _tells_rounding(each)]
    rounded = [each for each in decided if each.rounding == "round"]
    truncated = [each for each in decided if each.rounding == "truncate"]
    fewer, more = sorted((rounded, truncated), key=len)
    for relation in relations:
        if (
            relation.kind == "sum"
            and relation.holds
            and _mixed({each.unit for each in (relation.result, *relation.terms)})
        ):
            yield _told(UNIT, relation, "note")
        elif len(more) >= _MANY * len(fewer) and any(relation is each for each in fewer):
            yield _told(ROUNDING, relation, "note")


_MANY = 3
"""So many times more often must the other manner of rounding be met."""


def _tells_rounding(relation: Relation) -> bool:
    """The figure would have been printed otherwise in the other manner; rounded figures tell no manner."""
    exact = all(each.bound is None for each in (relation.result, *relation.terms))
    return exact and all(each.step == 1 for each in relation.terms) and _differs(relation)


def _differs(relation: Relation) -> bool:
    """The digit behind the last printed place is 5 or more."""
    step = Fraction(relation.result.step or 1)
    value = abs(Fraction(relation.computed)) / step
    return value % 1 >= Fraction(1, 2)


def _mixed(units: set[str | None]) -> bool:
    return {"人", "人次"} <= units


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
    wording = wording_of(relation)
    assert wording is not None
    return _told(wording, relation, severity_of(relation), kin, mend)


def _told(
    wording: Wording, relation: Relation, severity: Severity, kin: Sequence[Relation] = (), mend: Mend | None = None
) -> Finding:
    """A relation in words."""
    first, second, third = (told(relation.terms[n]) if n < len(relation.terms) else "" for n in range(3))
    words = {
        "result": told(relation.result),
        "first": first,
        "second": second,
        "third": third,
        "items": "、".join(relation.items or [told(term) for term in relation.terms]),
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
    return Finding(wording.code, severity, zh, en, relation, tuple(shown.values()), relation.confidence)


def severity_of(relation: Relation) -> Severity:
    """A contradiction where the link is sure; a question where another reading is open; a note where one is likely."""
    if relation.confidence < _HINT:
        return "note"
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
