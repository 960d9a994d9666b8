"""The period of a figure: the time that its value speaks of, from the sentence outward to the report as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import Report
from ..rules.periods import Nature
from ..rules.roles import Document
from .context import BlockView, Figure, figures
from .governing import Ruling, end_of, hull, is_day, start_of
from .own_time import Span
from .reach import PeriodReading, along, between_years, one_each, ruling_before, up_to, years_from_start
from .roles import RoleReading
from .surroundings import LEVELS, POSTS, Surroundings
from .tables import head_dates

_NOW = re.compile(
    r"目前|迄今|至今|(?<![發呈表出體實展顯浮])現[有已]"
    r"|(?<![發呈表出體實展顯浮])現行(?=[^,;。「」()]*\Z)(?![^,;。▣]{0,24}(?:辦法|規定|法規|法令|制度|條例|要點|準則|規範|標準|指南))"
)
"""現行 is told of the figure itself only in its own clause, and where it names no rule in force."""
_CLOSED = re.compile(r"\([^()]*\)")
_UP_TO_NOW = re.compile(r"(?:起)?(?:迄今|至今)")
_AWARD = re.compile(r"[^,。;▣▢]{0,24}(?:選拔|評選|評比|競賽|考核)")
_VALUED = re.compile(r"(?:底)?(?:為|達|增至|降至)\Z")
_HELD = re.compile(r"[^,。;]{0,24}(?:辦理|舉辦|舉行|召開|開辦|開設|合辦|完成|假|於|實施)")
_PLANNED_FOR = re.compile(r"(?:預計|預定|將|訂)[於在]?\Z")
_TERMS = frozenset({"deposit", "product.term"})
"""Rules of terms that name a class of product: it may be on offer for a time, but the years told of it are not its."""


class Periods:
    """Reads the periods of a report's figures."""

    def __init__(self, report: Report, views: Mapping[int, BlockView], span: Span, document: Document) -> None:
        self._span = span
        self._document = document
        self._around = Surroundings(report, views, span)

    def of(
        self, view: BlockView, roles: Mapping[int, RoleReading], natures: Mapping[int, Nature]
    ) -> dict[int, PeriodReading]:
        """The period of every quantity of a block, by its place among the marks."""
        result: dict[int, PeriodReading] = {}
        found = list(figures(view))
        for figure in found:
            number = figure.number
            result[number] = self._read(figure, roles[number], natures[number], result)
        for place, figure in enumerate(found):
            if roles[figure.number].role == "former" and result[figure.number].rule != "sentence.each":
                result[figure.number] = self._former(figure, found, place, roles, result)
        return result

    # --- one figure ---------------------------------------------------------------------------------------------------

    def _read(
        self, figure: Figure, role: RoleReading, nature: Nature, known: Mapping[int, PeriodReading]
    ) -> PeriodReading:
        dates = self._dates(figure)
        if role.role == "rule":
            return self._standing(figure, role, dates)
        if role.role == "target":
            return self._planned(figure, dates, role)
        effective = self._effective(figure, dates, role)
        if effective is not None:
            return effective
        if figure.whole is not None and not any(r.bracket == figure.mark.bracket for r in dates):
            above = known.get(figure.whole)
            if above is not None and not _NOW.search(figure.view.text[figure.mark.bracket or 0 : figure.mark.at]):
                return PeriodReading(above.period, "bracket")
        if figure.view.block.cells:
            told = head_dates(figure)
            if told:
                return PeriodReading(told[0], "table-head")
        inside = self._in_sentence(figure, role, nature, dates)
        return inside or self._around.read(figure, nature)

    def _dates(self, figure: Figure) -> tuple[Ruling, ...]:
        return self._around.of_sentence(figure.view, figure.mark.sentence)

    # --- rules, plans, reorganisations, old values ---------------------------------------------------------------------

    def _standing(self, figure: Figure, role: RoleReading, dates: tuple[Ruling, ...]) -> PeriodReading:
        """A standing rule has no period, but for quotas, stated terms and days by which something is due."""
        if role.rule.startswith("quota"):
            ruling = ruling_before(figure, dates)
            if ruling is not None and ruling.manner in ("as-of", "plain"):
                return PeriodReading(end_of(ruling.edtf), "quota")
            return PeriodReading(self._around.inherited_end(figure) or self._span.end, "quota")
        for ruling in dates:
            if ruling.manner == "deadline" and is_day(ruling.edtf):
                return PeriodReading(ruling.edtf, "due")
        dates = (*self._joined_before(figure), *dates)
        for number, ruling in enumerate(dates):
            if ruling.at > figure.mark.at:
                break
            if ruling.edtf == self._span.own or (role.rule in _TERMS and len(start_of(ruling.edtf)) == 4):
                continue
            if "/" in ruling.edtf and ruling.manner in ("plain", "as-of") and len(ruling.members) == 1:
                return PeriodReading(ruling.edtf, "term")
            if ruling.manner == "as-of" and number and dates[number - 1].manner == "start":
                return PeriodReading(hull(dates[number - 1].edtf, ruling.edtf), "term")
        return PeriodReading(None, "standing")

    def _joined_before(self, figure: Figure) -> tuple[Ruling, ...]:
        """The dates of the sentence that only a semicolon parts from this one."""
        start = figure.sentence.start
        if not start or figure.view.text[start - 1] != ";":
            return ()
        return self._around.of_sentence(figure.view, figure.mark.sentence - 1)

    def _planned(self, figure: Figure, dates: tuple[Ruling, ...], role: RoleReading) -> PeriodReading:
        """A plan is of the date that its own sentence plans it for; a budget, of its fiscal year."""
        usable = [r for r in dates if r.manner not in ("title", "compared", "enacted", "as-of")]
        usable = [r for r in usable if r.bracket is None or r.bracket == figure.mark.bracket]
        earlier = [r for r in usable if r.at <= figure.mark.at]
        if self._document != "report":
            if earlier and earlier[-1].manner == "plain" and not earlier[-1].event:
                return PeriodReading(earlier[-1].edtf, "fiscal-year")
            return PeriodReading(self._fiscal_year(), "fiscal-year")
        years = years_from_start(figure, dates)
        if years:
            return PeriodReading(years, "years-from-start")
        text = figure.view.text
        named = [r for r in usable if _PLANNED_FOR.search(text[max(0, r.at - 6) : r.at])]
        if named:
            return PeriodReading(hull(named[0].edtf, named[-1].edtf), "planned-for")
        if earlier:
            return PeriodReading(earlier[-1].edtf, "planned")
        if usable:
            return PeriodReading(hull(usable[0].edtf, usable[-1].edtf), "planned")
        return PeriodReading(None, "planned")

    def _fiscal_year(self) -> str | None:
        return self._span.own

    def _effective(self, figure: Figure, dates: tuple[Ruling, ...], role: RoleReading) -> PeriodReading | None:
        """Posts before, moved and after a reorganisation are of the day on which it takes effect."""
        if role.role not in ("actual", "delta", "former") or not POSTS.search(figure.sentence.text):
            return None
        for ruling in dates:
            if ruling.manner == "effective" and ruling.at > figure.mark.at:
                return PeriodReading(ruling.edtf, "effective-day")
        return None

    def _former(
        self,
        figure: Figure,
        found: list[Figure],
        place: int,
        roles: Mapping[int, RoleReading],
        known: Mapping[int, PeriodReading],
    ) -> PeriodReading:
        """An old value is of the time of the value that replaces it."""
        whole = figure.whole
        if whole is not None:
            return PeriodReading(known[whole].period, "replaced")
        later = [f for f in found[place + 1 :] if f.mark.sentence == figure.mark.sentence and f.unit == figure.unit]
        # A change tells the time of the old value where no new one is given.
        for wanted in (("actual", "target", "rate", "rule"), ("delta",)):
            for other in later:
                if roles[other.number].role in wanted:
                    return PeriodReading(known[other.number].period, "replaced")
        return known[figure.number]

    # --- the sentence --------------------------------------------------------------------------------------------------

    def _in_sentence(
        self, figure: Figure, role: RoleReading, nature: Nature, dates: tuple[Ruling, ...]
    ) -> PeriodReading | None:
        text, at = figure.view.text, figure.mark.at
        ruling = ruling_before(figure, dates)
        since = max(ruling.end if ruling else 0, figure.since)
        if role.role == "delta":
            grown = between_years(figure, dates)
            if grown:
                return PeriodReading(grown, "from-to")
        if _NOW.search(_CLOSED.sub("", text[since:at])):
            return self._now(text, ruling, nature)
        if ruling is None or not (ruling.event or "/" in ruling.edtf):
            event = self._event_behind(figure, dates)
            if event is not None:
                return PeriodReading(event.edtf, "event-behind")
        if ruling is None:
            behind = next((r for r in dates if r.at > at and r.manner == "as-of" and r.bracket is None), None)
            if behind is not None and nature == "level" and role.role in ("actual", "rate"):
                return PeriodReading(behind.edtf, "as-of-behind")
            award = next((r for r in dates if r.at > at and len(r.edtf) == 4 and _AWARD.match(text, r.end)), None)
            if award is not None and "," not in text[at : award.at]:
                return PeriodReading(award.edtf, "award-year")
            return None
        if ruling.manner == "start":
            return self._since(figure, ruling, nature, dates)
        if ruling.manner == "as-of":
            valued = _VALUED.match(text[ruling.end : at]) and role.role in ("actual", "rate")
            return up_to(ruling, "level" if valued else nature, dates)
        each = one_each(figure, ruling) or along(figure, ruling)
        return PeriodReading(each or ruling.edtf, "sentence.each" if each else "sentence")

    def _now(self, text: str, ruling: Ruling | None, nature: Nature) -> PeriodReading:
        since = ruling is not None and (ruling.manner == "start" or _UP_TO_NOW.match(text, ruling.end))
        if ruling is not None and "/" in ruling.edtf and text.startswith("目前", ruling.end):
            return PeriodReading(ruling.edtf, "now.span")
        if ruling is not None and since and self._span.now and nature == "flow":
            return PeriodReading(hull(ruling.edtf, self._span.now), "now.since")
        return PeriodReading(self._span.now, "now")

    def _since(self, figure: Figure, ruling: Ruling, nature: Nature, dates: tuple[Ruling, ...]) -> PeriodReading | None:
        years = years_from_start(figure, dates)
        if years:
            return PeriodReading(years, "years-from-start")
        if ruling.edtf == self._span.own:
            return PeriodReading(ruling.edtf, "since.own")
        if nature in LEVELS or self._span.end is None:
            return PeriodReading(self._span.end, "since.level")
        return PeriodReading(hull(ruling.edtf, self._span.end), "since")

    def _event_behind(self, figure: Figure, dates: tuple[Ruling, ...]) -> Ruling | None:
        """Sessions are told before the days on which they were held: 辦理2班期…,分別於▢及▢辦理."""
        if figure.kind != "sessions":
            return None
        for ruling in dates:
            if ruling.at > figure.mark.at and ruling.event and ruling.manner == "plain":
                text = figure.view.text
                led = text[max(0, ruling.at - 3) : ruling.at]
                if ("於" in led or "在" in led or "," in led) and _HELD.match(text, ruling.end):
                    return ruling
        return None
