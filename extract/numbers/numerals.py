"""Numbers as they are written in Traditional Chinese prose, and what they are worth.

Text is expected folded to ordinary width (see ``corpus.fold``). Digits, Chinese numerals and powers mix freely:
``1,234``, ``42億6,205萬8,114``, ``1億2千3百萬``, ``7.56億``, ``4點5億``, ``一百二十三``, ``廿七``, ``伍仟3佰``, ``一億半``,
``二○兆三、四一二億`` (positional, with 、 as thousands mark and ‧ as decimal point), ``數百``, ``507億7,815萬餘``.
A number is read whole or not at all: what the grammar does not cover to its last character raises ``NumeralError``.
Chinese numerals below 萬 are read by cn2an; the grammar around them is ours.
"""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import regex

from ...rules.kept import keep, load

# --- the characters of a number --------------------------------------------------------------------------------------
ZERO = "零〇○Ｏ"
FORMAL = "壹貳參叁肆伍陸柒捌玖"
DIGIT = f"{ZERO}一二兩三四五六七八九{FORMAL}"
SMALL = "十拾百佰千仟廿卅卌"
LARGE = "萬億兆"
POINTS = "\u2027\u00b7\u2219\u22c5\u2022\u30fb"
"""Signs that are written for a decimal point between Chinese digits: ‧ · ∙ ⋅ • ・."""
MORE = "[餘多幾]"
_MORE = re.compile(MORE)
LONGEST = 60
"""Characters of the longest number that is read: what is longer is a code, no amount."""

_ARABIC = r"(?:(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?|(?<![0-9A-Za-z.])\.[0-9]++"
# 二○兆三、四一二億: 、 parts three digits written by position.
_POSITIONAL_MARK = rf"(?<=[{DIGIT}])、(?=[{DIGIT}]{{3}}(?![{DIGIT}{SMALL}]))"
# 四‧八, 4點5億, 兩千萬點五; but 4點30分 is a time of day, and 兩 is no decimal.
_POINT = rf"(?<=[0-9{DIGIT}{SMALL}{LARGE}])[{POINTS}點](?=(?![兩])(?:[0-9]++|[{DIGIT}]++)(?!分(?!之)|時|鐘))"
# 28點多億: a little more than so much.
_POINT_MORE = rf"(?<=[0-9{DIGIT}{SMALL}])點(?=[多幾][{LARGE}])|(?<=點)[多幾](?=[{LARGE}])"
# 一.七五億: a full stop where the point should be.
_STOP_AS_POINT = rf"(?<=[{DIGIT}十百千])\.(?=[{DIGIT}])"
_STOPPED = re.compile(_STOP_AS_POINT)
_POINT_BEFORE_MORE = re.compile("點(?=[多幾])")
# A 餘 or 多 inside a number stands before a power.
_MORE_INSIDE = rf"(?<=[0-9{DIGIT}{SMALL}]){MORE}(?=[{SMALL}{LARGE}])"
# 一億半, but 一萬半年 is no number.
_HALF = rf"(?<=[{LARGE}])半(?!年|天|日|小時|個|數|價|票)"
# 參 is a syllable of 參加, 陸 of 大陸: formal digits count in a row, or before a power or a coin.
_FORMAL = (
    rf"(?<![大登著內新隊入退收])[{FORMAL}](?=[{FORMAL}{SMALL}{LARGE}元圓角分整點零個人又])|(?<=[{FORMAL}拾佰仟])[{FORMAL}]"
    rf"|(?<=分之)[{FORMAL}]|(?<![收撿])拾(?=[{FORMAL}{LARGE}元圓一二三四五六七八九零])|(?<=[{FORMAL}])拾"
)
# 百分點 and 千分點 are units: 3.2百分點.
_CHARACTER = f"(?![百千]分點)[{ZERO}一二兩三四五六七八九十百佰千仟廿卅卌{LARGE}]|{_FORMAL}"
NUMBER = (
    rf"(?:[數幾](?=[{SMALL}{LARGE}])(?!.\s?分之))?"
    rf"(?:{_ARABIC}|{_CHARACTER}|{_POSITIONAL_MARK}|{_POINT}|{_STOP_AS_POINT}|{_POINT_MORE}|{_MORE_INSIDE}|{_HALF})++"
)
"""The whole run of characters that make up one number where it is well-formed, without its unit."""

POWERS = {"十": 10, "百": 100, "千": 1000, "萬": 10**4, "億": 10**8, "兆": 10**12}
_ONES = "一二三四五六七八九"
DIGITS = {c: i for i, c in enumerate(f"零{_ONES}")}
# Variants, to the characters that cn2an reads.
PLAIN = str.maketrans(
    "〇○Ｏ兩壹貳參叁肆伍陸柒捌玖拾佰仟" + POINTS, "零零零二一二三三四五六七八九十百千" + "點" * len(POINTS)
)
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}

_GROUP = regex.compile(rf"(?<![^{LARGE}])(?P<below>[^{LARGE}]*+)(?P<powers>[{LARGE}]+)")
_SECTION = regex.compile(
    rf"(?P<chain>(?:零?(?:[{_ONES}]|(?<![0-9.,])[0-9](?![0-9.,]))?[十百千])*)(?P<zero>零?)"
    rf"(?:(?P<arabic>[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(?P<small>[百千]?)|(?P<chinese>[零{_ONES}、]*))"
)
_SHORT = regex.compile(rf"[百千][{_ONES}]$")
"""三百五 is 350 where the number ends; 三百五億 could be 305 or 350."""
_FOUR_DIGITS = regex.compile(r"[0-9],?[0-9]{3}")
"""1萬2,296萬 is 12,296萬."""
_STACKED = {"萬萬": 10**8, "萬億": 10**12, "億億": 10**16, "萬兆": 10**16}
"""Large powers that are stacked; any other row of them is a slip."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as read: exact value, the place value of the last digit written, and whether 餘, 多 or 數 makes it more."""

    value: Decimal
    step: Decimal
    more: bool = False
    value_max: Decimal | None = None
    """Upper end where two neighbouring digits name a span: 八九億, 二三十."""


class NumeralError(ValueError):
    """The text is no number of a form known here."""


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> Numeral:
    """Read ``text``, a number as ``NUMBER`` matches it (a 餘 or 多 may follow), white space left out.

    Raises ``NumeralError`` where it is none, or none as a whole.

    >>> read_numeral("42億6,205萬8,114").value
    Decimal('4262058114')
    >>> read_numeral("1億2千3百萬").value
    Decimal('123000000')
    >>> read_numeral("17.9萬").step
    Decimal('1000')
    """
    plain = _STOPPED.sub("點", "".join(text.split())).translate(PLAIN)
    plain = _POINT_BEFORE_MORE.sub("", plain)
    if not plain or len(plain) > LONGEST:
        raise NumeralError(text)
    vague = plain[0] in "數幾"
    plain, more = _MORE.subn("", "一" + plain[1:] if vague else plain)
    try:
        value, step = _number(plain)
    except (ArithmeticError, KeyError, ValueError) as error:
        raise NumeralError(text) from error
    if (vague or more) and step == 1:
        step = _last_nonzero(value)
    return Numeral(_tidy(value), _tidy(step), vague or bool(more))


NEIGHBOURS = regex.compile(
    rf"(?P<head>.*?)(?P<low>[一二兩三四五六七八])(?P<high>[二三四五六七八九])(?P<tail>[{SMALL}{LARGE}]*)"
)


_POINTED = re.compile(rf"[.{POINTS}點]")


def read_neighbours(text: str) -> Numeral | None:
    """Two digits in a row that name a span: 八九億 is 8 to 9 億, 十五六 15 to 16, 兩三 2 to 3; None where it is none.

    Where a text writes its numbers digit by digit, 八九億 is 89 億: the caller knows.
    """
    match = NEIGHBOURS.fullmatch(text)
    if match is None or match["head"][-1:] in tuple(DIGIT) or _POINTED.search(match["head"]):
        return None
    pair = match["low"] + match["high"]
    consecutive = DIGITS[match["high"]] - DIGITS[match["low"].replace("兩", "二")] == 1
    if not consecutive and pair != "三五":
        return None
    try:
        low, high = (read_numeral(match["head"] + match[end] + match["tail"]) for end in ("low", "high"))
    except NumeralError:
        return None
    return Numeral(low.value, low.step, False, high.value)


_SMALL_POWER = re.compile(rf"[0-9{DIGIT}](?P<power>[{SMALL}])")
_ONE_DIGIT = re.compile(rf"[0-9{DIGIT}]")


def shared_power(low: str, high: str) -> str:
    """The power that the upper end of a span lends to the lower: 萬 in 3至5萬, 億 in 七千到九千億; empty where none.

    ``low`` and ``high`` are the two numbers as written.
    """
    powers = high[len(high.rstrip(LARGE)) :]
    head = high.removesuffix(powers)
    if low[-1:] in tuple(LARGE) or not head:
        return ""
    small = _SMALL_POWER.fullmatch(head)
    if small and _ONE_DIGIT.fullmatch(low):  # 三到五百, 3至5千萬
        powers, head = small["power"] + powers, head[:1]
    return powers if powers and read_numeral(low).value < read_numeral(head).value else ""


def _tidy(number: Decimal) -> Decimal:
    """Whole numbers without decimals, however large."""
    return Decimal(int(number)) if number == number.to_integral_value() else number


def _number(plain: str) -> tuple[Decimal, Decimal]:
    """Value and step of a number: groups before 兆, 億 and 萬, each smaller than the power before it, then the rest."""
    total, step, last = Decimal(0), Decimal(1), Decimal(0)
    at = 0
    for match in _GROUP.finditer(plain):
        below, place = _section(match["below"], lent=Decimal(0)) if match["below"] else (Decimal(1), Decimal(1))
        if (last and not match["below"]) or _SHORT.search(match["below"]):
            raise ValueError(plain)
        power = Decimal(POWERS.get(match["powers"]) or _STACKED[match["powers"]])
        if last and (power > last or (power == last and _FOUR_DIGITS.fullmatch(match["below"]))):
            total, step = (total + below) * power, place * power  # 一萬二千億: the larger counts for all before it
        elif last and below * power >= last:
            raise ValueError(plain)
        else:
            total, step = total + below * power, place * power
        last, at = power, match.end()
    rest = plain[at:]
    if not rest:
        return total, step
    if rest == "半" and last:
        return total + last / 2, last / 2
    value, place = _section(rest, lent=last)
    if last and value >= last:
        raise ValueError(plain)
    return total + value, place


def _section(written: str, lent: Decimal) -> tuple[Decimal, Decimal]:
    """Value and place of the last digit of a stretch below 萬: 1,234.5, 一百二十三, 5千3百, 2千零30, 二○八, 四點五.

    ``lent`` is the power right before it, if any.
    """
    whole, point, decimals = written.partition("點")
    match = _SECTION.fullmatch("".join(_TENS.get(c, c) for c in whole))
    if match is None or (point and not (whole or lent)):
        raise ValueError(written)
    if match["arabic"]:
        value, place = _ending_in_digits(match, lent)
    elif match["chain"]:
        if match["zero"] and not match["chinese"]:
            raise ValueError(written)
        value, place = _spelled(match["chain"] + match["zero"] + match["chinese"])
    else:
        digits = match["zero"] + match["chinese"].replace("、", "")
        if lent and len(digits) == 2 and digits[0] != "零":
            raise ValueError(written)  # 三萬五六
        place = lent / 10 if len(digits) == 1 and lent > 1 and not point else Decimal(1)  # 三萬五 is 35,000
        value = Decimal(_in_digits(digits) or 0) * place
    if not point:
        return value, place
    if place < 1:
        raise ValueError(written)
    digits = _in_digits(decimals)
    return value + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))


def _ending_in_digits(match: regex.Match[str], lent: Decimal) -> tuple[Decimal, Decimal]:
    """A stretch that ends in digits: 1,234.5, 3.5千, 2千500, 2千零30."""
    chain, zero, arabic, small = match.group("chain", "zero", "arabic", "small")
    # A single digit behind a power may count the next power: 3萬5.
    plain = zero or len(arabic) > 1 or chain.endswith("十")
    behind = chain or lent
    if (chain and small) or (behind and not (plain or small)) or (zero and not behind):
        raise ValueError(arabic)
    if len(arabic) > 1 and not arabic.strip("0"):
        raise ValueError(arabic)  # 000 is the end of a number that a blank parted
    number, place = Decimal(arabic.replace(",", "")), Decimal(1).scaleb(-len(arabic.partition(".")[2]))
    if not chain:
        return number * POWERS.get(small, 1), place * POWERS.get(small, 1)
    if number >= max(Decimal(10), _spelled(chain)[1]):
        raise ValueError(arabic)
    return _spelled(chain)[0] + number, place


def _in_digits(written: str) -> str:
    """二○八 as 208."""
    return "".join(c if c.isascii() else str(DIGITS[c]) for c in written)


def _last_nonzero(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 300餘 counts in hundreds."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(max(int(exponent), 0)) if value else Decimal(1)


_OPENING_POWER = re.compile(r"^(?=[十百千])")
_LONE_TEN = re.compile(r"(?<=[百千零])(?=十)")


@lru_cache(maxsize=4096)
def _spelled(written: str) -> tuple[Decimal, Decimal]:
    """Value and place of 一百零八, 5千3百, 二十七, 三百五, as cn2an reads it. Raises ``ValueError``."""
    spelled = "".join(f"零{_ONES}"[int(c)] if c.isascii() else c for c in written)
    last, short = spelled[-1], spelled[-2:-1]
    power = POWERS.get(last) or (POWERS[short] // 10 if short in ("百", "千") and last != "零" else 1)
    # A power without a digit before it counts 1 of it, but only at the beginning or behind 零 or a larger power.
    spelled = _LONE_TEN.sub("一", _OPENING_POWER.sub("一", spelled.lstrip("零")))
    known = _readings()
    if spelled not in known:
        import cn2an

        known[spelled] = int(cn2an.cn2an(spelled, "normal"))
    return Decimal(known[spelled]), Decimal(power if last != "十" else 1)


_MOST_READINGS = 20_000
"""Spelled numbers below 萬, variants of writing included, are hardly more."""


@cache
def _readings() -> dict[str, int]:
    """What cn2an made of spelled numbers, in this run and in earlier ones: to load it takes as long as to read a report."""
    found = load("numerals")
    known: dict[str, int] = found if isinstance(found, dict) else {}
    atexit.register(_keep_readings, known, len(known))
    return known


def _keep_readings(known: dict[str, int], before: int) -> None:
    if before < len(known) <= _MOST_READINGS:
        keep("numerals", known)


def integer(text: str) -> int:
    """Read a whole number: ``108``, ``一百零八``, ``二○○八``, ``廿七``. Raises ``NumeralError`` otherwise."""
    value = read_numeral(text).value
    if value != value.to_integral_value():
        raise NumeralError(text)
    return int(value)
