"""A sequence that lies in files, part by part, and is read when it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Kept(Sequence[T], Generic[T]):
    """``sizes``: how many each part has; ``part`` reads one. The last few parts stay at hand."""

    def __init__(self, sizes: Sequence[int], part: Callable[[int], Sequence[T]], at_hand: int = 64) -> None:
        self._ends = list(accumulate(sizes))
        self._part = part
        self._at_hand = at_hand
        self._last: OrderedDict[int, Sequence[T]] = OrderedDict()

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        begin = 0
        for number, end in enumerate(self._ends):
            if end > begin:
                yield from self._read(number)
            begin = end

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        number = bisect_right(self._ends, place)
        return self._read(number)[place - (self._ends[number - 1] if number else 0)]

    def _read(self, number: int) -> Sequence[T]:
        if number in self._last:
            self._last.move_to_end(number)
        else:
            self._last[number] = self._part(number)
            if len(self._last) > self._at_hand:
                self._last.popitem(last=False)
        return self._last[number]
