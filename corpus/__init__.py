"""Reports come in: files are found, decoded, and laid out as headings, paragraphs, items and tables."""

from __future__ import annotations

from .collect import collect
from .decode import UnreadableReport
from .read import read, read_text

__all__ = ["UnreadableReport", "collect", "read", "read_text"]
