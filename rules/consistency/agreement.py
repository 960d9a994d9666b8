"""What must agree with what across reports: the records of ``agreement.toml``, and which of them two figures fall under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ...model import Severity, State
from ..loader import Entry, entries, own_rules

FILE = "agreement.toml"
Times = Literal["same", "grown", "stage", "since", "any"]
Law = Literal["equal", "no-less", "nothing", "found"]
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One way in which two reports have to agree, or need not."""

    id: str
    why: str
    states: tuple[tuple[str, str], ...]
    times: Times
    law: Law
    unless: re.Pattern[str] | None
    severity: Severity | None
    """How a broken tie is told where the link is sure."""
    code: str
    zh: str
    en: str
    examples: tuple[tuple[str, str, str], ...]

    @property
    def rule(self) -> str:
        """The name of its relations."""
        return f"series.{self.id}"

    def fits(self, earlier: State | None, later: State | None, times: Times | None) -> bool:
        """Whether figures of these states and times fall under it."""
        if self.times not in (_ANY_TIME, times):
            return False
        return any(one in (_ANY, earlier) and other in (_ANY, later) for one, other in self.states)

    def holds_for(self, *words: str) -> bool:
        """Nothing in the words before the figures takes them out of it."""
        return self.unless is None or not any(self.unless.search(each) for each in words)


_ANY_TIME: Times = "any"


@cache
def agreements() -> tuple[Agreement, ...]:
    """The records, in the order in which they are tried."""
    return tuple(_agreement(entry) for entry in entries("agreement", FILE, own_rules(FILE)))


@cache
def by_rule() -> dict[str, Agreement]:
    """The records that tell of something, by the name of their relations."""
    return {each.rule: each for each in agreements() if each.severity is not None}


def agreement_of(earlier: State | None, later: State | None, times: Times | None) -> Agreement | None:
    """The first record that two figures fall under; None where nothing follows from what they claim."""
    laws = (each for each in agreements() if each.law != "found")
    return next((each for each in laws if each.fits(earlier, later, times)), None)


def _agreement(entry: Entry) -> Agreement:
    entry.only("id", "why", "states", "times", "law", "unless", "severity", "code", "zh", "en", "examples")
    states = []
    for pair in entry.texts("states"):
        parts = pair.split()
        if len(parts) != 2 or any(part != _ANY and part not in get_args(State) for part in parts):
            raise entry.fault("states", "pairs of states with a space between them")
        states.append((parts[0], parts[1]))
    times, law, severity = entry.text("times", "any"), entry.text("law"), entry.text("severity", "") or None
    for field, value, known in (("times", times, get_args(Times)), ("law", law, get_args(Law))):
        if value not in known:
            raise entry.fault(field, f"one of {', '.join(known)}")
    if severity is not None and severity not in get_args(Severity):
        raise entry.fault("severity", f"one of {', '.join(get_args(Severity))}")
    code, zh, en = (entry.text(field, "" if severity is None else None) for field in ("code", "zh", "en"))
    return Agreement(
        entry.id,
        entry.text("why"),
        tuple(states),
        cast(Times, times),
        cast(Law, law),
        _pattern(entry),
        cast("Severity | None", severity),
        code,
        zh,
        en,
        _examples(entry),
    )


def _pattern(entry: Entry) -> re.Pattern[str] | None:
    text = entry.text("unless", "")
    try:
        return re.compile(text) if text else None
    except re.error as error:
        raise entry.fault("unless", f"a pattern ({error})") from error


def _examples(entry: Entry) -> tuple[tuple[str, str, str], ...]:
    value = entry.fields.get("examples", [])
    wanted = "lists of three texts: earlier, later, severity"
    if not isinstance(value, list):
        raise entry.fault("examples", wanted)
    for each in value:
        if not isinstance(each, list) or len(each) != 3 or not all(isinstance(text, str) for text in each):
            raise entry.fault("examples", wanted)
    return tuple((each[0], each[1], each[2]) for each in value)
