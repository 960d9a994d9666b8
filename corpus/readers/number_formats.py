"""What a cell shows: the number that is stored, in the format that was chosen for it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0", 6: "$#,##0", 7: "$#,##0.00", 8: "$#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "yyyy/m/d", 16: "m/d", 17: "yyyy/m", 22: "yyyy/m/d",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '$#,##0;-$#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '$#,##0.00;-$#,##0.00;"-"',
    27: "e/m/d", 28: "e年m月d日", 29: "e年m月d日", 30: "yyyy/m/d", 31: "yyyy年m月d日", 36: "e/m/d", 50: "e/m/d",
    51: "e年m月d日", 54: "e年m月d日", 57: "e/m/d", 58: "e年m月d日",
}  # fmt: skip
"""The formats that have a number only; 27 and up as the Taiwanese edition shows them."""

_SECTION = re.compile(r'"[^"]*"|\\.|[^;"\\]+|;|["\\]')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DROPPED = re.compile(r"\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]|_.|\*.")
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?")
_QUOTED = re.compile("[\ue000-\ue7ff]")
_FIRST_QUOTED = 0xE000
_MOST_QUOTED = 2000
_DATE_SIGNS = re.compile(r"[ymde]", re.IGNORECASE)
_DATE_PART = re.compile(r"y+|e+|m+|d+", re.IGNORECASE)
_EXACT = Context(prec=400)
_SIGNIFICANT = 15
_FIRST_DAY = datetime(1899, 12, 30)
_MOST_DAYS = 400_000
_MOST_PLACES = 12


def shown(value: float, code: str, since_1904: bool = False) -> str:
    """The number as it is displayed: 0.125 as 12.5% under 0.0%, -3 as (3) under 0;(0)."""
    number = _decimal(value)
    if number is None:
        return ""
    sections = _sections(code)
    section, number = _section(sections, number)
    body, literals = _without_literals(section)
    if body.strip().lower() in ("", "general", "@", "g/通用格式") and not literals:
        return _plain(number)
    if _is_date(body):
        return _date(value, body, literals, since_1904)
    places = _PLACES.search(body)
    if places is None:
        return _restored(body, literals).strip()
    return _restored(body[: places.start()] + _number(number, body, places) + body[places.end() :], literals).strip()


def _decimal(value: float) -> Decimal | None:
    """The number with the digits that the program keeps: 0.1 + 0.2 is 0.3."""
    try:
        number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sections(code: str) -> list[str]:
    sections = [""]
    for piece in _SECTION.findall(code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _section(sections: list[str], number: Decimal) -> tuple[str, Decimal]:
    """The part of the format for a positive number, a negative one, zero; the second part shows its own sign."""
    if number < 0 and len(sections) > 1 and sections[1]:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _without_literals(section: str) -> tuple[str, list[str]]:
    """Quoted text is set aside, so that nothing in it is taken for a placeholder."""
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found.group(1) if found.group(1) is not None else found.group(2))
        return chr(_FIRST_QUOTED + min(len(literals) - 1, _MOST_QUOTED))

    body = _LITERAL.sub(keep, section)
    return _DROPPED.sub(lambda found: found.group(1) or "", body), literals


def _restored(text: str, literals: list[str]) -> str:
    return _QUOTED.sub(lambda found: literals[ord(found.group()) - _FIRST_QUOTED], text)


def _is_date(body: str) -> bool:
    bare = _QUOTED.sub("", body)
    return _DATE_SIGNS.search(bare) is not None and "e+" not in bare.lower() and not _PLACES.search(bare)


def _number(number: Decimal, body: str, places: re.Match[str]) -> str:
    decimals = min(len(places.group(1) or ""), _MOST_PLACES)
    if "%" in body:
        number *= 100
    whole = places.group().split(".")[0]
    for _ in range(len(whole) - len(whole.rstrip(","))):  # a comma at the end shows thousands
        number /= 1000
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else format(rounded, "f")
    optional = (places.group(1) or "").rstrip("#?")
    if "." in text and len(optional) < decimals:
        kept = len(text) - (decimals - len(optional))
        while len(text) > kept and text.endswith("0"):
            text = text[:-1]
        text = text.rstrip(".")
    return "0" if text in ("-0", "") else text


def _date(value: float, body: str, literals: list[str], since_1904: bool) -> str:
    if not 0 <= value < _MOST_DAYS:
        return _plain(_decimal(value) or Decimal())
    day = _FIRST_DAY + timedelta(days=int(value) + (1462 if since_1904 else 0))

    def part(found: re.Match[str]) -> str:
        sign = found.group()[0].lower()
        if sign == "y":
            return str(day.year)
        if sign == "e":
            return str(day.year - 1911)
        return str(day.month if sign == "m" else day.day)

    return _restored(_DATE_PART.sub(part, body.split("h")[0].split("H")[0]), literals).strip().rstrip(":@;")
