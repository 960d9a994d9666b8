"""Rule files: TOML in, checked records out; a mistake is answered with file, line, field and what was expected."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import regex


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

    def fault(self, field: str, expected: str) -> RuleError:
        """The error to raise where ``field`` is wrong."""
        known = self.fields.get("id", "without id")
        return RuleError(
            f"{self.file}, line {self.line}, [[{self.name}]] {known}, field '{field}': expected {expected}"
        )

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

    def pattern(self, field: str, atoms: Mapping[str, str], default: str | None = None) -> str:
        """A pattern with its atoms ``{NAME}`` filled in; it must compile, and it must not match the empty text."""
        raw = self.text(field, default)
        for name, atom in atoms.items():
            raw = raw.replace("{" + name + "}", atom)
        try:
            compiled = regex.compile(raw, regex.VERBOSE)
        except regex.error as error:
            raise self.fault(field, f"a pattern of the regex module ({error})") from error
        if raw and compiled.fullmatch(""):
            raise self.fault(field, "a pattern that does not match the empty text")
        return raw

    def only(self, *fields: str) -> None:
        """Refuse fields that nobody reads: most often a slip in their name."""
        for field in self.fields:
            if field not in fields:
                raise self.fault(field, f"one of {', '.join(fields)}")


def entries(name: str, source: str, text: str) -> Iterator[Entry]:
    """The tables ``[[name]]`` of a rule file's text, in order. ``source`` is the file's name, for messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{source}: expected TOML ({error})") from error
    tables = data.pop(name, [])
    if data:
        raise RuleError(f"{source}: expected only [[{name}]], found {', '.join(sorted(data))}")
    if not isinstance(tables, list):
        raise RuleError(f"{source}: expected [[{name}]] in double brackets")
    heads = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{name}]]"]
    seen: set[str] = set()
    for line, fields in zip(heads, tables, strict=True):
        entry = Entry(source, line, name, fields)
        identity = entry.text("id")
        if identity in seen:
            raise entry.fault("id", f"an id of its own; '{identity}' stands twice")
        seen.add(identity)
        entry.text("why")
        yield entry


def own_rules(file: str) -> str:
    """The text of a rule file that the package carries."""
    return (files(__package__) / file).read_text(encoding="utf-8")


def rule_text(path: Path) -> str:
    """The text of a user's rule file."""
    return path.read_text(encoding="utf-8")
