"""Noun phrases around a figure: what is counted, without the number, the date and the words of counting."""

from __future__ import annotations

import re

from ..rules.indicators import categories
from .context import Figure

_LOOK_BACK = 240
"""Characters before a figure among which its words are looked for, however long the sentence."""
_BREAK = re.compile(r"[,、;。::()▣\n\t「」『』]")
_MARKER = re.compile(r"^\s*\(?[\d一二三四五六七八九十]+[.、)]\s*")
_FRONT = re.compile(
    r"^(?:其中|另外|另|此外|並|且|及|與|和|以及|爰|業|已|目前|迄今|至今|經(?![費濟])|至|截至|迄|止|則|亦|於|自|計有|共計|合計|總計|計|共|約|逾|近|達|▢|各|分別|起|間|期間|目前|迄今|現有|本府|本市|本處|本局|"
    r"市府|本期|實際|累計|規劃|預計|預定|持續|賡續|積極|完成|辦理|舉辦|召開|開辦|開設|提供|增置|減列|增設|新增|改置|合計|核定|協助|執行|參加|核發|發放|補助辦理|推動|因|為|由|在|將|每|之|的|底)+"
)
_BACK = re.compile(
    r"(?:共計有|共計|合計|總計|計有|計|共有|共|約|逾|近|達成|高達|達|為|有|等|各|已|僅|至少|最高|最長|突破|超過|成長|增加|減少|新增|增|減|至|每節發放|每節|多達|"
    r"上看|可逾|可達|則|即|是|於|累計|一共|占|佔|分別|新[臺台]幣|發放|每|之|的|則|亦|均|仍|續|由|自|從|合|減支|超收|▢|:)+$"
)
_LABEL_BACK = re.compile(r"(?:撫卹|退休|資遣|晉[陞升]|職晉[陞升]|參訓|參加|支領|每節)+$")
_GENERIC = re.compile(
    r"(?:[總合]?(?:金額|人數|人次|件數|面積|經費|時數|次數|場次|戶數|比[例率]|比重|總數|總額|數|費用|收入|支出|家數|滿意度|完訓率|參訓人數|完訓人數|參加人數|平均滿意度|訓後平均滿意度|學員滿意度|訓期)|(?:較|比|與|加計|其他|貶值|下滑|提升|降低|下降|相距|續|上升|高出|超出).{0,12}|)"
)
_TITLE = re.compile(r"「([^「」]{2,40})」")
_TRAINED = re.compile(r"(?:[人員名位]|同仁|學員|人員)?(?:參[訓加與]|完訓|與會|結訓|到訓|調訓|受訓)")
_TRAINED_BEFORE = re.compile(r"(?:參訓|完訓|參加|與會|結訓|調訓|培訓|受訓|參與)[^,;。▣]{0,6}$")
_NOUN_BEHIND = re.compile(r"(?:的|之)?([一-鿿A-Za-z]{2,10}?)(?=[,、;。()▣▢及與和等]|$)")
_NUMBERED = re.compile(
    r"\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十\d]+[期次屆梯]|\d+年度?|▢|\(遠距班?\)|遠距|(?<=[班營坊會])[\d一二三四五六七八九十]+[期班場梯]次?"
)
_VERB_FRONT = re.compile(r"^(?:辦理|推動|舉辦|訂定|加強|持續|賡續|提升|落實|強化|建立|積極|規劃|推廣|核發|提供|實施)+")
MEASURES = {
    "people": "人數",
    "attendances": "人次",
    "sessions": "場次",
    "money": "金額",
    "time": "期間",
    "percent": "比率",
    "points": "百分點",
    "area": "面積",
    "age": "年齡",
    "interest": "利率",
    "discount": "折扣",
    "weight": "重量",
    "length": "長度",
    "volume": "容量",
}
_TIMES = {"小時": "時數", "天": "天數", "日": "天數", "週": "週數", "年": "年數", "個月": "月數", "學分": "學分數"}


def segment_of(figure: Figure) -> str:
    """The words between the last break and the figure, without date, fillers and words of counting."""
    raw = _BREAK.split(figure.view.text[max(figure.sentence.start, figure.mark.at - 60) : figure.mark.at])[-1]
    return _clean(raw)


def _clean(raw: str) -> str:
    raw = raw.rsplit("▢", 1)[-1] if "▢" in raw[-30:] else raw
    return _BACK.sub("", _FRONT.sub("", _MARKER.sub("", raw).strip())).strip()


def label_of(segment: str, figure: Figure) -> str | None:
    """The breakdown label that the words before the figure are, under its canonical name."""
    known = categories()
    behind = _NOUN_BEHIND.match(figure.after[:12]) if figure.unit in ("個", "所") else None
    if behind and behind.group(1) in known and known[behind.group(1)].behind:
        return known[behind.group(1)].name
    words = _LABEL_BACK.sub("", segment)
    for ending in ("", "者", "社團", "職", "照護者"):
        label = known.get(words.removesuffix(ending))
        if label is not None and not label.behind:
            return label.name
    for size in (6, 5, 4, 3):
        label = known.get(words[-size:])
        if label is not None and not label.behind and len(words) > size:
            return label.name
    return None


def label_before(figure: Figure, parts: tuple[str, ...]) -> str | None:
    """The last label of a breakdown that the sentence names before the figure."""
    found = [(figure.before.rfind(part), part) for part in parts if part in figure.before]
    return max(found)[1] if found else None


def measure_of(figure: Figure, segment: str) -> str:
    """What is measured: the noun before the figure if it is one, else what the unit and the words behind it say."""
    kind, after = figure.kind, figure.after
    if kind in ("people", "attendances"):
        trained = _TRAINED.match(after) or _TRAINED_BEFORE.search(figure.before)
        return ("參加" if trained else segment if segment.endswith(("數", "次")) else "") + (
            "" if segment.endswith(("人數", "人次")) and not trained else MEASURES[kind]
        )
    if kind == "time":
        return _TIMES.get(figure.unit, "期間")
    if kind == "percent" and re.search(r"[率度例重]$", segment):
        return re.sub(r"^(?:訓後|平均|學員|整體|課程)+", "", segment)
    if kind == "money" and re.search(r"[額費款金入出價值]$", segment):
        return segment
    if kind in MEASURES:
        return MEASURES[kind]
    noun = _NOUN_BEHIND.match(after)
    if noun and figure.unit in ("個", "項", "種", "類", "大", "件", "處", "座", "所"):
        return noun.group(1) + "數"
    return f"{figure.unit}數"


def subject_of(figure: Figure, segment: str, headings: str) -> str:
    """What the measure is of: a title in quotation marks, the words before the figure, or the heading above."""
    titles = _TITLE.findall(figure.before[-160:])
    specific = bool(segment) and not _GENERIC.fullmatch(segment)
    if titles and (not specific or figure.kind in ("sessions", "attendances", "time", "percent", "age")):
        return _NUMBERED.sub("", titles[-1]).strip()
    if specific:
        return segment
    for piece in reversed(_BREAK.split(figure.before[-_LOOK_BACK:])[:-1]):
        words = _clean(piece)
        if len(words) > 2 and not _GENERIC.fullmatch(words):
            return words[-24:]
    earlier = _TITLE.findall(figure.view.text[max(0, figure.sentence.start - 160) : figure.sentence.start])
    if earlier:
        return _NUMBERED.sub("", earlier[-1]).strip()
    heading = headings.rpartition("|")[2]
    return _VERB_FRONT.sub("", _NUMBERED.sub("", re.split(r"[,:]", heading)[0]))[:24]
