"""The marked copies of PDFs: each finding is an annotation on its figures, and the page with it a picture."""

from __future__ import annotations

import io
from pathlib import Path

import heshu
import pdfplumber
import pytest
from heshu import apart
from heshu.output.folder import contents

from .made import Pdf


def report(folder: Path) -> Path:
    made = Pdf()
    made.lines(72, 100, ["壹、訓練成果"])
    made.page()
    made.lines(72, 100, ["本期計有409人(男性205人、女性203人)參加。"])
    path = folder / "report.pdf"
    path.write_bytes(made.data())
    return path


def test_findings_are_annotations_on_their_figures_and_pages_pictures(tmp_path: Path) -> None:
    audit = heshu.audit(report(tmp_path))
    assert [finding.code for finding in audit.findings] == ["SUM"]
    files = dict(contents(audit, formats=["pdf"]))
    assert sorted(files) == ["README.txt", "marked/report-2.png", "marked/report.pdf"]
    assert files["marked/report-2.png"].startswith(b"\x89PNG")
    with pdfplumber.open(io.BytesIO(files["marked/report.pdf"])) as marked:
        assert not marked.pages[0].annots
        notes = [(note["contents"], round(note["x0"]), round(note["x1"])) for note in marked.pages[1].annots]
    assert len(notes) == 3
    assert all("409" in text and text.startswith("SUM") for text, _, _ in notes)
    assert notes[0][1] > 72


def test_a_file_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    audit = heshu.audit(report(tmp_path))
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7 other")
    assert [name for name, _ in contents(audit, formats=["pdf"])] == ["README.txt"]


def test_the_audit_page_links_its_passages_to_the_pictures_of_their_pages(tmp_path: Path) -> None:
    audit = heshu.audit(report(tmp_path))
    page = dict(contents(audit, formats=["html", "pdf"]))["audit.html"].decode()
    assert 'href="marked/report-2.png"' in page
    assert "marked/" not in dict(contents(audit, formats=["html"]))["audit.html"].decode()


def test_a_pdf_whose_marking_takes_too_long_has_a_note_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = heshu.audit(report(tmp_path))

    def ended(*_: object, **__: object) -> None:
        raise apart.EndedError(180)

    monkeypatch.setattr(apart, "ask", ended)
    assert sorted(dict(contents(audit, formats=["pdf"]))) == ["README.txt", "marked/report.txt"]


def test_a_figure_of_a_table_over_pages_has_the_page_on_which_it_stands(tmp_path: Path) -> None:
    made = Pdf()
    for number, rows in enumerate(
        ([("區別", "人數"), ("青嵐區", "1,203")], [("區別", "人數"), ("榕樹區", "2,317"), ("合計", "3,530")])
    ):
        if number:
            made.page()
        made.grid(
            (72, 172, 272),
            [600 + 20 * at for at in range(len(rows) + 1)]
            if not number
            else [60 + 20 * at for at in range(len(rows) + 1)],
        )
        for at, row in enumerate(rows):
            for left, text in zip((76, 176), row, strict=True):
                made.text(left, (600 if not number else 60) + 15 + 20 * at, text, 10)
    path = tmp_path / "table.pdf"
    path.write_bytes(made.data())
    audit = heshu.audit(path)
    assert [(str(fact.mention.value), fact.page) for fact in audit.facts] == [("1203", 1), ("2317", 2), ("3530", 2)]
    assert len(audit.findings) == 1
    files = dict(contents(audit, formats=["pdf"]))
    assert {"marked/table-1.png", "marked/table-2.png"} <= set(files)
