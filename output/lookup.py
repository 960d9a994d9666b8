"""The reports of an audit by their names, read when they are asked for: of many reports, few are told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import Audit, Extraction


class ByName(Mapping[str, Extraction]):
    """What was read in a report, by the report's name."""

    def __init__(self, audit: Audit) -> None:
        self._extractions = audit.extractions
        self._places: dict[str, int] = {}
        self.ids: dict[str, str] = {}
        """The id of each report."""
        for place, extraction in enumerate(audit.extractions):
            self._places[extraction.report.name] = place
            self.ids[extraction.report.name] = extraction.report.id

    def __getitem__(self, name: str) -> Extraction:
        return self._extractions[self._places[name]]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
