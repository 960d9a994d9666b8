"""What stands between two figures: a report's text as the checks read it.

Every mention is replaced by one private character that says what sort it is and nothing of its digits, so that no
check can be led by numbers that happen to fit. White space goes, full-width punctuation becomes ASCII, quoted titles
lose their punctuation. A *line* is a sentence of that text with its figures (quantities, not dates).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Block, Mention, Report

COUNT = "\ue000"
"""Stands for a quantity."""
RATE = "\ue001"
"""Stands for a percentage, in the wide sense (%, ‰)."""
POINT = "\ue002"
"""Stands for percentage points."""
DAY = "\ue003"
"""Stands for a date."""
WINDOW = 48
"""How many figures of one sentence a check looks back or ahead at the most, so that cost grows in line with the text."""
LONGEST_CLAUSE = 200
FIGURES = COUNT + RATE + POINT

_HALF_WIDTH = str.maketrans("，；（）：！？﹪％", ",;():!?%%")
_QUOTED = re.compile(r"[「『《【][^「」『』《》【】]*[」』》】]")
_INNER_PUNCTUATION = re.compile(r"[,;、。:()!?]")
_SENTENCE = re.compile(r"[^。!?\n]+")
_BRACKET = re.compile(r"[()]")
_PERCENT = frozenset({"%", "％", "﹪", "‰"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a line."""

    mention: Mention
    at: int
    """Position of its character in the line's text."""
    gap: str
    """What stands between the figure before (or the start of the line) and this one."""
    index: int
    """Its place among the line's figures."""

    @property
    def unit(self) -> str:
        """The unit, empty where there is none."""
        return self.mention.unit or ""

    @property
    def is_count(self) -> bool:
        """No percentage and no percentage points."""
        return self.unit not in _PERCENT and self.unit != "百分點"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A sentence, masked: each mention is one private character."""

    block: int
    text: str
    mentions: tuple[Mention, ...]
    """One for each private character, in order."""
    figures: tuple[Figure, ...]
    """The quantities, with the text before each."""
    inner: Line | None = None
    """The line without what its brackets hold, where it has brackets."""

    @property
    def outer(self) -> Line:
        """The line without what its brackets hold."""
        return self.inner or self

    def figure_at(self, position: int) -> Figure:
        """The figure whose character stands at ``position``."""
        return self.figures[bisect_left(self.figures, position, key=_at)]

    def clause(self, figure: Figure) -> str:
        """The figure's clause up to it, other figures in it included."""
        reach = max(0, figure.at - LONGEST_CLAUSE)
        start = max(reach - 1, *(self.text.rfind(mark, reach, figure.at) for mark in ",;"))
        return self.text[start + 1 : figure.at]

    def after(self, figure: Figure) -> str:
        """What follows a figure, up to the next one or the end of the line."""
        following = figure.index + 1
        end = self.figures[following].at if following < len(self.figures) else len(self.text)
        return self.text[figure.at + 1 : end]

    def before(self, position: int, most: int = WINDOW) -> tuple[Figure, ...]:
        """The last figures before a position."""
        end = bisect_left(self.figures, position, key=_at)
        return self.figures[max(0, end - most) : end]

    def behind(self, position: int, most: int = WINDOW) -> tuple[Figure, ...]:
        """The first figures from a position on."""
        start = bisect_left(self.figures, position, key=_at)
        return self.figures[start : start + most]


def _at(figure: Figure) -> int:
    return figure.at


@dataclass(frozen=True, slots=True)
class Document:
    """A report as the checks read it."""

    report: Report
    mentions: tuple[Mention, ...]
    lines: tuple[Line, ...]

    def block(self, line: Line) -> Block:
        """The block that a line stands in."""
        return self.report.blocks[line.block]


def read(report: Report, mentions: Sequence[Mention]) -> Document:
    """Mask the report's blocks, tables and page furniture aside, and part them into lines."""
    by_block: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_block.setdefault(mention.block, []).append(mention)
    lines: list[Line] = []
    for index, found in sorted(by_block.items()):
        block = report.blocks[index]
        if block.kind not in ("table", "residue"):
            lines.extend(_lines(index, block, found))
    return Document(report, tuple(mentions), tuple(lines))


def _lines(index: int, block: Block, found: list[Mention]) -> Iterator[Line]:
    text, kept = mask(block.text, found, len(block.marker))
    taken = 0
    for sentence in _SENTENCE.finditer(text):
        held = sum(1 for character in sentence[0] if COUNT <= character <= DAY)
        if held:
            yield line_of(index, sentence[0], tuple(kept[taken : taken + held]))
            taken += held


def mask(text: str, mentions: Sequence[Mention], skip: int = 0) -> tuple[str, list[Mention]]:
    """The text with one character for each mention, and the mentions that these stand for, in order."""
    pieces: list[str] = []
    kept: list[Mention] = []
    position = skip
    for mention in sorted(mentions, key=lambda each: (each.block_start, -each.block_end)):
        if mention.block_start < position:
            continue
        pieces.append(_plain(text[position : mention.block_start]))
        pieces.append(_sort(mention))
        kept.append(mention)
        position = mention.block_end
    pieces.append(_plain(text[position:]))
    return _QUOTED.sub(_title, "".join(pieces)), kept


def _plain(text: str) -> str:
    """White space and private characters out, punctuation to ASCII."""
    text = re.sub(r"[^\S\n]+|[\ue000-\uf8ff]", "", text)
    return text.translate(_HALF_WIDTH)


def _sort(mention: Mention) -> str:
    if mention.kind == "date":
        return DAY
    if mention.unit in _PERCENT:
        return RATE
    return POINT if mention.unit == "百分點" else COUNT


def _title(quoted: re.Match[str]) -> str:
    """A quoted title without its punctuation; quoted speech, which has figures and clauses, as it stands."""
    if re.search(r"[\ue000-\ue003].*[,。;]|[,。;].*[\ue000-\ue003]", quoted[0]):
        return quoted[0]
    return _INNER_PUNCTUATION.sub("", quoted[0])


def line_of(block: int, text: str, mentions: tuple[Mention, ...]) -> Line:
    """A line, and what is left of it without its brackets."""
    return Line(block, text, mentions, _figures(text, mentions), _without_brackets(block, text, mentions))


def _figures(text: str, mentions: tuple[Mention, ...]) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    numbered = iter(mentions)
    start = 0
    for position, character in enumerate(text):
        if not COUNT <= character <= DAY:
            continue
        mention = next(numbered)
        if character != DAY:
            figures.append(Figure(mention, position, text[start:position], len(figures)))
            start = position + 1
    return tuple(figures)


def groups(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets that are closed begin and end."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, bracket.end()))
    return found


def _without_brackets(block: int, text: str, mentions: tuple[Mention, ...]) -> Line | None:
    """The line without its brackets; ``None`` if it has none."""
    numbered = iter(mentions)
    pieces: list[str] = []
    held: list[Mention] = []
    position = 0
    for start, end in groups(text):
        pieces.append(text[position:start])
        held.extend(next(numbered) for character in text[position:start] if COUNT <= character <= DAY)
        for character in text[start:end]:
            if COUNT <= character <= DAY:
                next(numbered)
        position = end
    if not pieces:
        return None
    pieces.append(text[position:])
    held.extend(numbered)
    return Line(block, "".join(pieces), tuple(held), _figures("".join(pieces), tuple(held)))


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


_CLASSES = tuple(
    tuple(re.compile(member) for member in members)
    for members in (
        ("男", "女"),
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
