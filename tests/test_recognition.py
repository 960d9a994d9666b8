"""Pages that are pictures: read by the recogniser where it is installed, each figure with the confidence in it."""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
from heshu import pipeline
from heshu.corpus.parsed import UnreadableFile
from heshu.corpus.read import read_bytes
from heshu.corpus.readers import pdf, picture, recognition
from PIL import Image

from .made import Pdf

TEXT = "計有409人(男性205人、女性203人)參加。"


def scan() -> bytes:
    made = Pdf()
    made.picture(0, 0, 595, 842)
    return made.data()


def line(text: str, score: float | dict[str, float], upright: bool = True) -> SimpleNamespace:
    """A line of the picture: each sign is forty dots wide, and as sure as is told for all or for it."""
    scores = score if isinstance(score, dict) else dict.fromkeys(text, score)
    signs = []
    for number, sign in enumerate(text):
        left, top = (100 + 40 * number, 200) if upright else (100, 200 + 40 * number)
        corners = ((left, top), (left + 40, top), (left + 40, top + 40), (left, top + 40))
        signs.append((sign, scores.get(sign, 0.99), corners))
    return SimpleNamespace(word_results=(tuple(signs),))


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The recogniser finds what a test puts here, and files are read in this process."""
    found = SimpleNamespace(lines=line(TEXT, 0.91))
    monkeypatch.setattr(pdf, "is_installed", lambda: True)
    monkeypatch.setattr(recognition, "_engine", lambda: lambda picture, **_: found.lines)
    monkeypatch.setattr(picture, "is_installed", lambda: True)
    readers = {"pdf": pdf.read, "picture": picture.read}
    monkeypatch.setattr(sys.modules["heshu.corpus.read"], "parse", lambda reader, data: readers[reader](data))
    return found


def test_a_picture_is_read_named_and_no_fact_is_surer_than_the_recogniser(recognised: SimpleNamespace) -> None:
    report = read_bytes(scan(), "scan.pdf")
    assert [gap.code for gap in report.gaps] == ["pages-recognised"]
    facts = pipeline.extract(report).facts
    assert [fact.mention.value for fact in facts] == [409, 205, 203]
    assert all(fact.confidence <= Decimal("0.91") for fact in facts)
    assert report.places is not None
    (box,) = report.places.boxes(facts[0].mention.start, facts[0].mention.end)
    assert 48 < box.left < box.right < 528
    assert 842 - 120 < box.bottom < box.top < 842 - 90


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("計有1,485人參加，完成12.5%。", ["1,485人", "12.5%"]),
        ("計有1，485人參加，完成12.5%。", ["1,485人", "12.5%"]),
        ("計有1.485人參加，完成12.5%。", ["12.5%"]),
        ("計有1,485人參加，完成12,5%。", ["1,485人"]),
    ],
)
def test_a_comma_that_may_be_a_point_makes_no_figure(recognised: SimpleNamespace, text: str, told: list[str]) -> None:
    recognised.lines = line(text, 0.99)
    extraction = pipeline.extract(read_bytes(scan(), "scan.pdf"))
    assert [fact.mention.text for fact in extraction.facts] == told
    assert len(extraction.unread) == 2 - len(told)


def test_a_figure_with_an_unsure_digit_is_left_unread(recognised: SimpleNamespace) -> None:
    recognised.lines = line(TEXT, {"4": 0.71})
    extraction = pipeline.extract(read_bytes(scan(), "scan.pdf"))
    assert [fact.mention.text for fact in extraction.facts] == ["205人", "203人"]
    assert [entry.text for entry in extraction.unread] == ["409"]


def test_a_machine_that_is_too_slow_keeps_the_pages_that_were_read(
    recognised: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "_SLOWEST", 0.0)
    made = Pdf()
    for _ in range(3):
        made.picture(0, 0, 595, 842)
        made.page()
    report = read_bytes(made.data(), "scan.pdf")
    told = {gap.code: gap.message_zh.partition("頁")[0] for gap in report.gaps}
    assert told == {"pages-without-text": "第 2–3 ", "pages-recognised": "第 1 "}


def test_no_contradiction_rests_on_a_figure_of_a_picture(recognised: SimpleNamespace) -> None:
    plain = pipeline.audit([pipeline.Handed(TEXT.encode(), "plain.txt")], each=True)
    seen = pipeline.audit([pipeline.Handed(scan(), "scan.pdf")], each=True)
    assert [finding.severity for finding in plain.findings] == ["contradiction"]
    assert [finding.severity for finding in seen.findings] == ["suspicious"]


@pytest.mark.parametrize("lines", [line(TEXT, 0.3), line(TEXT, 0.99, upright=False), None])
def test_what_cannot_be_made_out_is_named_as_not_read(
    recognised: SimpleNamespace, lines: SimpleNamespace | None
) -> None:
    recognised.lines = lines
    made = Pdf()
    made.lines(72, 100, ["計有12人參加，另有3場次。"])
    made.page()
    made.picture(0, 0, 595, 842)
    assert [gap.code for gap in read_bytes(made.data(), "scan.pdf").gaps] == ["pages-without-text"]


@pytest.mark.parametrize(("shape", "quarter"), [((600, 300), 1), ((300, 600), 3)])
def test_a_page_that_lies_on_its_side_is_turned(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], quarter: int
) -> None:
    """The recogniser is sure of level lines only where the dark corner of the picture has come to the upper left."""
    dots = numpy.full((*shape, 3), 255, numpy.uint8)
    dots[(0, -1) if quarter == 1 else (-1, 0)] = 0

    def engine(picture: Any, **_: object) -> SimpleNamespace:
        right = not picture[0, 0].any()
        return line(TEXT[:9], 0.95 if right else 0.6, upright=picture.shape[:2] != shape)

    monkeypatch.setattr(recognition, "_engine", lambda: engine)
    page = recognition.Recogniser().picture(dots, 1, (0.0, 0.0))
    assert page is not None
    assert "".join(char.text for char in page.chars) == TEXT[:9]
    assert (page.width, page.height) == (shape[0] * 0.48, shape[1] * 0.48)
    lefts, lows = [char.stored[0] for char in page.chars], [char.stored[1] for char in page.chars]
    assert len(set(lefts)) == 1
    assert lows == sorted(lows, reverse=quarter == 1)


def saved(kind: str, pages: int = 1, side: int = 60) -> bytes:
    data = io.BytesIO()
    picture = Image.new("L", (side, side), 255)
    more = {"save_all": True, "append_images": [picture] * (pages - 1)} if pages > 1 else {}
    picture.save(data, kind, **more)
    return data.getvalue()


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("TIFF", ".tif")])
def test_a_picture_that_is_no_pdf_is_read_like_a_page(recognised: SimpleNamespace, kind: str, suffix: str) -> None:
    report = read_bytes(saved(kind), f"scan{suffix}", suffix=suffix)
    assert [gap.code for gap in report.gaps] == ["pages-recognised"]
    assert [fact.mention.value for fact in pipeline.extract(report).facts] == [409, 205, 203]


def test_each_picture_of_a_file_is_a_page(recognised: SimpleNamespace) -> None:
    report = read_bytes(saved("TIFF", 3, 600), "scan.tif", suffix=".tif")
    assert {fact.page for fact in pipeline.extract(report).facts} == {1, 2, 3}


def test_a_picture_beyond_the_limit_is_refused(recognised: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_MOST_DOTS", 3000)
    with pytest.raises(UnreadableFile) as caught:
        picture.read(saved("PNG"))
    assert (caught.value.code, caught.value.detail) == ("too-large", "60 x 60 > 3000 dots")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_to_the_library_is_named(recognised: SimpleNamespace, data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        picture.read(data)
    assert caught.value.code in ("no-text", "damaged")
