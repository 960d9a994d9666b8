"""What one peer reads in texts: runs in the peers' own environment, texts in and readings out as JSON.

usage: peer_worker.py jionlp|recognizers|cn2an < {"name": "text", …} > {"seconds": …, "readings": {"name": [reading, …]}}

A reading is {"type", "start", "end", "value"} for a quantity and {"type", "start", "end", "first", "last"} for a date.
The peers get the text line by line: none of them knows of paragraphs. Needs nothing but the peer and Python.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

Reading = dict[str, Any]


def jionlp() -> Callable[[str], Iterator[Reading]]:
    import jionlp as jio

    now = time.time()

    def read(line: str) -> Iterator[Reading]:
        for found in jio.ner.extract_time(line, time_base=now, with_parsing=True):
            first, last = found["detail"]["time"][:2] if isinstance(found["detail"]["time"], list) else ("", "")
            yield {
                "type": "date",
                "start": found["offset"][0],
                "end": found["offset"][1],
                "first": str(first).split(" ")[0],
                "last": str(last).split(" ")[0],
            }
        for found in jio.ner.extract_money(line, with_parsing=True):
            number = found["detail"]["num"]
            yield {
                "type": "quantity",
                "start": found["offset"][0],
                "end": found["offset"][1],
                "value": number[0] if isinstance(number, list) else number,
            }

    return read


def recognizers() -> Callable[[str], Iterator[Reading]]:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    quantities = (recognize_currency, recognize_dimension, recognize_age, recognize_percentage, recognize_number)

    def read(line: str) -> Iterator[Reading]:
        taken: set[int] = set()
        for found in recognize_datetime(line, Culture.Chinese):
            value = (found.resolution or {"values": [{}]})["values"][0]
            if value.get("type") not in ("date", "daterange"):
                continue
            taken.update(range(found.start, found.end + 1))
            day = value.get("value")
            # The end of a range is the first day behind it.
            yield {
                "type": "date",
                "start": found.start,
                "end": found.end + 1,
                "first": day or value.get("start"),
                "last": day or value.get("end"),
                "open_end": day is None,
            }
        for recognize in quantities:
            for found in recognize(line, Culture.Chinese):
                span = set(range(found.start, found.end + 1))
                if span & taken or not found.resolution:
                    continue
                taken |= span
                value = str(found.resolution.get("value")).rstrip("%")
                yield {"type": "quantity", "start": found.start, "end": found.end + 1, "value": value}

    return read


def cn2an() -> Callable[[str], Iterator[Reading]]:
    from cn2an import transform

    number = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")

    def read(line: str) -> Iterator[Reading]:
        changed = transform(line, "cn2an")
        # Where each character of the changed sentence came from.
        came = [0] * (len(changed) + 1)
        for _, i1, i2, j1, j2 in difflib.SequenceMatcher(None, line, changed, autojunk=False).get_opcodes():
            for j in range(j1, j2 + 1):
                came[j] = min(i2, i1 + (j - j1)) if j < j2 else i2
        for found in number.finditer(changed):
            yield {
                "type": "quantity",
                "start": came[found.start()],
                "end": came[found.end()],
                "value": found.group().replace(",", "").rstrip("%"),
            }

    return read


def main() -> None:
    warnings.simplefilter("ignore")
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # some greet
        read = {"jionlp": jionlp, "recognizers": recognizers, "cn2an": cn2an}[sys.argv[1]]()
        list(in_lines(read, next(iter(texts.values()))))
        begin = time.process_time()
        readings = {name: list(in_lines(read, text)) for name, text in texts.items()}
        seconds = time.process_time() - begin
    json.dump({"seconds": seconds, "readings": readings}, sys.stdout)


def in_lines(read: Callable[[str], Iterator[Reading]], text: str) -> Iterator[Reading]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            with contextlib.suppress(Exception):  # a peer that stumbles over a line loses that line
                for reading in read(line):
                    yield {**reading, "start": at + reading["start"], "end": at + reading["end"]}
        at += len(line) + 1


if __name__ == "__main__":
    main()
