"""Lines of a budget: an account's number and name with a column for this year, the last one, and the difference.

Such tables come out of a PDF as lines: the heads once a page, the account's name on the line below its figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..model import Block, Period, Report
from .context import BlockView, Figure, figures
from .indicators import Name
from .roles import RoleReading
from .time.periods import PeriodReading

Column = Literal["this", "last", "before-last", "difference"]

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


@dataclass(frozen=True, slots=True)
class AccountReading:
    """Role, period and name of one figure of an account's line."""

    role: RoleReading
    time: PeriodReading
    name: Name


def accounts_of(report: Report, views: Mapping[int, BlockView]) -> dict[int, Account]:
    """The lines of accounts, by block, that stand under heads for this year and the last."""
    result: dict[int, Account] = {}
    heads: tuple[Column, ...] = ()
    settled = False
    blocks = [(index, block) for index, block in enumerate(report.blocks) if block.kind != "residue"]
    for place, (index, block) in enumerate(blocks):
        following = [other for _, other in blocks[place + 1 : place + 3]]
        found = _heads(block, following)
        if found:
            heads = found
            settled = "決算數" in block.text + "".join(other.text for other in following[:1])
            continue
        row = _ROW.fullmatch(views[index].text) if heads and index in views else None
        if row is not None:
            columns = _columns(figures(views[index]), heads)
            if columns:
                result[index] = Account(row["code"], _name(following), columns, settled)
    return result


def read_account(figure: Figure, account: Account, covered: Period | None) -> AccountReading | None:
    """What a figure of an account's line is, in a budget that covers so much."""
    column = account.columns.get(figure.number)
    if column is None or covered is None or covered.is_span or covered.grain != "year" or covered.end.year is None:
        return None
    name = account.name or account.code
    base = f"{name}預算數"
    if column == "difference":
        sign: Literal["+", "-"] = "-" if (figure.mention.value or 0) < 0 else "+"
        role = RoleReading("delta", sign, "account.difference")
        return AccountReading(
            role, PeriodReading(covered, "account"), Name(f"{base}增減", account.code, "account", base, base)
        )
    if column == "before-last" and account.settled:
        role, base = RoleReading("actual", None, "account.settled"), f"{name}決算數"
    else:
        role = RoleReading("target", None, "account.budget")
    back = {"this": 0, "last": 1, "before-last": 2}[column]
    return AccountReading(
        role,
        PeriodReading(Period.at(covered.end.year - back), "account"),
        Name(base, account.code, "account", base, base),
    )


def _heads(block: Block, following: list[Block]) -> tuple[Column, ...]:
    """The columns that a line of heads names, from left to right; none where it is no such line."""
    if len(block.text) > 60 or any(sign in block.text for sign in "。,:"):
        return ()
    words = [match.lastgroup for match in _HEAD.finditer(block.text)]
    under = following[0].text if following else ""
    if "this" not in words or "last" not in words or "預算" not in block.text + under:
        return ()
    names: dict[str | None, Column] = {
        "this": "this",
        "last": "last",
        "before": "before-last",
        "difference": "difference",
    }
    return tuple(names[word] for word in words)


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
