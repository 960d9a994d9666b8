"""Damaged files for every reader: each must be read or refused with a reason, and none may stop the next.

    python benchmarks/fuzz_files.py 10000

Small documents are made by the helpers of the tests, and their bytes are overturned, cut, doubled and swapped; for the
archives also what is inside. What is neither read nor refused in good order is kept beside this file and told.
"""

from __future__ import annotations

import importlib.util
import io
import random
import sys
import time
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType

from heshu.corpus.decode import UnreadableReport
from heshu.corpus.read import read_bytes

ROOT = Path(__file__).parents[1]
UNEXPECTED = ("crashed", "too-slow")


def made() -> ModuleType:
    """The helpers with which the tests make their documents."""
    spec = importlib.util.spec_from_file_location("made", ROOT / "tests" / "made.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def originals() -> dict[str, bytes]:
    """One document for each reader, with a table, a list and a sentence."""
    make = made()
    rows = [["區別", "人數"], ["東溪區", 12], ["西溪區", 9]]
    cells = [[str(cell) for cell in row] for row in rows]
    pdf = make.Pdf()
    pdf.lines(72, 100, ["計有409人參加，其中男性205人。", "一、另有12場次。"])
    pdf.grid([72, 172, 272], [200, 224, 248])
    pdf.text(80, 217, "區別")
    letter = EmailMessage()
    letter["Subject"] = "青嵐市政府113年工作報告"
    letter.set_content("計有409人參加。")
    letter.add_attachment(make.xlsx(rows), maintype="application", subtype="octet-stream", filename="人數.xlsx")
    slide = "".join(f"<a:p><a:r><a:t>{cell}</a:t></a:r></a:p>" for row in cells for cell in row)
    page = "<html><body><p>計有409人。</p><table><tr><th>區別<th colspan=2>人數<tr><td>東溪區<td>12<td>9</table>"
    return {
        ".docx": make.docx(make.word_paragraph("計有409人參加。") + make.word_table(cells)),
        ".odt": make.odt(make.odt_paragraph("計有409人參加。") + make.odt_table(cells)),
        ".xlsx": make.xlsx(rows),
        ".xls": make.xls(rows),
        ".ods": make.odt(make.odt_table(cells), kind="spreadsheet"),
        ".pdf": pdf.data(),
        ".odp": make.odt(make.odt_table(cells), kind="presentation"),
        ".pptx": make.pptx(f"<p:sp><p:txBody>{slide}</p:txBody></p:sp>"),
        ".eml": letter.as_bytes(),
        ".html": page.encode("cp950"),
        ".csv": "\n".join(",".join(row) for row in cells).encode("cp950"),
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one kind of damage, or another."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(result)) if result else 0
        what = chance.randrange(5)
        if what == 0 and result:
            result[at] = chance.randrange(256)
        elif what == 1:
            del result[at : at + chance.randrange(1, 60)]
        elif what == 2:
            result[at:at] = result[at : at + chance.randrange(1, 60)]
        elif what == 3:
            result[at:at] = chance.choice((b"999999999", b"-1", b"</", b"<w:tbl>", b"\0\0\0\0", b"1e309", b"&#0;"))
        else:
            del result[at if chance.random() < 0.1 else len(result) :]
    return bytes(result)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """An archive that is whole, with damage in one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(written, "w") as out:
        names = read.namelist()
        victim = chance.choice(names)
        for name in names:
            out.writestr(name, damaged(read.read(name), chance) if name == victim else read.read(name))
    return written.getvalue()


def main() -> None:
    """As many damaged files for each reader as the first argument says; for those of the suffixes behind it alone."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for suffix, data in originals().items():
        if sys.argv[2:] and suffix not in sys.argv[2:]:
            continue
        chance = random.Random(suffix)
        outcomes: Counter[str] = Counter()
        begin, slowest = time.perf_counter(), 0.0
        for number in range(count):
            inside = data.startswith(b"PK") and chance.random() < 0.7
            file = damaged_inside(data, chance) if inside else damaged(data, chance)
            started = time.perf_counter()
            try:
                read_bytes(file, "file", suffix=suffix)
                outcome = "read"
            except UnreadableReport as error:
                outcome = error.code
            except Exception as error:  # what must not happen is told, and the rest goes on
                outcome = f"unexpected {type(error).__name__}"
            slowest = max(slowest, time.perf_counter() - started)
            outcomes[outcome] += 1
            if outcome in UNEXPECTED or outcome.startswith("unexpected"):
                Path(f"fuzz-{number}{suffix}").write_bytes(file)
        spent = time.perf_counter() - begin
        print(
            f"{suffix:6} {count} in {spent:.0f} s, slowest {slowest:.2f} s: {dict(outcomes.most_common())}", flush=True
        )


if __name__ == "__main__":
    main()
