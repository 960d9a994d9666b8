"""Units that running text leaves out: NT$3,000, 遊客共計20萬 where the rest says 人次, 所得60萬以下."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

import regex

from ...rules.currencies import currency_before
from ...rules.units import unit_table
from .labels import INDEX, counted_by
from .spans import Measure, NumberSpan

POWER = regex.compile(r".[萬億兆]")
THOUSANDS = regex.compile(r"\d,\d{3}")
# A number without 萬 or 億 takes a unit only where nothing follows that it could count.
STANDS_ALONE = regex.compile(r"$|[,。;:、)]|[為則][高低]|則[高低]於|大關|門檻|以[上下內]|左右|整")
CALENDAR = ("年", "月", "日", "號")
MONEY_BEFORE = regex.compile(
    r"(?:金|金額|所得|經費|預算|費|費用|補助|收入|支出|總價|營業額|稅|貸款|薪資|年薪|月薪|薪水|耗資|斥資|資本額|[款錢債]|造價|價金"
    r"|投資|負債|債務|盈餘|虧損|賸餘|短絀|賠償|罰鍰|淨利|產值|商機|市值|編列|撥付|花[了掉費]|[編收給借付]了|編|還差|[賠欠捐賺付]了)[^,。;]{0,8}$"
)
_HUNDRED_MILLIONS = regex.compile(".[億兆]$")
"""財源約十七億: so much can hardly be anything but money."""
_PARTS = regex.compile(
    r"\((?:[一-鿿]{1,8}[:計]?\d[\d,]*[、,;及和])*(?<!第|表|圖|附件|附表|民國)[一-鿿]{1,8}(?<![第表圖年月條])[:計]?$"
)
_PART_ENDS = regex.compile(r"[、,;)]|[及和][一-鿿]")
_LONGEST_PARTS, _LONGEST_WHOLE = 120, 20
_MEASURED = ("weight", "volume", "area")
_COUNTED = ("people", "attendances", "items", "groups", "bodies", "sessions", "votes")
_SEX = regex.compile(r"[男女](?:性|生|童)?(?:各)?$")
"""死亡3人(男2、女1): what it counts goes without saying."""
# How far before a number a word of money is looked for.
LONGEST_MONEY = 16
LONGEST_CLAUSE = 40
MONEY_BEHIND = regex.compile(r"的?[^,。;\d]{0,6}(?:款|經費|預算|補助|獎金|資金)")
_LONGEST_LABEL = 20
_LABEL = regex.compile(r"(?P<label>[一-鿿]{2,12}?)(?:[:為計共約達逾近已]|共計|合計|總計|高達|突破|則|分別){0,3}\s?$")
# 物價指數為105.2, 以95年為100: a number that measures nothing but itself.
_INDEX = regex.compile(
    rf"{INDEX}(?:最[高低]者?為[^,。;:\d]{{1,6}}$|(?:初估|初步|確定|平均|跌|漲|續|上升|下降|回升|則|更)?(?:為|達|約|約為|升至|降至|至|是|:)$)"
    r"|以\d{2,4}年(?:\d{1,2}月)?為$"
)
_INDEX_ENDS = regex.compile(r"$|[,。;:、()]|[為則](?:[高低]|最)|[高低]於")
_INDEX_GOES_ON = regex.compile(r"[一-鿿]$")
"""Behind an index other numbers with a decimal point go on with it: 最高為甲縣131.1, 較上年減少0.3."""
# How many figures to either side are looked at.
REACH = 20
SHARED_KINDS = ("people", "attendances", "money")


# What an amount may be followed by where its currency stands before it: no word that it could count.
ENDS_AMOUNT = regex.compile(r"$|[^\w]|整|正|以[上下內]|左右|之譜|[的為及與或至到,]")


def omitted_unit(
    text: str, number: NumberSpan, neighbours: Sequence[tuple[int, str]], above: str | None = None
) -> Measure | None:
    """What a number counts behind which no unit stands, or None where the text does not give it.

    ``neighbours`` are the quantities read in the same text, in order: where each begins, and its unit; ``above`` is the
    unit of the last figure of the paragraph above.
    """
    told = next(_units(text, number, neighbours, above), None)
    return Measure(told[0], number.end, told[1]) if told else None


def _units(
    text: str, number: NumberSpan, neighbours: Sequence[tuple[int, str]], above: str | None
) -> Iterator[tuple[str, str]]:
    """The units that the text gives a number, each with its rule, the surest first."""
    currency = currency_before(text, number.start)
    ends = ENDS_AMOUNT.match(text, number.end) is not None
    if currency is not None and ends:
        yield currency.unit, f"currency.{currency.id}"
    if _is_index(text, number, neighbours):
        yield "", "quantity.index"
    if _SEX.search(text, max(0, number.start - 3), number.start) and STANDS_ALONE.match(text, number.end):
        heads = (
            unit for start, unit in reversed(neighbours) if start < number.start and _kind(unit) in SHARED_KINDS[:2]
        )
        yield next(heads, "人"), "quantity.sex"
    if (part := _of_whole(text, number, neighbours)) is not None:
        yield part, "quantity.part"
    if (labelled := _by_label(text, number)) is not None:
        yield labelled, "quantity.labelled"
    if (unit := _from_context(text, number, neighbours)) is not None:
        yield unit, "quantity.inherited"
    told = (other for start, other in neighbours if number.start - LONGEST_CLAUSE < start < number.start)
    written = text[number.start : number.end]
    if ends and _HUNDRED_MILLIONS.search(written) and all(_kind(other) not in _MEASURED for other in told):
        yield "元", "quantity.amount"
    if above is not None and POWER.search(written) and text[number.start - 1 : number.end + 1] == f"({written})":
        yield (
            above,
            "quantity.above",
        )  # 最多者為甲館(20萬)、乙館(8萬): alone in its bracket, told in what is counted above


def _is_index(text: str, number: NumberSpan, neighbours: Sequence[tuple[int, str]]) -> bool:
    """Whether a number is an index, which has no unit: named so, or behind one in its paragraph."""
    if not _INDEX_ENDS.match(text, number.end):
        return False
    if _INDEX.search(text, max(0, number.start - _LONGEST_LABEL), number.start):
        return True
    goes_on = number.numeral.step < 1 and _INDEX_GOES_ON.search(text, max(0, number.start - 1), number.start)
    return bool(goes_on) and any(start < number.start and not unit for start, unit in neighbours)


def _of_whole(text: str, number: NumberSpan, neighbours: Sequence[tuple[int, str]]) -> str | None:
    """The unit of the count right before a bracket that breaks it down: 2,649人次(官兵902、眷屬9)."""
    if not _PART_ENDS.match(text, number.end):
        return None
    opened = _PARTS.search(text, max(0, number.start - _LONGEST_PARTS), number.start)
    if opened is None:
        return None
    whole = bisect(neighbours, (opened.start(), "")) - 1
    start, unit = neighbours[whole] if whole >= 0 else (0, "")
    near = opened.start() - start <= _LONGEST_WHOLE and text[start : opened.start()].rstrip("。,").endswith(unit)
    return unit if near and _kind(unit) in _COUNTED else None


def _by_label(text: str, number: NumberSpan) -> str | None:
    """The unit that the label right before a number implies: 搭乘人次73,741; no rate, whose sign is never left out."""
    if not STANDS_ALONE.match(text, number.end):
        return None
    label = _LABEL.search(text, max(0, number.start - _LONGEST_LABEL), number.start)
    unit = counted_by(label["label"]) if label else None
    return unit if unit != "%" else None


def _from_context(text: str, number: NumberSpan, neighbours: Sequence[tuple[int, str]]) -> str | None:
    written = text[number.start : number.end]
    powered = POWER.search(written) is not None
    if text.startswith(CALENDAR, number.end) or not (powered or THOUSANDS.search(written)):
        return None
    if not (powered or STANDS_ALONE.match(text, number.end)):
        return None
    reach = max(0, number.start - LONGEST_MONEY)
    if MONEY_BEFORE.search(text, reach, number.start) or MONEY_BEHIND.match(text, number.end):
        return "元"
    return _of_neighbour(text, number, neighbours)


def _of_neighbour(text: str, number: NumberSpan, neighbours: Sequence[tuple[int, str]]) -> str | None:
    """The unit of the nearest figure before it in its sentence, or else behind it."""
    begin = max(text.rfind(stop, 0, number.start) for stop in "。;") + 1
    stops = [place for stop in "。;" if (place := text.find(stop, number.end)) >= 0]
    end = min(stops, default=len(text))
    here = bisect(neighbours, (number.start, ""))
    nearest_first = [*reversed(neighbours[max(0, here - REACH) : here]), *neighbours[here : here + REACH]]
    shared = [(start, unit) for start, unit in nearest_first if begin <= start < end and _kind(unit) in SHARED_KINDS]
    if not shared:
        return None
    start, unit = shared[0]
    clause = text[min(start, number.start) : max(start, number.start)]
    # Where people and money are told in turn, what a bare number counts is open, but for the figure of its own clause.
    return None if len({_kind(other) for _, other in shared}) > 1 and "," in clause else unit


def _kind(unit: str) -> str | None:
    return unit_table().kind(unit)
