"""What the words say of the parts of a total: whether they are all of one whole, one list, and of one sort."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import dropwhile, pairwise

from ...model import Mention
from .candidate import Candidate
from .cues import common_ending, direction, label, of_one_stage, one_classification, says, whole_classification
from .figure import DAY, FIGURES, Figure, Line, alike
from .law import Sign, amount, total

_INSERTED = re.compile(rf"[,、]?[^,;、。{FIGURES}{DAY}]{{0,6}}[{FIGURES}](?=[,;、。])")
"""A second measure between two members of a list: 12人，40萬元；乙18人."""


def link(line: Line, first: Figure, second: Figure) -> str:
    """How two figures are linked as members of a list: tight, net (the second goes the other way), clause; or not."""
    between = line.between(first, second)
    if any(character in FIGURES for character in between):
        between = _INSERTED.sub("", between)
    if not between or says("part.same-level", between):
        return "tight"
    if says("part.net", between):
        return "net"
    return "clause" if says("part.clause", between) else ""


def linked(line: Line, first: Figure, second: Figure) -> bool:
    """Two members of one list, for certain."""
    return says("part.same-level", line.between(first, second))


# --- what the words of a list say -------------------------------------------------------------------------------------


def list_features(line: Line, whole: Figure, parts: Sequence[Figure], ends: bool) -> Iterator[str]:
    """What speaks for parts being all of one whole, and what against it."""
    labels = labels_of(parts)
    if ends:
        tight = all(link(line, first, second) != "clause" for first, second in pairwise(parts))
        yield "sum:one-list" if tight else "sum:clause-list"
    elif _goes_on(line, parts, whole):
        yield "sum:goes-on"
    sentences = ["。" in line.between(first, second) for first, second in pairwise(parts)]
    if any(sentences) and not all(sentences):
        yield "sum:apart"
    in_turn = parts[0].has("part.in-turn") and not any(labels[1:])
    if whole_classification(labels):
        yield "sum:whole-classification"
    elif not in_turn and not of_one_stage(_steps_of(whole, parts)):
        outcomes = [part.has("outcome.other") for part in parts]
        if not all(outcomes):
            yield "sum:outcomes" if any(outcomes) else "sum:stages"
    elif one_classification(labels):
        yield "sum:one-classification"
    elif any(labels) and len(set(labels)) < len(labels) and not in_turn:
        yield "sum:labels-repeat"
    if len(parts) > 2 and _is_counted(line, whole, parts, labels):
        yield "sum:counted"
    if parts[-1].has("part.rest"):
        yield "sum:rest-named"
        last = parts[-1]
        left = last.has("part.remaining") or (last.has("part.others") and last.behind and last.unit == whole.unit)
        if len(parts) == 2 and left and parts[0].index > whole.index:
            yield "sum:remaining"
    behind = line.after(parts[-1])
    if parts[-1].index > whole.index and says("part.open", behind):
        yield "sum:open"
    inside = [each for each in line.figures[parts[0].index : parts[-1].index + 1] if alike(each, whole)]
    if len(inside) > len(parts):
        yield "sum:interrupted"
    if any(each.unit != whole.unit for each in parts):
        yield "sum:unit-differs"
    if len(parts) > 2:
        yield "sum:three"
    if len(parts) > 3:
        yield "sum:four"
    if (
        parts[-1].index > whole.index
        and ends
        and re.match(r"^[^,;、。]{0,8}(?:[;。]|$)", line.text[parts[-1].at + 1 :])
    ):
        yield "sum:ends-sentence"
    above = whole.mention.paren is None and any(part.units > whole.units for part in parts)
    if above and (len(parts) > 3 or not whole_classification(labels)):
        yield "sum:part-above-whole"
    if ends and _shares_make_a_hundred(line, parts):
        yield "sum:shares-whole"


def _shares_make_a_hundred(line: Line, parts: Sequence[Figure]) -> bool:
    """甲18人，占60%；乙12人，占40%: the share behind or before each part, and all of them together are the whole."""
    for step in (1, -1):
        places = [part.index + step for part in parts]
        shares = [line.figures[at] for at in places if 0 <= at < len(line.figures)]
        called = all(share.is_rate and (share.has("share.of") or step < 0) for share in shares)
        if called and len(shares) == len(parts) and adds_up_to_all(shares):
            return True
    return False


def adds_up_to_all(shares: Sequence[Figure]) -> bool:
    """Rates that make a hundred, but for what rounding each of them leaves."""
    whole = sum((Fraction(share.size) for share in shares), Fraction(0))
    return abs(whole - 100) <= Fraction(len(shares), 20)


def is_closed_list(line: Line, whole: Figure, parts: Sequence[Figure], ends: bool) -> bool:
    """甲24案及乙23案，共47案: named members in one run, and the word for a total right behind it."""
    labels = labels_of(parts)
    tight = all(link(line, first, second) == "tight" for first, second in pairwise(parts))
    plain = not (whole.has("total.running") or whole.has("total.not")) and of_one_stage(_steps_of(whole, parts))
    return (
        ends
        and tight
        and plain
        and all(labels)
        and len(set(labels)) == len(labels)
        and not line.between(parts[-1], whole).endswith("等")
    )


def _is_counted(line: Line, whole: Figure, parts: Sequence[Figure], labels: Sequence[str]) -> bool:
    """4座園區，…廠商86家，其中北湖園區34家、…: as many are told before as have a part, by the noun that the parts share."""
    noun = common_ending(labels)[-2:]
    if len(noun) < 2:
        return False
    near = line.ahead(whole.at, 4)
    return any(each.size == len(parts) and noun in each.behind for each in near if each is not whole)


def _steps_of(whole: Figure, parts: Sequence[Figure]) -> list[str]:
    """What is told before each part; a list that a total closes has the verb of its sentence before the first of them.

    受理甲類2件、乙類3件、丙類1件，共6件.
    """
    told = [label(part.before) for part in parts]
    return told[1:] if len(told) > 2 and parts[-1].index < whole.index else told


def labels_of(parts: Sequence[Figure]) -> list[str]:
    """What each part counts, said before or behind it."""
    return [label(part.before) or label(part.behind) for part in parts]


def _goes_on(line: Line, parts: Sequence[Figure], whole: Figure) -> bool:
    """The list has another member behind or before the parts."""
    last, first = parts[-1], parts[0]
    following = line.figures[last.index + 1] if last.index + 1 < len(line.figures) else None
    if following is not None and following is not whole and alike(following, whole) and linked(line, last, following):
        return True
    earlier = line.last(first)
    return earlier is not None and earlier is not whole and alike(earlier, whole) and linked(line, earlier, first)


def takes_up(whole: Figure, lead: str) -> bool:
    """The words before the first part take up what the total counts."""
    words = re.split(r"[。;]", lead)[-1]
    name = re.sub(r"(?:本期|目前|計有?|共有?|為|者|人數|總數|[數計共])", "", whole.before)[-6:]
    return any(name[at : at + 2] in words for at in range(len(name) - 1))


def same_verb(whole: Figure, lead: str) -> bool:
    """增置22人，其中增置…: the change is taken apart."""
    verb = re.search(r"(增置|增設|增加|新增|減列|裁減|減少|移撥|改置)", whole.before[-10:])
    return verb is not None and verb[0] in lead


def is_part(part: Figure, whole: Figure) -> bool:
    """The words leave it open that one figure is a part of another."""
    mention = part.mention
    if mention.value is None or mention.value < 0 or mention.value_max is not None:
        return False
    if part.is_standard != whole.is_standard or (part.role == "former" and whole.role != "former"):
        return False
    if part.has("level.beside") or part.behind.startswith("者"):
        return False  # 與上期之167個相較; 罰3,000元者3件
    if part.has("change.net") and not (whole.has("change.net") or whole.has("total.word")):
        return False  # 遷入8,431人，遷出6,393人，淨遷入2,038人: what two flows leave is a part of neither
    rest = part.has("change.left") or whole.has("change.left")
    both_ways = direction(whole.before) and direction(part.before)
    if (
        not rest
        and not both_ways
        and not whole.has("total.word")
        and part.has("change.word") != whole.has("change.word")
    ):
        return False
    return not part.has("part.never") or _is_budgeted(part, whole)


def _is_budgeted(part: Figure, whole: Figure) -> bool:
    """Both are told as plans."""
    return part.role == whole.role == "target" and not part.has("each")


def summed_up(rule: str, whole: Figure, parts: Sequence[Figure], features: set[str], *, tried: int = 1) -> Candidate:
    """The sum of some parts, each with the sign that its words give it."""
    signs = [sign_of(whole, part) for part in parts]
    return signed(rule, whole, parts, signs, features, tried)


def signed(
    rule: str, whole: Figure, parts: Sequence[Figure], signs: Sequence[Sign], features: set[str], tried: int = 1
) -> Candidate:
    """A sum with its signs, and with posts held concurrently where the total gives them in brackets."""
    beside = concurrent_posts(whole.mention, parts)
    terms = [part.mention for part in parts]
    relation = total("sum", rule, whole.mention, terms, signs, concurrent=beside)
    return Candidate(relation, frozenset(features), tried)


def sign_of(whole: Figure, part: Figure) -> Sign:
    """A part that goes the other way than the total (增加145人，其中減少3人) is taken off."""
    if re.search(r"減去|扣除|減除|扣減|減掉", part.before):
        return "-"
    change, share = direction(whole.before[-10:]), direction(part.before[-14:])
    return "-" if change and share and change != share else "+"


# --- posts held concurrently ------------------------------------------------------------------------------------------


def concurrent_posts(result: Mention, parts: Sequence[Figure]) -> frozenset[Mention]:
    """The parts that count posts held concurrently, where the total gives these in brackets, 3(6)人.

    兼任人事管理員3人及會計員3人: the word may stand once for all behind it; the number in brackets says whether it does.
    """
    if result.paren is None:
        return frozenset()
    told = [part for part in parts if _is_concurrent(part)]
    behind = list(dropwhile(lambda part: not _is_concurrent(part), parts))
    carried = (
        sum((amount(part.mention) for part in behind), start=amount(behind[0].mention) * 0) == result.paren
        if behind
        else False
    )
    return frozenset(part.mention for part in (behind if carried else told))


def _is_concurrent(part: Figure) -> bool:
    return "兼任" in part.before
