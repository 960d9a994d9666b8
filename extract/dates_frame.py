"""The frame in which dates are read: when a report speaks, and of what time."""

from __future__ import annotations

from dataclasses import dataclass

from .calendar import parse


@dataclass(frozen=True, slots=True)
class Frame:
    """When a report speaks, and of what time; each is None where the report gives no clue."""

    period: str | None = None
    """EDTF of the time that the report covers."""
    issued: str | None = None
    """EDTF of the day, month or year in which it speaks."""
    year: int | None = None
    """The Gregorian year that it calls 本年."""


@dataclass(frozen=True, slots=True)
class Section:
    """What the report and the headings above a block say of time."""

    frame: Frame
    span: str | None = None
    """EDTF of the period that a heading gives."""

    @property
    def period(self) -> str | None:
        """The period that frames the block."""
        return self.span or self.frame.period

    @property
    def year(self) -> int | None:
        """The year that an elliptical date of the block has where nothing else tells."""
        if self.span:
            return parse(self.span)[1].year
        if self.frame.year is not None:
            return self.frame.year
        known = self.frame.period or self.frame.issued
        return parse(known)[1].year if known else None
