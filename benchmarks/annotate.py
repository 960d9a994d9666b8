"""Write down what heshu reads in the sample reports, as a first draft of annotations that are checked by hand.

usage: annotate.py STEM …    writes benchmarks/annotations/STEM.mentions.jsonl and shows the readings within the text
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import heshu
from heshu.model import Mention

ROOT = Path(heshu.__file__).parent
ANNOTATIONS = Path(__file__).parent / "annotations"


def record(mention: Mention) -> dict[str, object]:
    place: dict[str, object] = {"type": mention.kind, "start": mention.start, "end": mention.end, "text": mention.text}
    if mention.kind == "date":
        return {**place, "edtf": mention.edtf}
    highest = None if mention.value_max is None else str(mention.value_max)
    return {**place, "value": str(mention.value), "value_max": highest, "unit": mention.unit}


def shown(text: str, mentions: tuple[Mention, ...]) -> str:
    for mention in reversed(mentions):
        reading = (
            mention.edtf or f"{mention.value}{'~' + str(mention.value_max) if mention.value_max else ''}{mention.unit}"
        )
        text = f"{text[: mention.start]}[{mention.text}={reading}]{text[mention.end :]}"
    return text


def main() -> None:
    ANNOTATIONS.mkdir(exist_ok=True)
    for stem in sys.argv[1:]:
        report = heshu.read(ROOT / "corpus" / "samples" / f"{stem}.txt")
        mentions = heshu.extract(report).mentions
        lines = "".join(json.dumps(record(mention), ensure_ascii=False) + "\n" for mention in mentions)
        (ANNOTATIONS / f"{stem}.mentions.jsonl").write_text(lines, encoding="utf-8")
        print(shown(report.text, mentions))


if __name__ == "__main__":
    main()
