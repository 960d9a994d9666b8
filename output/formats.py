"""The formats in which an audit is written, by the names by which they are asked for."""

from __future__ import annotations

FORMATS = ("html", "xlsx", "sarif", "csv", "jsonl", "parquet", "sqlite", "spacy", "jsonld")
ON_REQUEST = ("pdf",)
"""Those that are written only where somebody names them."""
