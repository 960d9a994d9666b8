"""What one figure says, held to what its match in an earlier report says, by the law that both fall under.

Which law that is, ``agreement.toml`` tells from what both figures claim: what was final must be equal, what was running may
not have fallen, forecasts and goals are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ....model import Relation
from ..agreement import Agreement, agreement_of
from ..error_model import is_swap
from .changes import is_told_as_changed
from .check import AcrossCheck
from .dating import dated_alike, dated_as_read
from .link import LIKELY, SURE, agree, corrected, never_less, other_occasions, same_unit, told_again, told_label
from .matches import FIRM, Match, matches
from .norms import is_changed, is_norm
from .panel import Panel
from .points import GROWS, Point
from .running import falls_of, is_begun
from .times import Together, times_of, together
from .values import telling_digits

_LABEL = 40
_COPIED = 0.8
_ALIKE, _TELLING = 0.3, 3
"""How alike the words around a value of so many telling digits must be."""
_ONE_PASSAGE = 0.45
"""From this likeness on two passages are of one subject; of those in which figures were restated none was below 0.5."""
_EDITED = 0.6
"""From this one passage is the other, edited."""
_ELSEWHERE = 0.35
"""So alike must the words be in which a report tells the other value, too."""


def _agreed(panel: Panel, later: int) -> Iterator[Relation]:
    known: set[int] = set()
    for earlier in panel.before.get(later, ()):
        told: dict[int, list[Relation]] = defaultdict(list)
        found: set[int] = set()
        for match in matches(panel, earlier, later):
            start = match.later.mention.start
            if start in known:
                continue  # a report that lies nearer in time has told it already
            ties = list(_held(panel, match)) or list(_told_again(match))
            told[match.later.mention.block] += ties
            found |= {start} if ties else set()
        for relations in told.values():
            yield from _growing(relations)
        known |= found


def _growing(relations: Sequence[Relation]) -> Iterator[Relation]:
    """All of a passage; but where all its counts fall, they do not run through the year."""
    running = [each for each in relations if each.rule in ("series.running", "series.stage")]
    fallen = [each for each in running if each.holds is False]
    free = len(fallen) > 1 and len(fallen) == len(running)
    yield from (each for each in relations if not (free and each in fallen))


def _held(panel: Panel, match: Match) -> Iterator[Relation]:
    """The tie between two figures, where there is one."""
    first, second = match.earlier, match.later
    if first.role != second.role or first.fact.sign != second.fact.sign or not same_unit(first, second):
        return
    if other_occasions(first, second):
        return
    law = agreement_of(first.state, second.state, times_of(first, second))
    firm = match.likeness >= FIRM or _is_standard_beside(panel, match) or _is_dated_beside(panel, match)
    if law is None or not law.holds_for(_label(first), _label(second)):
        if match.by == "place" and (law is None or law.law == "no-less"):
            yield from falls_of(panel, match)
    elif law.law == "nothing":
        return
    elif law.law == "equal":
        if not _is_of_no_day(law, first, second) and not dated_alike(panel, first, second):
            return
        confidence = _confidence(match)
        if agree(first, second):
            yield told_again(law.rule, first, second, confidence)
        elif corrected(second):
            yield told_again("series.corrected", first, second, confidence, holds=False)
        elif (firm or (match.by in ("name", "beside", "slip") and first.role != "rule")) and not _is_explained(
            panel, match
        ):
            yield told_again(_broken(panel, law, match), first, second, confidence)
    elif match.by != "place" or panel.is_cell(second):
        return  # the columns of a table are of several times
    elif match.likeness >= FIRM and first.measures in GROWS and first.role == "actual" and _are_of_one_subject(panel, match):  # fmt: skip
        if dated_as_read(panel, first) and dated_as_read(panel, second) and not second.in_bracket:
            begun = law.id != "since" or (is_begun(first) and is_begun(second))
            yield never_less(law.rule, first, second, SURE if begun else LIKELY)
    else:
        yield from falls_of(panel, match)


def _broken(panel: Panel, law: Agreement, match: Match) -> str:
    """The rule that a broken tie goes by: digits that changed places were not revised, nor is what a finished document holds;
    and what was to be reached is told smaller, in a span of years, or a goal once its time is over."""
    first, second = match.earlier, match.later
    if law.id == "restated":
        if is_swap(first.mention, second.mention):
            return "series.slip"
        if all(_FINISHED.search(point.ahead) for point in (first, second)):
            return "series.finished"
    if law.id == "plan" and Fraction(second.mention.value or 0) < Fraction(first.mention.value or 0):
        spoken = panel.source(second).spoken
        is_over = (
            spoken is not None and second.time is not None and spoken >= second.time.last and "目標" in _label(second)
        )
        if is_over or first.fact.state == second.fact.state == "running":
            return "series.lowered"
    return law.rule


_FINISHED = re.compile(r"(?:報告書?|白皮書|決議|調查)[^。;]{0,20}(?:提出|列出|載有|作成|作出)$")
"""What a document holds that is finished: how many recommendations a report makes."""


def _is_of_no_day(law: Agreement, first: Point, second: Point) -> bool:
    """A standard in force, what is all done, what a work brings once it is finished, a plan that was drawn out: the dates around
    it are of other things."""
    if first.finished and second.finished:
        return True
    if law.id == "standard":
        return is_norm(first) and is_norm(second)
    return law.id == "plan" and ((first.built and second.built) or first.time != second.time)


def _told_again(match: Match) -> Iterator[Relation]:
    """The same value in the same words, where nothing has to agree: a plan that is quoted, what lasts, what is over."""
    first, second = match.earlier, match.later
    alike = match.likeness >= FIRM or (match.likeness >= _ALIKE and telling_digits(second) >= _TELLING)
    same = first.mention.value == second.mention.value and first.mention.bound == second.mention.bound
    lasting = match.likeness >= _COPIED and _lasts(first) and _lasts(second)
    undated = (
        not (first.explicit or second.explicit) and match.likeness >= _COPIED and telling_digits(second) >= _TELLING
    )
    if (
        alike
        and same
        and same_unit(first, second)
        and (lasting or undated or together(first, second) is not Together.APART)
    ):
        yield told_again("series.retold", first, second, LIKELY, holds=True)


def _lasts(point: Point) -> bool:
    """It is not counted in a span of time of its own: a level, a plan, a standard, what is told of no time."""
    return point.state not in ("final", "running") and point.fact.sign is None


def _confidence(match: Match) -> Decimal:
    """The same words, the same long value or a well-known name make it sure that both are one."""
    return (
        SURE
        if (match.likeness >= FIRM and match.by not in ("beside", "slip")) or match.by in ("value", "name")
        else LIKELY
    )


def _label(point: Point) -> str:
    """The words right before a figure, dates and all."""
    return point.ahead[-_LABEL:]


# --- what explains that figures differ --------------------------------------------------------------------------------


def _is_explained(panel: Panel, match: Match) -> bool:
    """The report tells of the change; each report tells both values, of two things; or another figure may be the one."""
    if match.by == "place" and not panel.is_cell(match.later) and _is_rivalled(panel, match):
        return True
    if _is_announced(panel, match.later) or is_told_as_changed(panel, match.earlier, match.later):
        return True
    if match.by == "place" and not _are_of_one_subject(panel, match):
        return True
    if match.earlier.role == "former" and not _is_borne_out(panel, match):
        return True  # another change, which begins where the last one ended
    return match.by not in ("place", "base") and (_tells(panel, match.earlier, match.later.report) or _tells(panel, match.later, match.earlier.report))  # fmt: skip


def _is_rivalled(panel: Panel, match: Match) -> bool:
    """Another figure of the passage, of the same time, stands in words that are as much like those of the earlier one."""
    later = match.later
    others = (each for each in panel.in_block(later.report, later.mention.block) if each is not later)
    alike = (each for each in others if each.kind == later.kind and each.role == later.role and each.time == later.time)
    return any(panel.likeness(match.earlier, each) >= match.likeness for each in alike)


def _are_of_one_subject(panel: Panel, match: Match) -> bool:
    """Their passages are alike, or what stands beside both is the same, or they tell one span of years."""
    first, second = match.earlier, match.later
    years = first.time == second.time is not None and second.time.first.year < second.time.last.year
    spans = years and first.explicit and second.explicit
    return spans or _passages(panel, match) >= _ONE_PASSAGE or _is_borne_out(panel, match)


def _passages(panel: Panel, match: Match) -> float:
    """How alike the passages of two figures are."""
    first, second = match.earlier, match.later
    blocks = panel.passages.get((second.report, second.mention.block, first.report), {})
    return blocks.get(first.mention.block, 0.0)


def _is_borne_out(panel: Panel, match: Match) -> bool:
    """What stands beside both is the same, so that both are of one subject."""
    first = match.earlier
    return any(
        partner is not None and partner in panel.beside(first) and partner.mention.value == each.mention.value
        for each in panel.beside(match.later)
        if telling_digits(each) > 1
        for partner, _ in (panel.partner(each, first.report),)
    )


def _is_standard_beside(panel: Panel, match: Match) -> bool:
    """A standard in its place, in words that were changed, beside another one that is the same."""
    placed = match.by == "place" and match.likeness >= _ALIKE and match.earlier.role == "rule"
    return placed and _is_borne_out(panel, match)


def _is_dated_beside(panel: Panel, match: Match) -> bool:
    """Right behind one date in passages that are alike: 97年辦理194件, whatever the sentence tells before."""
    first, second = match.earlier, match.later
    if match.by != "place" or not (first.explicit and second.explicit and _passages(panel, match) >= _EDITED):
        return False
    return first.time == second.time and told_label(first) == told_label(second) != ""


def _is_announced(panel: Panel, point: Point) -> bool:
    """Its own words tell of a change, or its old value stands beside it."""
    return is_changed(point.before) or any(each.role == "former" for each in panel.beside(point))


def _tells(panel: Panel, point: Point, report: int) -> bool:
    """The other report tells the value of a figure in words like its own."""
    twins = panel.by_value.get((report, point.kind, point.mention.value), ())
    return any(panel.likeness(*sorted((point, each), key=lambda one: one.report)) >= _ELSEWHERE for each in twins)


CHECKS = (AcrossCheck("series.restated", "a figure held to what an earlier report said of it", _agreed),)
