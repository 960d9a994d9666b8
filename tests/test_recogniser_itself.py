"""What rapidocr itself makes of made-up pages that are printed, and scanned as so many dots an inch."""

from __future__ import annotations

import io
from pathlib import Path

import heshu
import pytest
from heshu.corpus.read import read_bytes
from heshu.corpus.readers.recognition import is_installed
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
TAIWAN = 3
"""Which of the collection's faces draws the signs as Taiwan does."""
PAGE = (
    ("青嵐市政府水利處113年上半年工作報告", ()),
    ("113年1月至6月清疏雨水下水道128公里，完成率87.5%。", ("128公里", "87.5%")),
    ("巡查抽水站64座，缺失改善37件，其中機電21件、土建16件。", ("64座", "37件", "21件", "16件")),
    ("辦理防汛演練12場次，參加1,485人，較112年同期1,302人增加183人。", ("12場次", "1,485人", "1,302人", "183人")),
    ("編列經費3億4,560萬元，已執行1億9,872萬元，執行率57.5%。", ("3億4,560萬元", "1億9,872萬元", "57.5%")),
    ("備妥移動式抽水機215臺、沙包46,300包。", ("215臺", "46,300包")),
)

pytestmark = [
    pytest.mark.skipif(not is_installed(), reason="rapidocr is not installed (heshu[ocr])"),
    pytest.mark.skipif(not FONT.exists(), reason="the typeface Noto Serif CJK is not installed"),
]


def scan(dpi: int, turned: int = 0) -> bytes:
    """The page as a PDF that holds nothing but its picture, turned by so many degrees."""
    face = ImageFont.truetype(str(FONT), dpi * 12 // 72, index=TAIWAN)
    picture = Image.new("L", (dpi * 827 // 100, dpi * 1169 // 100), 255)
    for number, (line, _) in enumerate(PAGE):
        ImageDraw.Draw(picture).text((dpi * 4 // 5, dpi * (6 + 2 * number) // 6), line, font=face, fill=10)
    made = io.BytesIO()
    picture = picture.rotate(turned, expand=True)
    picture.save(made, "PDF", resolution=dpi)
    return made.getvalue()


@pytest.mark.parametrize(("dpi", "turned"), [(100, 0), (150, 0), (200, 0), (150, 90), (150, 180), (150, 270)])
def test_every_figure_of_a_clean_scan_is_read(dpi: int, turned: int) -> None:
    report = read_bytes(scan(dpi, turned), "scan.pdf")
    assert [gap.code for gap in report.gaps] == ["pages-recognised"]
    told = [fact.mention.text for fact in heshu.extract(report).facts]
    assert told == [figure for _, figures in PAGE for figure in figures]
