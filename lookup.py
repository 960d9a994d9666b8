"""The reports of an audit by their names, read when they are asked for: of many reports, few are told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from .model import Audit, Extraction, Report

T = TypeVar("T")


class _Named(Mapping[str, T]):
    """Something of every report, by the report's name."""

    def __init__(self, audit: Audit) -> None:
        self._extractions = audit.extractions
        self.places = {name: place for place, (name, _) in enumerate(audit.names)}
        """Which of the reports it is, by its name."""

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


class ByName(_Named[Extraction]):
    """What was read in a report, by the report's name."""

    def __getitem__(self, name: str) -> Extraction:
        return self._extractions[self.places[name]]


class Reports(_Named[Report]):
    """The reports themselves, by their names."""

    def __getitem__(self, name: str) -> Report:
        return self._extractions[self.places[name]].report
