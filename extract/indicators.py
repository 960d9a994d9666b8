"""What a figure counts: its indicator and its category, in the text's own terms, the same whatever the wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..rules.indicators import Indicator, indicator_cues, indicators
from ..rules.periods import Nature
from .context import BlockView, Figure
from .phrases import label_of, measure_of, segment_of, subject_of
from .roles import RoleReading

_HALF = re.compile(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)")
_HALF_MARK = "(半年)"
_CHANGE_MARK = "增減"
_AMONG = re.compile(r"(?:其中|內含|含)[^,;。▣]{0,24}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """Indicator and category of a figure, and the rule that gave them."""

    indicator: str
    category: str | None
    rule: str
    base: str
    """The indicator without the marks of half a year and of a change."""


class Namer:
    """Names the figures of one block, in order: parts take the name of their whole."""

    def __init__(self, view: BlockView, body: str | None) -> None:
        self._view = view
        self._body = body or ""
        self._headings = "|".join(view.block.path[-2:])
        self.context = f"{self._headings}|{view.introduction}|{view.text}"
        self._known: dict[int, Name] = {}
        self._called: dict[int, tuple[Indicator, ...]] = {}

    def name(self, figure: Figure, role: RoleReading, nature: Nature, period: str | None, body: str | None) -> Name:
        """The name of the next figure of the block."""
        segment = segment_of(figure)
        label = label_of(segment, figure)
        base, category, rule = self._base(figure, role, segment, label, body)
        shown = base
        if role.role == "delta":
            shown += _CHANGE_MARK
        if self._flows(figure, rule, nature) and role.role != "rule" and _is_half(period):
            shown += _HALF_MARK
        result = Name(shown, category, rule, base)
        self._known[figure.number] = result
        return result

    def _base(
        self, figure: Figure, role: RoleReading, segment: str, label: str | None, body: str | None
    ) -> tuple[str, str | None, str]:
        known = self._registered(figure, role)
        if known is not None:
            heads = "人次" if figure.kind == "attendances" else "人數"
            name = known.name.replace("{heads}", heads).replace("{body}", body or self._body)
            category = label if label in known.parts or not known.parts else None
            return name, category or self._part_label(figure, label, known), f"name:{known.id}"
        whole = self._whole(figure)
        if whole is not None:
            above = self._known[whole]
            same = self._kind_at(whole) == figure.kind
            if same:
                return above.base, label or segment or above.category, "name:part"
            return f"{above.base}{measure_of(figure, segment)}", above.category, "name:part.other"
        measure = measure_of(figure, segment)
        subject = subject_of(figure, segment, self._headings)
        return (subject + measure if subject not in measure else measure), label, "name:phrase"

    def _flows(self, figure: Figure, rule: str, nature: Nature) -> bool:
        """Whether halves of a year and whole years must be kept apart: so it is with flows, not with shares."""
        lasting = next((known.nature for known in indicators() if rule == f"name:{known.id}"), None)
        if lasting is not None:
            return lasting == "flow"
        return figure.kind == "attendances" or (nature == "flow" and figure.kind != "percent")

    def _part_label(self, figure: Figure, label: str | None, known: Indicator) -> str | None:
        """A label that is no part of the indicator's own, in brackets or behind 其中, still tells parts apart."""
        return label if label is not None and self._whole(figure) is not None else None

    def _whole(self, figure: Figure) -> int | None:
        whole = figure.whole
        if whole is None and _AMONG.search(figure.before):
            whole = figure.number - 1
            while whole >= 0 and self._view.marks[whole].mention.kind != "quantity":
                whole -= 1
        return whole if whole is not None and whole in self._known else None

    def _kind_at(self, number: int) -> str:
        return Figure(self._view, self._view.marks[number], number).kind

    def _registered(self, figure: Figure, role: RoleReading) -> Indicator | None:
        start = self._view.text.rfind("。", 0, figure.mark.at) + 1
        candidates = self._candidates(start)
        if not candidates:
            return None
        before = self._view.text[start : figure.mark.at]
        after = figure.after
        kind = figure.kind
        for known in candidates:
            if known.kinds and kind not in known.kinds:
                continue
            if known.roles and role.role not in known.roles:
                continue
            if known.fits(before, after, self.context):
                return known
        return None

    def _candidates(self, start: int) -> tuple[Indicator, ...]:
        """The indicators whose cue words stand in the sentence that begins at ``start``, or above it."""
        if start not in self._called:
            end = self._view.text.find("。", start)
            text = f"{self._headings}|{self._view.introduction}|{self._view.text[start : end if end >= 0 else None]}"
            heads = indicator_cues()
            wanted: set[int] = set()
            for head in heads.keys() & set(text):
                for cue, places in heads[head]:
                    if cue in text:
                        wanted.update(places)
            self._called[start] = tuple(indicators()[place] for place in sorted(wanted))
        return self._called[start]


def _is_half(period: str | None) -> bool:
    """Whether a period is six whole months."""
    match = _HALF.fullmatch(period or "")
    if not match:
        return False
    year, month, last_year, last_month = map(int, match.groups())
    return (last_year - year) * 12 + last_month - month == 5
