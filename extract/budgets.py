"""Budgets in columns: this year's and last year's budget, what the year before was settled with, the difference.

A row is an account, whatever the columns; so the same account has the same name in the budgets of all years. Out of a PDF
such tables come as lines: the heads once a page, the account's name on the line below its figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from ..model import Block, Period, Report
from ..rules.heads import head_pattern
from .context import BlockView, Figure, figures
from .indicators import Name
from .roles import RoleReading
from .tables import group_words, head_dates, head_words, heads_of, own_row
from .time.periods import PeriodReading

_PLANNED, _SETTLED, _DIFFERENCE, _GROWTH, _YEARS, _MEASURE = map(
    head_pattern, ("planned", "settled", "difference", "growth", "budget-year", "budget-measure")
)
_MARKS = regex.compile(r"\(?[\d一二三四五六七八九十]{1,3}(?:[)、]|\.(?!\d))")

Kind = Literal["planned", "settled", "difference"]
_SETTLED_ROLE, _BUDGET_ROLE = (
    RoleReading("actual", None, "account.settled"),
    RoleReading("target", None, "account.budget"),
)


@dataclass(frozen=True, slots=True)
class AccountReading:
    """Role, period and name of one figure of a budget."""

    role: RoleReading
    time: PeriodReading
    name: Name


def _told(figure: Figure, base: str, kind: Kind, category: str | None, time: PeriodReading) -> AccountReading:
    if kind != "difference":
        role = _SETTLED_ROLE if kind == "settled" else _BUDGET_ROLE
        return AccountReading(role, time, Name(base, category, "account", base, base))
    sign: Literal["+", "-"] = "-" if (figure.mention.value or 0) < 0 else "+"
    role = RoleReading("delta", sign, "account.difference")
    return AccountReading(role, time, Name(f"{base}增減", category, "account", base, base))


# --- tables -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _is_budget(view: BlockView) -> bool:
    """Whether a table tells what is planned, or what was settled."""
    return _PLANNED.search(view.block.text) is not None or _SETTLED.search(view.block.text) is not None


def read_column(figure: Figure) -> AccountReading | None:
    """Role, period and name of a figure of a budget's table; None where its column is none of a budget."""
    words, account = head_words(figure), heads_of(figure)[0]
    grouped = not any(pattern.search(words) for pattern in (_DIFFERENCE, _PLANNED, _SETTLED))
    if grouped:  # the years stand over groups of rows, and the columns are accounts
        account, words = _MARKS.sub("", _MEASURE.sub("", words)), group_words(figure)
    difference, settled = _DIFFERENCE.search(words) is not None, _SETTLED.search(words) is not None
    if not (difference or settled or _PLANNED.search(words)) or (difference and not _is_budget(figure.view)):
        return None
    kind: Kind = "difference" if difference else "settled" if settled else "planned"
    base = f"{account or '總計'}{'決算數' if kind == 'settled' else '預算數'}"
    source = next(iter(head_dates(figure)), None)
    period = Period.parse(source.edtf or "") if source else None
    if period is None and kind == "settled" and _PLANNED.search(figure.view.block.text):
        period = Period.parse("XXXX")  # 前次決算數 beside this year's budget: of some year before
    time = PeriodReading(period, "table-head", source)
    category = words
    for part in (_GROWTH, _DIFFERENCE, _PLANNED, _SETTLED, _YEARS, _MEASURE):
        category = part.sub("", category)
    category = own_row(figure) if grouped else category
    if figure.kind != "percent" and not _GROWTH.search(words):
        return _told(figure, base, kind, category or None, time)
    name = Name(f"{base}{'增減率' if difference else '占比'}", category or None, "account", base, base)
    # A share of what is planned is planned, too; not the share of it that was carried out.
    role = RoleReading("rate" if settled or "執行" in words else "target", None, "account.rate")
    return AccountReading(role, time, name)


# --- lines ------------------------------------------------------------------------------------------------------------

Column = Literal["this", "last", "before", "difference"]

_HEAD = re.compile(r"(?P<difference>本年度與(?:上年度)?)|(?P<this>本年度)|(?P<last>上年度)|(?P<before>前年度)")
_ROW = re.compile(r"(?:\d{2,3}\s+){0,4}(?P<code>\d{8,})\s+▣(?:\s+▣)*\s*")
_NAME = re.compile(r"[^\d。,;:▣▢()]{2,24}")
_WRAPPED = 9
"""An account's name that fills its narrow column goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account's line: number and name of the account, and the column in which each of its figures stands."""

    code: str
    name: str
    columns: Mapping[int, Column]
    settled: bool
    """The year before last is told as it was settled."""


def accounts_of(report: Report, views: Mapping[int, BlockView]) -> dict[int, Account]:
    """The lines of accounts, by block, that stand under heads for this year and the last."""
    result: dict[int, Account] = {}
    heads: tuple[Column, ...] = ()
    settled = False
    blocks = [(index, block) for index, block in enumerate(report.blocks) if block.kind != "residue"]
    for place, (index, block) in enumerate(blocks):
        following = [other for _, other in blocks[place + 1 : place + 3]]
        under = following[0].text if following else ""
        if found := _heads(block, under):
            heads, settled = found, "決算數" in block.text + under
            continue
        row = _ROW.fullmatch(views[index].text) if heads and index in views else None
        columns = _columns(figures(views[index]), heads) if row is not None else {}
        if row is not None and columns:
            result[index] = Account(row["code"], _name(following), columns, settled)
    return result


def read_account(figure: Figure, account: Account, covered: Period | None) -> AccountReading | None:
    """What a figure of an account's line is, in a budget that covers so much."""
    column = account.columns.get(figure.number)
    if column is None or covered is None or covered.is_span or covered.grain != "year" or covered.end.year is None:
        return None
    kind: Kind = "planned" if column != "difference" else "difference"
    kind = "settled" if column == "before" and account.settled else kind
    base = f"{account.name or account.code}{'決算數' if kind == 'settled' else '預算數'}"
    back = {"last": 1, "before": 2}.get(column, 0)
    time = PeriodReading(Period.at(covered.end.year - back), "account")
    return _told(figure, base, kind, account.code, time)


def _heads(block: Block, under: str) -> tuple[Column, ...]:
    """The columns that a line of heads names, from left to right; none where it is no such line."""
    if len(block.text) > 60 or any(sign in block.text for sign in "。,:"):
        return ()
    words = tuple(match.lastgroup for match in _HEAD.finditer(block.text))
    told = "this" in words and "last" in words and "預算" in block.text + under
    return words if told else ()  # type: ignore[return-value]


def _columns(found: tuple[Figure, ...], heads: tuple[Column, ...]) -> dict[int, Column]:
    """Which column each figure stands in. Empty cells left no trace: two figures of three are told by their signs."""
    if len(found) == len(heads):
        return {figure.number: column for figure, column in zip(found, heads, strict=True)}
    if heads == ("this", "last", "difference") and len(found) == 2:
        first, second = (figure.mention.value or 0 for figure in found)
        if first == second:
            return {found[0].number: "this", found[1].number: "last"}
        if first == -second:
            return {found[0].number: "last", found[1].number: "difference"}
    return {}


def _name(following: list[Block]) -> str:
    """The account's name, from the line or the two lines below its figures."""
    name = ""
    for block in following:
        if not _NAME.fullmatch(block.text) or (name and len(name) < _WRAPPED):
            break
        name += block.text
    return name
