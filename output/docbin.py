"""Reports as spaCy documents, the mentions as spans: for training, for displaCy, for whoever works in spaCy.

A document is one report, character for character; ``doc.spans["heshu"]`` are its mentions, labelled ``QUANTITY`` or
``DATE``; ``span._.heshu`` is the reading. Tokens are what ``spacy.blank("zh")`` makes: one a character.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model import Audit, Extraction
from .records import Record, fact_record, mention_record

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

KEY = "heshu"
MOST = 4_000_000
"""Characters of text in one file: a ``DocBin`` is read and written whole."""


def docbins(audit: Audit, most: int = MOST) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a ``DocBin``, and of further ones where the reports have more than ``most`` characters."""
    from spacy.tokens import DocBin, Span
    from spacy.vocab import Vocab

    if not Span.has_extension(KEY):
        Span.set_extension(KEY, default=None)

    def empty() -> tuple[DocBin, Vocab]:
        return DocBin(attrs=["ORTH", "SPACY"], store_user_data=True), Vocab()

    number, size = 1, 0
    packed, vocabulary = empty()
    for extraction in audit.extractions:
        length = len(extraction.report.text)
        if size and size + length > most:
            yield _name(number), packed.to_bytes()
            number, size = number + 1, 0
            packed, vocabulary = empty()
        packed.add(_document(extraction, vocabulary))
        size += length
    yield _name(number), packed.to_bytes()


def _name(number: int) -> str:
    return "facts.spacy" if number == 1 else f"facts.{number}.spacy"


def _document(extraction: Extraction, vocabulary: Vocab) -> Doc:
    from spacy.tokens import Doc
    from spacy.util import get_words_and_spaces

    report = extraction.report
    words, spaces = get_words_and_spaces(list(report.text), report.text)
    doc = Doc(vocabulary, words=words, spaces=spaces)
    facts = {(fact.mention.start, fact.mention.end): fact for fact in extraction.facts}
    spans = []
    for mention in extraction.mentions:
        label = "QUANTITY" if mention.kind == "quantity" else "DATE"
        span = doc.char_span(mention.start, mention.end, label=label, alignment_mode="expand")
        if span is None:
            continue
        reading: Record = mention_record(mention)
        fact = facts.get((mention.start, mention.end))
        if fact is not None and mention.kind == "quantity":
            reading |= fact_record(extraction, fact)
        span._.set(KEY, reading)
        spans.append(span)
    doc.spans[KEY] = spans
    doc.user_data["report"] = report.name
    doc.user_data["report_id"] = report.id
    return doc
