"""Columns of a budget in a table: this year's and last year's budget, what the year before was settled with, the difference.

A row is an account, whatever the columns; so the same account has the same name in the budgets of all years.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import regex

from ..model import Period
from ..rules.heads import head_pattern
from .accounts import AccountReading
from .context import BlockView, Figure
from .indicators import Name
from .roles import RoleReading
from .tables import group_words, head_dates, head_words, heads_of, own_row
from .time.periods import PeriodReading

_PLANNED, _SETTLED, _DIFFERENCE, _GROWTH, _YEARS, _MEASURE = map(
    head_pattern, ("planned", "settled", "difference", "growth", "budget-year", "budget-measure")
)


_MARKS = regex.compile(r"\(?[\d一二三四五六七八九十]{1,3}(?:[)、]|\.(?!\d))")
_OPEN = "XXXX"
_BUDGET = (_DIFFERENCE, _PLANNED, _SETTLED)


def _rest(words: str) -> str:
    """The words of a head without those that make it a column of a budget."""
    for part in (_GROWTH, *_BUDGET, _YEARS, _MEASURE):
        words = part.sub("", words)
    return words


def _accounts(words: str) -> str:
    """The name of an account that heads a column, without its mark: (一)歲入."""
    return _MARKS.sub("", _MEASURE.sub("", words))


@lru_cache(maxsize=8)
def _holds(view: BlockView) -> tuple[bool, bool]:
    """Whether a table tells what is planned, and what was settled."""
    return _PLANNED.search(view.block.text) is not None, _SETTLED.search(view.block.text) is not None


def read_column(figure: Figure) -> AccountReading | None:
    """Role, period and name of a figure of a budget's table; None where its column is none of a budget."""
    words = head_words(figure)
    grouped = not any(pattern.search(words) for pattern in _BUDGET)
    if grouped:  # the years stand over groups of rows, and the columns are accounts
        account, words = _accounts(words), group_words(figure)
    difference = _DIFFERENCE.search(words)
    planned, settled = _PLANNED.search(words), _SETTLED.search(words)
    if difference is None and planned is None and settled is None:
        return None
    if difference is not None and not any(_holds(figure.view)):
        return None
    label = (account if grouped else heads_of(figure)[0]) or "總計"
    kind = "決算數" if settled and not difference else "預算數"
    rest = own_row(figure) if grouped else _rest(words)
    dates = head_dates(figure)
    told = dates[0] if dates else None
    period = Period.parse(told.edtf or "") if told else None
    if period is None and settled and difference is None and _holds(figure.view)[0]:
        period = Period.parse(_OPEN)  # 前次決算數 beside this year's budget: of some year before
    time = PeriodReading(period, "table-head", told)
    base = f"{label}{kind}"
    if figure.kind == "percent" or _GROWTH.search(words):
        name = Name(f"{base}{'增減率' if difference else '占比'}", rest or None, "account", base, base)
        # A share of what is planned is planned, too; not the share of it that was carried out.
        role = RoleReading("rate" if settled or "執行" in words else "target", None, "account.rate")
        return AccountReading(role, time, name)
    if difference is not None:
        sign: Literal["+", "-"] = "-" if (figure.mention.value or 0) < 0 else "+"
        name = Name(f"{base}增減", rest or None, "account", base, base)
        return AccountReading(RoleReading("delta", sign, "account.difference"), time, name)
    role = RoleReading("actual", None, "account.settled") if settled else RoleReading("target", None, "account.budget")
    return AccountReading(role, time, Name(base, rest or None, "account", base, base))
