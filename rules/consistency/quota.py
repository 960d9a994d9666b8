"""A quota and what was done about it: 應進用1,238人，已進用1,940人; 應…聘計103個，其中已…聘計90個."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .context import Figure, Line

_QUOTA = re.compile(r"應(?!用|變|邀|於|徵)(?P<verb>[^,;、。]{2})[^,;]*$|法定(?P<noun>[^,;]{0,12})$")
_ACTUAL = re.compile(r"(?:已|實際|現有|實)[^,;]*$")


@dataclass(frozen=True, slots=True)
class Quota:
    """A legal number, the actual one, and where both stand among the line's figures."""

    required: Figure
    actual: Figure
    line: Line
    behind: tuple[Figure, ...]
    """The figures after the actual number, up to the next quota."""


def quotas(line: Line) -> Iterator[Quota]:
    """The quotas of a line with the numbers that answer them."""
    figures = line.figures
    starts = [index for index, figure in enumerate(figures) if _is_quota(figure)]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(figures)
        required = figures[start]
        quota = _QUOTA.search(required.gap)
        for index in range(start + 1, end):
            if quota is not None and _answers(quota, required, figures[index]):
                yield Quota(required, figures[index], line, figures[index + 1 : end])
                break


def _is_quota(figure: Figure) -> bool:
    """A legal number, and not what lies above or below it (較法定名額超額進用…)."""
    words = re.split(r"[,;]", figure.gap)[-1]
    return (
        figure.is_count and _QUOTA.search(words) is not None and re.search(r"較|超額|超出|超過|不足|尚", words) is None
    )


def _answers(quota: re.Match[str], required: Figure, figure: Figure) -> bool:
    """The figure counts how much of the duty is done, by the same verb."""
    done = _ACTUAL.search(figure.gap)
    if done is None or figure.unit != required.unit:
        return False
    return quota["verb"] is None or quota["verb"] in done[0]
