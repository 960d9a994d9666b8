"""The nouns of heshu: what every room hands to the next. Frozen, on the ground floor with ``period``.

All offsets are character offsets into the text as it was read from the source: ``report.text[start:end]`` is what
stands there, whatever the cleaning joined or dropped. Numbers are exact (``Decimal``, or ``Fraction`` where a fraction
is stated). Times are ``Period`` values; their EDTF (ISO 8601-2) text is written where data leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from .period import Grain as Grain
from .period import Period as Period
from .period import Point as Point
from .places import Places

Number = Decimal | Fraction

WRITTEN = ".heshu-written"
"""The list, in a folder that a run has written, of its files: none of them is a report."""
ACROSS = "*"
"""The path of a problem that is no single input's."""

BlockKind = Literal["heading", "paragraph", "item", "table", "footnote", "residue"]
MentionKind = Literal["quantity", "date"]
Bound = Literal["at_least", "at_most", "more_than", "less_than", "about"]
Role = Literal["actual", "delta", "rate", "target", "rule", "former"]
FactField = Literal["role", "period", "indicator", "category", "agency", "unit"]
Rounding = Literal["round", "truncate", "neither"]
State = Literal["final", "running", "plan", "forecast", "standard", "level"]
Severity = Literal["contradiction", "revision", "suspicious", "note"]
Fate = Literal["mention", "recognised", "unread"]
RelationKind = Literal[
    "sum", "ratio", "difference", "change", "growth", "same", "dates",
    "count", "duration", "part_of", "threshold", "mean", "product", "series",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. ``start`` and ``end`` are offsets into the *block's* text; rows and columns count from 0."""

    row: int
    column: int
    start: int
    end: int
    header: bool = False
    """The cell names its row or column and holds no figure of its own."""
    row_span: int = 1
    column_span: int = 1
    """How many rows and columns a merged cell covers, from its own on."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table: text that reads on its own, cleaned, with the way back.

    ``text`` is the cleaned text: hard-wrapped lines joined, spaces between Chinese characters dropped, characters
    folded to their ordinary width (NFKC, so ``（`` is ``(``, ``，`` is ``,``, ``％`` is ``%``). ``offsets[i]`` is the
    offset of ``text[i]`` in the report. In a table, cells are parted by a tab and rows by a line feed.
    ``residue`` is page furniture (page numbers, running heads, bookmarks); it holds nothing to be read.
    """

    kind: BlockKind
    text: str
    offsets: tuple[int, ...] = field(repr=False)
    marker: str = ""
    """The list or heading mark that opens the block, as in ``text`` (``一、``, ``(1)``); ``text`` begins with it."""
    level: int = 0
    """Depth of a heading or an item below the report's title, from 1; 0 where there is none."""
    path: tuple[str, ...] = ()
    """The headings above, outermost first, without their marks."""
    cells: tuple[Cell, ...] = ()
    page: int | None = None

    @property
    def start(self) -> int:
        """Offset of the first character in the report."""
        return self.offsets[0] if self.offsets else 0

    @property
    def end(self) -> int:
        """Offset behind the last character in the report."""
        return self.offsets[-1] + 1 if self.offsets else 0


@dataclass(frozen=True, slots=True)
class Given:
    """Of what time a report speaks, as somebody says who knows."""

    period: Period | None = None
    issued: Period | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A report as it was read: its text, untouched, and its blocks in reading order."""

    id: str
    """First 16 hexadecimal digits of the SHA-256 of the file's bytes."""
    name: str
    """File name; the name by which output refers to the report."""
    title: str
    text: str
    blocks: tuple[Block, ...]
    path: str | None = None
    encoding: str = "utf-8"
    """Encoding of a plain text; the name of the format of any other file."""
    places: Places | None = None
    """Where its characters stand on the page, for formats that have places."""
    gaps: tuple[Problem, ...] = ()
    """Parts of the file that could not be read, each with its reason."""
    given: Given = Given()
    """What is known of its time from elsewhere; it goes before all that the text says."""

    def line(self, offset: int) -> int:
        """The number of the line, from 1, on which ``offset`` stands."""
        return self.text.count("\n", 0, offset) + 1

    def __repr__(self) -> str:
        return f"<Report {self.name!r}: {len(self.text)} characters, {len(self.blocks)} blocks>"


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity or a date as it stands in a report, with its reading."""

    report: str
    """Name of the report."""
    kind: MentionKind
    start: int
    end: int
    text: str
    block: int
    """Index into ``report.blocks``."""
    block_start: int
    """Where the mention begins in the block's cleaned text."""
    block_end: int
    rule: str
    """Id of the rule that read it."""
    value: Number | None = None
    value_max: Number | None = None
    """Upper end of a range; ``value`` is then the lower."""
    unit: str | None = None
    step: Decimal | None = None
    """Place value of the last digit that was written, multiplied out: 1 for 12人, 10000 for 3萬元, 0.01 for 27.87%."""
    bound: Bound | None = None
    paren: Decimal | None = None
    """Number in brackets behind the figure: posts held concurrently, 586（4）人."""
    distributed: int | None = None
    """How many items the figure applies to: 專員及助理員各1人 has 2."""
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one numeral of the report: every numeral has exactly one entry."""

    start: int
    end: int
    text: str
    fate: Fate
    rule: str
    """Rule that read or recognised it; empty if unread."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What gave one field of a fact."""

    field: FactField
    record: str
    """Id of the record, or of the manner in which it was read."""
    source: tuple[int, int] | None = None
    """Offsets in the report of the words that it went by: the date, the cue."""
    because: tuple[str, ...] = ()
    """Where it was chosen among several: the features that weighed most for it, with their weights."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity with its meaning. The columns of the facts table are made from this."""

    mention: Mention
    agency: str | None
    section: tuple[str, ...]
    indicator: str
    category: str | None
    role: Role
    sign: Literal["+", "-"] | None
    """Direction of a delta."""
    period: Period | None
    """The time that the value speaks of; None for a standing rule, and where it is open."""
    trace: tuple[Trace, ...]
    """For each field that was read, the record that gave it and the words that it went by."""
    confidence: Decimal
    page: int | None = None
    state: State | None = None
    """What the figure claims to be: final, where its period was over when the report spoke; running, where it was not;
    a level at a day; a plan, a forecast, a standard. None where the time is not told."""
    as_of: str | None = None
    """EDTF: the day, month or year in which the report speaks."""

    def by(self, name: FactField) -> str:
        """The record that gave a field; empty where none did."""
        for trace in self.trace:
            if trace.field == name:
                return trace.record
        return ""


@dataclass(frozen=True, slots=True, repr=False)
class Extraction:
    """All that was read in one report: ``ledger`` says of every numeral of the text what became of it."""

    report: Report
    agency: str | None
    period: Period | None
    """The span that the report covers; None where nothing tells it."""
    issued: Period | None
    """The day, month or year in which the report speaks."""
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    ledger: tuple[LedgerEntry, ...]
    year_open: bool = False
    """Dates and periods hang on the year of which the report speaks, and nothing tells it well enough."""

    @property
    def unread(self) -> tuple[LedgerEntry, ...]:
        """The numerals that nothing understood."""
        return tuple(entry for entry in self.ledger if entry.fate == "unread")

    def __repr__(self) -> str:
        return (
            f"<Extraction of {self.report.name!r}: {len(self.mentions)} mentions, {len(self.facts)} facts, "
            f"{len(self.unread)} numerals unread>"
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """An arithmetic or temporal tie between mentions.

    ``result`` and ``terms``: total and parts; rate, numerator and denominator; difference, minuend and subtrahend;
    after, before and deltas; growth percentage, level and delta. ``signs`` go with ``terms``.
    """

    kind: RelationKind
    result: Mention
    terms: tuple[Mention, ...]
    signs: tuple[Literal["+", "-"], ...]
    stated: str
    """The result as the report states it, multiplied out."""
    computed: str
    """The result as the terms give it."""
    holds: bool | None
    """None where the stated precision does not decide."""
    rule: str
    """Id of the check and of the construction it was recognised by (``sum.bracket``)."""
    rounding: Rounding | None = None
    confidence: Decimal = Decimal(1)
    items: tuple[str, ...] = ()
    """What is listed, where things without a figure of their own are counted."""


@dataclass(frozen=True, slots=True)
class AlignedPassage:
    """A paragraph or table of the later report and what it was in the earlier one: places of blocks.

    ``earlier`` is None for what is new, ``later`` for what is gone.
    """

    earlier: int | None
    later: int | None
    likeness: float
    """From 0, nothing in common, to 1, the same words."""


@dataclass(frozen=True, slots=True)
class AlignedFigure:
    """A figure, or a date, of the later report and the one that stood in its place in the earlier one."""

    earlier: Mention
    later: Mention
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two reports of one body, passage by passage and figure by figure."""

    earlier: str
    """Name of the earlier report."""
    later: str
    passages: tuple[AlignedPassage, ...]
    """What belongs together, in the order of the later report; then what is gone, then what is new."""
    figures: tuple[AlignedFigure, ...]
    """In the order of the later report; no figure stands in two pairs."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A figure, and the value that would make it agree."""

    figure: Mention
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an auditor reads: something that does not add up, with its evidence."""

    code: str
    severity: Severity
    message_zh: str
    message_en: str
    relation: Relation | None
    mentions: tuple[Mention, ...]
    """The spans to show, the most telling first."""
    confidence: Decimal = Decimal(1)
    mends: tuple[Mend, ...] = ()
    """What single figure, changed to what, would make all agree; the likeliest first."""
    kin: tuple[Relation, ...] = ()
    """The other broken relations that have the same root."""
    bearing: tuple[Relation, ...] = ()
    """Relations that hold and bear out one of its figures: what they confirm is unlikely to be the wrong one."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not shown, and why."""

    finding: Finding
    by: Literal["selection", "baseline", "comment", "before", "elsewhere"]
    """Not asked for; accepted in a baseline; set aside in the report; told by the audit before; not against earlier reports."""
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that could not be read, or a report on which something unexpected happened."""

    path: str
    code: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True, repr=False)
class Body:
    """Reports that are held against each other, with all that ties them."""

    extractions: Sequence[Extraction]
    within: Sequence[Sequence[Relation]]
    """The relations inside of each report, where they are told apart from those across."""
    across: Sequence[Relation]
    """The other relations, or all."""
    alignments: Sequence[Alignment]


@dataclass(frozen=True, slots=True, repr=False)
class Audit:
    """Everything that one run found. Whatever lists several reports is in the order of their names."""

    extractions: Sequence[Extraction]
    relations: Sequence[Relation]
    """The arithmetic between figures, also where it holds."""
    findings: tuple[Finding, ...]
    """What does not add up."""
    problems: tuple[Problem, ...]
    """What could not be read, and warnings; an audit is of the rest alone."""
    notes: tuple[str, ...] = field(default=())
    suppressed: tuple[Suppressed, ...] = ()
    """Findings that were left out on request or accepted before."""
    alignments: Sequence[Alignment] = ()
    """Reports beside those that they were edited from."""
    asked: tuple[str, ...] = ()
    """The names of the reports that are held against the others, where only what these say is asked for."""
    bodies: Sequence[Body] = ()
    """The same once more, body by body, where there is too much to hold all of it at once."""
    known: Sequence[tuple[str, str]] = ()
    """Name and id of each report, where that is known without reading them."""
    remarked: frozenset[str] | None = None
    """The names of those alone that may hold comments for this program; None: any may."""

    @property
    def parts(self) -> Sequence[Body]:
        """What whoever works on everything goes through, one after another."""
        return self.bodies or (Body(self.extractions, (), self.relations, self.alignments),)

    @property
    def names(self) -> Sequence[tuple[str, str]]:
        """Name and id of each report, in their order."""
        return self.known or [(each.report.name, each.report.id) for each in self.extractions]

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that were read, by name."""
        return tuple(extraction.report for extraction in self.extractions)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of all reports, in order."""
        return tuple(fact for extraction in self.extractions for fact in extraction.facts)

    def __repr__(self) -> str:
        parts = ("extractions", "facts", "relations", "findings", "problems")
        return f"<{type(self).__name__}: {', '.join(f'{len(getattr(self, part))} {part}' for part in parts)}>"
