"""A reader of somebody else's comes in by its entry point and is asked before ours."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from heshu.corpus import worker
from heshu.corpus.assemble import assemble
from heshu.corpus.parsed import Paragraph, Parsed, Table, TableCell
from heshu.corpus.read import reader_of
from heshu.corpus.readers import foreign, reader

CELLS = (TableCell(0, 0, "區別"), TableCell(0, 1, "人數"), TableCell(1, 0, "東溪區"), TableCell(1, 1, "12"))
MINUTES = SimpleNamespace(
    recognises=lambda data: data.startswith(b"MINUTES/1"),
    read=lambda data: Parsed((Paragraph(data.decode(), page=1), Table(CELLS)), "minutes"),
)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> object:
    point = SimpleNamespace(name="minutes", load=lambda: MINUTES)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [point] if group == "heshu.readers" else [])
    foreign.cache_clear()
    yield
    foreign.cache_clear()


def test_a_reader_is_found_by_its_entry_point_and_by_content(installed: object) -> None:
    assert reader_of(b"MINUTES/1 ...", ".txt") == ("heshu.readers:minutes", "")
    assert reader_of(b"%PDF-1.7 ...", ".min") == ("pdf", "")
    assert reader("heshu.readers:minutes") is MINUTES


def test_what_it_reads_becomes_blocks_like_any_other(installed: object) -> None:
    parsed = worker.answer("heshu.readers:minutes", "MINUTES/1 計有12人。".encode())
    assert isinstance(parsed, Parsed)
    made = assemble(parsed)
    assert [(block.kind, block.page) for block in made.blocks] == [("paragraph", 1), ("table", None)]
    assert made.text == "MINUTES/1 計有12人。\n區別\t人數\n東溪區\t12\n"
