"""Changes and distances: the level that was reached, the one that is compared with, and what parts them.

較之上期9,027件少了413件; 由5,230瓩提高為6,480瓩，增加1,250瓩; 33.02%，較規定18%，高出15.02%. The former level is the
figure that the text compares with; the present one was told before it, or behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from ...model import Relation
from .candidate import Candidate
from .cues import common_ending, direction, label, says
from .error_model import is_one_digit
from .figure import DAY, FIGURES, MILLION, Document, Figure, Line, Paragraph, alike
from .law import Sign, total
from .numbers import number

_VERB = re.compile(rf"[^,;。、:()至到為及和與或{FIGURES}{DAY}]{{1,5}}")
_TERMS = frozenset({"年", "年度", "歲"})
"""Ages and terms of years are told, and seldom reckoned."""
RATE_WORD = re.compile(r"([^,;。、之的]{2})(?:比?率|比例|比重)")
"""By which verb a rate is named."""
_NEAR, _MOST = 6, 40
_FAR = 24
"""So many figures are looked at where the levels stand in other paragraphs."""
_RARE = 10_000
"""A change that is one of so many is known by its levels, wherever they stand."""
_MOVES = re.compile(r"增加?|減少?|下降|上升|降低|提高|提升|成長|縮減|大幅|[共淨約了]")
_OR = re.compile(r"或|,(?:約|即|約為|約達)")
_BRACKETED = re.compile(r"^[^,;。()]{0,6}\([-+約]?$")


def find(document: Document) -> Iterator[Candidate]:
    """Every reading of a change or a distance in running text."""
    for paragraph in document.paragraphs:
        for figure in paragraph.figures:
            if not figure.mention.value or figure.is_standard:
                continue
            told = is_told_as_change(paragraph, figure)
            if told:
                yield from _moves(paragraph, figure)
                yield from _from_earlier(document, paragraph, figure)
            if not figure.is_rate and figure.has_words:
                yield from _anywhere(document, paragraph, figure, told=told)


# --- which figures are changes, and which are levels --------------------------------------------------------------------


def _is_of_own_verb(paragraph: Paragraph, rate: Figure) -> bool:
    """排放28,831噸，削減14,702噸，削減率49%: a share of what was, though its word is one of change."""
    last = paragraph.last(rate)
    word = RATE_WORD.search(rate.before)
    return last is not None and word is not None and word[1] in last.before and not last.before.endswith(word[1])


def is_rate_of_change(paragraph: Paragraph, rate: Figure) -> bool:
    """成長4.2%, and 減少281戶(2.78%): a rate in brackets right behind a change."""
    if _is_of_own_verb(paragraph, rate):
        return False
    if rate.has("change.rate") or _is_told_otherwise(paragraph, rate):
        return True
    last = paragraph.last(rate)
    if not rate.row or last is None or _BRACKETED.match(paragraph.between(last, rate)) is None:
        return False
    return last.is_count and last.has("change.any")


def _is_told_otherwise(paragraph: Paragraph, rate: Figure) -> bool:
    """增加100人或3.03%; 較預算數增加5億元，約1.47%."""
    last = paragraph.last(rate)
    if last is None or not last.is_count or not last.has("change.any"):
        return False
    return _OR.fullmatch(paragraph.between(last, rate)) is not None


def is_told_as_change(paragraph: Paragraph, figure: Figure) -> bool:
    """Its words, or the level that is compared with right before it, say that it is a change or a distance."""
    if figure.unit in _TERMS or figure.before.endswith(("目標", "標準", "規定", "門檻", "上限", "底價")):
        return False  # 高於目標4.5%: the level that another one is held against
    return tells_change(paragraph, figure) or _follows_former(paragraph, figure)


def tells_change(paragraph: Paragraph, figure: Figure) -> bool:
    """A word of change, or 較預算數1億元增列2萬元: one that raises or lowers right behind what is compared with."""
    if figure.has("change.any"):
        return True
    last = paragraph.last(figure)
    if last is None or last.row != figure.row or not is_former(last) or not direction(figure.before):
        return False
    return re.fullmatch(r"(?:[^,;。]{0,4},)?[^,;。、至到為]{1,6}", paragraph.between(last, figure)) is not None


def _follows_former(paragraph: Paragraph, figure: Figure) -> bool:
    """較底價5億5,230萬元溢價9,543萬元: whatever verb stands between the level that is compared with and the figure."""
    last = paragraph.last(figure)
    if last is None or last.row != figure.row or not is_former(last):
        return False
    return _VERB.fullmatch(paragraph.between(last, figure)) is not None


def is_former(level: Figure) -> bool:
    """The text compares with this level."""
    return level.has("level.former") or level.has("level.former-behind")


def _is_compared(old: Figure, change: Figure) -> bool:
    """出口115億元，自美進口98億元，順差17億元: what two flows leave compares with none of them."""
    return is_former(old) and not change.has("change.balance")


def is_goal(level: Figure) -> bool:
    """The text holds a figure against this one."""
    return level.has("goal") or level.has("goal.behind")


def _levels(paragraph: Paragraph, change: Figure) -> list[Figure]:
    """What the change may lie between."""
    points = change.unit == "百分點"
    return around(
        paragraph,
        change,
        lambda each: each.mention.value is not None and (each.is_rate if points else alike(each, change)),
    )


def around(paragraph: Paragraph, figure: Figure, fits: Callable[[Figure], bool]) -> list[Figure]:
    """What a change or its rate may be reckoned from: the nearest figures before it, the one behind, the topic of its sentence."""
    before = [each for each in paragraph.before(figure, _MOST) if fits(each)]
    behind = [each for each in paragraph.behind(figure, 3) if fits(each)][:1]
    topics = [each for each in before[:-_NEAR] if paragraph.one_sentence(each, figure)][:1]
    return [*before[-_NEAR:][::-1], *behind, *topics]


# --- a change ---------------------------------------------------------------------------------------------------------


def _moves(paragraph: Paragraph, change: Figure) -> Iterator[Candidate]:
    """The pairs of levels that a change may lie between, the likeliest first."""
    levels = _levels(paragraph, change)
    pairs = sorted(combinations(range(len(levels)), 2), key=sum)
    for tried, (one, other) in enumerate(pairs, start=1):
        new, old = new_and_old(levels[one], levels[other])
        gap = abs(abs(new.units - old.units) - abs(change.units))
        slack = new.slack + old.slack + change.slack
        features = set(_features(paragraph, new, old, change, tried))
        formal = "change:told-in-order" in features or ("change:from-to" in features and _names_nothing(change))
        if gap <= slack or formal or (is_one_digit(gap, MILLION) and tried <= 3):
            yield Candidate(between(new, old, change, features), frozenset(features), tried)


def _features(paragraph: Paragraph, new: Figure, old: Figure, change: Figure, tried: int) -> Iterator[str]:
    """What the words say for these two levels."""
    said = _is_compared(old, change)
    if said:
        yield "change:compared"
    elif is_goal(old):
        yield "change:goal"
    if tells_change(paragraph, change):
        yield "change:word"
    if tried == 1:
        yield "change:nearest"
        if change.has("change.left") and new.position < change.position and not said:
            yield "change:rest"
        first, second = sorted((new, old), key=_place)
        left = change.has("change.balance") or (change.has("change.others") and _opens(paragraph, first))
        if not said and left and _clause_by_clause(paragraph, first, second, change):
            yield "change:rest-in-order"
            if change.has("change.net"):
                yield "change:net"
    if not paragraph.one_sentence(new, old, change):
        yield "change:sentences"
    from_to = _from_to(paragraph, new, old, change)
    in_order = _told_in_order(paragraph, new, old, change)
    if not from_to and not _of_one_name(new, old) and any(_is_change(each) for each in (new, old)):
        yield "change:level-is-change"
    way = direction(change.before)
    if said and way and new.units != old.units and (way > 0) != (new.units > old.units):
        yield "change:wrong-way-told" if from_to else "change:wrong-way"
    if in_order:
        yield "change:told-in-order"
    if from_to:
        yield "change:from-to"
    if not from_to and of_other_name(new, change):
        yield "change:other-name"


def _names_nothing(change: Figure) -> bool:
    """由A增至B，增加C and not 由A增至B，男性增加C: what changed is what was just told."""
    return re.search(r"[一-鿿]{2}", _MOVES.sub("", label(change.before))) is None


def _opens(paragraph: Paragraph, first: Figure) -> bool:
    """Nothing of its sort is told before it in its sentence, of which it might be a part itself."""
    return not any(alike(each, first) for each in paragraph.line_of(first).ahead(first.at))


def _clause_by_clause(paragraph: Paragraph, first: Figure, second: Figure, change: Figure) -> bool:
    """標售所得14億元支應費用12億元，盈餘2億元: three figures in a row, each of its own clause; rates may stand between."""
    row = [each for each in paragraph.line_of(change).figures[: change.index + 1] if not each.is_rate or each is change]
    if not first.row == second.row == change.row or row[-3:] != [first, second, change]:
        return False
    between = (paragraph.between(first, second), paragraph.between(second, change))
    return all(re.fullmatch(r"[^,;。、]{0,8},[^;。、]{0,16}", text) for text in between)


def _place(figure: Figure) -> int:
    return figure.place


def _is_change(level: Figure) -> bool:
    return level.has("change.word") and not level.has("level.new")


def _of_one_name(new: Figure, old: Figure) -> bool:
    """賸餘3,425萬元，較預算賸餘2,860萬元: what is left, now and before; though it has a word of change it is a level."""
    return is_former(old) and len(common_ending([label(new.before), label(old.before)])) > 1


def _told_in_order(paragraph: Paragraph, new: Figure, old: Figure, change: Figure) -> bool:
    """A，較B增加C: three figures in a row, the second compared with, the third its change."""
    if not (new.position < old.position < change.position) or new.row != change.row:
        return False
    line = paragraph.line_of(change)
    if old.row != new.row:
        return _told_in_bracket(paragraph, new, old, change)
    if change.index != old.index + 1 or "。" in line.text[new.at : change.at]:
        return False
    if not follow(line, new, old) and not _is_topic(line, new, old):
        return False
    plain = re.fullmatch(r"[^,;。]{0,10},?[^,;。]{0,10}", line.between(old, change)) is not None
    level = not is_former(new) and (not new.has("change.word") or _of_one_name(new, old))
    return plain and (_is_compared(old, change) or is_goal(old)) and tells_change(paragraph, change) and level


def follow(line: Line, first: Figure, second: Figure) -> bool:
    """Nothing but averages, or the parts of the first, stands between two figures.

    運量1,842萬人次，日均10萬人次，較上年同期1,705萬人次增加; 12,640隻，犬4,215隻、貓8,425隻，較去年10,980隻成長.
    """
    between = [each for each in line.figures[first.index + 1 : second.index] if not each.is_rate]
    averages = all(is_average(each) for each in between)
    parts = sum(each.units for each in between if alike(each, first)) == first.units
    return first.index < second.index and (averages or parts)


def is_average(figure: Figure) -> bool:
    """So much for each day or each of them."""
    return figure.has("each") or "均" in figure.before


def _is_topic(line: Line, new: Figure, old: Figure) -> bool:
    """A，較B增加C，較D減少E: nothing else of its sort is told before as a level; or B takes up the name of A alone."""
    others = [
        each for each in line.ahead(old.at) if alike(each, new) and each is not new and not _is_held_against(each)
    ]
    if not is_former(old):
        return False
    if not others and ";" not in line.text[new.at : old.at]:
        return True
    name = label(new.before)[-4:]
    return len(name) > 1 and name in old.clause and all(label(each.before)[-4:] != name for each in others)


def _is_held_against(figure: Figure) -> bool:
    """A goal, a level that is compared with, or a change."""
    return is_goal(figure) or is_former(figure) or figure.has("change.any")


def _told_in_bracket(paragraph: Paragraph, new: Figure, old: Figure, change: Figure) -> bool:
    """A，較去年同期(B)增加C: the level that is compared with stands alone in a bracket behind what it is."""
    bracket = paragraph.brackets[old.row - 1] if old.row else None
    if bracket is None or bracket.owner is not new or len(bracket.line.figures) > 1 or change.index != new.index + 1:
        return False
    plain = re.fullmatch(r"[^,;。]{0,10},[^,;。]{0,24}", paragraph.line_of(change).between(new, change)) is not None
    return plain and is_former(old) and change.has("change.word") and not is_former(new) and not new.has("change.word")


def _from_to(paragraph: Paragraph, new: Figure, old: Figure, change: Figure) -> bool:
    """由A增至B，增加C."""
    if not (new.row == old.row == change.row) or not (old.position < new.position < change.position):
        return False
    line = paragraph.line_of(change)
    plain = re.fullmatch(r"[^,;。]{0,10},?[^,;。]{0,16}", line.between(new, change)) is not None
    from_to = new.index == old.index + 1 and change.index == new.index + 1 and new.has("level.new")
    return from_to and plain and change.has("change.word") and old.has("level.from")


def of_other_name(level: Figure, change: Figure) -> bool:
    """獎勵11,185人次…，而申誡案件減少25人次: the change names what changed, and it is not what the level counts."""
    words = re.sub("[較比].*?(?=增|減|成長|衰退|下降|上升)", "", change.before)
    named = re.match(
        r"^(?:而|惟|其中|另)?(?P<subject>[一-鿿]{2,8}?)(?:增加|減少|成長|衰退|下降|上升|增|減)(?:約|了|達|為)?$", words
    )
    if named is None or says("label.adverb", named["subject"]):
        return False
    subject, told = named["subject"], level.gap + level.clause + level.behind
    return not any(subject[at : at + 2] in told for at in range(len(subject) - 1)) and not any(
        character in told for character in subject[-2:]
    )


def new_and_old(first: Figure, second: Figure) -> tuple[Figure, Figure]:
    """Which of two levels is the one that the text compares with; else the farther one."""
    return (second, first) if [is_former(first), is_former(second)] == [True, False] else (first, second)


def between(new: Figure, old: Figure, change: Figure, features: set[str]) -> Relation:
    """A change over time, where the text compares; else the distance of two figures."""
    rises = new.size >= old.size
    points = change.unit == "百分點" or (change.is_rate and not old.has("level.from"))
    norm = frozenset({old.mention}) if is_goal(old) and old.is_rate else frozenset()
    over_time = _is_compared(old, change) and not (is_goal(old) and not old.has("level.beside"))
    over_time = over_time or ("change:word" in features and not change.has("change.left") and old.is_earlier(new))
    over_time = over_time and re.search(r"相距|相差|差距|落差", change.before) is None
    if (points and "change:from-to" not in features) or not over_time:
        high, low = (new, old) if rises else (old, new)
        rule = "difference.compared" if is_goal(old) or _is_compared(old, change) else "difference.levels"
        terms = [high.mention, low.mention]
        return total("difference", rule, change.mention, terms, ["+", "-"], norms=norm)
    sign: Sign = "+" if rises else "-"
    if new.units != old.units and features & {"change:wrong-way", "change:wrong-way-told"}:
        sign = "-" if direction(change.before) < 0 else "+"
    terms = [old.mention, change.mention]
    return total("change", "change.compared", new.mention, terms, ["+", sign])


def _from_earlier(document: Document, paragraph: Paragraph, change: Figure) -> Iterator[Candidate]:
    """戶數較111年底之10,105戶減少281戶: the level of today was told in a paragraph before."""
    level = next((each for each in _levels(paragraph, change) if each.place == change.place - 1), None)
    if level is None or not is_former(level) or change.mention.bound is not None:
        return
    for tried, new in enumerate(document.earlier(paragraph, change, _FAR), start=1):
        gap = abs(abs(new.units - level.units) - abs(change.units))
        if gap <= new.slack + level.slack + change.slack:
            yield Candidate(between(new, level, change, set()), frozenset({"change:compared"}), tried)
            return


def _anywhere(document: Document, paragraph: Paragraph, change: Figure, *, told: bool) -> Iterator[Candidate]:
    """A change so rare that its levels are known wherever they stand before it; of a rarer one, whatever its words."""
    size = abs(change.units)
    if change.unit == "百分點" or change.mention.bound is not None or size < 1000 * MILLION:
        return
    rare = size // (int(number(change.mention.step or 1) * MILLION) or 1)
    here = [each for each in reversed(paragraph.before(change, _FAR)) if alike(each, change)]
    near = [each for each in here if each.units > 0]
    features, tried = set[str](), max(1, len(near) * (len(near) - 1) // 2)
    if rare >= (_RARE if told else 10 * _RARE):
        near = [each for each in (*here, *document.earlier(paragraph, change, _FAR)) if each.units > 0][:_FAR]
        tried = _FAR * _FAR // 8
    elif not told and not change.has("change.net"):
        return
    if change.has("change.net"):
        features.add("change:net")
    if told:
        features.add("change:word")
    by_value = {each.units: each for each in reversed(near)}
    for high in near:
        low = by_value.get(high.units - size)
        if low is not None and low is not high:
            terms = [high.mention, low.mention] if change.units > 0 else [low.mention, high.mention]
            relation = total("difference", "difference.levels", change.mention, terms, ["+", "-"])
            yield Candidate(relation, frozenset(features), tried)
            return
