"""What a label counts that names no unit: the head of a column, or the words before a number (次數:1,295)."""

from __future__ import annotations

import regex

from ...rules.units import unit_table
from ..segmentation import words

INDEX = r"(?:指數|性比例|性別比例?|扶養比|扶[老幼]比|比值|係數)值?"
"""What is measured in nothing but itself."""
_MADE_OF_UNIT = regex.compile(
    r"(?P<unit>人次|場次|梯次)數?$"
    r"|(?P<unit>班期|件|站|處|隊|棟|筆|輛|床|次|家|戶|(?<!學)校|(?<![班學任屆定分日])期|(?<![相絕反應])對)數$"
)
_LABELS: tuple[tuple[regex.Pattern[str], str], ...] = tuple(
    (regex.compile(pattern), unit)
    for pattern, unit in (
        (rf"{INDEX}$", ""),
        (r"(?:人數|人口(?:數)?|員額(?:數)?|人員數)(?:\([^)]*\))?$", "人"),
        (r"班次?數$", "班"),
        (r"時數$", "小時"),
        (r"票數$|得票情形", "票"),
        (r"(?:車|停)格(?:數|位)?$", "格"),
        # Rates of exchange and of births and deaths are none of a hundred.
        (r"(?:(?<![匯倍速頻功亡生育婚殺病])率|比例|百分比|占比|滿意度|%|\(%\))$", "%"),
    )
)
_COUNTED = regex.compile(r"[人件場車班趟航項案戶家店堂診訪]次$")
"""A label that ends in a unit of two characters."""
_COUNTABLE = frozenset({"items", "groups"})
"""里數, 床位數, 組數: the last word before 數 is the unit, where it counts things; not 區 of 社區數, which are told in 處."""


def counted_by(label: str) -> str | None:
    """The unit that a label implies: 人 for 參加人數, none at all ("") for 性比例; None where it tells nothing."""
    known = next((unit for pattern, unit in _LABELS if pattern.search(label)), None)
    if known is None and (made := _MADE_OF_UNIT.search(label)):
        known = made["unit"]
    if known is not None:
        return known
    if _COUNTED.search(label) and unit_table().kind(label[-2:]):
        return label[-2:]
    last = words(label[:-1])[-1] if label.endswith("數") and len(label) > 1 else ""
    kind = unit_table().kind(last)
    return last if kind in _COUNTABLE or (kind == "bodies" and len(last) == 1) else None
