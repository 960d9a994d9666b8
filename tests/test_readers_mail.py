"""Mail, with what is attached to it, and workbooks that LibreOffice turns into others."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
from email.message import EmailMessage

import heshu
import pytest
from heshu.corpus.read import read_bytes

from .made import docx, word_paragraph, xlsx


def letter(*, html: bool = False) -> bytes:
    message = EmailMessage()
    message["Subject"] = "青嵐市政府113年工作報告"
    message["From"] = "a@example.org"
    text = "計有409人參加。\n\n另辦理12場次。\n"
    if html:
        message.set_content("<p>計有409人參加。</p><p>另辦理12場次。</p><script>9</script>", subtype="html")
    else:
        message.set_content(text)
    for name, data in (
        ("附件一.docx", docx(word_paragraph("甲案補助30件。"))),
        ("統計.xlsx", xlsx([["區別", "人數"], ["東溪區", 15]])),
        ("圖.bin", b"\0\1\2\3"),
    ):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize("html", [False, True])
def test_a_letter_is_read_with_what_is_attached(html: bool) -> None:
    report = read_bytes(letter(html=html), "letter.eml", suffix=".eml")
    assert report.title == "青嵐市政府113年工作報告"
    assert [block.text for block in report.blocks if block.kind == "heading"][1:] == ["附件一.docx", "統計.xlsx"]
    facts = heshu.extract(report).facts
    assert [fact.mention.text for fact in facts] == ["409人", "12場次", "30件", "15"]
    assert [(gap.code, gap.message_zh) for gap in report.gaps] == [("attachment-left-out", "附件「圖.bin」未讀")]


@pytest.mark.parametrize("kept", range(0, 2000, 97))
def test_a_letter_that_is_cut_off_is_read_or_refused(kept: int) -> None:
    try:
        read_bytes(letter()[:kept], "letter.eml", suffix=".eml")
    except heshu.UnreadableReport as error:
        assert error.code in ("empty", "damaged")


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([(kind & 127) | 128, kind >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: list[list[str | float]]) -> bytes:
    """A binary workbook with one sheet."""
    sheet = record(129) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIH3xI", number, 0, 300, 0))
        for column, value in enumerate(row):
            told = (6, wide(value)) if isinstance(value, str) else (5, struct.pack("<d", value))
            sheet += record(told[0], struct.pack("<II", column, 0) + told[1])
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("r") + wide("表"))
    office, package = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://schemas.openxmlformats.org/package/2006"  # fmt: skip
    related = '<Relationships xmlns="{}/relationships"><Relationship Id="r" Type="{}/{}" Target="{}"/></Relationships>'
    types = (
        f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as written:
        written.writestr("[Content_Types].xml", types)
        written.writestr("_rels/.rels", related.format(package, office, "officeDocument", "xl/workbook.bin"))
        written.writestr("xl/workbook.bin", book + record(144) + record(132))
        written.writestr(
            "xl/_rels/workbook.bin.rels", related.format(package, office, "worksheet", "worksheets/sheet1.bin")
        )
        written.writestr("xl/worksheets/sheet1.bin", sheet + record(146) + record(130))
    return data.getvalue()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_binary_workbook_is_read_like_another() -> None:
    report = read_bytes(xlsb([["各區人數"], ["單位：人"], ["區別", "男", "女"], ["東溪區", 120, 130]]), "book.xlsb")
    assert report.encoding == "xlsb"
    facts = heshu.extract(report).facts
    assert [(str(fact.mention.value), fact.mention.unit, fact.category) for fact in facts] == [
        ("120", "人", "東溪區"),
        ("130", "人", "東溪區"),
    ]
