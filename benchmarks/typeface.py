"""Makes the typeface that PDFs carry, out of 全字庫正楷體 (TW-Kai).

    pip install fonttools
    python benchmarks/typeface.py TW-Kai-98_1.ttf output/kai.ttf.xz

It is cut to the characters of Big5 and its supplement for Hong Kong (where rare names have theirs), and drawn with straight
lines that stray from its outlines by a 290th of a character at most, which no printer shows at the size of a letter:
52 MB become 5. The font is the National Development Council's, under the Open Government Data License, version 1.0; Debian has
it as fonts-cns11643-kai.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

import numpy
from fontTools import subset
from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

STRAY = 3.5
"""Units that a line may lie off the outline, of 1024 to the character."""
POINTS = (0.25, 0.5, 0.75, 1.0)
"""Where a curve is looked at."""
ALSO = "·–—‘’“”…•※○●◎△▲□■☐☑✓→←↑↓±×÷≠≦≧≤≥−½¼¾㎡㎥℃％‰①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩々"
UNUSED = ("GSUB", "GPOS", "GDEF", "vhea", "vmtx", "DSIG", "BASE", "gasp", "FFTM")


def wanted() -> set[int]:
    """The characters that are kept."""
    kept = {*range(32, 127), *map(ord, ALSO)}
    for code in range(0x80, 0xFFFF):
        for name in ("cp950", "big5hkscs"):
            try:
                chr(code).encode(name)
                kept.add(code)
            except UnicodeEncodeError:
                pass
    return kept


def contours(glyphs: object, name: str) -> list[list[tuple[float, float]]]:
    """The outlines of a character as chains of points."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    found: list[list[tuple[float, float]]] = []
    for step, points in pen.value:
        if step == "moveTo":
            found.append([points[0]])
        elif step == "lineTo":
            found[-1].append(points[0])
        elif step == "qCurveTo":
            for bend, end in decomposeQuadraticSegment(points):
                (x, y), chain = found[-1][-1], found[-1]
                for t in POINTS:
                    u = 1 - t
                    chain.append(
                        tuple(u * u * a + 2 * t * u * b + t * t * c for a, b, c in zip((x, y), bend, end, strict=True))
                    )
    return [each for each in found if len(each) > 2]


def simplified(chain: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """The fewest of its points whose lines stray nowhere farther than allowed (Douglas and Peucker, 1973)."""
    points = numpy.array([*chain, chain[0]])
    far = int(((points - points[0]) ** 2).sum(1).argmax())
    kept, waiting = {0, far}, [(0, far), (far, len(chain))]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        along, between = points[last] - points[first], points[first + 1 : last] - points[first]
        length = numpy.hypot(*along)
        if length:
            strays = numpy.abs(along[0] * between[:, 1] - along[1] * between[:, 0]) / length
        else:
            strays = numpy.hypot(between[:, 0], between[:, 1])
        most = int(strays.argmax())
        if strays[most] > STRAY:
            middle = first + 1 + most
            kept.add(middle)
            waiting += [(first, middle), (middle, last)]
    return [(round(points[at][0]), round(points[at][1])) for at in sorted(kept) if at < len(chain)]


def main(source: Path, target: Path) -> None:
    font = TTFont(source)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    options.drop_tables += UNUSED
    cut = subset.Subsetter(options)
    cut.populate(unicodes=wanted() & font.getBestCmap().keys())
    cut.subset(font)
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        for chain in map(simplified, contours(glyphs, name)):
            if len(chain) > 2:
                pen.moveTo(chain[0])
                for point in chain[1:]:
                    pen.lineTo(point)
                pen.closePath()
        drawn[name] = pen.glyph()
    for name, glyph in drawn.items():
        font["glyf"][name] = glyph
    plain = target.with_suffix("")
    font.save(plain)
    data = plain.read_bytes()
    plain.unlink()
    target.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(drawn)} characters, {len(data):,} bytes, packed {target.stat().st_size:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
