"""Bytes become text: which encoding a report is in, and what to say when it cannot be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from ..model import Problem
from .kinds import KINDS, kind_of

_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("找不到這個檔案或資料夾，請檢查路徑", "no such file or folder; check the path"),
    "no-access": ("無法開啟這個檔案，請檢查權限", "cannot be opened; check its permissions"),
    "folder-no-access": (
        "無法開啟這個資料夾，其中的檔案都沒有讀；請檢查權限",
        "this folder cannot be opened, and nothing in it was read; check its permissions",
    ),
    "not-a-file": ("這是資料夾，不是檔案，請指定報告檔", "a folder, not a file; name a report file"),
    "pipe": (
        "這是具名管線，不是檔案；管線的內容請以「-」從標準輸入讀取",
        "a named pipe, not a file; hand in what comes through a pipe by standard input, as '-'",
    ),
    "device": ("這是裝置，不是檔案，請指定報告檔", "a device, not a file; name a report file"),
    "socket": ("這是通訊端（socket），不是檔案，請指定報告檔", "a socket, not a file; name a report file"),
    "link-loop": ("這個連結繞回自己，請改正或移除連結", "a link that leads back to itself; mend it or remove it"),
    "broken-link": (
        "這個連結所指的檔案不存在，請改正或移除連結",
        "a link to a file that is not there; mend it or remove it",
    ),
    "empty": ("檔案沒有內容，請改用有文字的報告檔", "the file is empty; hand in a report that holds text"),
    "binary": (
        "這是二進位檔，不是文字檔，請先另存成純文字（UTF-8）",
        "this is a binary file; save it as plain text (UTF-8) first",
    ),
    "undecodable": (
        "無法判斷文字編碼，請另存成 UTF-8 純文字",
        "the text encoding could not be determined; save the file as UTF-8 plain text",
    ),
    "no-reports": (
        "資料夾裡沒有報告檔，請放入 .txt 檔或指定其他資料夾",
        "the folder holds no reports; put .txt files into it or name another folder",
    ),
    "damaged": (
        "檔案已損壞或不完整，無法讀取（{}）；請重新取得檔案，或用原來的軟體開啟後另存一份",
        "damaged or incomplete ({}); get the file anew, or open it in its program and save a copy",
    ),
    "encrypted": (
        "這個檔案有密碼保護，無法讀取；請先移除密碼，另存一份",
        "protected by a password, and cannot be read; save a copy without the password",
    ),
    "too-large": (
        "超過讀取的上限（{}），沒有讀；請拆成較小的檔案",
        "left unread: beyond a limit ({}); part it into smaller files",
    ),
    "too-slow": (
        "讀取超過時限（{}），已中止；請拆成較小的檔案，或另存一份再試",
        "given up after {}; part it into smaller files, or save a copy and try that",
    ),
    "crashed": (
        "讀取時解析程式中止（檔案可能已損壞，或需要的記憶體超過上限）；請用原來的軟體開啟後另存一份",
        "the parser broke down on it (damaged, or in need of more memory than it may take); open the file in its program and save a copy",
    ),
    "no-converter": (
        "讀這種檔案需要 LibreOffice（.doc 亦可用 antiword），這台電腦上沒有；請安裝，或另存成 .docx、.xlsx、.pptx",
        "needs LibreOffice (for .doc antiword, too) to be read, which is not installed here; install it, or save the file as .docx, .xlsx or .pptx",
    ),
    "no-text": (
        "沒有文字，只有圖片（掃描檔）；未安裝 heshu[ocr]，或無法辨識，請取得文字檔",
        "holds pictures and no text (a scan); heshu[ocr] is not installed, or could not make it out: get it as text",
    ),
    "garbled-text": (
        "文字層是亂碼（字型缺少對照表），無法讀取；未安裝 heshu[ocr]，或無法辨識，請取得原始檔",
        "its text layer is garbage (a font without its table of characters); heshu[ocr] is not installed, or could not make it out: get the original file",
    ),
    "unknown-type": (
        "副檔名不是報告的格式，沒有讀；若是報告，請改名為 .txt，或直接指定這個檔案",
        "left unread: its suffix is not that of a report; if it is one, rename it to .txt or name the file itself",
    ),
}

# Control characters that text files do hold: tab, line feed, vertical tab, form feed, carriage return, end of file.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_SURE = 0.8
_TELLING = re.compile("[\\u4e00-\\u9fff\\u3000-\\u303f\\uff00-\\uffef\\r\\n\\t -~]")
_BINARY_SHARE = 10
"""A file is binary if more than one byte in this many is a control character."""


_LONGEST_TOLD = 120


class UnreadableReport(Exception):  # noqa: N818 - it names what the input is
    """An input that cannot be read: which one, why (a stable code), and what to do."""

    def __init__(self, path: str, code: str, detail: str = "") -> None:
        super().__init__(path, code, detail)
        self.path = path
        self.code = code
        self.detail = detail
        """What exactly: a limit, a part of the file."""

    @property
    def message_zh(self) -> str:
        """What is wrong and what to do, in Chinese."""
        return _message(self.code)[0].format(self.detail)

    @property
    def message_en(self) -> str:
        """What is wrong and what to do, in English."""
        return _message(self.code)[1].format(self.detail)

    def __str__(self) -> str:
        return f"{self.path}: {self.message_en}"


class NothingRead(UnreadableReport):
    """Not one of the inputs could be read, so there is nothing to audit: ``problems`` says why, for each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.path, first.code)
        self.problems = tuple(problems)

    @property
    def message_zh(self) -> str:
        """What is wrong with the first input, in Chinese."""
        return self.problems[0].message_zh

    @property
    def message_en(self) -> str:
        """What is wrong with the first input, in English."""
        return self.problems[0].message_en

    def __reduce__(self) -> tuple[type[NothingRead], tuple[tuple[Problem, ...]]]:
        return (NothingRead, (self.problems,))

    def __str__(self) -> str:
        told = "\n".join(f"{shortened(problem.path)}: {problem.message_en}" for problem in self.problems)
        hint = any(problem.code in ("missing", "no-access") for problem in self.problems)
        return told + ("\nA text at hand is audited as heshu.audit(heshu.read_text(text))." if hint else "")


def shortened(path: str) -> str:
    """A path for a message: a sentence that was taken for a path is not told in full."""
    return path if len(path) <= _LONGEST_TOLD else f"{path[:_LONGEST_TOLD]}…"


class UnreadableWarning(UserWarning):
    """Some of the inputs could not be read; the audit is of the others."""


def _message(code: str) -> tuple[str, str]:
    """What is wrong and what to do, in Chinese and in English; the kinds of files say it themselves."""
    return _MESSAGES.get(code) or next((kind.zh, kind.en) for kind in KINDS if kind.code == code)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the encoding it was in. A byte order mark is no part of the text."""

    text: str
    encoding: str


def decode(data: bytes, path: str | Path) -> Decoded:
    """Decode the bytes of a report: byte order mark, then strict UTF-8, then CP950, then a guess that must be safe."""
    name = str(path)
    if not data.strip():
        raise UnreadableReport(name, "empty")
    if (kind := kind_of(data, "")) is not None and kind.code != "html":
        raise UnreadableReport(name, "binary" if kind.reader else kind.code)
    decoded = _by_mark(data, name) or _utf16_without_mark(data) or _plain(data, name)
    if not decoded.text.strip():
        raise UnreadableReport(name, "empty")
    return decoded


def is_text(data: bytes) -> bool:
    """Whether the bytes are a text in an encoding that is told for sure."""
    try:
        return bool(decode(data, "").text)
    except UnreadableReport:
        return False


def _by_mark(data: bytes, name: str) -> Decoded | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise UnreadableReport(name, "undecodable") from error
    return None


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 has zero bytes, and read with the right byte order it is Chinese."""
    if len(data) % 2 or b"\0" not in data:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _telling_share(text) > _SURE:
            return Decoded(text, encoding)
    return None


def _telling_share(text: str) -> float:
    """Share of characters that a Chinese report is made of."""
    return len(_TELLING.findall(text)) / len(text) if text else 0.0


def _plain(data: bytes, name: str) -> Decoded:
    controls = sum(data.count(code) for code in range(32) if code not in _TEXT_CONTROLS)
    if b"\0" in data or controls * _BINARY_SHARE > len(data):
        raise UnreadableReport(name, "binary")
    for encoding in ("utf-8", "cp950"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    # Big5 with the Hong Kong supplement, or simplified text; whatever else the guesser offers is not to be trusted.
    for guess in from_bytes(data, cp_isolation=["big5hkscs", "gb18030"]):
        text = str(guess)
        if _telling_share(text) > _SURE:
            return Decoded(text, guess.encoding)
    raise UnreadableReport(name, "undecodable")
