"""The sample reports, typeset, in every format that LibreOffice writes: how many facts are the same as in plain text.

    python benchmarks/formats.py [FOLDER]

The files are left in FOLDER, if one is named.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import docx
from docx.document import Document as DocumentObject
from fuzz_files import made
from heshu.corpus.decode import UnreadableReport
from heshu.corpus.read import read, read_bytes

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
FORMATS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf",
    "html": "html:HTML (StarWriter)",
    "pdf": "pdf:writer_pdf_Export",
}


def convert(office: str, folder: Path, kind: str, files: list[Path]) -> None:
    """All files into one format, in one run of LibreOffice with a profile of its own."""
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
               "--convert-to", FORMATS[kind], "--outdir", str(folder), *map(str, files)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def written(parts: Iterable[str | list[list[str]]]) -> DocumentObject:
    """A Word document of paragraphs and tables with lines."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]), "Table Grid")
        for row, cells in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return document


def main() -> None:
    """Convert, read, compare, and print a line for each format."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        sys.exit("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        make = made()
        plain = {path: make.facts(read(path)) for path in SAMPLES}
        (folder / "typeset").mkdir(exist_ok=True)
        typeset = [folder / "typeset" / f"{path.stem}.docx" for path in SAMPLES]
        for path, file in zip(SAMPLES, typeset, strict=True):
            written(make.typeset(read(path))).save(str(file))
        for kind in FORMATS:
            convert(office, folder, kind, typeset)
            same = whole = 0
            for path, expected in plain.items():
                file = folder / f"{path.stem}.{kind}"
                try:
                    found = make.facts(read_bytes(file.read_bytes(), file.name, suffix=file.suffix))
                except UnreadableReport as error:
                    print(error)
                    continue
                same += 2 * (expected & found).total()
                whole += expected.total() + found.total()
            print(f"{kind:5} {100 * same / max(whole, 1):.1f} % of the facts are the same", flush=True)


if __name__ == "__main__":
    main()
