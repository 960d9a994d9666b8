"""Kinds of files that are no plain text: how each is told, and what reads it, or what to do with it.

Content decides; the suffix is asked where the content tells nothing, or tells the container alone (a ZIP archive, an OLE
file).
"""

from __future__ import annotations

from dataclasses import dataclass

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOK_AT = 2048
_CONTAINERS = (_ZIP, b"PK\x05\x06", _OLE)


def _utf16(name: str) -> bytes:
    """A name as the directory of an OLE file holds it."""
    return name.encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is told, and its reader, or what to say of it."""

    code: str
    zh: str
    """What it is, and what to do, where nothing reads it."""
    en: str
    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...] = ()
    """What the file begins with, white space and case aside."""
    at: int = 0
    """Where that stands."""
    holds: tuple[bytes, ...] = ()
    """What stands somewhere in a container of this kind."""
    reader: str = ""
    """Name of the file in ``corpus.readers`` that reads it."""


_TO_CSV_ZH = "請把有數字的工作表另存成 CSV（UTF-8）"
_TO_CSV_EN = "save the sheets that hold figures as CSV (UTF-8)"

KINDS = (
    Kind(
        "encrypted",
        "這個檔案有密碼保護，無法讀取；請先移除密碼，另存一份",
        "protected by a password, and cannot be read; save a copy without the password",
        (),
        holds=(_utf16("EncryptedPackage"),),
    ),
    Kind("pdf", "", "", (".pdf",), (b"%PDF-",), reader="pdf"),
    Kind("docx", "", "", (".docx", ".docm", ".dotx"), holds=(b"word/document.xml",), reader="docx"),
    Kind("doc", "", "", (".doc", ".dot", ".wps"), holds=(_utf16("WordDocument"),), reader="office"),
    Kind(
        "odt",
        "",
        "",
        (".odt", ".ott", ".fodt"),
        (b"<office:document",),
        holds=(b"application/vnd.oasis.opendocument.text",),
        reader="odf",
    ),
    Kind(
        "html",
        "",
        "",
        (".html", ".htm", ".xhtml"),
        (b"<!doctype html", b"<html", b"<head>", b"<body>", b"<meta "),
        reader="html",
    ),
    Kind("rtf", "", "", (".rtf",), (b"{\\rtf",), reader="office"),
    Kind("xlsx", "", "", (".xlsx", ".xlsm"), holds=(b"xl/workbook.xml",), reader="xlsx"),
    Kind("xlsb", "", "", (".xlsb",), holds=(b"xl/workbook.bin",), reader="office"),
    Kind(
        "xls",
        "",
        "",
        (".xls", ".xlt", ".et"),
        (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"),
        holds=(_utf16("Workbook"), _utf16("Book")),
        reader="xls",
    ),
    Kind("ods", "", "", (".ods", ".fods"), holds=(b"application/vnd.oasis.opendocument.spreadsheet",), reader="odf"),
    Kind("pptx", "", "", (".pptx", ".pptm", ".ppsx"), holds=(b"ppt/presentation.xml",), reader="pptx"),
    Kind("odp", "", "", (".odp",), holds=(b"application/vnd.oasis.opendocument.presentation",), reader="odf"),
    Kind("ppt", "", "", (".ppt", ".pps"), holds=(_utf16("PowerPoint Document"),), reader="office"),
    Kind(
        "ebook",
        "這是電子書（EPUB），無法讀取；請另存成純文字（UTF-8）",
        "an e-book (EPUB), which cannot be read; save it as plain text (UTF-8)",
        (".epub",),
        holds=(b"application/epub+zip",),
    ),
    Kind(
        "mail",
        "",
        "",
        (".eml", ".mht", ".mhtml"),
        (b"Received: ", b"Return-Path: ", b"Delivered-To: ", b"MIME-Version: ", b"Message-ID: "),
        reader="mail",
    ),
    Kind(
        "outlook",
        "這是 Outlook 郵件（.msg），無法讀取；請另存成 .eml，或把附件另存",
        "an Outlook message (.msg), which cannot be read; save it as .eml, or save what is attached",
        (".msg",),
        holds=(_utf16("__substg1.0_"),),
    ),
    Kind(
        "image",
        "",
        "",
        (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".svg"),
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"<svg"),
        reader="picture",
    ),
    Kind(
        "media",
        "這是影音檔，無法讀取；請改用文字檔",
        "a sound or film, which cannot be read; hand in text instead",
        (".mp3", ".mp4", ".m4a", ".mov", ".avi", ".wav", ".wmv", ".mkv", ".ogg"),
        (b"ID3\x02", b"ID3\x03", b"ID3\x04", b"OggS", b"\x1aE\xdf\xa3"),
    ),
    Kind(
        "media",
        "這是影音檔，無法讀取；請改用文字檔",
        "a sound or film, which cannot be read; hand in text instead",
        (),
        (b"ftyp",),
        at=4,
    ),
    Kind(
        "archive",
        "這是壓縮檔，無法讀取；請先解壓縮",
        "an archive, which cannot be read; unpack it first",
        (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst"),
        (_ZIP, b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
    ),
    Kind(
        "database",
        f"這是資料庫或資料檔，無法讀取；{_TO_CSV_ZH.replace('工作表', '資料表')}",
        f"a database, which cannot be read; {_TO_CSV_EN.replace('sheets', 'tables')}",
        (".sqlite", ".sqlite3", ".db", ".mdb", ".accdb", ".parquet", ".sav", ".dta"),
        (b"SQLite format 3\0", b"PAR1"),
    ),
)  # fmt: skip
"""The first that fits counts."""


def kind_of(data: bytes, suffix: str) -> Kind | None:
    """What kind a file is of, from its bytes (the beginning and the end will do) and its suffix; None: none of these."""
    head = _beginning(data)
    container = data.startswith(_CONTAINERS)
    if container:
        found = next((kind for kind in KINDS if any(mark in data for mark in kind.holds)), None)
        return found or _by_suffix(suffix) or _by_beginning(data, head)
    return _by_beginning(data, head) or _by_suffix(suffix)


def told(data: bytes) -> bool:
    """Whether the content alone tells the kind."""
    return data.startswith(_CONTAINERS) or _by_beginning(data, _beginning(data)) is not None


def _beginning(data: bytes) -> bytes:
    """What a file begins with, behind white space and the declaration of XML; text of two bytes a character as one."""
    head = data[:_LOOK_AT]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<?xml"):
        head = head.partition(b"?>")[2].lstrip()
    while head.startswith(b"<!--"):
        head = head.partition(b"-->")[2].lstrip()
    return head


def _by_beginning(data: bytes, head: bytes) -> Kind | None:
    return next((kind for kind in KINDS if _begins(kind, data, head)), None)


def _begins(kind: Kind, data: bytes, head: bytes) -> bool:
    if any(data.startswith(mark, kind.at) for mark in kind.begins):
        return True
    # Marks of text formats stand behind white space and in any case; some writers put a line before %PDF-.
    return not kind.at and any(
        head.startswith(mark.lower()) for mark in kind.begins if mark.isascii() and len(mark) > 4
    )


def _by_suffix(suffix: str) -> Kind | None:
    return next((kind for kind in KINDS if suffix.lower() in kind.suffixes), None)
