"""What a person corrects: the reading of a figure, or a tie between figures; kept, and applied to every later version.

A figure is known by its characters and the words around it, wherever in the report it stands. What cannot be found again in a
later version is left as it is read there, and applied again once it is back.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from .. import pipeline
from ..fingerprints import likeness, taken, words_around
from ..model import Extraction, Fact, FactField, LedgerEntry, Mention, Period, Role, Trace
from ..rules.consistency.by_hand import ByHand, Said, Untied
from .keep import Store, now
from .missed import HAND, known_place, with_missed
from .rules import rules_of

_SAME_PLACE = 0.8
"""So alike must the words be for a figure that was changed itself."""
FIELDS = ("value", "unit", "role", "period", "indicator", "date")
TIES = ("sum", "same", "ratio")


class CorrectionError(ValueError):
    """A correction that makes no sense; what is wrong is one of ``value``, ``role``, ``period``, ``date``, ``figures``."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction, as it is kept."""

    correction_id: int
    kind: str
    content: Mapping[str, object]


def corrections_of(store: Store, name: str) -> tuple[Correction, ...]:
    """The corrections of a report, in the order in which they were made."""
    rows = store.rows(
        "SELECT correction_id, kind, content FROM corrections WHERE report = ? ORDER BY correction_id", (name,)
    )
    return tuple(Correction(row[0], row[1], json.loads(row[2])) for row in rows)


def keep_reading(connection: sqlite3.Connection, extraction: Extraction, start: int, told: Mapping[str, str]) -> None:
    """Keep what a person says of a figure or a date; ``told`` has some of ``FIELDS``, or nothing where it is none."""
    figure = figure_at(extraction, start)
    fields = checked(told)
    if any((name == "date") != (figure.kind == "date") for name in fields):
        raise CorrectionError("date" if "date" in fields else "value")
    _keep(connection, extraction, "reading", {"figure": known_figure(extraction, figure), "set": fields})


def keep_missed(
    connection: sqlite3.Connection, extraction: Extraction, start: int, end: int, told: Mapping[str, str]
) -> None:
    """Keep a figure or a date that the program did not read; ``told`` has some of ``FIELDS``.

    Where neither its value nor its date is told, it is what its characters say by themselves.
    """
    fields, text = checked(told), extraction.report.text[start:end]
    if not text.strip() or not 0 <= start < end <= len(extraction.report.text):
        raise CorrectionError("figures")
    if "date" not in fields and "value" not in fields:
        alone = pipeline.read_alone(text)
        if alone is None:
            fields["value"] = str(_number(text))
        elif alone.kind == "date":
            fields["date"] = alone.edtf or ""
        else:
            fields = {"value": str(alone.value), **({"unit": alone.unit} if alone.unit else {}), **fields}
    _keep(connection, extraction, "reading", {"missed": known_place(extraction.report.text, start, end), "set": fields})


def keep_times(connection: sqlite3.Connection, report_id: str, period: str, issued: str) -> None:
    """Keep of what time a report speaks and when it does, before all that its text says; empty: as the text says."""
    told = [(_time("period", each.strip()).edtf if each.strip() else None) for each in (period, issued)]
    connection.execute("UPDATE reports SET given_period = ?, given_issued = ? WHERE report_id = ?", (*told, report_id))


def keep_tie(
    connection: sqlite3.Connection, extraction: Extraction, kind: str, starts: Sequence[int], signs: Sequence[str]
) -> None:
    """Keep a tie that a person has seen: the result first, then the terms with their signs."""
    ways = fitting(kind, starts, signs)
    figures = [known_figure(extraction, figure_at(extraction, start)) for start in starts]
    _keep(connection, extraction, "tie", {"tie": kind, "figures": figures, "signs": ways})


def fitting(kind: str, places: Sequence[object], signs: Sequence[str]) -> list[str]:
    """The signs of the terms; raises ``CorrectionError`` where the figures are not so many as a tie of that kind has."""
    ways = ["-" if sign == "-" else "+" for sign in signs]
    wanted = {"same": (2,), "ratio": (3,)}.get(kind, range(2, sys.maxsize))
    twice = any(place in places[:at] for at, place in enumerate(places))
    if kind not in TIES or len(places) not in wanted or len(ways) != len(places) - 1 or twice:
        raise CorrectionError("figures")
    return ways


def keep_no_tie(connection: sqlite3.Connection, extraction: Extraction, rule: str, starts: Sequence[int]) -> None:
    """Keep that figures have nothing to do with each other."""
    figures = [known_figure(extraction, figure_at(extraction, start)) for start in starts]
    if len(figures) < 2:
        raise CorrectionError("figures")
    _keep(connection, extraction, "tie", {"untie": rule, "figures": figures})


def take_back(connection: sqlite3.Connection, correction_id: int) -> str | None:
    """Forget a correction; the name of its report."""
    row = connection.execute("SELECT report FROM corrections WHERE correction_id = ?", (correction_id,)).fetchone()
    connection.execute("DELETE FROM corrections WHERE correction_id = ?", (correction_id,))
    return str(row[0]) if row else None


def applied(store: Store, outcome: pipeline.Outcome) -> pipeline.Outcome:
    """What was read in a report with its corrections, and what follows of them."""
    if outcome.extraction is None:
        return outcome
    known = corrections_of(store, outcome.extraction.report.name)
    if not known:
        return outcome
    extraction = outcome.extraction
    for each in known:
        if "missed" in each.content:
            extraction = with_missed(extraction, each.content)
        elif each.kind == "reading":
            extraction = _read(extraction, each.content)
    ties: list[ByHand] = []
    untied: set[Untied] = set()
    for each in known:
        if each.kind == "tie" and "across" not in each.content:
            figures = _found(extraction, each.content["figures"])
            if figures is None:
                continue
            if "untie" in each.content:
                untied.add((str(each.content["untie"]), frozenset((figure.report, figure.start) for figure in figures)))
            else:
                told: Any = each.content
                ties.append((told["tie"], figures[0], figures[1:], told["signs"]))
    return pipeline.rechecked(outcome, extraction, Said(tuple(ties), frozenset(untied)), rules=rules_of(store))


def _keep(connection: sqlite3.Connection, extraction: Extraction, kind: str, content: Mapping[str, object]) -> None:
    told = json.dumps(content, ensure_ascii=False)
    row = (kind, extraction.report.name, told, now())
    connection.execute("INSERT INTO corrections (kind, report, content, at) VALUES (?, ?, ?, ?)", row)


def figure_at(extraction: Extraction, start: int) -> Mention:
    """The figure that begins there; raises ``CorrectionError``."""
    for mention in extraction.mentions:
        if mention.start == start:
            return mention
    raise CorrectionError("figures")


def known_figure(extraction: Extraction, figure: Mention) -> dict[str, object]:
    """What a figure is known by."""
    return known_place(extraction.report.text, figure.start, figure.end) | {"text": figure.text, "kind": figure.kind}


def _found(extraction: Extraction, known: Any) -> list[Mention] | None:
    """The figures again; None where one of them is not there."""
    found: list[Mention] = []
    for each in known:
        figure = found_again(extraction, each, {mention.start for mention in found})
        if figure is None:
            return None
        found.append(figure)
    return found


def found_again(extraction: Extraction, known: Mapping[str, object], used: set[int]) -> Mention | None:
    """The figure with the same characters and the words most alike; else the one that stands in the same words."""
    text = extraction.report.text
    words = str(known["context"])

    def words_of(mention: Mention) -> str:
        return words_around(text, mention.start, mention.end)

    kind = [each for each in extraction.mentions if each.kind == known["kind"] and each.start not in used]
    alike = [each for each in kind if each.text == known["text"]]
    # Where two are equally alike, the one that stands where it stood.
    alike.sort(key=lambda each: abs(each.start - int(str(known["start"]))))
    match = taken(alike, words, words_of)
    if match is not None:
        return match
    near = max(kind, key=lambda each: likeness(words_of(each), words), default=None)
    return near if near is not None and likeness(words_of(near), words) >= _SAME_PLACE else None


def checked(told: Mapping[str, str]) -> dict[str, str]:
    """The fields that are told; raises ``CorrectionError`` where one of them makes no sense."""
    fields = {name: value.strip() for name, value in told.items() if name in FIELDS and value.strip()}
    if "value" in fields:
        fields["value"] = str(_number(fields["value"]))
    if "role" in fields and fields["role"] not in get_args(Role):
        raise CorrectionError("role")
    for name in ("period", "date"):
        if name in fields:
            _time(name, fields[name])
    return fields


def _time(name: str, told: str) -> Period:
    try:
        return pipeline.time_told(told)
    except ValueError as error:
        raise CorrectionError(name) from error


def _number(told: str) -> Decimal:
    try:
        value = Decimal(told.replace(",", ""))
    except InvalidOperation as error:
        raise CorrectionError("value") from error
    if not value.is_finite():
        raise CorrectionError("value")
    return value


def _read(extraction: Extraction, content: Mapping[str, object]) -> Extraction:
    """The extraction with a figure as a person reads it."""
    known, fields = content["figure"], content["set"]
    assert isinstance(known, dict)
    assert isinstance(fields, dict)
    figure = found_again(extraction, known, set())
    if figure is None:
        return extraction
    if not fields:
        return _without(extraction, figure)
    changed = figure.text != known["text"]  # its value is another one now: what was said of the old one is void
    if figure.kind == "date":
        return extraction if changed else _dated(extraction, figure, pipeline.time_told(str(fields["date"])))
    value = figure.value if changed or "value" not in fields else _number(str(fields["value"]))
    corrected = replace(figure, value=value, unit=fields.get("unit", figure.unit), rule=HAND)
    return replace(
        extraction,
        mentions=tuple(corrected if each is figure else each for each in extraction.mentions),
        facts=tuple(_fact(each, corrected, fields) if each.mention == figure else each for each in extraction.facts),
    )


def _fact(fact: Fact, mention: Mention, fields: Mapping[str, Any]) -> Fact:
    told: tuple[FactField, ...] = ("role", "period", "indicator", "unit")
    said = [name for name in told if name in fields]
    kept = tuple(trace for trace in fact.trace if trace.field not in said)
    made = replace(fact, mention=mention, trace=(*kept, *(Trace(name, HAND) for name in said)), confidence=Decimal(1))
    if "role" in fields:
        made = replace(made, role=fields["role"], sign=fact.sign if fields["role"] == "delta" else None)
    if "period" in fields:
        made = replace(made, period=pipeline.time_told(fields["period"]))
    if "indicator" in fields:
        made = replace(made, indicator=fields["indicator"])
    return made


def _dated(extraction: Extraction, figure: Mention, period: Period) -> Extraction:
    """The extraction with a date as a person reads it, and the facts that have their time from it."""

    def at_its_time(fact: Fact) -> Fact:
        by_it = any(each.field == "period" and each.source == (figure.start, figure.end) for each in fact.trace)
        if not by_it or fact.period is None or fact.period.edtf != figure.edtf:
            return fact
        return replace(fact, period=period)

    corrected = replace(figure, edtf=period.edtf, rule=HAND)
    return replace(
        extraction,
        mentions=tuple(corrected if each is figure else each for each in extraction.mentions),
        facts=tuple(map(at_its_time, extraction.facts)),
    )


def _without(extraction: Extraction, figure: Mention) -> Extraction:
    """The figure is none; its numerals are recognised as something else."""

    def said(entry: LedgerEntry) -> LedgerEntry:
        inside = figure.start <= entry.start < figure.end
        return replace(entry, fate="recognised", rule=HAND) if inside else entry

    return replace(
        extraction,
        mentions=tuple(each for each in extraction.mentions if each is not figure),
        facts=tuple(each for each in extraction.facts if each.mention != figure),
        ledger=tuple(map(said, extraction.ledger)),
    )


def rename(connection: sqlite3.Connection, earlier: str, later: str) -> None:
    """A later version goes by another name: what was corrected in the earlier one holds for it."""
    connection.execute("UPDATE corrections SET report = ? WHERE report = ?", (later, earlier))
    query = "SELECT correction_id, content FROM corrections WHERE json_extract(content, '$.across')"
    for number, told in connection.execute(query).fetchall():
        content = json.loads(told)
        for figure in content["figures"]:
            figure["report"] = later if figure["report"] == earlier else figure["report"]
        row = (json.dumps(content, ensure_ascii=False), number)
        connection.execute("UPDATE corrections SET content = ? WHERE correction_id = ?", row)
