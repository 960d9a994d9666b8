"""The marked copies of PDFs: each finding is an annotation on its figures, and the page with it a picture."""

from __future__ import annotations

import io
from pathlib import Path

import heshu
import pdfplumber
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
