"""A tie that the text may mean: a law between figures, with the words and layout that speak for it.

A candidate comes from structure and stands whether or not its figures agree. What speaks for it is named by features,
whose weights are fitted; how many readings were tried before it says how much an agreement may be chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...model import Relation
from .figure import Document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading: which figures are tied, by which law, and why one should think so."""

    relation: Relation
    """The law applied to the figures. Its rule is the construction by which it was found."""
    features: frozenset[str]
    """What the words and the layout say."""
    tried: int = 1
    """How many readings of the same result the search had looked at when it came to this one."""

    @property
    def holds(self) -> bool | None:
        """Whether the figures agree."""
        return self.relation.holds


Finder = Callable[[Document], Iterator[Candidate]]
