"""Numbers as they are written in Traditional Chinese prose, and what they are worth.

Text is expected folded to ordinary width (see ``corpus.fold``): ``1,234``, ``42億6,205萬8,114``, ``7.56億``, ``2萬5千``,
``一百二十三``, ``廿七``, ``玖拾伍萬``, ``二○兆三、四一二億`` (positional, with 、 as thousands mark and ‧ as decimal
point), ``數百``, ``507億7,815萬餘``. Plain Chinese numerals are left to cn2an; the grammar around them is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

# --- atoms -----------------------------------------------------------------------------------------------------------
ZERO = "〇○零Ｏ"
DIGIT = f"[{ZERO}一二兩三四五六七八九壹貳參叁肆伍陸柒捌玖]"
HUNDREDS = "[百佰]"
THOUSANDS = "[千仟]"
# One character of a Chinese numeral below 萬.
CHINESE_CHARACTER = f"[{DIGIT[1:-1]}十拾廿卅卌百佰千仟]"
MYRIADS = "[萬億兆]"
MORE = "[餘多幾]"

# 1,234.5 · 1234 · 0,193 behind 萬. A thousands mark parts exactly three digits.
ASCII_NUMBER = r"(?:(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d])|(?<!\d)\d+)(?:\.\d+)?"
# 一百二十三, 十, 廿七, 兩千零五: digits and powers below 萬.
CHINESE_SECTION = rf"{CHINESE_CHARACTER}+"
# 二○兆三、四一二億, 四‧八: digits by position; 、 parts three digits, ‧ · and 點 part decimals.
CHINESE_POSITIONAL = rf"{DIGIT}{{1,3}}(?:、{DIGIT}{{3}}(?!{DIGIT}))+"
CHINESE_DECIMAL = rf"(?:[‧·‧點]{DIGIT}+)"
SECTION = rf"(?:{ASCII_NUMBER}(?:{HUNDREDS}|{THOUSANDS})?|{CHINESE_POSITIONAL}{CHINESE_DECIMAL}?|{CHINESE_SECTION}{CHINESE_DECIMAL}?)"
# 數百, 幾十: a vague count of a power.
VAGUE = "[數幾][十拾百佰千仟萬億兆]+"

NUMBER = rf"(?:{VAGUE}|(?:{SECTION}{MORE}?{MYRIADS}{{1,2}})+(?:{SECTION})?|{SECTION}|(?<=[年計達約近逾])[萬億](?=元))"
"""A number without its unit; a 餘 or 多 inside it is part of it, one behind it is not."""

POWERS = {"十": 10, "百": 100, "千": 1000, "萬": 10**4, "億": 10**8, "兆": 10**12}
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
# Variants, to the characters that cn2an reads.
PLAIN = str.maketrans("〇○Ｏ兩壹貳參叁肆伍陸柒捌玖拾佰仟‧·點", "零零零二一二三三四五六七八九十百千...")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as read: exact value, the place value of the last digit written, and whether 餘, 多 or 數 makes it more."""

    value: Decimal
    step: Decimal
    more: bool = False


class NumeralError(ValueError):
    """The text is no number of a form known here."""


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> Numeral:
    """Read ``text``, a number as ``NUMBER`` matches it, white space left out.

    Raises ``NumeralError`` where it is none.

    >>> read_numeral("42億6,205萬8,114").value
    Decimal('4262058114')
    >>> read_numeral("17.9萬").step
    Decimal('1000.0')
    """
    plain = regex.sub(r"\s", "", text).translate(PLAIN)
    vague = plain[:1] in ("數", "幾")
    more = vague or bool(regex.search(MORE, plain))
    plain = regex.sub(MORE, "", "一" + plain[1:] if vague else plain)
    try:
        value, step = _sections(plain, text)
    except (ArithmeticError, KeyError) as error:
        raise NumeralError(text) from error
    if value == value.to_integral_value():
        value = Decimal(int(value))
    if step >= 1:
        step = Decimal(int(step))
    if more and step == 1:
        step = _last_nonzero(value)
    return Numeral(value, step, more)


def _sections(plain: str, text: str) -> tuple[Decimal, Decimal]:
    """Value and step of a number, stretch by stretch between 兆, 億 and 萬."""
    if not plain:
        raise NumeralError(text)
    total, step, last = Decimal(0), Decimal(1), Decimal(1)
    while plain:
        match = regex.match(rf"(?P<digits>[^萬億兆]*)(?P<powers>{MYRIADS}*)", plain)
        assert match is not None  # both parts may be empty
        power = Decimal(1)
        for character in match["powers"]:
            power *= POWERS[character]
        digits, place = _section(match["digits"], text)
        if last > 1 and not match["powers"] and match["digits"] in DIGITS:
            place = last / 10  # 三萬五 is 35,000, 三萬零五 is not
            digits *= place
        # 一萬零一億: a larger power behind a smaller one counts for all before it.
        total = (total + digits) * power if power > last > 1 else total + digits * power
        step = place * power
        last = power
        plain = plain[match.end() :]
    return total, step


def _last_nonzero(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 300餘 counts in hundreds."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(max(int(exponent), 0)) if value else Decimal(1)


def _section(digits: str, whole: str) -> tuple[Decimal, Decimal]:
    """Value and place of the last digit of a stretch between two of 萬 億 兆; an empty one counts 1 (百萬)."""
    if not digits:
        return Decimal(1), Decimal(1)
    arabic = regex.fullmatch(r"(?P<number>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<power>[百千]?)", digits)
    if arabic:
        power = POWERS.get(arabic["power"], 1)
        place = Decimal(1).scaleb(-len(arabic["decimals"] or ""))
        return Decimal(arabic["number"].replace(",", "")) * power, place * power
    mixed = regex.fullmatch(r"(?P<thousands>\d+)千(?P<hundreds>\d{1,3})", digits)
    if mixed:
        return Decimal(mixed["thousands"]) * 1000 + Decimal(mixed["hundreds"]), Decimal(1)
    return _chinese(digits, whole)


def _chinese(digits: str, whole: str) -> tuple[Decimal, Decimal]:
    """A Chinese numeral below 萬, or one written digit by digit."""
    integer, dot, decimals = digits.partition(".")
    place = Decimal(1).scaleb(-len(decimals)) if dot else _last_power(integer)
    if all(c in DIGITS or c == "、" for c in integer):
        value = Decimal("".join(str(DIGITS[c]) for c in integer if c != "、"))
    else:
        value = Decimal(_by_powers(integer, whole))
    if dot:
        value += Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))
    return value, place


def _last_power(integer: str) -> Decimal:
    """九百 counts in hundreds, 九百零三 in ones."""
    last = integer[-1:]
    return Decimal(1) if last == "十" else Decimal(POWERS.get(last, 1))


@lru_cache(maxsize=4096)
def _by_powers(integer: str, whole: str) -> int:
    """一百零八, 百一十, 廿七, 三十: a lone power counts 1 of it, 廿 卅 卌 are 20 30 40; the rest is cn2an's."""
    import cn2an  # loaded where it is needed: most reports write digits

    spelled = regex.sub("[廿卅卌]", lambda m: "二三四"["廿卅卌".index(m.group())] + "十", integer.lstrip("零"))
    spelled = regex.sub(r"(?<![零一二三四五六七八九])([十百千])", r"一\1", spelled)
    try:
        return int(cn2an.cn2an(spelled, "normal"))
    except ValueError as error:
        raise NumeralError(whole) from error


def integer(text: str) -> int:
    """Read a whole number: ``108``, ``一百零八``, ``二○○八``, ``廿七``. Raises ``NumeralError`` otherwise."""
    value = read_numeral(text).value
    if value != value.to_integral_value():
        raise NumeralError(text)
    return int(value)
