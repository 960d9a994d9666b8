"""HTML: what a browser shows of the page's own text; scripts, navigation and the frame of the site are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..decode import decode
from ..parsed import MOST_COLUMNS, MOST_SPAN, Element, Paragraph, Parsed, RawCell, table_of
from .archive import local, whole_number

_DROPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "footer", "aside", "button", "select", "input", "textarea",
     "svg", "canvas", "object", "iframe", "audio", "video", "map", "datalist", "title")
)  # fmt: skip
_FRAME = re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|sitemap|skip)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_LINES = frozenset(
    ("p", "div", "section", "article", "main", "header", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "address",
     "center", "form", "fieldset", "legend", "hr", "figure", "figcaption", "details", "summary", "caption", "body", "html",
     "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "li")
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 200
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes) -> Parsed:
    """The text of the page. Its encoding is told by the bytes, not by what the page says of itself."""
    text = _XML_DECLARATION.sub("", decode(data, "").text)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    root = etree.fromstring(text, parser) if text.strip() else None
    if root is None:
        return Parsed((), "html")
    walk = _Walk()
    walk.into(root, 0)
    walk.end_line()
    return Parsed(tuple(walk.found), "html")


@dataclass(slots=True)
class _Walk:
    """One pass over the page: text gathers in a line until something ends it."""

    found: list[Element] = field(default_factory=list)
    line: str = ""
    kind: str = "text"
    level: int = 0
    kept_blanks: bool = False

    def end_line(self) -> None:
        """The line so far becomes a paragraph."""
        text = self.line.strip(" \r\n\f")
        if text.strip():
            self.found.append(Paragraph(text, self.kind, self.level))  # type: ignore[arg-type]
        self.line = ""

    def into(self, element: etree._Element, depth: int) -> None:
        """What an element holds."""
        self._say(element.text)
        for each in element:
            self._element(each, depth + 1)
            self._say(each.tail)

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if self.kept_blanks:
            first, *others = text.split("\n")
            self.line += first
            for other in others:
                self.end_line()
                self.line = other
        else:
            # A tab within a line parts cells, whatever a browser makes of it; line ends and indents of the source do not.
            self.line += _BLANKS.sub(lambda run: "\t" if "\t" in run.group() and "\n" not in run.group() else " ", text)

    def _element(self, element: etree._Element, depth: int) -> None:
        name = local(element).lower()
        if not name or depth > _DEEPEST or _is_left_out(element, name):
            return
        if name == "br":
            self.end_line()
        elif name == "table":
            self.end_line()
            self.found.extend(_table(element, depth))
        elif name in _LINES:
            self.end_line()
            before = self.kind, self.level, self.kept_blanks
            if name in _HEADINGS:
                self.kind, self.level = "heading", _HEADINGS[name]
            self.kept_blanks = self.kept_blanks or name == "pre"
            self.line = _item_mark(element) if name == "li" else ""
            mark = self.line
            self.into(element, depth)
            if self.line == mark:
                self.line = ""
            self.end_line()
            self.kind, self.level, self.kept_blanks = before
        else:
            self.into(element, depth)


def _is_left_out(element: etree._Element, name: str) -> bool:
    if name in _DROPPED or _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
        return True
    if (element.get("role") or "") in ("navigation", "menu", "banner", "contentinfo", "search"):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return name in ("div", "ul", "ol", "section") and _FRAME.search(named) is not None


def _item_mark(element: etree._Element) -> str:
    """The number that the browser sets before an item; bullets are drawn, and say nothing."""
    parent = element.getparent()
    if parent is None or local(parent).lower() != "ol":
        return ""
    items = [each for each in parent if local(each).lower() == "li"]
    return f"{whole_number(parent.get('start'), 1, 9999) + items.index(element)}. " if len(items) < 1000 else ""


def _table(table: etree._Element, depth: int) -> Iterator[Element]:
    cells: list[RawCell] = []
    taken: set[tuple[int, int]] = set()
    heads, row = 0, -1
    for line, in_head in _rows(table, False):
        row += 1
        column = 0
        only_heads = True
        for each in line:
            name = local(each).lower()
            if name not in ("td", "th") or _is_left_out(each, name):
                continue
            while (row, column) in taken:
                column += 1
            down = max(whole_number(each.get("rowspan"), 1, MOST_SPAN), 1)
            across = max(whole_number(each.get("colspan"), 1, MOST_COLUMNS), 1)
            if column >= MOST_COLUMNS:
                break
            inside = _Walk()
            inside.into(each, depth + 1)
            inside.end_line()
            cells.append(RawCell(row, column, down, across, inside.found))
            if down > 1:
                taken.update((row + under, column + beside) for under in range(1, min(down, 64)) for beside in range(across))  # fmt: skip
            only_heads = only_heads and name == "th"
            column += across
        if heads == row and (in_head or (only_heads and column)):
            heads += 1
    for each in table:
        if local(each).lower() == "caption":
            caption = _BLANKS.sub(" ", "".join(str(text) for text in each.itertext())).strip()
            if caption:
                yield Paragraph(caption)
    yield from table_of(cells, heads or None)


def _rows(table: etree._Element, in_head: bool) -> Iterator[tuple[etree._Element, bool]]:
    for each in table:
        name = local(each).lower()
        if name == "tr":
            yield each, in_head
        elif name in ("thead", "tbody", "tfoot"):
            yield from _rows(each, name == "thead")
