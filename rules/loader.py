"""Rule files: TOML in, checked entries out; a mistake is answered with file, line, field and what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import regex

from .bounded import BoundedPattern, Pattern
from .kept import compiled, keep, load


class RuleError(ValueError):
    """A rule file holds a mistake. The message names file, line and field, and says what is expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a rule file, with its place, for records to be made from."""

    file: str
    line: int
    name: str
    """Name of the array of tables: ``unit``, ``mark`` …"""
    fields: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line on which each field begins."""
    ours: bool = True
    """The package carries it; a user's own entry is checked more strictly, and its patterns are bounded by time."""
    bounded: bool = False
    """Its patterns are bounded by time although it is ours: they are made of something of a user's."""

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.text("id")

    def fault(self, field: str, expected: str) -> RuleError:
        """The error to raise where ``field`` is wrong."""
        known = self.fields.get("id", "without id")
        line = self.lines.get(field, self.line)
        return RuleError(f"{self.file}, line {line}, [[{self.name}]] {known}, field '{field}': expected {expected}")

    def text(self, field: str, default: str | None = None) -> str:
        """A string field; required where there is no default."""
        value = self.fields.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(field, "a text")
        return value

    def flag(self, field: str) -> bool:
        """A field that is true or false, and false where it is missing."""
        value = self.fields.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(field, "true or false")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of strings, empty where it is missing."""
        value = self.fields.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(field, "a list of texts")
        return tuple(value)

    def readings(self, field: str) -> tuple[tuple[str, str], ...]:
        """A table of text → reading, empty where it is missing."""
        value = self.fields.get(field, {})
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self.fault(field, "a table of text = reading")
        return tuple(value.items())

    def marked(self, field: str) -> tuple[str, ...]:
        """Texts, each with the part that it is about in 【 】."""
        value = self.texts(field)
        if not value or not all(re.fullmatch("[^【】]*【[^【】]+】[^【】]*", text) for text in value):
            raise self.fault(field, "at least one text with the claimed part in 【 】")
        return value

    def pattern(self, field: str, atoms: Mapping[str, str], default: str | None = None) -> str:
        """A pattern with its atoms ``{NAME}`` filled in; it must compile, and it must not match the empty text.

        That is tried of a user's patterns when they are read; of ours, which are many, by the tests.
        """
        raw = filled(self, field, self.text(field, default), atoms)
        if raw and not self.ours and self._regex(field, raw).fullmatch(""):
            raise self.fault(field, "a pattern that does not match the empty text")
        return raw

    def compiled(self, field: str, raw: str) -> Pattern:
        """``raw`` ready for use; in a user's rule it is bounded by time."""
        found = self._regex(field, raw)
        return found if self.ours and not self.bounded else BoundedPattern(found, self.name, self.id, self.file, field)

    def _regex(self, field: str, raw: str) -> regex.Pattern[str]:
        try:
            return compiled(raw, regex.VERBOSE)
        except regex.error as error:
            raise self.fault(field, f"a pattern of the regex module ({error})") from error

    def only(self, *fields: str) -> None:
        """Refuse fields that nobody reads: most often a slip in their name."""
        for name in self.fields:
            if name not in fields:
                raise self.fault(name, f"one of {', '.join(fields)}")


_ATOM = re.compile(r"(?<!\\[pPNgkx])\{([A-Za-z_]\w*)\}")


def filled(entry: Entry, field: str, raw: str, atoms: Mapping[str, str]) -> str:
    """``raw`` with its atoms filled in; a name that no atom has is a mistake."""

    def piece(match: re.Match[str]) -> str:
        if match[1] not in atoms:
            raise entry.fault(field, f"names of atoms ({', '.join(atoms)}); '{match[1]}' is none")
        return atoms[match[1]]

    return _ATOM.sub(piece, raw)


def parse(source: str, text: str, kinds: Sequence[str], *, ours: bool = True) -> tuple[Entry, ...]:
    """The entries of a rule file's text, in order. ``source`` is the file's name, for messages."""
    data, heads = _own_file(source, text) if ours else _read(source, text)
    for name in data:
        if name not in kinds:
            line = str(next((head.line for head in heads if head.name == name), _line_of(name, text)))
            wanted = ", ".join(f"[[{kind}]]" for kind in kinds)
            raise RuleError(f"{source}, line {line}: expected only {wanted}; found '{name}'")
    tables: list[Entry] = []
    for name, found in data.items():
        own = [head for head in heads if head.name == name]
        if not isinstance(found, list) or len(found) != len(own):
            raise RuleError(
                f"{source}, line {_line_of(name, text)}: expected each entry under a line [[{name}]] of its own"
            )
        tables += [
            Entry(source, head.line, name, fields, head.fields, ours) for head, fields in zip(own, found, strict=True)
        ]
    tables.sort(key=lambda entry: entry.line)
    _check_identities(tables)
    return tuple(tables)


_File = tuple[dict[str, Any], list["_Head"]]
"""What a rule file holds, and where in it each entry begins."""


def _own_file(source: str, text: str) -> _File:
    """What one of our files holds; kept from run to run together with its text, since reading TOML takes long."""
    name = f"rules-{source}"
    kept = load(name)
    if isinstance(kept, tuple) and kept[0] == text:
        return kept[1], [_Head(*head) for head in kept[2]]
    data, heads = _read(source, text)
    keep(name, (text, data, [(head.name, head.line, head.fields) for head in heads]))
    return data, heads


def _read(source: str, text: str) -> _File:
    try:
        return tomllib.loads(text), list(_heads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column \d+\)| \(at end of document\)", str(error))
        line = place[1] if place and place[1] else str(text.count("\n") + 1)
        reason = str(error)[: place.start()] if place else str(error)
        raise RuleError(f"{source}, line {line}: expected TOML ({reason})") from error


def entries(name: str, source: str, text: str) -> Iterator[Entry]:
    """The entries ``[[name]]`` of a rule file that holds nothing else."""
    yield from parse(source, text, (name,))


def _check_identities(tables: Sequence[Entry]) -> None:
    seen: set[tuple[str, str]] = set()
    for entry in tables:
        identity = (entry.name, entry.text("id"))
        if identity in seen:
            raise entry.fault("id", f"an id of its own; '{identity[1]}' stands twice")
        seen.add(identity)
        if not entry.flag("disable"):
            entry.text("why")


@dataclass(frozen=True, slots=True)
class _Head:
    """A line ``[[name]]``, and the lines on which the fields below it begin."""

    name: str
    line: int
    fields: dict[str, int]


_HEAD_LINE = re.compile(r"\s*\[\[\s*[\"']?([\w-]+)[\"']?\s*\]\]\s*(?:#.*)?")
_FIELD_LINE = re.compile(r"\s*(?:\[\s*[\w-]+\s*\.\s*)?[\"']?([\w-]+)[\"']?\s*[.=\]]")


def _heads(text: str) -> Iterator[_Head]:
    """The heads of a file, which must be TOML. What stands inside a string over several lines is none."""
    current: _Head | None = None
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if head := _HEAD_LINE.fullmatch(line):
            if current:
                yield current
            current = _Head(head[1], number, {})
        elif current and (found := _FIELD_LINE.match(line)):
            current.fields.setdefault(found[1], number)
        for quotes in ("'''", '"""'):
            if line.count(quotes) % 2:
                inside = quotes
    if current:
        yield current


def _line_of(name: str, text: str) -> int:
    """The first line that names ``name`` at its beginning."""
    pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def own_rules(file: str) -> str:
    """The text of a rule file that the package carries."""
    return (files(__package__) / file).read_text(encoding="utf-8")


def rule_text(path: Path) -> str:
    """The text of a user's rule file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise RuleError(f"{path}, line {line}: expected text in UTF-8") from error
    except OSError as error:
        raise RuleError(f"{path}: expected a file that can be read ({error.strerror})") from error
