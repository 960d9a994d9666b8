"""How sure the recogniser must be of a figure: its confidence against what is right, on made-up pages printed and scanned.

Pages of made-up sentences are drawn, scanned with so many dots an inch, clean, noisy or skewed, and read by the recogniser
(``heshu[ocr]``). A figure is as sure as the least sure of its signs. The least confidence from which on no more than one
figure in ``ONE_IN`` is wrong is what ``Places.SURE`` holds.

    python benchmarks/recognition.py [--pages 2]
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import numpy
from heshu.corpus.readers.recognition import Recogniser
from heshu.places import Places
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = tuple(Path("/usr/share/fonts/opentype/noto") / f"Noto{face}CJK-Regular.ttc" for face in ("Serif", "Sans"))
TAIWAN = 3
"""Which of a collection's faces draws the signs as Taiwan does."""
DPI = (60, 72, 85, 100, 125, 150, 200)
SCANS = ("clean", "noisy", "skewed")
ONE_IN = 1000
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
WORDS = ("辦理", "輔導", "查核", "補助", "清疏", "宣導", "訓練", "巡查", "改善", "核定")
THINGS = ("人次", "人", "件", "場次", "公里", "處", "戶", "座", "萬元", "公頃")


class Seen(NamedTuple):
    """A figure of a page: how sure the recogniser is of it, and whether it is right."""

    dpi: int
    scan: str
    sure: float
    right: bool
    told: str
    read: str


def sentences(rnd: random.Random, count: int) -> list[str]:
    made = []
    for _ in range(count):
        whole, part = rnd.randrange(2, 99_999), rnd.randrange(2, 9_999)
        share = rnd.randrange(10, 1000) / 10
        parts = (
            f"{rnd.choice(WORDS)}{whole:,}{rnd.choice(THINGS)}",
            f"其中{part:,}{rnd.choice(THINGS)}",
            f"占{share}%",
        )
        made.append(f"{rnd.randrange(98, 115)}年{rnd.randrange(1, 13)}月{'，'.join(parts)}。")
    return made


def scanned(lines: list[str], dpi: int, scan: str, font: Path, rnd: random.Random) -> Image.Image:
    face = ImageFont.truetype(str(font), dpi * 12 // 72, index=TAIWAN)
    page = Image.new("L", (dpi * 827 // 100, dpi * 1169 // 100), 255)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((dpi * 4 // 5, dpi * (6 + 2 * number) // 6), line, font=face, fill=10)
    if scan == "skewed":
        page = page.rotate(rnd.uniform(-1.5, 1.5), Image.Resampling.BILINEAR, fillcolor=255)
    if scan == "noisy":
        noise = numpy.random.default_rng(rnd.randrange(1 << 30)).normal(0, 28, (page.height, page.width))
        page = Image.fromarray(numpy.clip(numpy.asarray(page) + noise, 0, 255).astype("uint8"))
        page = page.filter(ImageFilter.GaussianBlur(0.6))
    return page


def figures(lines: list[str], text: str, scores: list[float], dpi: int, scan: str) -> Iterator[Seen]:
    """Each figure that was read, beside what stands in its place on the page."""
    told = "".join(lines)
    place: dict[int, int] = {}
    for block in SequenceMatcher(None, text, told, autojunk=False).get_matching_blocks():
        place |= {block.a + at: block.b + at for at in range(block.size)}
    spans = {at: found.group() for found in FIGURE.finditer(told) for at in range(*found.span())}
    for found in FIGURE.finditer(text):
        near = [spans[place[at]] for at in range(*found.span()) if place.get(at) in spans]
        if near:
            value, true = found.group().replace(",", ""), near[0].replace(",", "")
            yield Seen(dpi, scan, min(scores[found.start() : found.end()]), value == true, near[0], found.group())


def read(pages: int) -> list[Seen]:
    rnd = random.Random(20)
    seen: list[Seen] = []
    for dpi in DPI:
        for scan in SCANS:
            for number in range(pages):
                lines = sentences(rnd, 30)
                picture = scanned(lines, dpi, scan, FONTS[number % 2], rnd)
                # As a page of a PDF is: drawn anew with 150 dots an inch.
                picture = picture.resize((1240, 1753), Image.Resampling.BICUBIC).convert("RGB")
                page = Recogniser().picture(numpy.asarray(picture), 1)
                chars = page.chars if page is not None else []
                text = "".join(char.text for char in chars)
                seen += figures(lines, text, [char.stored[4] for char in chars for _ in char.text], dpi, scan)  # type: ignore[misc]
    return seen


def least(seen: list[Seen]) -> float:
    """From which confidence on no more than one in so many is wrong."""
    wrong = 0
    ordered = sorted(seen, key=lambda each: (-each.sure, each.right))
    found = 1.0
    for number, each in enumerate(ordered, start=1):
        wrong += not each.right
        if wrong * ONE_IN <= number and (number == len(ordered) or ordered[number].sure < each.sure):
            found = each.sure
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2, help="of each kind (30 sentences a page)")
    seen = read(parser.parse_args().pages)
    by_kind: dict[tuple[int, str], list[Seen]] = defaultdict(list)
    for each in seen:
        by_kind[each.dpi, each.scan].append(each)
    print("dpi  scan    figures  right   sure  right of these")
    for (dpi, scan), group in by_kind.items():
        sure = [each for each in group if each.sure >= Places.SURE]
        shares = (sum(each.right for each in part) / max(len(part), 1) for part in (group, sure))
        whole, of_sure = shares
        print(f"{dpi:3}  {scan:7} {len(group):7} {whole:6.1%} {len(sure):6} {of_sure:8.1%}")
    for low in [number / 20 for number in range(10, 20)]:
        bin_ = [each for each in seen if low <= each.sure < low + 0.05]
        if bin_:
            print(
                f"confidence {low:.2f}-{low + 0.05:.2f}: {len(bin_):5} figures, {sum(e.right for e in bin_) / len(bin_):.1%} right"
            )
    print(
        "wrong and sure:",
        [
            (each.dpi, each.scan, each.told, each.read, each.sure)
            for each in seen
            if each.sure >= Places.SURE and not each.right
        ][:20],
    )
    print(f"fitted {least(seen):.3f}, held {Places.SURE}")


if __name__ == "__main__":
    main()
