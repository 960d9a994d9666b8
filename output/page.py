"""The audit page: one file that opens offline and can be mailed, with no request to anywhere.

Where the reports make it too heavy to mail, their texts are packed, to a sixth or so of their size.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..model import Audit, Extraction
from ..notation import Both, Language
from .against import against, last_before
from .beside import Beside, beside
from .chamber import case, case_text, frame_text
from .counts import Counts, Tally
from .counts import tally as tally_of
from .page_figures import Figures, figures, tidy, weight, when
from .page_findings import Card, cards
from .page_part import MOST, Carried, carried
from .page_series import HEIGHT, WIDTH, Series, series
from .page_texts import Piece, ReportShown, shown
from .passages import legible, printable
from .records import Record, edtf, finding_record, report_record
from .summary import grouped, percentage, span
from .words import BOUNDS, DETAIL, KINDS, ROLES, SEVERITIES, STATES, State

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

_HERE = Path(__file__).parent
NAME = "audit.html"

LIMIT = 5_000_000
"""Bytes of report texts that the page carries as they are; more than that is packed."""
_BYTES = 4
"""A character of a report, with what marks it, comes to so many bytes."""
_BYTES = 8
"""A character of two reports side by side, with what marks it, comes to so many bytes."""
_SPOKEN = 5
"""How many findings the first screen tells."""
_LONG = 14
"""A figure of more characters may be broken at the end of a line."""
_MANY = 60
"""With more findings, those out of sight are laid out when they come near."""
_SERIES = 40
"""How many series are shown at once; the others when they are asked for."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One stretch of the coverage bar, which is 1000 wide."""

    state: State
    count: int
    share: str
    x: int
    width: int


def render(
    audit: Audit,
    language: Language | None = None,
    limit: int = LIMIT,
    pictures: Mapping[tuple[str, int], str] | None = None,
    tally: Tally | None = None,
    most: int = MOST,
) -> str:
    """The page. Everything that a report or a file name says is escaped.

    It opens in ``language``, if one is given, else in that of the browser; whoever changes it finds it so again. Texts of
    reports that come to more than ``limit`` bytes are packed, and unpacked when they are opened or searched.
    ``pictures``: where the pictures of pages are that lie beside it, by report and page; its passages link to them.
    ``tally``: the counts of the audit, where they are known. Of reports with more than ``most`` figures the page carries some,
    and says so.
    """
    counted = tally or tally_of(audit)
    part = carried(audit, most)
    found = figures(part.audit, pictures)
    texts = [text_of(shown(found, index)) for index in range(len(part.audit.extractions))]
    heavy = sum(len(text.encode("utf-8")) for text in texts) > limit
    return _main(found, part, counted, language, series(found), texts, packed=heavy)


def render_beside(both: Beside, language: Language) -> str:
    """A page that shows two reports side by side, and nothing else; it has no script."""
    style = _own("audit.css")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    page = environment().get_template("aligned.html.j2")
    return page.render(both=both, addresses=None, language=language, style=style, policy=policy)


def _besides(audit: Audit) -> list[tuple[Beside, tuple[str, str]]]:
    """The reports that were asked for, each beside the last one before it, and where its figures are; as many as the page can carry."""
    places = {report.name: place for place, report in enumerate(audit.reports)}
    found, size = [], 0
    for alignment in last_before(audit):
        if alignment.earlier not in places or alignment.later not in places:
            continue
        one, other = places[alignment.earlier], places[alignment.later]
        earlier, later = audit.reports[one], audit.reports[other]
        size += len(earlier.text) + len(later.text)
        if size > LIMIT // _BYTES:
            break
        found.append((beside(earlier, later, alignment), (f"#r{one}-", f"#r{other}-")))
    return found


def _main(
    found: Figures,
    part: Carried,
    counted: Tally,
    language: Language | None,
    lines: tuple[Series, ...],
    texts: list[Markup],
    *,
    packed: bool,
) -> str:
    audit = found.audit
    told = cards(found)
    spoken = [card for card in told if card.severity == "contradiction"][:_SPOKEN]
    count = counted.total
    covered = span(counted)
    return _page(
        "audit.html.j2",
        found,
        language,
        count=count,
        left_out=part.left_out,
        texts=texts,
        packed=[_packed(text) for text in texts] if packed else [],
        cards=told,
        many=len(told) > _MANY or len(lines) > _MANY,
        contradictions=counted.findings.get("contradiction", 0),
        suspicious=sum(counted.findings.get(name, 0) for name in ("revision", "suspicious")),
        against=against(audit),
        besides=_besides(audit),
        spoken=spoken,
        asked=[card for card in told if card.severity in ("revision", "suspicious")][: _SPOKEN - len(spoken)],
        filters=_filters(found, told),
        copies=json_of([card.copy for card in told]),
        question=json_of(_question(found, part.ids, counted)),
        span=covered or Both("", ""),
        checked_share=percentage(count.checked, count.quantities),
        read_share=percentage(count.read, count.numerals),
        bar=tuple(_bar(count)),
        series=lines[:_SERIES],
        more_series=lines[_SERIES:],
        packed_series=_packed(_charts(lines[_SERIES:])),
        reports=[_report(found, counted, index) for index in range(len(audit.extractions))],
        unread=[(each.report.name, _unread(each)) for each in audit.extractions if each.unread],
    )


def _page(template: str, found: Figures, language: Language | None, **context: object) -> str:
    """A page with its style, its script and the policy that allows nothing else."""
    style, script = _own("audit.css"), _own("audit.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template(template).render(
        audit=found.audit,
        found=found,
        language=language,
        style=style,
        script=script,
        policy=policy,
        words=script_words(),
        states=STATES,
        severities=SEVERITIES,
        size=(WIDTH, HEIGHT),
        **context,
    )  # fmt: skip


def script_words() -> Markup:
    """What the script of the page says."""
    states = {state.name: state.label for state in STATES}
    return json_of({"states": states, "roles": ROLES, "bounds": BOUNDS, "kinds": KINDS, "detail": DETAIL})


def _packed(text: str) -> str:
    """A text that the script of the page can unpack: zlib, in Base64."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def _question(found: Figures, ids: Iterable[str], counted: Tally) -> Record:
    """For whoever picks findings: their ids, each in the words of a written question, and what stands around them."""
    extractions = {extraction.report.name: extraction for extraction in found.audit.extractions}
    reports = {name: report_record(extraction, counted.reports[name]) for name, extraction in extractions.items()}
    named = zip(found.audit.findings, ids, strict=True)
    rows: list[Record] = []
    for finding, identity in sorted(named, key=lambda pair: weight(pair[0])):
        first = finding.mentions[0].report if finding.mentions else None
        rows.append({"finding_id": identity, "report": first, **finding_record(finding, extractions)})
    return {
        "ids": [printable(str(row["finding_id"])) for row in rows],
        "cases": [case_text(case(row, reports)) for row in rows],
        "frame": frame_text(),
    }


def _charts(lines: tuple[Series, ...]) -> str:
    return environment().get_template("series.html.j2").render(series=lines, size=(WIDTH, HEIGHT))


def text_of(report: ReportShown) -> Markup:
    """A report's text, escaped, with what was read in it as data beside it."""
    from markupsafe import Markup

    data = json_of({"figures": report.details, "ties": report.ties})
    return Markup(environment().get_template("report.html.j2").render(report=report, data=data, states=STATES))


@cache
def environment(folder: Path | None = None) -> jinja2.Environment:
    """What the pages are made with; the templates of ``folder`` go before those of the audit page."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([_HERE] if folder is None else [folder, _HERE]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"grouped": grouped, "printable": printable, "tidy": tidy, "marked": _marked}
    return made


def _marked(pieces: Iterable[Piece]) -> Markup:
    """Text with its figures as links to themselves, all of it escaped; here, for there may be ten thousands of them."""
    from markupsafe import Markup, escape

    made = []
    for piece in pieces:
        if not piece.anchor:
            made.append(escape(piece.text))
        elif not piece.state:
            made.append(Markup('<span id="{}"></span>').format(piece.anchor))
        else:
            long = " long" if len(piece.text) > _LONG else ""
            looks = f"f {piece.state}{' d' if piece.date else ''}{long}"
            rest = "" if piece.first else ' tabindex="-1"'
            made.append(
                Markup(f'<a class="{looks}" id="{piece.anchor}" href="#{piece.anchor}"{rest}>{escape(piece.text)}</a>')
            )
    return Markup("".join(made))


@cache
def _own(name: str) -> Markup:
    """Our own style or script, the only thing that goes in as it is: its hash must be the one in the policy."""
    from markupsafe import Markup

    return Markup((_HERE / name).read_text(encoding="utf-8"))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def json_of(value: object) -> Markup:
    """JSON that can end no element and begin no comment."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _bar(count: Counts) -> Iterator[_Stretch]:
    total = count.quantities
    passed = 0
    for state in STATES[:-1]:
        figures_: int = getattr(count, state.name)
        x = passed * 1000 // total if total else 0
        passed += figures_
        width = (passed * 1000 // total if total else 0) - x
        yield _Stretch(state, figures_, percentage(figures_, total), x, width)


def _filters(found: Figures, told: tuple[Card, ...]) -> list[tuple[str, Both, list[tuple[str, Both]]]]:
    """The choices of each filter, those that occur."""

    def plain(values: set[str]) -> list[tuple[str, Both]]:
        return [(value, Both(value, value)) for value in sorted(values)]

    reports = sorted({index for card in told for index in card.reports})
    codes = {card.code: card.sum.kind if card.sum else None for card in told}
    present = {card.severity for card in told}
    names = [printable(report.name) for report in found.audit.reports]
    choices: list[tuple[str, Both, list[tuple[str, Both]]]] = [
        ("report", Both("報告", "Report"),
         [(str(index), Both(names[index], names[index])) for index in reports]),
        ("check", Both("檢核", "Check"),
         [(code, Both(f"{kind.zh}（{code}）", f"{kind.en} ({code})") if kind else Both(code, code))
          for code, kind in sorted(codes.items(), key=lambda item: item[0])]),
        ("severity", Both("嚴重程度", "Severity"),
         [(name, gravity.label) for name, gravity in SEVERITIES.items() if name in present]),
        ("indicator", Both("指標", "Indicator"), plain({one for card in told for one in card.indicators})),
        ("agency", Both("機關", "Agency"), plain({one for card in told for one in card.agencies})),
    ]  # fmt: skip
    return [one for one in choices if one[2]]


def _report(found: Figures, counted: Tally, index: int) -> Record:
    extraction = found.audit.extractions[index]
    count = counted.reports[extraction.report.name]
    record = report_record(extraction, count)
    record["report"] = printable(extraction.report.name)
    record["title"] = tidy(extraction.report.title)
    record["agency"] = printable(extraction.agency or "")
    record["period"] = when(edtf(extraction.period))
    record["findings"] = counted.findings_in[extraction.report.name]
    record["checked"] = percentage(count.checked, count.quantities)
    record["href"] = f"#report-{index}"
    return record


def _unread(extraction: Extraction) -> list[tuple[int, str, str, str]]:
    """The numerals that nothing understood, with their line and a few characters of context."""
    report = extraction.report
    return [
        (
            report.line(entry.start),
            legible(report.text[max(0, entry.start - 16) : entry.start]).lstrip(),
            legible(entry.text),
            legible(report.text[entry.end : entry.end + 12]).rstrip(),
        )
        for entry in extraction.unread
    ]
