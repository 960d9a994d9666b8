"""Cue words as data: what the words beside a figure say of it. The lists live in ``cues.toml``, once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Literal, Protocol

from ..loader import Entry, RuleError, own_rules, parse

At = Literal["before", "gap", "behind", "clause", "between"]
_PLACES: tuple[At, ...] = ("before", "gap", "behind", "clause", "between")
FILE = "cues.toml"


class Worded(Protocol):
    """A figure with the words around it."""

    @property
    def before(self) -> str:
        """The words right before it."""

    @property
    def behind(self) -> str:
        """The words right behind it."""

    @property
    def gap(self) -> str:
        """All that stands between it and the figure before."""

    @property
    def clause(self) -> str:
        """Its clause up to it."""


_REMEMBERED = 512
_FIGURE_OR_DAY = re.compile("[\ue000-\ue002]")


@dataclass(frozen=True)
class Cue:
    """What words say, and where they stand."""

    id: str
    why: str
    at: At
    words: str
    examples: tuple[str, ...]
    never: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, compiled when they are first looked for: most reports ask for few of them."""
        return re.compile(self.words)

    def found_in(self, text: str) -> bool:
        """The words stand in a text."""
        return self.pattern.search(text) is not None

    def found_at(self, figure: Worded) -> bool:
        """They stand where they belong beside a figure."""
        if self.at == "clause":  # no further back than the last figure: 由115,665席增加到164,556席
            return self.found_in(_FIGURE_OR_DAY.split(figure.clause)[-1])
        if self.at == "behind":
            return self.found_in(figure.behind)
        return self.found_in(figure.gap if self.at == "gap" else figure.before)


@dataclass(frozen=True, slots=True)
class Classes:
    """A classification that divides a whole: every member, each as it may be called."""

    id: str
    why: str
    members: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]
    known: dict[str, int | None] = field(default_factory=dict, repr=False, compare=False)
    """Which member labels were found to name of late."""

    def named(self, labels: Sequence[str]) -> int:
        """How many members the labels name; 0 if one of them names none."""
        found = set()
        for text in labels:
            if text not in self.known:
                if len(self.known) == _REMEMBERED:
                    self.known.clear()
                self.known[text] = next((at for at, each in enumerate(self.members) if each.search(text)), None)
            at = self.known[text]
            if at is None:
                return 0
            found.add(at)
        return len(found)


@cache
def _entries() -> tuple[Entry, ...]:
    return parse(FILE, own_rules(FILE), ("cue", "classes"))


@cache
def cues() -> dict[str, Cue]:
    """Every cue by its id; ``{other}`` in a pattern stands for the words of another one that was told before it."""
    found: dict[str, Cue] = {}
    for entry in _entries():
        if entry.name == "cue":
            entry.only("id", "why", "at", "words", "examples", "never")
            raw = re.sub(r"\{([a-z][\w.-]*)\}", lambda m: f"(?:{found[m[1]].words})", entry.text("words"))
            where = next((place for place in _PLACES if place == entry.text("at", "before")), None)
            if where is None:
                raise entry.fault("at", f"one of {', '.join(_PLACES)}")
            found[entry.id] = Cue(
                entry.id, entry.text("why"), where, raw, entry.texts("examples"), entry.texts("never")
            )
    return found


@cache
def classifications() -> tuple[Classes, ...]:
    """Every classification that is known to divide a whole."""
    return tuple(
        Classes(
            entry.id, entry.text("why"), tuple(re.compile(member) for member in entry.texts("members")),
            entry.texts("examples"), entry.texts("never"),
        )
        for entry in _entries()
        if entry.name == "classes"
    )  # fmt: skip


@cache
def cue(name: str) -> Cue:
    """The cue of that name."""
    try:
        return cues()[name]
    except KeyError:
        raise RuleError(f"{FILE}: expected a cue named '{name}'") from None


def says(name: str, text: str) -> bool:
    """A cue stands in a text."""
    return cue(name).found_in(text)


# --- what labels tell ---------------------------------------------------------------------------------------------

_MASKED = re.compile(r"[\ue000-\uf8ff]")
_EDGE = re.compile(r"[,;、:()]|(?<=.)及(?=[^及]*$)")


@lru_cache(maxsize=4096)
def label(words: str) -> str:
    """What a figure counts, as far as the words right before it say: without lead-ins and lead-outs."""
    text = _MASKED.sub("", _EDGE.split(words)[-1])
    return cue("label.lead-out").pattern.sub("", cue("label.lead-in").pattern.sub("", text))


def whole_classification(labels: Sequence[str]) -> bool:
    """The labels are all members of a known classification, so that nothing of the whole is left out."""
    if any(each.named(labels) == len(each.members) == len(labels) for each in classifications()):
        return True
    return _are_complements(labels)


_NUMBERED = re.compile(r"第?(?P<number>[1-9一二三四五六七八九])(?P<what>[^\d一二三四五六七八九]+)")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


def numbered(labels: Sequence[str]) -> bool:
    """The labels are the first, the second and so on of one sort: 第1期, 第2期, 第3期."""
    found = [match for each in labels if (match := _NUMBERED.fullmatch(each)) is not None]
    order = [int(each["number"].translate(_DIGITS)) for each in found]
    return order == list(range(1, len(labels) + 1)) and len({each["what"] for each in found}) == 1


def _are_complements(labels: Sequence[str]) -> bool:
    """X and 非X; 核准, 未核准 and 審核中: what is, what is not, and what is not yet decided."""
    denied = [(each, match) for each in labels if (match := _DENIED.search(each)) is not None]
    if len(denied) != 1 or len(set(labels)) < len(labels):
        return False
    (one, match), others = denied[0], [each for each in labels if each != denied[0][0]]
    named = [each for each in others if match["what"] in each]
    open_ = [each for each in others if each not in named]
    return len(named) == 1 and all(each.endswith("中") for each in open_) and bool(one)


_DENIED = re.compile(r"^(?:尚)?(?:非|未|不)(?P<what>[^,;。非未不]{2,8})$")


def one_classification(labels: Sequence[str]) -> bool:
    """The labels divide one whole: members of a known classification, or one head noun with differing modifiers."""
    if not of_one_stage(labels) or len(set(labels)) < len(labels) or not all(labels):
        return False
    if any(each.named(labels) == len(labels) for each in classifications()):
        return True
    ending = common_ending(labels)
    return bool(ending) and not says("label.open-ending", ending) and all(len(each) > len(ending) for each in labels)


def of_one_kind(labels: Sequence[str]) -> bool:
    """No label is a member of a classification that the others do not belong to: 女性 and 原住民 may be the same people."""
    return not any(each.named(labels) == 0 and any(each.named([text]) for text in labels) for each in classifications())


def of_one_stage(labels: Sequence[str]) -> bool:
    """No label names another step of a procedure than the rest do (報名, 錄取: who was admitted had applied)."""
    steps = _steps(labels[0])
    return all(_steps(each) == steps for each in labels)


@lru_cache(maxsize=4096)
def _steps(text: str) -> frozenset[str]:
    return frozenset(cue("stage").pattern.findall(text))


def common_ending(labels: Sequence[str]) -> str:
    """The longest ending that all labels share."""
    shared = ""
    for characters in zip(*(reversed(each) for each in labels), strict=False):
        if len(set(characters)) > 1:
            break
        shared = characters[0] + shared
    return shared


@lru_cache(maxsize=4096)
def direction(text: str) -> int:
    """+1 where the words raise, -1 where they lower, 0 where they do neither; the last such word decides."""
    up = max((match.start() for match in cue("change.up").pattern.finditer(text)), default=-1)
    down = max((match.start() for match in cue("change.down").pattern.finditer(text)), default=-1)
    return 0 if up == down else (1 if up > down else -1)
