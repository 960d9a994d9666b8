"""DOC and RTF: turned into OpenDocument by LibreOffice where it is installed; else DOC is read as text by antiword."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ..parsed import Paragraph, Parsed, UnreadableFile
from . import odf

_OFFICES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_SECONDS = 90
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes) -> Parsed:
    """The document as LibreOffice understands it; without it, the words that antiword finds."""
    office = next((found for name in _OFFICES if (found := shutil.which(name))), None)
    if office is not None:
        converted = _converted(office, data)
        if converted is not None:
            return Parsed(odf.read(converted).elements, "doc")
    antiword = shutil.which("antiword")
    if antiword is not None and data.startswith(_OLE):
        return _by_antiword(antiword, data)
    raise UnreadableFile("damaged" if office is not None else "no-converter", "DOC")


def _converted(office: str, data: bytes) -> bytes | None:
    """The document as an ODT file; None where LibreOffice makes none. It has a folder and a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="heshu-") as folder:
        source = Path(folder, "in.rtf" if data.lstrip().startswith(b"{\\rtf") else "in.doc")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "odt:writer8",
                   "--outdir", str(Path(folder, "out")), str(source)]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except (OSError, subprocess.TimeoutExpired):
            return None
        target = Path(folder, "out", "in.odt")
        return target.read_bytes() if target.is_file() else None


def _by_antiword(antiword: str, data: bytes) -> Parsed:
    with tempfile.TemporaryDirectory(prefix="heshu-") as folder:
        source = Path(folder, "in.doc")
        source.write_bytes(data)
        try:
            done = subprocess.run(
                [antiword, "-w", "0", "-m", "UTF-8.txt", str(source)],
                capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UnreadableFile("damaged", "DOC") from error
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode or not text.strip():
        raise UnreadableFile("damaged", "DOC")
    return Parsed(tuple(Paragraph(line) for line in text.splitlines()), "doc")
