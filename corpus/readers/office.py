"""DOC, RTF, XLSB and PPT: turned by LibreOffice, where it is installed, into a format that is read here; else DOC is read by antiword."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..parsed import Paragraph, Parsed, UnreadableFile
from . import odf, xlsx

_OFFICES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_SECONDS = 90
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class _Way:
    """What a file is called for LibreOffice, what it is turned into, and what reads that."""

    kind: str
    target: str
    read: Callable[[bytes], Parsed]


_DOC, _RTF = _Way("doc", "odt:writer8", odf.read), _Way("rtf", "odt:writer8", odf.read)
_XLSB, _PPT = _Way("xlsb", "xlsx:Calc Office Open XML", xlsx.read), _Way("ppt", "odp:impress8", odf.read)


def read(data: bytes) -> Parsed:
    """The file as LibreOffice understands it; of a DOC without it, the words that antiword finds."""
    way = _way(data)
    office = next((found for name in _OFFICES if (found := shutil.which(name))), None)
    converted = _converted(office, data, way) if office is not None else None
    if converted is not None:
        return replace(way.read(converted), format=way.kind)
    antiword = shutil.which("antiword")
    if antiword is not None and way is _DOC:
        return _by_antiword(antiword, data)
    raise UnreadableFile("damaged" if office is not None else "no-converter", way.kind.upper())


def _way(data: bytes) -> _Way:
    if data.startswith(b"PK"):
        return _XLSB
    if data.startswith(_OLE):
        return _PPT if "PowerPoint Document".encode("utf-16-le") in data else _DOC
    return _RTF


def _converted(office: str, data: bytes, way: _Way) -> bytes | None:
    """The file in the other format; None where LibreOffice makes none. It has a folder and a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="heshu-") as folder:
        source = Path(folder, f"in.{way.kind}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", way.target,
                   "--outdir", str(Path(folder, "out")), str(source)]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except (OSError, subprocess.TimeoutExpired):
            return None
        target = Path(folder, "out", f"in.{way.target.partition(':')[0]}")
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
