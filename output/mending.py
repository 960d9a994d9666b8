"""What single figure of a finding, changed to what, would make all agree: in words, from a row of the findings table."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from ..notation import Both, amount, calendar
from .passages import printable
from .records import Record


def ways(finding: Record) -> tuple[Both, ...]:
    """Each figure with what it would have to be, the likeliest first."""
    units = {str(each["text"]): each for each in _of(finding["mentions"])}
    found = []
    for mend in _of(finding["mends"], str):
        figure, _, value = mend.rpartition(" → ")
        known: Record = units.get(figure) or next(
            (each for text, each in units.items() if printable(text) == figure), {}
        )
        told = written(value, known)
        found.append(Both(f"「{figure}」改為 {told.zh}", f"“{figure}” to {told.en}"))
    return tuple(found)


def written(value: str, mention: Record) -> Both:
    """A value as people write it, in the unit of the figure that it stands for; half of a digit is cut off nowhere."""
    if mention.get("type") == "date":
        day = calendar(value)
        return Both(printable(day.zh), printable(day.en))
    value, unit = printable(value), printable(str(mention.get("unit") or ""))
    unit = "" if unit == "ratio" else unit
    try:
        Decimal(value)
    except InvalidOperation:  # 68(2), ≥ 90: with brackets or a sign
        return Both(f"{value}{unit}", f"{value}{unit}")
    return amount(value, unit)


def _of(value: object, kind: type = dict) -> list:  # type: ignore[type-arg]
    return [each for each in value if isinstance(each, kind)] if isinstance(value, list) else []
