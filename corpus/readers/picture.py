"""Pictures: scans that are no PDF, read by rapidocr where it is installed (``heshu[ocr]``), a page for each picture in them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..parsed import Parsed, Remark, UnreadableFile
from .pdf import elements_of
from .pdf_page import Page
from .recognition import Recogniser, is_installed

_MOST_DOTS = 60_000_000
"""A page of A2 at 300 dots an inch has 35 million."""
_LONGEST = 3_600
"""Dots of a side that is looked at: A3 at 200 an inch; larger pictures are made smaller."""
_MOST_PAGES = 300


def read(data: bytes) -> Parsed:
    """What its pictures show; those in which nothing can be made out are named."""
    if not is_installed():
        raise UnreadableFile("no-text")
    recogniser = Recogniser()
    pages: list[Page] = []
    empty: list[int] = []
    for number, picture in enumerate(_pictures(data), start=1):
        page = recogniser.picture(picture, number)
        if page is None:
            empty.append(number)
        else:
            pages.append(page)
    remarks = [Remark("no-text", tuple(empty))] if empty else []
    remarks += [Remark("recognised", tuple(page.number for page in pages))] if pages else []
    return Parsed(elements_of(pages), "picture", tuple(remarks))


def _pictures(data: bytes) -> Iterator[Any]:
    """The pictures of a file as rows of dots."""
    import numpy
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as file:
            if file.width * file.height > _MOST_DOTS:
                raise UnreadableFile("too-large", f"{file.width} x {file.height} > {_MOST_DOTS} dots")
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if number == _MOST_PAGES:
                    return
                picture = frame.convert("RGB")
                picture.thumbnail((_LONGEST, _LONGEST))
                yield numpy.asarray(picture)
    except UnidentifiedImageError as error:
        raise UnreadableFile("no-text") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile("damaged", type(error).__name__) from error
