"""What a check across reports is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ....model import Relation
from .panel import Panel


@dataclass(frozen=True, slots=True)
class AcrossCheck:
    """One way in which figures of several reports are tied."""

    id: str
    """Stable: ``series`` and the construction."""
    purpose: str
    find: Callable[[Panel, int], Iterator[Relation]]
    """What a report (by its place in the order of time) says against those that it was edited from."""
