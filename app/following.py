"""Indicators over time: the list of those that several reports follow, and each with its chart and what was told of it when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ..model import Audit, Fact
from ..notation import Both
from ..output.page_figures import figures, name, reading, tidy, when
from ..output.page_series import HEIGHT, WIDTH, drawn
from ..output.passages import legible
from ..output.records import edtf
from ..output.words import BOUNDS, ROLES, STATES
from ..store import Store, StoreError
from ..store.audits import of_series
from ..store.series import series_with
from . import words
from .shown import address, linked
from .site import LISTED, Site, number_of, paging


def listed(made: Site, request: Request, store: Store) -> Response:
    """The list."""
    wanted = request.query_params.get("q", "").strip()[:200]
    by = request.query_params.get("by", "reports")
    found, count = series_with(store, wanted, by=by, most=LISTED, since=(number_of(request) - 1) * LISTED)
    rows = [
        dict(row)
        | {"name": tidy("／".join(part for part in (row["indicator"], row["category"]) if part))}
        | {"from": when(row["first"]), "to": when(row["last"]), "role": ROLES[row["role"]]}
        for row in found
    ]
    return made.page(
        store, "series_list.html.j2", Both("數列", "Series"), "series", rows=rows, count=count, q=wanted, by=by,
        orders=words.SERIES_ORDERS, **paging(request, count, LISTED),
    )  # fmt: skip


def one(made: Site, request: Request, store: Store) -> Response:
    """One of them."""
    wanted = request.path_params["fact_id"]
    found = of_series(store, wanted)
    if found is None:
        raise StoreError("unknown-series", store.path, wanted)
    audit, facts = found
    shown = linked(figures(audit))
    title = name(facts[-1])
    return made.page(
        store, "one_series.html.j2", Both(title, title), "series", series=drawn(shown, facts), size=(WIDTH, HEIGHT),
        times=tuple(_times(audit, facts)), figure_states={state.name: state.label for state in STATES},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Telling:
    """A value of a time as one report tells it."""

    value: Both
    written: str
    report: str
    spoken: Both
    href: str
    is_other: bool
    """Another value than the report before it told of the same time."""


def _times(audit: Audit, facts: Sequence[Fact]) -> Iterator[tuple[Both, tuple[_Telling, ...]]]:
    """Each time, with what the reports tell of it, in the order in which they spoke."""
    reports = {each.report.name: each for each in audit.extractions}
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        told[edtf(fact.period) or ""].append(fact)

    def spoken(fact: Fact) -> str:
        extraction = reports[fact.mention.report]
        return edtf(extraction.issued) or edtf(extraction.period) or ""

    for time, same in told.items():
        tellings: list[_Telling] = []
        before: Fact | None = None
        for fact in sorted(same, key=lambda fact: (spoken(fact), fact.mention.report, fact.mention.start)):
            mention = fact.mention
            other = before is not None and (before.mention.value, before.mention.bound) != (
                mention.value,
                mention.bound,
            )
            value, bound = reading(mention), BOUNDS[mention.bound] if mention.bound else None
            tellings.append(
                _Telling(
                    Both(bound.zh + value.zh, f"{bound.en} {value.en}") if bound else value,
                    legible(mention.text),
                    mention.report,
                    when(spoken(fact)),
                    address(reports[mention.report].report.id, mention.start),
                    other,
                )
            )
            before = fact
        yield when(time), tuple(tellings)
