"""Lines become blocks: headings, paragraphs, items, tables and residue, in reading order.

A hard-wrapped sentence becomes one text again. Whether a line goes on in the next one is told by how full it is among
its neighbours, by its last character, by open brackets, and by a mark at the beginning of the next line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Block
from .cells import cell_tables
from .columns import with_columns_apart
from .html import Markup, markup_tables
from .lines import Line, is_spaced_throughout, lines_of
from .outline import outlined
from .paragraphs import Draft, drafts_of
from .residue import marked_residue, without_running_heads
from .rows import line_tables
from .tables import Region


def layout(text: str) -> tuple[Block, ...]:
    """The blocks of a report. Every character that leaves ink belongs to exactly one block."""
    page = 1 if "\x0c" in text else None
    spaced = is_spaced_throughout(text)
    items: list[Line | Draft] = []
    at = 0
    for markup in markup_tables(text):
        items.extend(_stretch(text, at, markup, spaced, page, items))
        at = markup.end
    items.extend(with_tables(text, list(lines_of(text, at, len(text), spaced, _page_at(text, at, page)))))
    return outlined(drafts_of(text, items))


def _stretch(
    text: str, at: int, markup: Markup, spaced: bool, page: int | None, before: Sequence[Line | Draft]
) -> list[Line | Draft]:
    """The lines up to a table in markup, and the table, with the line above it that says the unit."""
    lines = list(lines_of(text, at, markup.start, spaced, _page_at(text, at, page)))
    unit = lines.pop() if lines and markup.takes_unit(lines[-1]) else None
    return [*with_tables(text, lines), *markup.drafts(unit, _page_at(text, markup.start, page))]


def _page_at(text: str, at: int, page: int | None) -> int | None:
    return None if page is None else page + text.count("\x0c", 0, at)


def with_tables(text: str, lines: list[Line]) -> list[Line | Draft]:
    """The lines with the tables that were found among them, and with page furniture marked."""
    lines = with_columns_apart(text, without_running_heads(lines))
    regions = cell_tables(text, lines)
    taken = [(region.first, region.last) for region in regions]
    for region in line_tables(text, lines):
        if all(region.last <= first or region.first >= last for first, last in taken):
            regions.append(region)
    items: list[Line | Draft] = []
    at = 0
    for region in sorted(regions, key=_first):
        items.extend(marked_residue(lines[at : region.first]))
        items.append(region.draft)
        items.extend(_rules(lines[region.first : region.last], region.draft))
        at = region.last
    items.extend(marked_residue(lines[at:]))
    return items


def _rules(lines: Sequence[Line], draft: Draft) -> Iterator[Draft]:
    """The bars, quotes and commas that parted the cells of a table, as residue."""
    kept = set(draft.offsets)
    left = {
        offset: char
        for line in lines
        for char, offset in zip(line.raw, line.raw_offsets, strict=True)
        if offset not in kept and not char.isspace()
    }
    if left:
        yield Draft("".join(left.values()), list(left), kind="residue", page=draft.page)


def _first(region: Region) -> int:
    return region.first
