"""Agencies: the table of ``agencies.toml`` and one pattern that finds all their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from .loader import Entry
from .registry import RuleSet, active, rule_entries

PLACES = (
    "臺北市", "台北市", "新北市", "桃園市", "臺中市", "台中市", "臺南市", "台南市", "高雄市", "基隆市", "新竹市", "新竹縣",
    "苗栗縣", "彰化縣", "南投縣", "雲林縣", "嘉義市", "嘉義縣", "屏東縣", "宜蘭縣", "花蓮縣", "臺東縣", "台東縣", "澎湖縣",
    "金門縣", "連江縣", "臺北縣", "台北縣", "桃園縣", "臺中縣", "台中縣", "臺南縣", "台南縣", "高雄縣",
)  # fmt: skip
"""Cities and counties, those of before 2010 too."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A body, and what it is called."""

    id: str
    level: Literal["local", "central"]
    name: str
    short: tuple[str, ...]
    former: tuple[str, ...]


def agency(entry: Entry) -> Agency:
    """The record of one ``[[agency]]``; raises ``RuleError`` where a field is wrong."""
    entry.only("id", "why", "level", "name", "short", "former")
    level = entry.text("level")
    if level not in ("local", "central"):
        raise entry.fault("level", "local or central")
    return Agency(
        entry.text("id"),
        cast('Literal["local", "central"]', level),
        entry.text("name"),
        entry.texts("short"),
        entry.texts("former"),
    )


def agencies() -> dict[str, Agency]:
    """The agencies of the rules in use, by every name that they go by; a full name before a short one."""
    return agencies_of(active())


@cache
def agencies_of(rules: RuleSet) -> dict[str, Agency]:
    """The agencies of a rule set."""
    table = [agency(entry) for entry in rule_entries("agency", rules)]
    result = {known.name: known for known in table}
    for known in table:
        for name in (*known.short, *known.former):
            result.setdefault(name, known)
    return result


def agency_pattern() -> re.Pattern[str]:
    """Finds the names of agencies, the longest first."""
    return _agency_pattern(active())


@cache
def _agency_pattern(rules: RuleSet) -> re.Pattern[str]:
    names = sorted(agencies_of(rules), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))


@cache
def place_pattern() -> re.Pattern[str]:
    """Finds a city or county by its government or its council: 青嵐市政府, 青嵐市議會, as well as those that exist."""
    return re.compile(f"(?:{'|'.join(PLACES)}|(?![各該本貴全兩]|.縣市)[一-鿿]{{2}}[市縣])(?=政府|議會)")
