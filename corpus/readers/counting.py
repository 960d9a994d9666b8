"""Marks of automatic lists: the file holds the rule (壹、, counted on), not the characters that a reader sees."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN = 3999

_WORD_STYLES = {
    "decimal": "1",
    "decimalZero": "01",
    "decimalFullWidth": "１",
    "decimalFullWidth2": "１",
    "decimalHalfWidth": "1",
    "decimalEnclosedCircle": "①",
    "decimalEnclosedCircleChinese": "①",
    "taiwaneseCounting": "一",
    "taiwaneseCountingThousand": "一",
    "taiwaneseDigital": "一",
    "chineseCounting": "一",
    "chineseCountingThousand": "一",
    "japaneseCounting": "一",
    "ideographDigital": "一",
    "japaneseDigitalTenThousand": "一",
    "ideographLegalTraditional": "壹",
    "chineseLegalSimplified": "壹",
    "japaneseLegal": "壹",
    "ideographTraditional": "甲",
    "ideographZodiac": "子",
    "upperLetter": "A",
    "lowerLetter": "a",
    "upperRoman": "I",
    "lowerRoman": "i",
}
"""Names of OOXML, by the first mark that they make."""


def word_mark(style: str, number: int) -> str:
    """The number of an item in a style that OOXML names."""
    return mark(_WORD_STYLES.get(style, "1"), number)


def mark(first: str, number: int) -> str:
    """The number of an item in the style whose first mark is given, as OpenDocument does: 1, a, I, 一, 壹, 甲, ①."""
    style = first.strip()[:2]
    if number < 0:
        return str(number)
    if style == "01":
        return f"{number:02d}"
    makers: dict[str, Callable[[int], str]] = {
        "1": str,
        "１": _full_width,
        "一": _chinese,
        "壹": _formal,
        "甲": lambda n: _turn(_STEMS, n),
        "子": lambda n: _turn(_BRANCHES, n),
        "A": lambda n: _letters(n).upper(),
        "a": _letters,
        "I": lambda n: _roman(n).upper(),
        "i": _roman,
        "①": _circled,
    }
    return makers.get(style[:1], str)(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _chinese(number: int) -> str:
    return _counted(number, _DIGITS, "十", "百", "千")


def _formal(number: int) -> str:
    return _counted(number, _FORMAL, "拾", "佰", "仟")


def _counted(number: int, digits: str, *powers: str) -> str:
    """Up to 9999; 十一, not 一十一."""
    if number == 0 or number > 9999:
        return "".join(digits[int(digit)] for digit in str(number))
    result, zero = "", False
    for power, sign in ((1000, powers[2]), (100, powers[1]), (10, powers[0]), (1, "")):
        digit = number // power % 10
        if digit:
            result += (digits[0] if zero else "") + digits[digit] + sign
            zero = False
        else:
            zero = bool(result)
    return result[1:] if 10 <= number < 20 else result


def _turn(signs: str, number: int) -> str:
    return signs[(number - 1) % len(signs)] if number else "0"


def _letters(number: int) -> str:
    """a … z, aa, bb: as word processors count."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 8) if number else "0"


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    result = ""
    for value, sign in _ROMAN:
        while number >= value:
            result, number = result + sign, number - value
    return result


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"
