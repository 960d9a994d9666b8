"""heshu (核數): reads the reports of Taiwanese city departments and checks their numbers.

>>> import heshu
>>> audit = heshu.audit("reports/")           # doctest: +SKIP
>>> for finding in audit.findings:            # doctest: +SKIP
...     print(finding.severity, finding.message_en)

The nouns are frozen dataclasses, described in ``heshu.model``. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import fields
from types import ModuleType
from typing import TYPE_CHECKING

from . import model

if TYPE_CHECKING:
    import pandas

__all__ = ["Audit", "audit", "extract", "read"]
__version__ = "0.1.0"

Source = str | os.PathLike[str] | model.Report


class Audit(model.Audit):
    """Everything that one run found, and the ways out to other tools."""

    __slots__ = ()

    def facts_frame(self) -> pandas.DataFrame:
        """The facts as a table with the columns of the public contract, one row a fact.

        ``value`` and ``value_max`` are exact (``Decimal``, or ``Fraction`` where the report states a fraction).
        """
        from .output.frames import facts_frame

        return facts_frame(self)

    def series_frame(self) -> pandas.DataFrame:
        """The panel: one row an indicator, category and agency (with role and unit), one column a period (EDTF).

        Values are exact; a decrease is negative. Where reports differ, the value of the last one stands.
        """
        from .output.series import series_frame

        return series_frame(self.extractions)


def read(path: str | os.PathLike[str]) -> model.Report:
    """Read one report; raises ``heshu.corpus.decode.UnreadableReport`` where that cannot be done."""
    from . import pipeline

    return pipeline.read(path)


def extract(report: model.Report) -> model.Extraction:
    """Every quantity, date and fact of a report, and what became of each of its numerals."""
    from . import pipeline

    return pipeline.extract(report)


def audit(
    sources: Source | Iterable[Source],
    *,
    jobs: int = 1,
    each: bool = False,
    rules: str | os.PathLike[str] | None = None,
) -> Audit:
    """Audit reports: files, folders, or what ``read`` returned.

    An input that cannot be read, or on which something unexpected happens, never stops the others: it is listed in
    ``problems``. ``jobs`` is the number of processes (0: one for each processor); the result does not depend on it.
    ``each`` checks every report by itself. ``rules`` is a folder with rules of your own; a mistake in one of its files
    raises ``heshu.rules.loader.RuleError``.
    """
    from . import pipeline

    alone = isinstance(sources, str | os.PathLike | model.Report)
    listed: list[Source] = [sources] if alone else list(sources)  # type: ignore[arg-type, list-item]
    found = pipeline.audit(listed, jobs=jobs, each=each, rules=pipeline.load_rules(rules))
    return Audit(**{field.name: getattr(found, field.name) for field in fields(model.Audit)})


class _Room(ModuleType):
    """The package ``heshu.extract``, which can be called like the function of that name."""

    def __call__(self, report: model.Report) -> model.Extraction:
        from . import pipeline

        return pipeline.extract(report)


class _Namespace(ModuleType):
    """This module. When the room ``extract`` is first imported, Python puts it in the place of the function above.

    So ``heshu.extract(report)`` holds before and after, and so does ``import heshu.extract.calendar as calendar``.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Namespace
