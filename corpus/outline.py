"""Drafts become blocks: kinds, levels, and the path of headings above each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ..model import Block, BlockKind
from .headings import CAPTION, Mark, Outline, outermost
from .lengths import parted
from .paragraphs import Draft, ends_sentence

_LONGEST_HEADING = 60
_LONGEST_PLAIN_HEADING = 40
_SHORTEST_PROSE = 20
_PLAIN_LINE = Mark("plain_line", "", None)
_CAPTION = Mark(CAPTION, "", None)
_LEAD = re.compile(r"[^。;]{2,40}?[:]")
_LABEL = re.compile(r"[^:,。]{1,6}:.")
_HAS_LETTERS = re.compile(r"[一-鿿A-Za-z]{2}")


def outlined(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """The blocks of a report."""
    drafts = [part for draft in drafts for part in parted(draft)]
    outline = Outline()
    blocks: list[Block] = []
    body = [draft for draft in drafts if draft.kind != "residue"]
    following = dict(zip(map(id, body), body[1:], strict=False))
    levels = _levels(body)
    behind_contents = _behind_contents(body)
    for draft in drafts:
        if draft is behind_contents:
            outline.close()
        after = following.get(id(draft))
        if body and draft is body[0] and _is_title(draft, after):
            # The title stands above all headings: it has no level, and no path needs it.
            blocks.append(Block("heading", draft.text, tuple(draft.offsets), page=draft.page))
            continue
        deeper = after is not None and (after.mark is None or levels[id(after)] > levels[id(draft)])
        blocks.append(_block(draft, after if deeper else None, outline))
    return tuple(blocks)


_LEAST_CONTENTS = 8
_LEAST_SECTIONS = 3
_MOST_BEFORE = 6


def _behind_contents(drafts: Sequence[Draft]) -> Draft | None:
    """The first draft behind a list of contents whose headings the text does not repeat.

    A table of two columns, the sections in one and the text in the other, comes out so: first all headings, then all
    text. What stands behind the last heading is not its text, and nothing tells whose it is.
    """
    first = next((at for at, draft in enumerate(drafts[:_MOST_BEFORE]) if draft.mark is not None), len(drafts))
    behind = first
    while behind < len(drafts) and _names_a_section(drafts[behind]):
        behind += 1
    if behind - first < _LEAST_CONTENTS or behind == len(drafts) or drafts[behind].mark is not None:
        return None
    styles = [draft.mark.style for draft in drafts[first:behind] if draft.mark is not None]
    outer = outermost(set(styles))
    if len(set(styles)) < 2 or styles.count(outer) < _LEAST_SECTIONS:
        return None
    repeated = any(draft.mark is not None and draft.mark.style == outer for draft in drafts[behind:])
    return None if repeated else drafts[behind]


def _names_a_section(draft: Draft) -> bool:
    """A mark and a title behind it, no sentence with others after it."""
    return draft.mark is not None and draft.kind == "text" and "。" not in draft.text[:-1]


def _levels(drafts: Sequence[Draft]) -> defaultdict[int, int]:
    """The level of each draft that has a mark, before unmarked headings are told from paragraphs."""
    outline = Outline()
    levels: defaultdict[int, int] = defaultdict(int)
    for draft in drafts:
        if draft.mark is not None:
            levels[id(draft)] = outline.enter(draft.mark)
    return levels


def _block(draft: Draft, deeper: Draft | None, outline: Outline) -> Block:
    """``deeper`` is the draft behind, if it stands below this one."""

    def make(kind: BlockKind, level: int, path: tuple[str, ...], marker: str = "") -> Block:
        return Block(kind, draft.text, tuple(draft.offsets), marker, level, path, draft.cells, draft.page)

    if draft.kind == "residue":
        return make("residue", 0, ())
    if draft.kind == "footnote":
        return make("footnote", 0, outline.path)
    if draft.kind == "table":
        block = make("table", 0, outline.path)
        outline.leave_caption()
        return block
    if draft.mark is not None:
        level = outline.enter(draft.mark)
        body = draft.text[len(draft.mark.text) :].strip()
        heading = draft.kind == "heading" or (deeper is not None and _is_heading(body))
        outline.name(_title(body, heading, deeper))
        return make("heading" if heading else "item", level, outline.path_above, draft.mark.text)
    if draft.kind == "heading":
        level = outline.enter(Mark(f"style {draft.level}", "", None))
        outline.name(draft.text.rstrip(":"))
        return make("heading", level, outline.path_above)
    if _is_plain_heading(draft, deeper):
        outline.leave_caption()
        level = outline.enter(_PLAIN_LINE if deeper is None or deeper.kind != "table" else _CAPTION)
        outline.name(draft.text.rstrip(":"))
        return make("heading", level, outline.path_above)
    return make("paragraph", 0, outline.path)


def _title(body: str, heading: bool, deeper: Draft | None) -> str:
    if heading:
        return body.rstrip(":")
    # The words before a colon name the items below; a paragraph behind a whole sentence is on its own.
    lead = _LEAD.match(body) if deeper is not None and deeper.mark is not None else None
    return lead.group()[:-1] if lead else ""


def _is_heading(body: str) -> bool:
    """Short, and no sentence."""
    return 0 < len(body) <= _LONGEST_HEADING and "。" not in body and (body.endswith(":") or not ends_sentence(body))


def _is_plain_heading(draft: Draft, after: Draft | None) -> bool:
    """A short line without a mark between paragraphs, with running text behind it."""
    if not _is_short_line(draft) or (draft.lines and draft.lines[0].apart):
        return False
    if after is None or after.mark is not None:
        return False
    if after.kind == "table":
        return True
    return len(after.text) >= _SHORTEST_PROSE and (
        any(char in after.text for char in "。;") or after.text.endswith(":")
    )


def _is_title(draft: Draft, after: Draft | None) -> bool:
    """Whether the first lines of a report are its title, and not the caption of a table."""
    if draft.mark is not None or draft.kind not in ("text", "heading") or (after is not None and after.kind == "table"):
        return False
    return _is_short_line(draft)


def _is_short_line(draft: Draft) -> bool:
    """A few words without a full stop, and no label with its value."""
    text = draft.text
    return (
        len(text) <= _LONGEST_PLAIN_HEADING
        and not ends_sentence(text)
        and text[-1] not in ",、"
        and _LABEL.match(text) is None
        and _HAS_LETTERS.search(text) is not None
    )
