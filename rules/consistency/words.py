"""The words around figures: what they count, whether they divide a whole, and which way a change goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .context import DAY

_FAMILIES = (
    frozenset({"人", "名", "位", "員", "人次"}),
    frozenset({"案", "件", "項", "件次"}),
    frozenset({"場", "場次"}),
    frozenset({"班", "班次", "班期", "期", "梯次", "梯"}),
    frozenset({"天", "日"}),
    frozenset({"所", "校", "個", "處"}),
)


def comparable(first: str, second: str) -> bool:
    """Two units that may count the same things: equal, or of one family (人 and 人次, 項 and 案)."""
    return first == second or any(first in family and second in family for family in _FAMILIES)


_LEAD_IN = re.compile(
    r"^(?:其中|另外?|並|且|又|再|加上|加計|連同|包括|包含|含|分別為|計有?|共有?|合計|共計|總計|有|為|增置|增加|新增|減列|減少|發放|辦理|之|的|及|和|與|、|:|\d+\.)+"
)
_LEAD_OUT = re.compile(
    r"(?:共計|合計|總計|人數|數|者|計有|共有|計|為|共|約|近|逾|達|有|各|增加|減少|增|減|新增|占|餘|僅)+$"
)


def label(gap: str, *, keep_verb: bool = False) -> str:
    """What a figure counts, as far as its own clause says: the words right before it, without lead-ins."""
    text = re.split(r"[,;、:()]|(?<=.)及(?=[^及]*$)", gap)[-1] if gap else ""
    text = text.replace(DAY, "")
    return text if keep_verb else _LEAD_OUT.sub("", _LEAD_IN.sub("", text))


def clause_words(gap: str) -> str:
    """The words right before a figure, back to the punctuation mark."""
    return re.split(r"[,;、:()]", gap)[-1]


_EACH = re.compile(r"每[^,;。]{0,6}$")


def is_for_each(gap: str) -> bool:
    """國小每校2場: the words before a figure say that it is told for each, and is no part of a sum."""
    return _EACH.search(gap) is not None


_CLASSES = tuple(
    tuple(re.compile(member) for member in members)
    for members in (
        ("男", "女"),
        ("(?<!未)出席|出勤", "請假|缺席|未出席"),
        ("(?<!不)合格|(?<!不)符合", "不合格|不符"),
        ("到考|應試|應考", "缺考"),
        ("公務人員|公務員", "教育人員|教職員|教師"),
        ("單身", "有眷"),
        ("動態", "靜態"),
        ("實體|面授", "線上|遠距|數位|視訊"),
        ("個人", "團體"),
        ("工程", "財物", "勞務"),
        ("委任", "薦任", "簡任"),
        ("國小|小學", "國中", "高中|高職|高級中"),
        ("公立", "私立"),
        ("公有", "私有"),
        ("中央", "市府|市款|地方|自籌|縣府|縣款|本市|本府"),
        ("補助款", "自籌款|配合款|自備款"),
        ("長期", "短期"),
        ("經常", "資本"),
        ("國內|國人|本國|本地", "國外|外國|外籍|境外"),
        ("新案", "舊案"),
        ("^續", "^新簽|^新約"),
        ("新增|新設|新進", "既有|原有|舊有"),
        ("正取", "備取"),
        ("平日|非假日", "(?<!非)假日"),
        ("上午", "下午"),
        ("上半年", "下半年"),
        ("成人|大人", "兒童|小孩"),
        ("汽車", "機車"),
    )
)
"""Classifications that divide a whole: every member, each as it may be called."""

_STAGES = re.compile(
    r"報名|錄取|到考|應考|受理|收件|結案|辦結|核准|核定|核撥|申請|參訓|參加|完訓|通過|出席|應|已|實際|預定|預計|規劃|及格|合格|取得|達成|完成|執行|獲獎|獲頒|得獎|入圍|尚|未|死亡|痊癒|不合格"
)
_OPEN_ENDINGS = frozenset("區縣市鄉鎮里局處所校館店院國社公園路街」』》")
"""A list of places, bodies or titles is a choice more often than a whole classification."""


def whole_classification(labels: Sequence[str]) -> bool:
    """The labels are all members of a known classification, so that nothing of the whole is left out."""
    return any(_members(members, labels) == len(members) == len(labels) for members in _CLASSES)


def one_classification(labels: Sequence[str]) -> bool:
    """The labels divide one whole: members of a known classification, or one head noun with differing modifiers."""
    if not of_one_stage(labels) or len(set(labels)) < len(labels) or not all(labels):
        return False
    if any(_members(members, labels) == len(labels) for members in _CLASSES):
        return True
    ending = common_ending(labels)
    return bool(ending) and ending[-1] not in _OPEN_ENDINGS and all(len(each) > len(ending) for each in labels)


def of_one_stage(labels: Sequence[str]) -> bool:
    """No label names another step of a procedure than the rest do (報名, 錄取: who was admitted had applied)."""
    steps = [frozenset(_STAGES.findall(each)) for each in labels]
    return all(each == steps[0] for each in steps)


def common_ending(labels: Sequence[str]) -> str:
    """The longest ending that all labels share."""
    shared = ""
    for characters in zip(*(reversed(each) for each in labels), strict=False):
        if len(set(characters)) > 1:
            break
        shared = characters[0] + shared
    return shared


def _members(members: tuple[re.Pattern[str], ...], labels: Sequence[str]) -> int:
    """How many members of a classification the labels name; 0 if one of them names none."""
    named = [next((index for index, member in enumerate(members) if member.search(text)), None) for text in labels]
    return 0 if None in named else len(set(named))


_UP = re.compile(r"增|提高|成長|上升|調高|擴編|改置|新設|加收|追加|移入|撥入")
_DOWN = re.compile(r"減|降|裁|縮|精簡|下滑|刪|調低|衰退|移出|撥出")


def direction(text: str) -> int:
    """+1 where the words raise, -1 where they lower, 0 where they do neither; the last such word decides."""
    up = max((match.start() for match in _UP.finditer(text)), default=-1)
    down = max((match.start() for match in _DOWN.finditer(text)), default=-1)
    return 0 if up == down else (1 if up > down else -1)


def last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match of a pattern in a text."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
