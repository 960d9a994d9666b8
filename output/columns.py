"""Every column of every table that goes out: its name, its type and what it holds. All schemas are made from this.

Types: ``text``; ``category`` (text of few values); ``integer``; ``decimal``; ``exact`` (a decimal number, or a
fraction such as 1/3, written out); ``boolean``; ``date``; ``texts`` (a list of texts); ``mention`` and ``mentions``
(a figure or a list of them, with place and reading); ``passages`` (a list of quotations with their places).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .words import BOUNDS, KINDS, ROLES, ROUNDINGS, SEVERITIES

Type = Literal[
    "text", "category", "integer", "decimal", "exact", "boolean", "date", "texts", "mention", "mentions", "passages"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: Type
    title: str
    """Its head in a table for people, in Traditional Chinese."""
    zh: str
    en: str
    required: bool = False
    values: tuple[str, ...] = ()
    """The values that it may have, where they are few and known."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str
    title: str
    zh: str
    en: str
    key: str
    columns: tuple[Column, ...]
    refers: tuple[tuple[str, str], ...] = ()
    """Columns that hold the key of another table, with that table."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


_FACT_ID = Column(
    "fact_id", "text", "事實代碼", "報告代碼加起訖位置；同一檔案同一處永遠相同",
    "the report's id with start and end: the same for the same characters of the same file", required=True,
)  # fmt: skip
_REPORT_ID = Column(
    "report_id", "text", "報告代碼", "檔案位元組 SHA-256 的前 16 位", "first 16 digits of the SHA-256 of the file's bytes",
    required=True,
)  # fmt: skip
_REPORT = Column("report", "category", "報告", "報告檔名", "name of the report", required=True)
_AGENCY = Column("agency", "category", "機關", "數字所屬機關", "the agency that the figure belongs to")
_INDICATOR = Column("indicator", "text", "指標", "量的是什麼", "what is counted or measured", required=True)
_CATEGORY = Column("category", "category", "類別", "指標的細類，如男性", "a part of the indicator, such as 男性 (men)")
_UNIT = Column("unit", "category", "單位", "原文的單位；百分比為 %", "the text's own unit; % for percentages")
_ROLE = Column(
    "role", "category", "性質", "、".join(label.zh for label in ROLES.values()),
    "actual, delta (a change), rate, target, rule (a standard in force) or former (an old value)", required=True, values=tuple(ROLES),
)  # fmt: skip
_STATE = Column(
    "state",
    "category",
    "效力",
    "確定數、未結束的累計、計畫、預測、標準、某日現況；時間不明者空白",
    "what the figure claims to be: final, still running, a plan, a forecast, a standard, a level at a day",
    values=("final", "running", "plan", "forecast", "standard", "level"),
)
_AS_OF = Column("as_of", "text", "發言時", "報告說這句話的時間（EDTF）", "when the report speaks (EDTF)")
_PERIOD = Column("period", "text", "期間", "數字所指的時間，EDTF", "the time that the value speaks of, in EDTF")
_KIND = Column(
    "kind", "category", "關係", "數字之間的關係", "how the figures are tied to each other", values=tuple(KINDS)
)  # fmt: skip
_STATED = Column("stated", "text", "所載", "文中所載的結果", "the result as the report states it, multiplied out")
_COMPUTED = Column("computed", "text", "核算", "由各項核算的結果", "the result as the terms give it")
_CONFIDENCE = Column("confidence", "decimal", "可信度", "0 至 1", "from 0 to 1", required=True)

FACTS = Table(
    "facts", "事實", "每個數量及其意義，一列一個", "every quantity with its meaning, one a row", "fact_id",
    (
        _FACT_ID,
        _REPORT_ID,
        _REPORT,
        _AGENCY,
        Column("section", "text", "章節", "所在標題，由外而內以 > 分隔", "the headings above, outermost first, parted by >"),
        _INDICATOR,
        _CATEGORY,
        Column("value", "exact", "數值", "換算後的精確數值；分數寫作 1/3", "exact and multiplied out; fractions as 1/3"),
        Column("value_max", "exact", "數值上限", "範圍的上限，此時 value 為下限", "upper end of a range; value is the lower"),
        _UNIT,
        Column("bound", "category", "限定", "原文所加的至少、至多、逾、未滿、約", "how the text bounds the value, if it does",
               values=tuple(BOUNDS)),
        _ROLE,
        _STATE,
        Column("sign", "category", "增減", "增減數的方向", "direction of a delta", values=("+", "-")),
        _PERIOD,
        Column("period_start", "date", "起日", "期間首日", "first day of the period"),
        Column("period_end", "date", "迄日", "期間末日", "last day of the period"),
        _AS_OF,
        Column("text", "text", "原文", "報告中的原文", "the characters in the report", required=True),
        Column("start", "integer", "起", "原文在檔案中的起點（字元，從 0 起）",
               "where it begins in the file, in characters from 0", required=True),
        Column("end", "integer", "迄", "原文在檔案中的終點（不含）", "where it ends, exclusive", required=True),
        Column("page", "integer", "頁", "頁碼，原件有頁者", "page, where the source has pages"),
        Column("rule", "text", "規則", "判讀所用的規則", "the rules that read it", required=True),
        _CONFIDENCE,
    ),
    (("report_id", "reports"),),
)  # fmt: skip

RELATIONS = Table(
    "relations", "關係", "數字之間的算術關係，相符的也列", "the arithmetic between figures, also where it holds", "relation_id",
    (
        Column("relation_id", "text", "關係代碼", "報告代碼、結果的起訖位置與關係", "report, place of the result, and kind", required=True),
        _REPORT,
        _KIND,
        Column("holds", "boolean", "相符", "是否相符；寫法不夠精確、無法判定者空白", "whether it holds; empty where the precision does not decide"),
        _STATED,
        _COMPUTED,
        Column("result", "mention", "結果", "合計、比率、差等", "the total, the rate, the difference …", required=True),
        Column("terms", "mentions", "各項", "各項數字，依序", "the terms, in order", required=True),
        Column("signs", "texts", "正負", "各項的正負號", "the signs of the terms", required=True),
        Column("rounding", "category", "尾數處理", "比率的尾數處理方式", "how a rate was rounded", values=tuple(ROUNDINGS)),
        Column("rule", "category", "規則", "所據的檢核與句式", "the check and the construction that it was recognised by", required=True),
    ),
)  # fmt: skip

FINDINGS = Table(
    "findings", "發現", "不符的數字，附算式與出處", "what does not add up, with its arithmetic and its sources", "finding_id",
    (
        Column("finding_id", "text", "發現代碼", "由檢核與所涉數值算出；文字移動位置、報告改名也不變",
               "made from check and values: it stays when the text moves or the report is renamed", required=True),
        Column("report", "category", "報告", "最主要數字所在的報告", "the report of the most telling figure"),
        Column("line", "integer", "行", "最主要數字所在的行，從 1 起", "line of the most telling figure, from 1"),
        Column("code", "category", "檢核", "檢核代碼", "code of the check", required=True),
        Column("severity", "category", "嚴重程度", "、".join(one.label.zh for one in SEVERITIES.values()),
               ", ".join(SEVERITIES), required=True, values=tuple(SEVERITIES)),
        Column("message_zh", "text", "說明", "中文說明", "what is wrong, in Chinese", required=True),
        Column("message_en", "text", "英文說明", "英文說明", "what is wrong, in English", required=True),
        _KIND,
        _STATED,
        _COMPUTED,
        Column("difference", "text", "相差", "所載減核算", "stated less computed, where both are numbers"),
        _CONFIDENCE,
        Column("mends", "texts", "改正", "只改哪一個數字、改為多少，即可相符；最可能者在前",
               "which single figure, changed to what, would make all agree; the likeliest first", required=True),
        Column("bearing", "texts", "佐證", "相符且含其中數字的其他算式：所證實的數字較不可能是錯的那個",
               "ties that hold and bear out one of its figures, which is then unlikely to be the wrong one", required=True),
        Column("mentions", "mentions", "數字", "所涉數字，最主要者在前", "the figures, the most telling first", required=True),
        Column("passages", "passages", "原文", "所涉段落", "the passages that prove it", required=True),
        Column("relation_id", "text", "關係代碼", "所據的關係", "the relation that it rests on"),
        Column("fact_ids", "texts", "事實代碼", "所涉數字的事實", "the facts of its figures", required=True),
    ),
    (("relation_id", "relations"),),
)  # fmt: skip

REPORTS = Table(
    "reports", "報告", "讀入的報告及各報告的統計；無法讀取的檔案也列", "what was read in each report, in figures; what could not be read, too", "report_id",
    (
        _REPORT_ID,
        _REPORT,
        Column("title", "text", "標題", "報告標題", "title of the report"),
        Column("agency", "category", "機關", "提出報告的機關", "the agency that reports"),
        Column("period", "text", "期間", "報告涵蓋的期間，EDTF", "the span that the report covers, in EDTF"),
        Column("issued", "text", "報告時間", "報告提出的時間，EDTF", "when the report speaks, in EDTF"),
        Column("path", "text", "檔案", "檔案所在", "where the file is"),
        Column("encoding", "category", "編碼", "檔案的文字編碼", "encoding of the file"),
        Column("characters", "integer", "字數", "全文字元數", "length of the text in characters", required=True),
        Column("quantities", "integer", "數量", "判讀所得的數量", "quantities that were read", required=True),
        Column("dates", "integer", "日期", "判讀所得的日期", "dates that were read", required=True),
        Column("facts", "integer", "事實", "判讀所得的事實", "facts that were read", required=True),
        Column("numerals", "integer", "數字", "全文的數字", "numerals in the text", required=True),
        Column("unread", "integer", "未能判讀", "沒有規則可判讀的數字", "numerals that no rule understood", required=True),
        Column("confirmed", "integer", "核算相符", "與其他數字核算相符的數量", "quantities that a tie confirms", required=True),
        Column("contradicted", "integer", "互相矛盾", "列於矛盾之中的數量", "quantities that are part of a contradiction", required=True),
        Column("suspicious", "integer", "可疑", "列於可疑之處的數量", "quantities that are worth a question", required=True),
        Column("undecided", "integer", "無法判定", "有關係但無法判定的數量", "quantities that are tied and undecided", required=True),
        Column("untied", "integer", "無從核對", "沒有關係的數量", "quantities with nothing to check against", required=True),
        Column("problem", "category", "問題", "無法讀取的檔案或提醒的代碼；無者空白",
               "code of what is wrong with the input, or of a warning; empty where nothing is"),
        Column("problem_zh", "text", "問題說明", "中文說明與處理方式", "what is wrong and what to do, in Chinese"),
        Column("problem_en", "text", "英文問題說明", "英文說明與處理方式", "what is wrong and what to do, in English"),
    ),
)  # fmt: skip

SERIES = Table(
    "series", "數列", "指標、期間、數值的長表；範圍及時間不詳者不列",
    "indicators over periods in long form; ranges and values of no known time are left out", "fact_id",
    (
        _INDICATOR,
        _CATEGORY,
        _AGENCY,
        _UNIT,
        Column("period", "text", "期間", "數字所指的時間，EDTF；無期間者（現行標準等）為報告所述之時", "the time that the value speaks of, in EDTF; of what has none (a standard in force) the time at which the report speaks", required=True),
        Column("value", "exact", "數值", "精確數值；減少者為負", "the exact value; a decrease is negative", required=True),
        _ROLE,
        _STATE,
        _AS_OF,
        _REPORT,
        Column("series", "text", "數列", "同一指標的各列相同", "the same for all rows of one indicator", required=True),
        _FACT_ID,
    ),
    (("fact_id", "facts"),),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in (REPORTS, FACTS, RELATIONS, FINDINGS, SERIES)}
"""The tables, those that others refer to first."""
