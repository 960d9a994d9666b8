"""heshu inside spaCy: ``nlp.add_pipe("heshu")`` gives spans, readings and facts.

>>> import spacy                                              # doctest: +SKIP
>>> nlp = spacy.blank("zh")                                   # doctest: +SKIP
>>> nlp.add_pipe("heshu")                                     # doctest: +SKIP
>>> doc = nlp("108年10月計有409人參加。")                     # doctest: +SKIP
>>> [(s.text, s.label_) for s in doc.spans["heshu"]]          # doctest: +SKIP
[('108年10月', 'DATE'), ('409人', 'QUANTITY')]

Everything that is kept on the document is plain data (text, numbers as exact strings, lists, dictionaries), so that
documents can be stored, and handed between processes by ``nlp.pipe(texts, n_process=2)``.
"""

from __future__ import annotations

from fractions import Fraction

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..corpus.read import read_text
from ..model import Extraction, Fact, Mention, Number
from . import extract

Reading = dict[str, object]

_LABELS = {"quantity": "QUANTITY", "date": "DATE"}
_DOC_ATTRIBUTES = ("heshu_facts", "heshu_unread", "heshu_report")


class HeshuComponent:
    """Reads each document as a report.

    - ``doc.spans[spans_key]``: the mentions, labelled ``QUANTITY`` or ``DATE``
    - ``span._.heshu``: the reading of such a span: ``value``, ``unit`` … or ``edtf``
    - ``doc._.heshu_facts``: the facts, with reading, place and meaning
    - ``doc._.heshu_unread``: numerals that nothing understood, with their place
    - ``doc._.heshu_report``: agency, period and date of issue of the whole
    """

    def __init__(self, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Read ``doc`` and mark what was found; a span that cuts a token takes the whole token."""
        extraction = extract(read_text(doc.text, self.name))
        spans = []
        for mention in extraction.mentions:
            span = doc.char_span(mention.start, mention.end, label=_LABELS[mention.kind], alignment_mode="expand")
            if span is not None:
                span._.heshu = _reading(mention)
                spans.append(span)
        doc.spans[self.spans_key] = spans
        doc._.heshu_facts = [_fact(fact) for fact in extraction.facts]
        doc._.heshu_unread = [_place(entry.start, entry.end, entry.text) for entry in extraction.unread]
        doc._.heshu_report = _report(extraction)
        return doc


@Language.factory("heshu", default_config={"spans_key": "heshu"}, assigns=["doc.spans"])
def create_heshu(nlp: Language, name: str, spans_key: str) -> HeshuComponent:
    """Make the component; its attributes are there from now on."""
    if not Span.has_extension("heshu"):
        Span.set_extension("heshu", default=None)
    for attribute in _DOC_ATTRIBUTES:
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=None)
    return HeshuComponent(name, spans_key)


def _place(start: int, end: int, text: str) -> Reading:
    return {"start": start, "end": end, "text": text}


def _reading(mention: Mention) -> Reading:
    if mention.kind == "date":
        return {"type": "date", "edtf": mention.edtf}
    return {
        "type": "quantity",
        "value": _number(mention.value),
        "value_max": _number(mention.value_max),
        "unit": mention.unit,
        "bound": mention.bound,
        "paren": _number(mention.paren),
        "distributed": mention.distributed,
    }


def _fact(fact: Fact) -> Reading:
    mention = fact.mention
    return (
        _place(mention.start, mention.end, mention.text)
        | _reading(mention)
        | {
            "agency": fact.agency,
            "section": list(fact.section),
            "indicator": fact.indicator,
            "category": fact.category,
            "role": fact.role,
            "sign": fact.sign,
            "period": fact.period.edtf if fact.period else None,
        }
    )


def _report(extraction: Extraction) -> Reading:
    period, issued = extraction.period, extraction.issued
    return {
        "agency": extraction.agency,
        "period": period.edtf if period else None,
        "issued": issued.edtf if issued else None,
    }


def _number(value: Number | None) -> str | None:
    """Exact and written out: 4262058114, 0.25, 1/3."""
    if value is None:
        return None
    return str(value) if isinstance(value, Fraction) else format(value, "f")
