"""A figure or a date that the program did not read, and a person has: put among what was read, and found again in later versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from .. import pipeline
from ..fingerprints import taken, words_around
from ..model import Extraction, Fact, LedgerEntry, Mention, Trace

HAND = "hand"
"""The record that gave what a person has said."""
_TOLD = ("unit", "role", "period", "indicator")


def known_place(text: str, start: int, end: int) -> dict[str, object]:
    """What a stretch of a report's text is known by."""
    return {"text": text[start:end], "context": words_around(text, start, end), "start": start}


def with_missed(extraction: Extraction, content: Mapping[str, Any]) -> Extraction:
    """The extraction with that figure in it, in the place of what was read in the same characters."""
    place = _again(extraction.report.text, content["missed"])
    if place is None:
        return extraction
    figure = _mention(extraction, *place, content["set"])
    if figure is None:
        return extraction
    apart = [each for each in extraction.mentions if each.end <= figure.start or each.start >= figure.end]
    facts = [each for each in extraction.facts if each.mention in apart]
    if figure.kind == "quantity":
        facts.append(_fact(extraction, figure, facts, content["set"]))

    def said(entry: LedgerEntry) -> LedgerEntry:
        inside = figure.start <= entry.start < figure.end
        return replace(entry, fate="mention", rule=HAND) if inside else entry

    return replace(
        extraction,
        mentions=tuple(sorted([*apart, figure], key=lambda each: (each.start, each.end))),
        facts=tuple(sorted(facts, key=lambda each: (each.mention.start, each.mention.end))),
        ledger=tuple(map(said, extraction.ledger)),
    )


def _again(text: str, known: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the same characters stand in the words most alike; of two that are equally so, where they stood."""
    wanted = str(known["text"])
    places, at = [], text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    places.sort(key=lambda start: abs(start - int(known["start"])))
    start = taken(places, str(known["context"]), lambda start: words_around(text, start, start + len(wanted)))
    return None if start is None else (start, start + len(wanted))


def _mention(extraction: Extraction, start: int, end: int, told: Mapping[str, str]) -> Mention | None:
    """The figure; None where its characters stand in no block of the report."""
    for index, block in enumerate(extraction.report.blocks):
        inside = [at for at, offset in enumerate(block.offsets) if start <= offset < end]
        if not inside or block.kind == "residue":
            continue
        text = extraction.report.text[start:end]
        name = extraction.report.name
        made = Mention(name, "quantity", start, end, text, index, inside[0], inside[-1] + 1, HAND)
        if "date" in told:
            return replace(made, kind="date", edtf=pipeline.time_told(told["date"]).edtf)
        value = Decimal(told["value"])
        exponent = value.as_tuple().exponent
        step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else None
        return replace(made, value=value, unit=told.get("unit"), step=step)
    return None


def _fact(extraction: Extraction, figure: Mention, facts: list[Fact], told: Mapping[str, Any]) -> Fact:
    """What it tells; what nobody said is that of the fact that stands nearest in the same paragraph."""
    beside = [each for each in facts if each.mention.block == figure.block]
    near = min(beside, key=lambda each: abs(each.mention.start - figure.start), default=None)
    block = extraction.report.blocks[figure.block]
    period = pipeline.time_told(told["period"]) if "period" in told else near.period if near else None
    return Fact(
        mention=figure,
        agency=near.agency if near else extraction.agency,
        section=block.path,
        indicator=told.get("indicator") or (near.indicator if near else figure.text),
        category=None,
        role=told.get("role") or "actual",
        sign=None,
        period=period,
        trace=tuple(Trace(name, HAND) for name in _TOLD),  # type: ignore[arg-type]
        confidence=Decimal(1),
        page=block.page,
        state=near.state if near else None,
        as_of=near.as_of if near else None,
    )
