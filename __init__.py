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
import warnings
from collections.abc import Iterable
from dataclasses import fields, replace
from types import ModuleType
from typing import TYPE_CHECKING

from . import model
from .problems import WARNINGS

if TYPE_CHECKING:
    import pandas

    from .corpus.decode import NothingRead, UnreadableReport, UnreadableWarning
    from .output.counts import Counts

__all__ = ["Audit", "NothingRead", "UnreadableReport", "UnreadableWarning", "audit", "extract", "read", "read_text"]
__version__ = "0.1.0"

_TOLD = 3
"""So many inputs are named in a warning; ``problems`` names all."""

Source = str | os.PathLike[str] | model.Report


def __getattr__(name: str) -> type:
    """The exceptions, which stand in the room that raises them; nothing is imported before it is used."""
    if name in ("NothingRead", "UnreadableReport", "UnreadableWarning"):
        from .corpus import decode

        found: type = getattr(decode, name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Audit(model.Audit):
    """Everything that one run found, and the ways out to other tools.

    ``findings`` is what does not add up, ``facts`` every quantity with its meaning, ``relations`` the arithmetic between
    figures, ``reports`` what was read, ``problems`` what was not, ``coverage`` how many figures were checked at all.

    Values are exact and multiplied out, in the unit that the report names: 3萬元 is 30000 with the unit 元, 12.5% is 12.5
    with the unit %. Times are EDTF (``2019-10-01``, ``2022-09/2023-02``). Places are offsets into ``report.text``.
    """

    __slots__ = ()

    def facts_frame(self) -> pandas.DataFrame:
        """The facts as a table with the columns of the public contract, one row a fact.

        ``report``, ``start``, ``end``, ``text``: where it stands. ``indicator``, ``category``, ``agency``: what is counted,
        of whom. ``value`` (``value_max`` for a range), ``unit``, ``bound``: how much. ``role``, ``sign``: an actual figure, a
        change, a rate, a plan, a standard, an old value. ``period``: of which time, in EDTF; its first and last day.
        ``value`` and ``value_max`` are exact (``Decimal``, or ``Fraction`` where the report states a fraction).
        """
        from .output.frames import facts_frame

        return facts_frame(self)

    def findings_frame(self) -> pandas.DataFrame:
        """The findings as a table, one row a finding, with the columns of ``findings.csv``.

        ``code`` is the check, ``severity`` contradiction, suspicious or note; ``message_zh`` and ``message_en`` say what is
        wrong, ``stated`` and ``computed`` the arithmetic, ``report`` and ``line`` where; ``mends`` what would mend it.
        """
        from .output.frames import findings_frame

        return findings_frame(self)

    @property
    def coverage(self) -> Counts:
        """How much was read, and what became of it: the figures that all output tells."""
        from .output.counts import tally

        return tally(self).total

    def series_frame(self) -> pandas.DataFrame:
        """The panel: one row an indicator, category and agency (with role and unit), one column a period (EDTF).

        Values are exact; a decrease is negative. Where reports differ, the value of the last one stands.
        """
        from .output.series import series_frame

        return series_frame(self.extractions, self.alignments)


def read(path: str | os.PathLike[str], *, period: str | None = None, issued: str | None = None) -> model.Report:
    """Read one report; raises ``heshu.UnreadableReport`` where that cannot be done.

    ``period`` (the time that it covers) and ``issued`` (when it speaks) say what the text does not tell well enough:
    ``113年下半年``, ``113年12月6日``, or ISO 8601 (``2024-07/2024-12``).
    """
    from . import pipeline

    return _timed(pipeline.read(path), period, issued)


def read_text(text: str, name: str = "text", *, period: str | None = None, issued: str | None = None) -> model.Report:
    """A report of a text that is at hand; ``name`` is what it goes by in all that comes of it. Else as ``read``."""
    from .corpus.read import read_text as lay_out

    return _timed(lay_out(text, name), period, issued)


def _timed(report: model.Report, period: str | None, issued: str | None) -> model.Report:
    if period is None and issued is None:
        return report
    from . import pipeline

    told = [pipeline.time_told(value) if value is not None else None for value in (period, issued)]
    return replace(report, given=model.Given(*told))


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
    """Audit reports: files, folders, or what ``read`` and ``read_text`` returned.

    An input that cannot be read, or on which something unexpected happens, never stops the others: it is listed in
    ``problems``, and warned of (``heshu.UnreadableWarning``). Where not one could be read, ``heshu.NothingRead`` is raised,
    which is an ``heshu.UnreadableReport``; no source at all is a ``ValueError``. ``jobs`` is the number of processes (0: one for each processor); the result does not depend on it.
    ``each`` checks every report by itself. ``rules`` is a folder with rules of your own; a mistake in one of its files
    raises ``heshu.rules.loader.RuleError``.
    """
    from . import pipeline

    alone = isinstance(sources, str | os.PathLike | model.Report)
    listed: list[Source] = [sources] if alone else list(sources)  # type: ignore[arg-type, list-item]
    if not listed:
        raise ValueError("no report was handed in")
    found = pipeline.audit(listed, jobs=jobs, each=each, rules=pipeline.load_rules(rules))
    failed = [problem for problem in found.problems if problem.code not in WARNINGS]
    if failed and not found.extractions:
        from .corpus.decode import NothingRead

        raise NothingRead(failed)
    if failed:
        from .corpus.decode import UnreadableWarning, shortened

        told = "; ".join(f"{shortened(problem.path)}: {problem.message_en}" for problem in failed[:_TOLD])
        more = f"; and {len(failed) - _TOLD} more" if len(failed) > _TOLD else ""
        warnings.warn(f"{len(failed)} not audited: {told}{more}", UnreadableWarning, stacklevel=2)
    return Audit(**{field.name: getattr(found, field.name) for field in fields(model.Audit)})


class _Room(ModuleType):
    """The package ``heshu.extract``, which can be called like the function of that name."""

    def __call__(self, report: model.Report) -> model.Extraction:
        from . import pipeline

        return pipeline.extract(report)


class _Namespace(ModuleType):
    """This module. When the room ``extract`` is first imported, Python puts it in the place of the function above.

    So ``heshu.extract(report)`` holds before and after, and so does ``import heshu.extract.time as time``.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Namespace
