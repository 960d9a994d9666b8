"""The tables of PDFs beside those that pdfplumber finds: how many of its rows are rows of ours, too.

    python benchmarks/tables.py FOLDER

A row is its cells that hold something, without blanks. Tables that only arrange text are paragraphs here, so rows with a
figure in a cell of its own are counted apart.
"""

from __future__ import annotations

import argparse
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
from heshu.corpus.parsed import Table, UnreadableFile
from heshu.corpus.readers import pdf

Row = tuple[str, ...]
FIGURE = re.compile(r"[-+(]?\d[\d,.]*[%)]?")


def ours(data: bytes) -> Counter[Row]:
    rows: Counter[Row] = Counter()
    for element in pdf.read(data).elements:
        if isinstance(element, Table):
            cells: dict[int, list[str]] = {}
            for cell in element.cells:
                cells.setdefault(cell.row, []).append("".join(cell.text.split()))
            rows.update(tuple(filter(None, row)) for row in cells.values())
    return rows


def theirs(data: bytes) -> Iterator[Row]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                rows = [tuple("".join(cell.split()) for cell in row if cell and cell.strip()) for row in table]
                if sum(len(row) > 1 for row in rows) > 1:  # else a frame around a text
                    yield from filter(None, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    counts = Counter[str]()
    for path in sorted(parser.parse_args().folder.rglob("*.pdf")):
        data = path.read_bytes()
        try:
            mine = ours(data)
        except UnreadableFile as error:
            print(f"{path.name}: {error.code}")
            continue
        rows = Counter(theirs(data))
        figured = Counter({row: count for row, count in rows.items() if any(map(FIGURE.fullmatch, row))})
        here = Counter(
            told=rows.total(), both=(rows & mine).total(), figured=figured.total(), read=(figured & mine).total()
        )
        counts += here
        print(
            f"{path.name}: {here['both']} of {here['told']} rows, {here['read']} of {here['figured']} with figures; {mine.total()} of ours",
            flush=True,
        )
        for row in list((figured - mine).elements())[:2]:
            print("   ", " | ".join(row)[:110])
    print(f"all: {counts['both']} of {counts['told']} rows, {counts['read']} of {counts['figured']} with figures")


if __name__ == "__main__":
    main()
