"""All shapes of dates, in the order in which they are tried wherever a date may begin."""

from __future__ import annotations

from functools import cache

import regex

from .dates_shape import Shape
from .dates_shapes_days import BARE_DAYS, DAYS
from .dates_shapes_years import YEARS

__all__ = ["SHAPES", "Shape", "shapes_pattern"]

SHAPES: tuple[Shape, ...] = (*DAYS, *YEARS, *BARE_DAYS)


@cache
def shapes_pattern() -> regex.Pattern[str]:
    """All shapes in one pattern; the name of the group that closed last tells which one matched."""
    return regex.compile("|".join(f"(?:{shape.pattern})(?P<shape{index}>)" for index, shape in enumerate(SHAPES)))
