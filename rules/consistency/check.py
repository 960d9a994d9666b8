"""What a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...model import Relation
from .context import Document


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which a text ties figures together."""

    id: str
    """Stable; the part before the dot is the kind of relation."""
    purpose: str
    find: Callable[[Document], Iterator[Relation]]
