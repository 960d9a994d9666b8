"""What a shape of dates is."""

from __future__ import annotations

from dataclasses import dataclass

Reading = tuple[str, str]
"""The text of a date and its EDTF."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One way in which a date is written, with what it is for, what it reads and what it must leave alone.

    Examples are read in a report on 2021 that speaks on 5 August 2021; a sentence is given with all the dates in it.
    """

    id: str
    purpose: str
    pattern: str
    examples: tuple[tuple[str, tuple[Reading, ...]], ...]
    counter_examples: tuple[str, ...] = ()
