"""What may happen on a report beyond its being unreadable: what is said of it, in both languages."""

from __future__ import annotations

from .model import ACROSS, Problem

GAPS = frozenset(
    {"pages-without-text", "pages-garbled", "pages-recognised", "sheet-left-out", "attachment-left-out", "cut-off"}
)
"""Codes of parts of a file that were not read; the rest of it was."""
WARNINGS = frozenset({"no-number", "no-fact", "duplicate", "unknown-type", "year-open"}) | GAPS
"""Codes of problems that keep nothing from being audited."""

TABLES = (".csv", ".tsv")
"""Files that hold nothing but figures: one that gives none was not understood."""


def internal(path: str, error: BaseException) -> Problem:
    """Something unexpected on one report."""
    return Problem(
        path,
        "internal",
        f"處理時發生未預期的錯誤（{_reason(error)}），這份報告未核對；請回報這個問題",
        f"an unexpected error ({_reason(error)}); this report was not audited: please report it",
    )


def lost(path: str, reason: str) -> Problem:
    """A report that has ended two processes."""
    return Problem(
        path,
        "internal",
        f"處理這份報告的程序兩度中止（{reason}），這份報告未核對；請回報這個問題",
        f"the process that worked on it ended twice ({reason}); this report was not audited: please report it",
    )


def between(error: Exception) -> Problem:
    """Something unexpected while reports were compared."""
    return Problem(
        ACROSS,
        "internal",
        f"比對各報告時發生未預期的錯誤（{_reason(error)}），各報告內部已核對；請回報這個問題",
        f"an unexpected error ({_reason(error)}) while reports were compared; each was audited by itself: please report it",
    )


def _reason(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def slow_rule(path: str, rule: str) -> Problem:
    """A user's rule that takes too long."""
    return Problem(
        path,
        "slow-rule",
        f"規則太慢，這份報告未套用（{rule}）；請簡化樣式",
        f"read without a rule that takes too long on it ({rule}); make its pattern simpler",
    )


def no_number(path: str) -> Problem:
    """A report without a single number."""
    return Problem(
        path,
        "no-number",
        "全文沒有任何數字，無從核對；請確認這是正確的檔案",
        "holds not a single number, there is nothing to check: see whether this is the right file",
    )


def no_fact(path: str) -> Problem:
    """A table whose numbers were not read as figures."""
    return Problem(
        path,
        "no-fact",
        "這份表格讀不出任何數量；請改以定位字元分隔（另存成 .tsv），並在欄名註明單位",
        "not one quantity was read in this table; part its columns by tabs (.tsv), and let their heads tell the units",
    )


def year_open(path: str) -> Problem:
    """A report that leaves years out, and does not say well enough which one it speaks of."""
    return Problem(
        path,
        "year-open",
        "文中有未寫年份的日期，而報告屬哪一年無法確定：這些日期以 XXXX 表示，相關數字不列期間；"
        "請以 --period 113年下半年 或 --issued 113年12月6日 指明",
        "leaves years out, and nothing tells surely which year it speaks of: such dates keep XXXX, and figures that hang on "
        "them have no period; say it with --period 2024-07/2024-12 or --issued 2024-12-06",
    )


def duplicate(path: str, first: str) -> Problem:
    """A second copy of a file."""
    return Problem(
        path,
        "duplicate",
        f"與 {first} 內容完全相同，只核對一次",
        f"is the very same file as {first} and is audited once",
    )
