"""What stands around a sentence tells the time of a figure that its own sentence leaves undated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import Report
from ..rules.periods import Nature
from .context import BlockView, Figure
from .governing import Ruling, end_of, rulings, start_of
from .own_time import Span
from .reach import PeriodReading, headings_above, of_old_value, up_to

POSTS = re.compile(r"編制|員額|組織規程|組織自治條例|移撥|增置|改置|改設")
"""Words of a sentence on posts, which are of the day on which they take effect."""
LEVELS = frozenset({"level", "total"})
_FRESH = re.compile(r"(?:[(\d).、\s一二三四五六七八九十]*)(?:另(?![^,。▣]{0,12}部分)|此外|又|再者|其次|至於)")
_FRAMING = re.compile(r"\A[\s(一二三四五六七八九十、.\d)]*\Z|\(\Z")
_CAPTION = re.compile(r"[^。;]{4,80}表(?:\([^()]{1,12}\))?\s*\Z")


class Surroundings:
    """The sentences of a report with their dates, and what they tell of the figures behind and below them."""

    def __init__(self, report: Report, views: Mapping[int, BlockView], span: Span) -> None:
        self._report = report
        self._views = views
        self._span = span
        self._rulings: dict[tuple[int, int], tuple[Ruling, ...]] = {}
        self._headings = headings_above(report, views)

    def of_sentence(self, view: BlockView, sentence: int) -> tuple[Ruling, ...]:
        """The dates of a sentence; read once."""
        key = (view.index, sentence)
        if key not in self._rulings:
            self._rulings[key] = rulings(view, sentence)
        return self._rulings[key]

    def read(self, figure: Figure, nature: Nature) -> PeriodReading:
        """The period of a figure whose own sentence tells none."""
        previous = self._previous(figure, nature)
        if previous is not None:
            return previous
        view = figure.view
        open_ended = view.block.kind == "heading" or not view.text.rstrip().endswith(("。", ";", ")"))
        if open_ended and view.block.kind != "table":
            below = self._below(figure, nature)
            if below is not None:
                return below
        if nature in LEVELS:
            return PeriodReading(self._frame_end(figure) or self._span.end, "own.end")
        framed = self._framed(figure)
        if framed is not None:
            return framed
        return PeriodReading(self._span.own, "own")

    def _previous(self, figure: Figure, nature: Nature) -> PeriodReading | None:
        """What an earlier sentence of the block gives: its event, or the year or span that frames the paragraph."""
        view = figure.view
        fresh = bool(_FRESH.match(figure.sentence.text))
        for sentence in range(figure.mark.sentence - 1, -1, -1):
            dates = [
                r
                for r in self.of_sentence(view, sentence)
                if r.bracket is None and r.manner in ("plain", "as-of") and not of_old_value(view.text, r)
            ]
            if not dates:
                fresh = fresh or bool(_FRESH.match(view.sentences[sentence].text))
                continue
            last = dates[-1]
            if last.manner == "as-of":
                return up_to(last, nature, self.of_sentence(view, sentence))
            if nature == "level":
                joined = view.text[view.sentences[sentence].end : figure.sentence.start] == ";"
                spanned = (
                    joined
                    and "/" in last.edtf
                    and len(start_of(last.edtf)) == 7
                    and sentence == figure.mark.sentence - 1
                )
                return PeriodReading(last.edtf, "sentence.joined") if spanned else None
            if last.event and fresh:
                framing = next((r for r in dates if not r.event), None)
                return PeriodReading(framing.edtf, "paragraph") if framing else None
            return PeriodReading(last.edtf, "event" if last.event else "paragraph")
        return None

    def _framed(self, figure: Figure) -> PeriodReading | None:
        """What the caption, the introduction of the list, or a heading above states: a year or a span, not a day."""
        caption = self._caption(figure.view)
        if caption is not None:
            return PeriodReading(caption, "caption")
        above = figure.view.introduced_by
        while above is not None:
            view = self._views.get(above)
            if view is None:
                break
            ruling = self._last_frame(view)
            if ruling is not None:
                return PeriodReading(ruling.edtf, "introduction")
            above = view.introduced_by
        for heading in reversed(self._headings.get(figure.view.index, ())):
            for ruling in self.of_sentence(self._views[heading], 0):
                opens = _FRAMING.search(self._views[heading].text[: ruling.at])
                if opens and not ruling.event and ruling.manner == "plain":
                    return PeriodReading(ruling.edtf, "heading")
        return None

    def _caption(self, view: BlockView) -> str | None:
        """The year or span in the caption right above a table, which is nearer than what introduces both."""
        if view.block.kind != "table":
            return None
        above = view.index - 1
        while above >= 0 and self._report.blocks[above].kind == "residue":
            above -= 1
        title = self._views.get(above)
        if title is None or title.block.kind == "table" or not _CAPTION.fullmatch(title.text):
            return None
        return next(
            (r.edtf for r in self.of_sentence(title, 0) if r.manner in ("plain", "title") and not r.event), None
        )

    def _frame_end(self, figure: Figure) -> str | None:
        """The end of a framing span that has months; of a bare year, the report's own end counts."""
        framed = self._framed(figure)
        if framed is None or framed.period is None:
            return None
        end = end_of(framed.period)
        return end if len(end) == 7 and "/" in framed.period else None

    def _last_frame(self, view: BlockView) -> Ruling | None:
        for sentence in range(len(view.sentences) - 1, -1, -1):
            dates = self.of_sentence(view, sentence)
            for ruling in reversed(dates):
                if ruling.manner == "plain" and not ruling.event and ruling.bracket is None:
                    return ruling
            if dates:
                return None
        return None

    def _below(self, figure: Figure, nature: Nature) -> PeriodReading | None:
        """A figure in a heading is of the time of the text below it."""
        view = self._views.get(self._next_index(figure.view.index))
        if view is None:
            return None
        for sentence in range(len(view.sentences)):
            dates = self.of_sentence(view, sentence)
            effective = next((r for r in dates if r.manner == "effective"), None)
            if effective is not None and POSTS.search(figure.view.text):
                return PeriodReading(effective.edtf, "below")
            for ruling in dates:
                if ruling.bracket is not None:
                    continue
                if ruling.manner == "as-of":
                    return up_to(ruling, nature, dates)
                if ruling.manner == "plain" and (nature != "level" or ruling.event):
                    return PeriodReading(ruling.edtf, "below")
        return None

    def _next_index(self, index: int) -> int:
        for other in range(index + 1, min(index + 4, len(self._report.blocks))):
            if self._report.blocks[other].kind != "residue":
                return other
        return -1

    def inherited_end(self, figure: Figure) -> str | None:
        """The end of what an earlier sentence of the block tells."""
        previous = self._previous(figure, "level")
        return end_of(previous.period) if previous and previous.period else None
