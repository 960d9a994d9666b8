"""The rules at work: every rule in one list, its examples run, and what the rules make of a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..model import Fact, LedgerEntry, Mention, Relation
from ..notation import Language
from ..output.words import ROLES
from ..rules.catalogue import Rule, catalogue
from ..rules.registry import OURS, RuleSet, using


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not come out as its rule says."""

    rule: Rule
    example: str
    wanted: str
    got: str


def all_rules(rules: RuleSet = OURS) -> tuple[Rule, ...]:
    """Every rule of a set."""
    return catalogue(rules)


def failures(rule: Rule, rules: RuleSet = OURS) -> Iterator[Failure]:
    """The examples and counter-examples of a rule that do not come out as they must; none if all is well."""
    from ..extract.trials import TRIALS, counter_example, example

    if rule.kind not in TRIALS:
        return
    with using(rules):
        for text, reading in rule.examples:
            wanted, got = example(rule, text, reading)
            if wanted != got:
                yield Failure(rule, text, wanted, got)
        for text in rule.never:
            if got := counter_example(rule, text):
                yield Failure(rule, text, "", got)


# --- what the rules make of a text -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that a rule has read or recognised, or a numeral that none has."""

    start: int
    end: int
    text: str
    kind: str
    """``quantity``, ``date``, ``recognised`` or ``unread``."""
    reading: str
    rules: tuple[str, ...]
    """Names of the rules, the one that read it first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the rules make of a text."""

    pieces: tuple[Piece, ...]
    relations: tuple[Relation, ...]


def explain(text: str, rules: RuleSet = OURS, language: Language = "zh-TW") -> Explanation:
    """What each rule reads in ``text``, in order, with the ties between the figures; roles in words of a language."""
    from ..corpus.read import read_text
    from ..pipeline import extract
    from ..rules.consistency import relate

    with using(rules):
        extraction = extract(read_text(text))
        relations = tuple(relate(extraction.report, extraction.mentions, extraction.facts))
    facts = {fact.mention: fact for fact in extraction.facts}
    known = {rule.name for rule in catalogue(rules)}
    pieces = [_mention_piece(mention, facts.get(mention), known, language) for mention in extraction.mentions]
    pieces += [_entry_piece(entry) for entry in extraction.ledger if entry.fate != "mention"]
    return Explanation(tuple(sorted(pieces, key=lambda piece: (piece.start, piece.end))), relations)


def _mention_piece(mention: Mention, fact: Fact | None, known: Collection[str], language: Language) -> Piece:
    from ..extract.trials import reading_of

    rules = [mention.rule]
    reading = reading_of(mention)
    if fact is not None:
        reading += f" [{ROLES[fact.role].of(language)}{fact.sign or ''}]"
        rules.append(f"role.{fact.by('role').removesuffix('>part')}")
        if (named := f"indicator.{fact.by('indicator')}") in known:
            rules.append(named)
    return Piece(mention.start, mention.end, mention.text, mention.kind, reading, tuple(rules))


def _entry_piece(entry: LedgerEntry) -> Piece:
    rules = (entry.rule,) if entry.rule else ()
    return Piece(entry.start, entry.end, entry.text, entry.fate, "", rules)
