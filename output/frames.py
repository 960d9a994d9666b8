"""Facts and findings as pandas tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Audit
from .columns import FINDINGS
from .records import FACT_COLUMNS, fact_record
from .tables import tables

if TYPE_CHECKING:
    import pandas


def facts_frame(audit: Audit) -> pandas.DataFrame:
    """The facts table: numbers exact, offsets and pages as integers, first and last day of the period as dates."""
    import pandas as pd

    rows = []
    for extraction in audit.extractions:
        for fact in extraction.facts:
            row = fact_record(extraction, fact)
            row |= {
                "value": fact.mention.value,
                "value_max": fact.mention.value_max,
                "confidence": float(fact.confidence),
            }
            rows.append(row)
    frame = pd.DataFrame(rows, columns=list(FACT_COLUMNS))
    for column in ("period_start", "period_end"):
        frame[column] = pd.to_datetime(frame[column], errors="coerce")
    return frame.astype({"start": "Int64", "end": "Int64", "page": "Int64", "confidence": "float64"})


def findings_frame(audit: Audit) -> pandas.DataFrame:
    """The findings table, with the columns of findings.csv; lists and figures as Python objects."""
    import pandas as pd

    frame = pd.DataFrame(list(tables(audit).findings), columns=list(FINDINGS.names))
    return frame.astype({"line": "Int64", "confidence": "float64"})
