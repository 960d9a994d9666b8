"""Broken relations as findings: what an auditor reads. The words are templates, apart from the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ...model import Extraction, Finding, Mention, Relation, Severity
from ...notation import Both, Language, amount, apart, calendar
from .agreement import by_rule
from .codes import Wording, note_of, wording_of
from .error_localisation import Root, members, place, roots
from .evidence import BETWEEN_LEVELS
from .law import CONTRADICTS, show
from .numbers import divided, magnitude, number

Confidence = Callable[[int, int], float]
"""How sure the characters between two places are."""
Spoken = Mapping[str, str]
_NOBODY: Spoken = {}
_HINT = Decimal("0.5")
"""Below this it is worth a word, no more."""

BETWEEN_ZH = "兩者之間可能另有異動，僅供留意。"
BETWEEN_EN = " It may have changed in between; this is for your notice."
MEND_ZH = "如「{figure}」改為 {value}即相符。"
MANY_ZH = "同一段落或表格共有 {count} 項如此：{rows}{more}。"
MANY_EN = " {count} figures of this passage or table differ so: {rows}{more}."
MEND_EN = " With {value} in place of “{figure}” all would agree."


def findings_of(
    relations: Iterable[Relation], beside: Iterable[Relation] = (), spoken: Spoken = _NOBODY
) -> tuple[Finding, ...]:
    """One finding for each root: relations that one change of one figure would mend are told once.

    The order is that of the relations. ``beside`` are relations that are told elsewhere and may share a root with these.
    ``spoken`` says of each report (by name) when it speaks, in EDTF. Figures of one passage that another report told
    otherwise are one finding.
    """
    known, others = list(relations), list(beside)
    holding = (relation for relation in (*known, *others) if relation.holds)
    found = [_finding(root, spoken) for root in roots(_broken(known), _broken(others), holding)]
    return (*_by_passage(found), *_notes(known))


def _by_passage(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of one law on one passage of one report and one of another are told together."""
    groups: dict[object, list[Finding]] = {}
    for at, finding in enumerate(findings):
        groups.setdefault(_passage(finding) or at, []).append(finding)
    for group in groups.values():
        yield group[0] if len(group) == 1 else _together(group)


def _passage(finding: Finding) -> tuple[object, ...] | None:
    relation = finding.relation
    if relation is None or relation.rule not in by_rule() or len(relation.terms) != 1:
        return None
    one, other = relation.result, relation.terms[0]
    return relation.rule, finding.severity, one.report, one.block, other.report, other.block


def _together(group: Sequence[Finding]) -> Finding:
    """The first of them with the others as its kin, and all their figures in a row."""
    relations = [each.relation for each in group if each.relation is not None]
    pairs = [(relation.terms[0], relation.result) for relation in relations]
    rows = [f"{quoted(first)}→{quoted(result)}" for first, result in pairs]
    zh, en = (
        template.format(count=len(rows), rows=separator.join(rows[:_MOST_ROWS]), more=more if len(rows) > _MOST_ROWS else "")
        for template, separator, more in ((MANY_ZH, "、", "……"), (MANY_EN, ", ", ", …"))
    )  # fmt: skip
    first = group[0]
    return replace(
        first,
        message_zh=first.message_zh + zh,
        message_en=first.message_en + en,
        mentions=tuple({place(each): each for finding in group for each in finding.mentions}.values()),
        mends=(),
        kin=tuple(relation for finding in group for relation in (finding.relation, *finding.kin) if relation is not None and relation is not first.relation),
        bearing=tuple({id(each): each for finding in group for each in finding.bearing}.values()),
    )  # fmt: skip


_MOST_ROWS = 8


def _broken(relations: Iterable[Relation]) -> list[Relation]:
    return [relation for relation in relations if relation.holds is False and wording_of(relation) is not None]


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
            yield _told(note_of("UNIT"), relation, "note")
        elif len(more) >= _MANY * len(fewer) and any(relation is each for each in fewer):
            yield _told(note_of("ROUNDING"), relation, "note")


_MANY = 3
"""So many times more often must the other manner of rounding be met."""


def _tells_rounding(relation: Relation) -> bool:
    """The figure would have been printed otherwise in the other manner; rounded figures tell no manner."""
    exact = all(each.bound is None for each in (relation.result, *relation.terms))
    return exact and all(each.step == 1 for each in relation.terms) and _differs(relation)


def _differs(relation: Relation) -> bool:
    """The digit behind the last printed place is 5 or more."""
    value = divided(magnitude(number(relation.computed)), number(relation.result.step or 1))
    return 2 * (value % 1) >= 1


def _mixed(units: set[str | None]) -> bool:
    return {"人", "人次"} <= units


def _finding(root: Root, spoken: Spoken) -> Finding:
    wording = wording_of(root.relation)
    assert wording is not None
    return _told(wording, root.relation, severity_of(root.relation), root, spoken)


def _told(
    wording: Wording, relation: Relation, severity: Severity, root: Root | None = None, spoken: Spoken = _NOBODY
) -> Finding:
    """A relation in words."""
    chinese, english = _words(relation, "zh-TW", spoken), _words(relation, "en", spoken)
    zh, en = wording.zh.format(**chinese), wording.en.format(**english)
    kin = root.kin if root else ()
    if severity == "note" and root is not None:
        zh, en = zh + BETWEEN_ZH, en + BETWEEN_EN
    elif root is not None and root.sure:
        figure, value = quoted(root.mends[0].figure), written(root.mends[0].value, root.mends[0].figure)
        zh += MEND_ZH.format(figure=figure, value=value.zh)
        en += MEND_EN.format(figure=figure, value=value.en)
    shown = {place(mention): mention for member in (relation, *kin) for mention in members(member)}
    return Finding(
        wording.code,
        severity,
        zh,
        en,
        relation,
        tuple(shown.values()),
        relation.confidence,
        root.mends if root else (),
        kin,
        root.bearing if root else (),
    )


def _words(relation: Relation, language: Language, spoken: Spoken) -> dict[str, str]:
    """What fills the templates of one language."""
    first, second, third = (told(relation.terms[n], language) if n < len(relation.terms) else "" for n in range(3))
    return {
        "result": told(relation.result, language),
        "now": _speaks(relation.result.report, spoken).of(language),
        "then": _speaks(relation.terms[0].report, spoken).of(language) if relation.terms else "",
        "first": first,
        "second": second,
        "third": third,
        "factors": " × ".join(told(term, language) for term in relation.terms),
        "items": _SEPARATOR[language].join(relation.items or [told(term, language) for term in relation.terms]),
        "arithmetic": arithmetic(relation, language),
        "stated": written(relation.stated, relation.result).of(language),
        "computed": written(relation.computed, relation.result).of(language),
        "number": relation.computed,
        "gap": _gap(relation).of(language),
        "quotient": _quotient(relation, first, second),
    }


def _quotient(relation: Relation, first: str, second: str) -> str:
    """What a rate was reckoned from: ``40件 ÷ 80件``; of a change, by the level from which it was reckoned."""
    if relation.kind != "growth":
        return f"{first} ÷ {second}"
    if relation.rule in BETWEEN_LEVELS:
        return f"({first} - {second}) ÷ {second}"
    base = "+" if relation.signs[1] == "-" else "-"
    return f"{second} ÷ ({first} {base} {second})"


def severity_of(relation: Relation) -> Severity:
    """A contradiction where the link is sure; a question where another reading is open; a note where one is likely."""
    if relation.confidence < _HINT:
        return "note"
    across = by_rule().get(relation.rule)
    if across is not None and across.severity == "note":
        return "note"
    if relation.confidence < CONTRADICTS:
        return "suspicious"
    return across.severity if across is not None and across.severity is not None else "contradiction"


def _speaks(report: str, spoken: Spoken) -> Both:
    """When a report speaks; its name without the suffix of its file where that is not known."""
    name = report.rpartition(".")[0] or report
    return calendar(spoken[report]) if spoken.get(report) else Both(name, name)


def quoted(mention: Mention) -> str:
    """The figure as printed, without line ends and blanks."""
    return "".join(mention.text.split())


def told(mention: Mention, language: Language) -> str:
    """A figure as printed; a date with the day that it means, where it does not say so itself."""
    text = quoted(mention)
    if mention.kind != "date" or not mention.edtf:
        return text
    day = calendar(mention.edtf)
    if language == "en":
        return f"{text} ({day.en})"
    first = calendar(mention.edtf.split("/")[0]).zh
    return text if first in "".join(text.split()) else f"{text}（{day.zh}）"


def written(number: str, mention: Mention) -> Both:
    """A number with the unit of the figure that it belongs to; a day or a weekday where the figure is a date."""
    if mention.kind == "date":
        return Both(number, _WEEKDAYS[number]) if number in _WEEKDAYS else calendar(number)
    sign, blank, digits = number.rpartition(" ")  # ≥ 90
    both = amount(digits, mention.unit or "")
    return Both(sign + blank + both.zh, sign + blank + both.en)


_WEEKDAYS = {
    "一": "Monday",
    "二": "Tuesday",
    "三": "Wednesday",
    "四": "Thursday",
    "五": "Friday",
    "六": "Saturday",
    "日": "Sunday",
}
_SEPARATOR: dict[Language, str] = {"zh-TW": "、", "en": ", "}


def arithmetic(relation: Relation, language: Language = "zh-TW") -> str:
    """The terms with their signs: ``40人 + 201人``."""
    pieces: list[str] = []
    for sign, term in zip(relation.signs, relation.terms, strict=True):
        figure = _in_full(term).of(language)
        times = f"{figure}×{term.distributed}" if term.distributed else figure
        if pieces:
            pieces.append(f"{sign} {times}")
        else:
            pieces.append(times if sign == "+" else f"-{times}")
    return " ".join(pieces)


def _in_full(mention: Mention) -> Both:
    """A figure as printed; multiplied out where its unit stands in the head of a table."""
    text = quoted(mention)
    digits = text.replace(",", "")
    bare = mention.kind == "quantity" and digits.isdecimal() and digits.isascii()
    if bare and isinstance(mention.value, Decimal) and mention.value != Decimal(digits):
        return amount(format(mention.value, "f"), mention.unit or "")
    return Both(text, text)


def _gap(relation: Relation) -> Both:
    """How far stated and computed lie apart; posts in brackets apart by themselves: ``1(2)``."""
    sides = [_POSTS.fullmatch(text) for text in (relation.stated, relation.computed)]
    if sides[0] and sides[1]:
        outer, inner = (abs(int(sides[0][n]) - int(sides[1][n])) for n in (1, 2))
        told = f"{outer}({inner})" if inner else f"{outer}{relation.result.unit or ''}"
        return Both(told, told)
    try:
        gap = magnitude(number(relation.stated) - number(relation.computed))
    except ValueError:
        return Both("", "")
    return apart(show(gap), relation.result.unit or "")


_POSTS = re.compile(r"(\d+)\((\d+)\)")


# --- what was read off pictures --------------------------------------------------------------------------------------------


def recognised_of(extraction: Extraction) -> dict[str, Confidence]:
    """How sure the text of a report is, by its name, if it was read off pictures."""
    places = extraction.report.places
    return {extraction.report.name: places.confidence} if places is not None and places.recognised else {}


def as_sure(findings: Iterable[Finding], recognised: Mapping[str, Confidence]) -> tuple[Finding, ...]:
    """No contradiction rests on a figure that was read off a picture: it is suspicious, and the picture tells.

    ``recognised``: how sure what was read off pictures is, by report.
    """

    def unsure(mention: Mention) -> bool:
        sure = recognised.get(mention.report)
        return sure is not None and sure(mention.start, mention.end) < 1

    return tuple(
        replace(finding, severity="suspicious")
        if finding.severity == "contradiction" and any(map(unsure, finding.mentions))
        else finding
        for finding in findings
    )
