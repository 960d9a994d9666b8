"""Columns of a budget in a table: this year's and last year's budget, what the year before was settled with, the difference.

A row is an account, whatever the columns; so the same account has the same name in the budgets of all years.
"""

from __future__ import annotations

import re
from typing import Literal

from ..model import Period
from .accounts import AccountReading
from .context import Figure
from .indicators import Name
from .roles import RoleReading
from .tables import head_dates, head_words, heads_of
from .time.periods import PeriodReading

_PLANNED = re.compile(r"預算(?:數|金額|額|案)?")
_SETTLED = re.compile(r"決算(?:審定)?(?:數|金額|額)?|實際數")
_DIFFERENCE = re.compile(r"比較(?:增減)?(?:數)?|增減(?:數|額)?")
_GROWTH = re.compile(r"增(?:減|長|加)?率|成長率|增減%")
_YEARS = re.compile(r"[本上前今去]年度?|\d{2,3}年度?|[與及和]")
_MEASURE = re.compile(r"\(?單位[:]?[^()]*\)?|\(?[千百萬億]*元\)?|金額|百分比|占?比[率例]?|\(?%\)?|(?:科|項)目|數額")


def read_column(figure: Figure) -> AccountReading | None:
    """Role, period and name of a figure of a budget's table; None where its column is none of a budget."""
    words = head_words(figure)
    table = figure.view.block.text
    difference = _DIFFERENCE.search(words)
    planned, settled = _PLANNED.search(words), _SETTLED.search(words)
    if difference is None and planned is None and settled is None:
        return None
    if difference is not None and not (_PLANNED.search(table) or _SETTLED.search(table)):
        return None
    label = heads_of(figure)[0] or "總計"
    kind = "決算數" if settled and not difference else "預算數"
    rest = words
    for part in (_GROWTH, _DIFFERENCE, _PLANNED, _SETTLED, _YEARS, _MEASURE):
        rest = part.sub("", rest)
    dates = head_dates(figure)
    told = dates[0] if dates else None
    time = PeriodReading(Period.parse(told.edtf or "") if told else None, "table-head", told)
    base = f"{label}{kind}"
    if figure.kind == "percent" or _GROWTH.search(words):
        name = Name(f"{base}{'增減率' if difference else '占比'}", rest or None, "account", base, base)
        # A share of what is planned is planned, too.
        role = RoleReading("rate" if difference or settled else "target", None, "account.rate")
        return AccountReading(role, time, name)
    if difference is not None:
        sign: Literal["+", "-"] = "-" if (figure.mention.value or 0) < 0 else "+"
        name = Name(f"{base}增減", rest or None, "account", base, base)
        return AccountReading(RoleReading("delta", sign, "account.difference"), time, name)
    role = RoleReading("actual", None, "account.settled") if settled else RoleReading("target", None, "account.budget")
    return AccountReading(role, time, Name(base, rest or None, "account", base, base))
