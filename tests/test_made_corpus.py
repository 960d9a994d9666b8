"""A made-up corpus with planted contradictions: all of them are found, and nothing else is said."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import heshu
import pytest
from heshu.output.folder import write_folder

MADE = 60


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    sys.path.insert(0, str(Path(heshu.__file__).parent / "benchmarks"))  # they import each other by their bare names
    try:
        return importlib.import_module("corpus")
    finally:
        del sys.path[0]


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (folder / "reports").rglob("*.txt")}


def test_a_corpus_is_the_same_whenever_it_is_made_and_begins_like_a_smaller_one(
    corpus: ModuleType, tmp_path: Path
) -> None:
    for name, count in (("one", 15), ("again", 15), ("larger", 30)):
        corpus.make(count, tmp_path / name, seed=3)
    assert len(texts(tmp_path / "one")) == 15
    assert texts(tmp_path / "one") == texts(tmp_path / "again")
    assert texts(tmp_path / "one").items() <= texts(tmp_path / "larger").items()
    assert (tmp_path / "one" / "manifest.jsonl").read_bytes() == (tmp_path / "again" / "manifest.jsonl").read_bytes()


def test_the_manifest_names_figures_by_their_places(corpus: ModuleType, tmp_path: Path) -> None:
    corpus.make(MADE, tmp_path, seed=1)
    written = texts(tmp_path)
    entries = list(corpus._lines(tmp_path / "manifest.jsonl"))
    assert {entry["kind"] for entry in entries} >= {"near"}
    for entry in entries:
        assert written[entry["report"]][entry["start"] : entry["end"]] == entry["text"]


def test_all_that_was_planted_is_found_and_nothing_else_is_said(corpus: ModuleType, tmp_path: Path) -> None:
    corpus.make(MADE, tmp_path, seed=1)
    write_folder(heshu.audit([tmp_path / "reports"]), tmp_path / "audit", formats=("jsonl",))
    verdict = corpus.check(tmp_path, tmp_path / "audit")
    assert verdict.planted.total() >= 4
    assert verdict.missed == []
    assert verdict.others == []
    assert verdict.notes == 0


def test_a_finding_counts_only_where_it_shows_the_wrong_figure(corpus: ModuleType, tmp_path: Path) -> None:
    corpus.make(MADE, tmp_path, seed=1)
    write_folder(heshu.audit(heshu.read_text("本月計3件。")), tmp_path / "audit", formats=("jsonl",))
    verdict = corpus.check(tmp_path, tmp_path / "audit")
    assert len(verdict.missed) == verdict.planted.total()
