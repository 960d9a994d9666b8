"""Words by what they do around a figure: which only count, which carry a verb without saying what is done (``phrases.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from .loader import Entry
from .registry import RuleSet, active, rule_entries

Task = Literal["counting", "light", "aside", "own", "generic", "measure", "taking-part"]


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """Words that do the same around a figure."""

    id: str
    why: str
    task: Task
    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    """Sentence → the name of its figure."""
    never: tuple[str, ...]
    """Texts in which none of the words stands as a word of its own."""


def phrase_words(entry: Entry) -> PhraseWords:
    """The record of one ``[[phrase]]``; raises ``RuleError`` where a field is wrong."""
    entry.only("id", "why", "task", "words", "examples", "never")
    task = entry.text("task")
    if task not in get_args(Task):
        raise entry.fault("task", f"one of {', '.join(get_args(Task))}")
    words = entry.texts("words")
    if not words or not all(words):
        raise entry.fault("words", "at least one word, none of them empty")
    return PhraseWords(
        entry.id, entry.text("why"), cast(Task, task), words, entry.readings("examples"), entry.texts("never")
    )


@cache
def phrases_of(rules: RuleSet) -> dict[str, Task]:
    """What each word does; a user's word before ours."""
    result: dict[str, Task] = {}
    for entry in rule_entries("phrase", rules):
        record = phrase_words(entry)
        for word in record.words:
            result.setdefault(word, record.task)
    return result


def task_of(word: str) -> Task | None:
    """What a word does around a figure; None for words that say something."""
    return phrases_of(active()).get(word)
