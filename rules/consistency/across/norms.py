"""Standards, amounts per head and terms: what stays in force from one report to the next."""

from __future__ import annotations

import re

from .points import Point

_NORM = re.compile(
    r"每(?:人|名|節|月|年|件|案|場|次|趟|位|戶|胎|社團|審級|小時|張|對|班|日|天|團|處|學期|新生兒)|上限|最高|為限|標準|利率|費率|票價|"
    r"獎金|獎狀|獎座|頒|公假|假|額度|門檻|工資|保額|不得|應|滿|歲|核給|頒給|調高|調升|提高|調整|降為|改為|延長|放寬"
)
_SIZE = re.compile(r"每[班場梯隊組團次期](?:次|隊)?(?:約|至多|最多|限|上限)*$")
"""How many there are in each class: 每班約40人."""
_RATE = re.compile(r"利率|年息|費率|補助比率|調薪")
_TOTAL = re.compile(r"(?:合計|共計|總計|計|共|總額|核發獎金|支出|核撥|本期|全年)[^每]{0,6}$")
"""What was paid, and not what is paid for each."""
_WORDS = re.compile(r"[^一-鿿A-Za-z]")
_LOOK_BACK = 24
_ACCOUNT = "account."
_NORM_KINDS = frozenset({"money", "time", "percent", "ratio"})


def is_norm(point: Point) -> bool:
    """A standard, an amount per head, a term: what stays in force from one report to the next."""
    if point.state == "standard" or _SIZE.search(point.ahead):
        return True
    if point.measures not in _NORM_KINDS or point.fact.by("role").startswith(
        _ACCOUNT
    ):  # a budget is made anew each year
        return False
    if point.role == "rule":
        return True
    words = _WORDS.sub("", point.ahead.rpartition(",")[2])[-_LOOK_BACK:]
    if point.measures == "percent":  # else reached, and reckoned anew each time
        return point.role == "target" or _RATE.search(words) is not None
    return _NORM.search(words) is not None and _TOTAL.search(words) is None and "平均" not in words


_CHANGED = re.compile(r"(?:提高|提升|調高|調降|調整|調增|調減|調升|修正|增加|縮短|延長|放寬|降低|減|改)(?:至|為|列)?$")
_NEAR = 12


def is_changed(words: str) -> bool:
    """The words before a figure tell of a change."""
    return _CHANGED.search(words[-_NEAR:]) is not None
