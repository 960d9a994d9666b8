"""The store: one SQLite file that keeps reports, what was read in them, and what people decided of the findings."""

from .errors import StoreError
from .incoming import Told, ingest
from .keep import Store

__all__ = ["Store", "StoreError", "Told", "ingest"]
