"""Parts, and then their total: 甲3人、乙4人，合計7人; 甲2人、乙1人及丙1人等4人; 甲5家、加上乙6家，目前合計11家.

Two measures may go in step: 甲3人、20元；乙4人、30元，合計7人、50元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...model import Relation
from .check import Check
from .context import DAY, WINDOW, Document, Figure, Line
from .posts import concurrent_posts
from .relation import SURE, total
from .words import clause_words, comparable, is_for_each, label, of_one_stage, one_classification, whole_classification

_DONE = "培訓|訓練|調訓|辦理|開辦|發放|核發|補助|完成|錄取|收托|受理|服務"
_STRONG = re.compile(r"^[^,;、]{0,14}[,;、]?[^,;、]{0,14}(?:合計|共計|總計|合共|總共)[^,;、]{0,8}$")
_WEAK = re.compile(
    rf"^[^,;、]{{0,8}}[,、](?:目前|迄今|統計至{DAY}止?底?|至{DAY}止?)?(?:共|計|共有|計有|總數為)(?P<verb>{_DONE})?$"
)
_WHOLE = re.compile(r"^[^,;、]{0,6}[,;、](?:總經費|總金額|總人數|總額|經費)(?:為|計|達|共|合計)?$")
_CLOSED_LIST = re.compile(r"^[^,;、]{0,4}等(?:合計|共計|總計|共|計)?$")
_NO_TOTAL = re.compile(r"預計|累計|統計(?!至)|另計|另共|並計|估計|其他|占|較|比|其中|平均|每|累積|截至|其他合共")

_ADDED = re.compile(r"^[^,;、]{0,14}[,;、]?(?:再|另)?(?:加計|加上|連同|外加|另加|併計)")
_MORE = re.compile(r"加計|加上|連同|外加|另加|併計")
_TIGHT = re.compile(r"^[^,;、]{0,12}?(?:、|以及|及|和|與|暨)[^,;、]{0,40}$")
_CLAUSE = re.compile(r"^[^,;、]{0,14}[,;][^,;、]{0,40}$")
_BUDGET = re.compile(r"預算|編列")
_NO_PART = re.compile(r"其中|占|較|比率|平均|每|累計|預算|(?<![適反供因對相響效])應|上限|最高|原(?!住民)")

_NOW = re.compile(r"目前|現有|迄今|累計")
_ADDS = re.compile(r"增設|增加|再設|新增|增置|新設|再增|擴充")
"""112年增設2處、113年增設2處，目前共6處: what there was before is part of it, too."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A list and the totals that close it; of pairs (人, 元) there are two."""

    words: str
    """By which words: ``total``, ``list`` or ``whole``."""
    totals: Sequence[Figure]
    parts: Sequence[Figure]
    ahead: Sequence[Figure]
    """What stands before the list."""

    def ties(self, parts: Sequence[Figure]) -> Iterator[Relation]:
        """Column by column, the parts against their total."""
        width = len(self.totals)
        # 等 closes a list as a rule (等7人), and now and then leaves it open.
        sure = Decimal("0.9") if self.words == "list" else SURE
        for column, whole in enumerate(self.totals):
            column_parts = parts[column::width]
            terms = [part.mention for part in column_parts]
            beside = concurrent_posts(whole.mention, column_parts)
            rule = f"sum.{self.words}"
            yield total("sum", rule, whole.mention, terms, ["+"] * len(terms), confidence=sure, concurrent=beside)


def closed_lists(document: Document) -> Iterator[Closed]:
    """The lists that a total closes, as their words and links tell them."""
    for line in document.lines:
        for index, figure in enumerate(line.outer.figures):
            for width in (1, 2):
                yield from _close(line.outer, index, figure, width)


def _find(document: Document) -> Iterator[Relation]:
    for closed in closed_lists(document):
        yield from closed.ties(closed.parts)


def _close(line: Line, index: int, figure: Figure, width: int) -> Iterator[Closed]:
    figures = line.figures
    closing = _closing(figure)
    if closing is None or index < 2 * width or not figure.is_count:
        return
    totals = figures[index : index + width]
    if not _in_step(totals, width) or _opens_a_list(line, index + width - 1):
        return
    parts = list(_parts(figures[max(0, index - WINDOW) : index], totals, closing))
    if len(parts) >= 2 * width:
        yield Closed(closing, totals, parts, figures[: index - len(parts)])


def _closing(figure: Figure) -> str | None:
    """By which words a figure is a total of what stands before it."""
    gap = figure.gap
    if "淨" in gap:
        return None  # 餘各減少1件、2件，合計淨減2件: other signs
    if _NO_TOTAL.search(gap.split(DAY)[-1] if gap.startswith("統計") else gap):
        return None
    if _CLOSED_LIST.match(gap):
        return "list"
    if _WEAK.match(gap):
        return "closing"
    if _WHOLE.match(gap):
        return "whole"
    return "total" if _STRONG.match(gap) else None


def _in_step(totals: Sequence[Figure], width: int) -> bool:
    if len(totals) < width:
        return False
    if width == 1:
        return True
    first, second = totals
    return (
        second.is_count
        and not comparable(first.unit, second.unit)
        and re.match(r"^[,、;]?(?:合計|共計|計)?$", second.gap) is not None
    )


def _opens_a_list(line: Line, index: int) -> bool:
    """``合計甲3人、乙4人``: the figure behind the total word is a part itself."""
    if index + 1 >= len(line.figures):
        return False
    figure, following = line.figures[index], line.figures[index + 1]
    if not comparable(figure.unit, following.unit) or not re.match(r"^[^,;、]{0,6}(?:、|及|和|與)", following.gap):
        return False
    return bool(label(figure.gap))


def _parts(before: Sequence[Figure], totals: Sequence[Figure], closing: str) -> Iterator[Figure]:
    """The list that ends right before the total, in text order."""
    width = len(totals)
    kept: list[Figure] = []
    links: set[str] = set()
    now = _NOW.search(totals[0].gap) is not None
    for position in range(len(before) - width, -1, -width):
        row = before[position : position + width]
        if not all(_same_things(part.unit, goal.unit) for part, goal in zip(row, totals, strict=True)):
            break
        words = clause_words(row[0].gap)
        if any(is_for_each(part.gap) for part in row[1:]) or (now and _ADDS.search(words)):
            break
        if (_NO_PART.search(_BUDGET.sub("", words) if kept and _ADDED.match(kept[0].gap) else words)) or (
            width == 2 and not re.match(r"^[,、]?[^,;、]{0,6}$", row[1].gap)
        ):
            break
        if kept:
            link = _link(kept[0].gap)
            if (
                link is None
                or (link != "tight" and kept[0].unit != row[0].unit)
                or (link == "clause" and "tight" in links and width == 1)
            ):
                break
            if link == "clause" and not _parallel(row, kept, closing):
                break
            links.add(link)
        kept = [*row, *kept]
    labels = [label(part.gap) for part in kept[::width]]
    if kept and _MORE.search(clause_words(kept[0].gap)):
        # 加計甲、乙，合計丙: what they are added to was told before.
        return
    if links <= {"tight"} and not of_one_stage(labels):
        return
    if closing == "whole" and not whole_classification(labels):
        # A 總經費 behind two amounts may hold more than these; one behind 中央補助 and 市府自籌 does not.
        return
    yield from kept


def _same_things(part: str, goal: str) -> bool:
    """Units that add up; people do not add up to visits."""
    return comparable(part, goal) and (part == "人次") == (goal == "人次")


def _link(gap: str) -> str | None:
    if _ADDED.match(gap):
        return "added"
    if _TIGHT.match(gap):
        return "tight"
    return "clause" if _CLAUSE.match(gap) else None


def _parallel(row: Sequence[Figure], kept: Sequence[Figure], closing: str) -> bool:
    """Whether two clauses count the same sort of thing, so that adding them makes sense."""
    first, second = label(row[0].gap), label(kept[0].gap)
    if len(row) == 2:
        return of_one_stage([first, second])
    if one_classification([first, second]):
        return True
    added = re.match(r"^[^,;、]*[,;](?:另|再)", kept[0].gap) is not None
    return closing == "total" and added and of_one_stage([first[-2:], second[-2:]])


CHECKS = (Check("sum.closing", "parts in a list against the total that closes it", _find),)
