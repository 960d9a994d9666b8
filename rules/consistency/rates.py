"""Rates and the two figures that give them: shares, named rates, quotas.

應進用64人，已進用210人，進用比率達328%; 會員17.9萬人，其中縣市政府13.5萬人，占75%. The base may stand anywhere before: in the clause, the section, or in the words of the rate itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ...model import Relation
from .candidate import Candidate
from .changes import RATE_WORD, is_former, is_goal, is_rate_of_change
from .cues import label, says
from .evidence import rarity
from .figure import MILLION, Document, Figure, Paragraph, alike
from .law import fits, rate_of
from .named_whole import YEARS, is_told_in, named_whole
from .numbers import divided, magnitude, number

_ALL = 100
_OTHERS = 3
_NUMERATORS = 8
_DENOMINATORS = 10
_FAR = 60
"""So many figures of the paragraphs before may be the whole."""
_LIST = 40
_TOTAL = re.compile(r"(?:合計|共計|總計|總數|總共)")
_IS = re.compile(r"[,，]?(?:[共合]?計|共|約|即|為|金額|款)++")
_IN_LIST = re.compile(r"^[、及和與至]?$")
_SYNONYMS = (
    frozenset({"及格", "通過", "合格", "錄取", "取得"}),
    frozenset({"完成", "完工", "竣工", "執行", "實現", "達成"}),
    frozenset({"結案", "辦結", "處理", "偵結"}),
    frozenset({"出席", "到考", "到場", "參加"}),
    frozenset({"核准", "核貸", "核定", "通過"}),
    frozenset({"完訓", "結訓", "及格", "取得"}),
    frozenset({"合格", "合規", "不合", "不符"}),
)
"""Verbs of one step, by which a part and its rate may be told."""
_ALL_OF_THEM = 0.99
_PLAIN = frozenset({"ratio:verb-of-part", "ratio:among", "ratio:quota", "ratio:named-whole"})
_DOUBTS = frozenset(
    {"ratio:part-is-duty", "ratio:one-label", "ratio:part-is-change", "ratio:list-before", "ratio:whole-is-compared"}
)
"""What makes the words for a share plain, and what puts them in doubt."""


def find(document: Document) -> Iterator[Candidate]:
    """Every reading of a rate in running text."""
    for paragraph in document.paragraphs:
        for figure in paragraph.figures:
            if not figure.mention.value:
                continue
            if is_share(figure) and not is_rate_of_change(paragraph, figure):
                yield from _shares(document, paragraph, figure)


def is_share(figure: Figure) -> bool:
    """A percentage that two figures may give: no goal, no norm, no rate of interest."""
    if not figure.is_rate or not figure.mention.value or figure.mention.value_max is not None:
        return False
    if figure.has("share.never"):
        return False
    return _IN_LIST.match(figure.before) is None or not says("share.never", figure.clause[-_LIST:])


# --- shares -----------------------------------------------------------------------------------------------------------


def _shares(document: Document, paragraph: Paragraph, rate: Figure) -> Iterator[Candidate]:
    """The pairs of figures that may give the rate, from the likeliest on."""
    tried = 0
    name = named_whole(paragraph, rate)
    for over, plain in _numerators(paragraph, rate, name):
        for place, under in enumerate(_denominators(paragraph, rate, over)):
            tried += 1
            formal = plain and _is_formal(paragraph, rate, over, under, place, name)
            if not formal and not _near(rate, over, under):
                continue
            relation = rate_of("ratio.share", rate.mention, over.mention, under.mention)
            if relation is None or not (formal or fits(relation) or _may_slip(relation, tried)):
                continue
            if not relation.holds and _is_of_several(paragraph, rate, over, under):
                continue
            features = set(_share_features(paragraph, rate, over, under, plain=plain, place=place, name=name))
            if formal:
                features.add("ratio:in-order")
                if features & _PLAIN and not features & _DOUBTS:
                    features.add("ratio:plain")
            yield Candidate(relation, frozenset(features), tried)
    yield from _of_two_sorts(paragraph, rate, tried)
    yield from _of_other_paragraphs(document, paragraph, rate, tried, name)


def _near(rate: Figure, over: Figure, under: Figure) -> bool:
    """The quotient is within a fifth of the rate, in whole numbers: what is worth to be reckoned."""
    scale = 1000 if rate.unit == "‰" else 100
    size, told = over.units * scale * MILLION, abs(rate.units) * under.units
    return abs(size - told) * 5 <= told + size


def _may_slip(relation: Relation, tried: int) -> bool:
    """Near enough for a digit to have gone wrong, and long enough for that to be told."""
    rate = relation.result
    return rate.bound is None and rarity(rate) >= 50 and tried <= 4


def _is_of_several(paragraph: Paragraph, rate: Figure, over: Figure, under: Figure) -> bool:
    """214棟，已完成補強158棟、拆除21棟、施工中19棟，完成率83.6%: the share of the first parts of a list together."""
    scale, step = (1000 if rate.unit == "‰" else 100), number(rate.mention.step or 1)
    figures = paragraph.figures[min(over.place, under.place + 1) : rate.place]
    row = [each for each in figures if alike(each, over) and each is not under and each.mention.value]
    summed = row[0].size if row else 0
    for each in row[1:]:
        summed += each.size
        if under.size and magnitude(divided(summed * scale, under.size) - rate.size) <= step:
            return True
    return False


def _numerators(paragraph: Paragraph, rate: Figure, name: frozenset[str]) -> Iterator[tuple[Figure, bool]]:
    """The figure that the rate's words name, then those before it, the nearest first; and whether the words say so."""
    before = [each for each in paragraph.before(rate, _FAR) if each.is_amount and each.unit not in YEARS]
    before.sort(key=lambda each: each.row in (0, rate.row))  # what brackets hold comes last
    told = [each for each in before if not (name and is_told_in(name, each, _ALL_OF_THEM))]  # these are the whole
    named = next((each for each in reversed(told) if _is_named(each, rate)), None)
    behind = _told_behind(paragraph, rate)
    if behind is not None:
        yield behind, True
    if named is not None:
        yield named, True
    for place, figure in enumerate(islice(reversed(before), _NUMERATORS)):
        if figure is not named:
            yield figure, place == 0 and named is None and behind is None


def _told_behind(paragraph: Paragraph, rate: Figure) -> Figure | None:
    """中央補助78%計2億元: the part right behind its share."""
    part = paragraph.next(rate)
    if part is None or not part.is_amount or part.row != rate.row:
        return None
    return part if _IS.fullmatch(paragraph.between(rate, part)) else None


def _is_named(figure: Figure, rate: Figure) -> bool:
    """兒童保護事件284件，…兒童保護事件所占比例為19.9%; 已完工1,284間、施工中1,507間，完工率恰為四成."""
    name, word = label(figure.before), RATE_WORD.search(rate.before)
    if word is not None and _denies(figure.before, word[1]) != _denies(rate.before, word[1]):
        return False
    return (len(name) >= 2 and name in rate.before) or (word is not None and word[1] in figure.before)


def _denies(text: str, verb: str) -> bool:
    """不合格 is the other outcome than 合格."""
    return re.search(rf"[不未非]{verb}", text) is not None


def _denominators(paragraph: Paragraph, rate: Figure, over: Figure) -> list[Figure]:
    """The larger figures of the same sort before the rate, those before the numerator first; then a total behind.

    Smaller ones where more than all was reached (達成率103.45%).
    """
    exceeds = magnitude(rate.size) > _ALL

    def fits(each: Figure) -> bool:
        larger = each.units < over.units if exceeds else each.units >= over.units
        return each is not over and alike(each, over) and larger

    before = [each for each in paragraph.before(rate, _FAR) if fits(each)]
    near = sorted(before, key=lambda each: (each.place > over.place, -each.place))[:_DENOMINATORS]
    behind = (each for each in paragraph.behind(rate, 23) if alike(each, over))
    closing = next((each for each in behind if _TOTAL.search(each.before)), None)
    near += [
        each for bracket in paragraph.brackets if bracket.owner is rate for each in bracket.line.figures if fits(each)
    ]
    if closing is not None and fits(closing) and (paragraph.one_sentence(rate, closing) or closing.has("total.some")):
        near.append(closing)
    return near


def _is_formal(
    paragraph: Paragraph, rate: Figure, over: Figure, under: Figure, place: int, name: frozenset[str]
) -> bool:
    """The words alone make it the reading: the share stands right behind its part, and the whole right before it."""
    if (rate.mention.bound is not None and rate.size < 1) or (under.place > rate.place and under.row == rate.row):
        return False
    if name:
        return is_told_in(name, under) and _is_right_behind(paragraph, over, rate)
    if not rate.has("share.word") or place > 0 or not paragraph.one_sentence(under, over, rate):
        return False
    return _is_right_behind(paragraph, over, rate) or _is_named(over, rate)


def _is_right_behind(paragraph: Paragraph, over: Figure, rate: Figure) -> bool:
    """Nothing stands between a part and its share but the years of a name."""
    last = paragraph.last(rate)
    if over in (last, paragraph.next(rate)):
        return True
    return last is not None and last.unit in YEARS and paragraph.last(last) is over


def _share_features(
    paragraph: Paragraph, rate: Figure, over: Figure, under: Figure, *, plain: bool, place: int, name: frozenset[str]
) -> Iterator[str]:
    """What the words say for this pair."""
    if plain:
        yield "ratio:part-said"
    if place == 0:
        yield "ratio:first-whole"
    behind = over.place == rate.place + 1
    if _are_only_ones(paragraph, rate, over, under):
        yield "ratio:only-pair"
    if rate.has("share.of") or behind:
        yield "ratio:share-word"
    elif rate.has("share.word"):
        yield "ratio:rate-word"
    if "平均" in rate.before:
        yield "ratio:called-average"
    if re.search("[;:]", paragraph.whole.text[over.position : rate.position]):
        yield "ratio:semicolon"
    among = paragraph.whole.text[under.position : over.position] if under.position < over.position else ""
    if "其中" in among or "中," in among:
        yield "ratio:among"
    if name:
        yield "ratio:named-whole" if is_told_in(name, under) else "ratio:other-name"
    if _is_of_verb(over, rate):
        yield "ratio:verb-of-part"
    if re.search(r"(?<![適反供因對相響效])應(?!付|收|計|用|變|徵|發|出席|到|考|試)[^,;。]{0,10}$", over.before):
        yield "ratio:part-is-duty"
    if _is_quota(under) and re.search(r"已|實際|現有|實", over.before):
        yield "ratio:quota"
    if is_goal(under) and "達成" in rate.before:
        yield "ratio:quota"
    elif is_former(under) and not is_former(over):
        yield "ratio:whole-is-compared"
    if label(over.before) == label(under.before) != "" and over.unit == under.unit:
        yield "ratio:one-label"
    if over.has("change.any") and not _is_of_verb(over, rate):
        yield "ratio:part-is-change"
    if (
        re.search(r"[、及和與][^,;。]{0,12}$", over.gap)
        and over.index
        and alike(over, paragraph.line_of(over).figures[over.index - 1])
        and not over.row
    ):
        yield "ratio:list-before"


def _are_only_ones(paragraph: Paragraph, rate: Figure, over: Figure, under: Figure) -> bool:
    """抽查120件，發現未依限公告者14件，占11.67%: two counts of one sort in the sentence, and the share right behind."""
    if not rate.has("share.of") or paragraph.last(rate) is not over or under.place >= over.place:
        return False
    told = [
        each for each in paragraph.figures[: rate.place] if alike(each, over) and paragraph.one_sentence(each, rate)
    ]
    return told == [under, over]


def _is_of_verb(over: Figure, rate: Figure) -> bool:
    """The rate is named by the verb of its part, or by one that means the same: 通過452人，及格率."""
    word = RATE_WORD.search(rate.before)
    if word is None:
        return False
    if _denies(over.before, word[1]) != _denies(rate.before, word[1]):
        return False
    if word[1] in over.before or any(character in over.before[-4:] for character in word[1]):
        return True
    return any(word[1] in verbs and any(verb in over.before for verb in verbs) for verbs in _SYNONYMS)


def _is_quota(figure: Figure) -> bool:
    return re.search(r"(?:應(?!用|變|邀|於|徵)|法定)[^,;]{0,16}$", figure.before) is not None


def _of_two_sorts(paragraph: Paragraph, rate: Figure, tried: int) -> Iterator[Candidate]:
    """稽查3,286家次，告發處分87件，告發率2.65%: the rate is named by its numerator, and the whole counts something else."""
    before = [each for each in paragraph.before(rate, 12) if each.is_amount]
    if len(before) < 2 or not rate.has("share.word"):
        return
    pairs = [(before[-1], under) for under in before[-2 : -2 - _OTHERS : -1]]
    for over, under in [*pairs, (before[-2], before[-1])]:
        if alike(under, over) or (under.unit == "元") != (over.unit == "元") or not _near(rate, over, under):
            continue
        tried += 1
        relation = rate_of("ratio.two-sorts", rate.mention, over.mention, under.mention)
        if relation is not None and relation.rounding in ("round", "truncate"):
            named = _shares_a_word(over, rate) or _shares_a_word(under, rate)
            yield Candidate(relation, frozenset({"ratio:verb-of-part"} if named else set()), tried)


def _shares_a_word(figure: Figure, rate: Figure) -> bool:
    """The word before 率 is that of the figure, or its unit (占床率)."""
    word = RATE_WORD.search(rate.before)
    return word is not None and any(character in figure.before + figure.unit + figure.behind for character in word[1])


def _of_other_paragraphs(
    document: Document, paragraph: Paragraph, rate: Figure, tried: int, name: frozenset[str]
) -> Iterator[Candidate]:
    """占歲入52.05%: the whole was told in a paragraph before; the words may name it."""
    over = next((over for over, plain in _numerators(paragraph, rate, name) if plain), None)
    if over is None or not rate.has("share.word"):
        return
    told = False
    for under in document.earlier(paragraph, over, 2 * _FAR if name else _FAR):
        named = bool(name) and is_told_in(name, under)
        if name and not named:
            continue
        tried += 1
        if under.units < over.units and magnitude(rate.size) <= _ALL:
            continue
        of_one_time = None in (over.dated, under.dated) or over.dated == under.dated
        formal = named and of_one_time and paragraph.last(rate) is over and not told
        if not formal and not _near(rate, over, under):
            continue
        relation = rate_of("ratio.far", rate.mention, over.mention, under.mention)
        if formal and relation is not None and not fits(relation):
            told = True
            plain = {"ratio:plain"} if is_told_in(name, under, _ALL_OF_THEM) else set()
            yield Candidate(relation, frozenset({"ratio:named-whole", "ratio:in-order", *plain}), 1)
            continue
        if relation is not None and (relation.rounding in ("round", "truncate") or (named and fits(relation))):
            features = {"ratio:named-whole"} if named else set()
            yield Candidate(relation, frozenset(features), 1 + tried // 4 if named else tried)
            return
