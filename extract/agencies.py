"""Whose figure it is: the body named in the clause, else the government or the office that reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..corpus.titles import opening_line
from ..model import Report
from ..rules.agencies import PLACES, Agency, agencies, agency_pattern, place_pattern
from .context import Figure

_OPENING = 8
"""The office that reports is named in the title or in one of so many blocks at the beginning."""
_OTHER_PARTY = re.compile(
    r"(?:與|及|和|、|向|由|經|參加|榮獲|獲|配合|依|依據|移撥|函送|委託|邀請|報請|送|參選|較|洽|訪|請|獲頒|當選)\Z"
)
_TO_PARLIAMENT = re.compile(r"貴院|本院(?:暨|及)所屬")
"""Only the Executive Yuan reports so: to the Legislative Yuan, of itself and the bodies below it."""
_WHOLE_CITY = re.compile(r"本府|市府|縣府|本[市縣]")
_WHOLE = re.compile(r"本府|本院|市府|縣府|本市|各機關|各局處|各級學校")
_OWN = re.compile(r"本[處局會署部所]")
_POSTS = re.compile(r"(?:組織規程|編制表|員額|組織編制)")
_AMENDED = re.compile(r"(?:修正|訂定|廢止|修訂)(?:本府|本市|市立|該)?(?!該|其)([一-鿿]{2,20}?)(?:組織|編制)")
_ISSUER = re.compile(r"發[稿佈布]單位[::]?\s*([一-鿿]{2,12})")


_TITLE_LENGTH = 60
_HEADED = re.compile(r"[\s一二三四五六七八九十、]*(?:[一-鿿]{2,3}[市縣]政府)[一-鿿]{2,12}")
"""A title names its office: 青嵐市政府人事處業務報告."""
_REPORTS = re.compile(r"(?:\d{2,3}年度?)?(?:業務|工作|施政)[一-鿿]{0,8}(?:報告|成果|計畫)")
"""What stands behind the office alone, below the council that it reports to: 教育局業務報告."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies that a report speaks for: the office that wrote it, and the government that it belongs to."""

    own: str | None
    government: str | None


def bodies_of(report: Report) -> Bodies:
    """The office and the government of a report, from its title and its first lines."""
    headline = report.title or opening_line(report.blocks)
    opening = [headline, *(block.text[:200] for block in report.blocks[:_OPENING])]
    place = next((match.group() for text in opening if (match := place_pattern().search(text))), None)
    if place is None:
        spoken = [headline[:_TITLE_LENGTH], *(opening[1:] if _WHOLE_CITY.search(report.text) else ())]
        place = next((p for text in spoken for p in PLACES if p in text), None)
        if place is None and _WHOLE_CITY.search(report.text):
            place = next((p for p in PLACES if f"{p}政府" in report.text), None)
    government = f"{place.replace('台', '臺')}政府" if place else None
    office = _office(opening, headline.strip(), government is not None)
    if office is not None:
        return Bodies(_full(agencies()[office], government), government)
    if government is None and "本院" in report.text and _TO_PARLIAMENT.search(report.text):
        return Bodies("行政院", "行政院")
    return Bodies(government, government)


def _office(opening: list[str], subject: str, is_local: bool) -> str | None:
    """The office that reports, as the first lines name it: as issuer or in a title; else by what a chapter is about."""
    for text in opening:
        issuer = _ISSUER.search(text)
        found = agency_pattern().search(issuer.group(1)) if issuer else _HEADED.match(text[:_TITLE_LENGTH])
        named = agency_pattern().search(found.group()) if found else None
        if named:
            return named.group()
    if not is_local:
        return None
    for text in opening:
        if told := _REPORTS.search(text[:_TITLE_LENGTH]):
            office = next((name for name in agencies() if text.endswith(name, 0, told.start())), None)
            if office is not None:
                return office
    # 人事: a chapter that is called by its subject is by the office for it.
    return next((f"{subject}{end}" for end in "處局" if subject and f"{subject}{end}" in agencies()), None)


def _full(known: Agency, government: str | None) -> str:
    return f"{government}{known.name}" if known.level == "local" and government else known.name


@dataclass(frozen=True, slots=True)
class AgencyReading:
    """The body whose figure it is, how it was found, and where it is named in the masked text of the block."""

    name: str | None
    record: Literal["named", "own", "whole"]
    source: tuple[int, int] | None = None


def agency_of(figure: Figure, bodies: Bodies) -> AgencyReading:
    """The body whose figure it is."""
    before = figure.before
    named = _named(before)
    if named is not None:
        place = figure.since + named.start()
        name = _full(agencies()[named.group()], bodies.government)
        return AgencyReading(name, "named", (place, place + len(named.group())))
    own, whole = _last(_OWN, before), _last(_WHOLE, before)
    if whole > own:
        place = figure.since + whole
        return AgencyReading(bodies.government or bodies.own, "whole", (place, place + 2))
    spoken = (figure.since + own, figure.since + own + 2) if own >= 0 else None
    return AgencyReading(bodies.own or bodies.government, "own", spoken)


def body_of(figure: Figure) -> str | None:
    """The body whose posts are told: the one whose statutes the heading or the paragraph amends."""
    sources = (*reversed(figure.view.block.path[-2:]), figure.view.text[: figure.mark.at])
    for source in sources:
        amended = _AMENDED.search(source)
        if amended:
            name = amended.group(1)
            return agencies()[name].name if name in agencies() else name
    for source in sources:
        found = agency_pattern().search(source) if _POSTS.search(source) else None
        if found:
            return agencies()[found.group()].name
    return None


def _named(before: str) -> re.Match[str] | None:
    """The last body named as the one that acts, not as another party, and not inside a title."""
    result = None
    for found in agency_pattern().finditer(before):
        ahead = before[: found.start()]
        if ahead.count("「") > ahead.count("」") or _OTHER_PARTY.search(ahead):
            continue
        if (
            before[found.end() : found.end() + 2] in ("辦理", "訂頒", "核定", "規定")
            and agencies()[found.group()].level == "central"
        ):
            continue
        result = found
    return result


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
