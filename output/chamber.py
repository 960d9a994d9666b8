"""Findings for the chamber: a written question (書面質詢) or a letter to the department (函), as a document.

Both are made from the rows of the tables ``findings`` and ``reports`` alone, so that they can be written from an audit
that ran yesterday. They are in Chinese, the language of the council: Minguo days, sums of money by 億 and 萬.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..notation import calendar
from .document import Document, Grid, Paragraph, Run, grid_lines, plain, text, writers
from .mending import ways
from .mending import written as written_value
from .page_figures import tidy
from .passages import located, printable
from .records import Record
from .words import SEVERITIES

_DIGITS = "〇一二三四五六七八九"
_COMPUTED = frozenset({"sum", "ratio", "difference", "change", "growth", "count", "duration", "mean", "product"})
"""Kinds whose result follows from the other figures."""
_INNER = str.maketrans("「」", "『』")
"""Quotation marks within quotation marks."""
_MENDS = 3
"""So many ways to put a finding right are told."""
_BLANK = "　　　　"
"""What is left free to be filled in."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a document says besides its findings; what is empty is left free to be filled in."""

    to: str = ""
    """The department: whom the question is put to, who receives the letter. Empty: the agency of the reports."""
    sender: str = ""
    """Who asks or writes."""
    council: str = ""
    subject: str = ""
    day: str = ""
    """The day of the document, in EDTF."""
    by: str = ""
    """The day by which an answer is asked for, in EDTF."""


@dataclass(frozen=True, slots=True)
class Case:
    """A finding in the words of the chamber."""

    source: str
    """Which report, and where in it."""
    headline: str
    quotes: tuple[tuple[str, tuple[Run, ...]], ...]
    """Where, and what is said there, with the figures in question marked."""
    arithmetic: str
    should: str
    """What the figures would have to be; empty where that cannot be told."""
    grave: bool
    """The reports contradict themselves; else it is worth a question."""


def chosen(findings: Sequence[Record], names: Iterable[str]) -> tuple[Record, ...]:
    """The findings that are named, in that order: by id, by the beginning of an id, or by their number on the audit page.

    Without names: all contradictions. Raises ``KeyError`` with a name that fits none, or more than one.
    """
    numbered = by_weight(findings)
    named = list(dict.fromkeys(names))
    if not named:
        return tuple(one for one in numbered if one["severity"] == "contradiction")
    found: list[Record] = []
    for name in named:
        if name.isascii() and name.isdigit() and 0 < int(name) <= len(numbered):
            found.append(numbered[int(name) - 1])
            continue
        whole = [one for one in numbered if one["finding_id"] == name]
        fitting = whole or [one for one in numbered if str(one["finding_id"]).startswith(name)]
        if len(fitting) != 1:
            raise KeyError(name)
        found += fitting
    return tuple({str(one["finding_id"]): one for one in found}.values())


def by_weight(findings: Iterable[Record]) -> tuple[Record, ...]:
    """Findings as the audit page numbers them: the severest first, then the surest."""
    gravest_first: list[str] = [*SEVERITIES]
    return tuple(
        sorted(findings, key=lambda one: (gravest_first.index(str(one["severity"])), -Decimal(str(one["confidence"]))))
    )


def question(findings: Iterable[Record], reports: Iterable[Record], told: Particulars = Particulars()) -> Document:
    """A written question: to whom, by whom, on what, and the findings one by one with their sources and arithmetic."""
    listed, known = tuple(findings), {str(each["report"]): each for each in reports}
    cases = [case(one, known) for one in listed]
    subject = told.subject or f"{_named(listed, known)}所載數字不符{_count(cases)}，請查明更正"
    title = f"{told.council}議員書面質詢" if told.council else "議員書面質詢"
    pieces: list[Paragraph | Grid] = [
        plain(title, "title"),
        Grid(
            (
                ("質詢對象", (plain(told.to or _agency(listed, known)),)),
                ("質詢人", (plain(told.sender),)),
                ("質詢日期", (plain(_day(told.day)),)),
                ("事由", (plain(subject),)),
            )
        ),
        plain("質詢事項", "head"),
    ]
    for number, one in enumerate(cases, start=1):
        pieces += [plain(one.headline, "head", f"{numeral(number)}、"), _told(one)]
    until = f"於{calendar(told.by).zh}前" if told.by else "依限"
    pieces += [
        plain("請答覆", "head"),
        plain("上列數字何者為正確？請逐項說明不符之原因，並提供所據之原始資料。", mark="一、"),
        plain("報告所載有誤者，請更正後重行提送本會。", mark="二、"),
        plain(f"以上各項，請{until}以書面答覆。", mark="三、"),
        plain(f"質詢人：{told.sender or _BLANK * 2}　（簽章）", "sign"),
    ]
    return Document(title, subject, tuple(pieces))


def letter(findings: Iterable[Record], reports: Iterable[Record], told: Particulars = Particulars()) -> Document:
    """A letter to the department that asks for a correction or an explanation by a day."""
    listed, known = tuple(findings), {str(each["report"]): each for each in reports}
    cases = [case(one, known) for one in listed]
    to = told.to or _agency(listed, known) or _BLANK * 2
    sender = told.sender or told.council or _BLANK * 2
    until = f"於{calendar(told.by).zh}前" if told.by else f"於文到{_BLANK}日內"
    subject = told.subject or f"{_named(listed, known)}所載數字不符{_count(cases)}，請{until}查明更正或說明，請查照。"
    title = f"{sender}　函"
    pieces = [
        plain(title, "title"),
        *(plain(line, "contact") for line in ("地址：", "承辦人：", "電話：", "電子信箱：")),
        plain(f"受文者：{to}", "head"),
        plain(f"發文日期：{_day(told.day)}"),
        plain("發文字號："),
        plain("速別：普通件"),
        plain("密等及解密條件或保密期限："),
        plain("附件："),
        plain(subject, "head", "主旨："),
        plain("說明：", "head"),
        plain(f"{'貴機關' if told.to or _agency(listed, known) else ''}所提{_named(listed, known)}，經核對所載數字，有下列不符之處：", mark="一、", depth=1),
    ]  # fmt: skip
    for number, one in enumerate(cases, start=1):
        mark = f"（{numeral(number)}）"
        pieces.append(plain(f"{one.headline}：見{one.source}。", mark=mark, depth=2))
        pieces += [Paragraph((*said, Run(f"（{place}）")), "quote", depth=3) for place, said in one.quotes]
        pieces += [plain(sentence, "quote", depth=3) for sentence in (one.arithmetic, one.should) if sentence]
    pieces += [
        plain("請逐項查明何者為正確，報告所載有誤者，請更正後重行提送；無誤者，請說明其計算方式並檢附所據資料。", mark="二、", depth=1),
        plain(f"正本：{to}", "sign"),
        plain("副本："),
        plain(f"{sender}", "sign", depth=8),
    ]  # fmt: skip
    return Document(title, subject, tuple(pieces))


FORMS = {"question": question, "letter": letter}
"""What findings can be written as."""


def written(
    form: str, format: str, findings: Iterable[Record], reports: Iterable[Record], told: Particulars = Particulars()
) -> bytes:
    """The bytes of a document: ``form`` is question or letter, ``format`` docx, odt, pdf or txt.

    ``findings``: those that are to be told, in order; ``reports``: those that they speak of. Both are rows as the tables
    ``findings`` and ``reports`` have them.
    """
    return writers()[format](FORMS[form](findings, reports, told))


def case(finding: Record, reports: Mapping[str, Record]) -> Case:
    """A row of the findings table in words; ``reports``: the rows of the reports table, by name."""
    message = printable(str(finding["message_zh"]))
    # What would put it right is told for itself.
    first, *more = [each for each in message.split("。") if each and not each.startswith("如「")] or [message]
    headline, colon, arithmetic = first.partition("：")
    if not colon:
        headline, colon, arithmetic = first.partition("，相差")
        arithmetic = f"相差{arithmetic}"
    if finding["kind"] == "count" and "（" in headline:
        headline, colon, arithmetic = headline.partition("（")
        arithmetic = f"列出者為{arithmetic.removesuffix('）')}"
    rest = "".join(f"{each}。" for each in more)
    quotes = _quotes(finding, reports)
    source = _report(reports.get(str(finding["report"])), str(finding["report"] or ""))
    return Case(
        source,
        headline,
        quotes,
        f"{arithmetic}。{rest}" if colon else rest,
        _should(finding),
        finding["severity"] == "contradiction",
    )


def case_text(one: Case) -> str:
    """A finding as it stands in a written question, in plain text; the number that opens it is still to be set."""
    return "\n".join((one.headline, *grid_lines(_told(one))))


def frame_text() -> tuple[str, str]:
    """What stands before and behind the findings of a written question in plain text; {n} stands for their number."""
    whole = text(question((), (), Particulars(subject="報告所載數字不符計 {n} 處，請查明更正")))
    before, parting, behind = whole.partition("請答覆\n")
    return before, parting + behind


def numeral(number: int) -> str:
    """1 to 999 as lists are numbered: 一, 十, 十二, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    told = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        told += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        told += "零"
    return told + (_DIGITS[ones] if ones else "")


def _told(one: Case) -> Grid:
    """A finding as a small table."""
    rows: list[tuple[str, tuple[Paragraph, ...]]] = [("出處", (plain(one.source),))]
    said = tuple(
        Paragraph((*runs, Run(f"（{place}）")) if place else runs, "quote") for place, runs in one.quotes
    )  # fmt: skip
    rows.append(("報告所載", said))
    if one.arithmetic:
        rows.append(("核算", (plain(one.arithmetic),)))
    rows.append(("應更正", (plain(one.should or ("請查明後更正。" if one.grave else "請說明。")),)))
    return Grid(tuple(rows))


def _should(finding: Record) -> str:
    """What single figure, changed to what, would make all agree."""
    told = [each.zh for each in ways(finding)[:_MENDS]]
    if told:
        return f"{'，或'.join(told)}，即相符。"
    if finding["kind"] in _COMPUTED and finding["computed"]:
        first = next(iter(_records(finding["mentions"])), {})
        return f"依所列數字核算，應為 {written_value(str(finding['computed']), first).zh}。"
    return ""


def _quotes(finding: Record, reports: Mapping[str, Record]) -> tuple[tuple[str, tuple[Run, ...]], ...]:
    """The passages with the places where they stand, named by their report where there are several."""
    listed = _records(finding["passages"])
    several = len({str(each["report"]) for each in listed}) > 1
    found = []
    for each in listed:
        text, at, runs = str(each["text"]).translate(_INNER), 0, [Run("「")]
        marks = each.get("marks")
        for start, end in marks if isinstance(marks, list) else ():
            runs += [Run(text[at:start]), Run(text[start:end], strong=True)]
            at = end
        runs += [Run(text[at:]), Run("」")]
        name = str(each["report"])
        place = _report(reports.get(name), name) if several else ""
        page = each.get("page")
        where = located(
            str(reports.get(name, {}).get("encoding") or ""),
            int(str(each["line"])),
            page if isinstance(page, int) else None,
        )
        found.append(("，".join(part for part in (place, where.zh) if part), tuple(run for run in runs if run.text)))  # fmt: skip
    return tuple(found)


def _report(row: Record | None, name: str) -> str:
    """What a report is called: its title, and its file."""
    title = tidy(str((row or {}).get("title") or ""))
    return f"《{title}》（{printable(name)}）" if title and title != name else f"「{printable(name)}」"


def _named(findings: Sequence[Record], reports: Mapping[str, Record]) -> str:
    """The reports of the findings, in a line."""
    names = list(dict.fromkeys(str(one["report"]) for one in findings if one["report"]))
    titles = [str(reports.get(name, {}).get("title") or name) for name in names]
    first = f"《{tidy(titles[0])}》" if titles else "報告"
    return first if len(names) < 2 else f"{first}等 {len(names)} 份報告"


def _count(cases: Sequence[Case]) -> str:
    return f"計 {len(cases)} 處" if len(cases) > 1 else ""


def _agency(findings: Sequence[Record], reports: Mapping[str, Record]) -> str:
    """The agency whose reports these are, where there is only one; a city and its one department are one."""
    agencies = {str(agency) for one in findings if (agency := reports.get(str(one["report"]), {}).get("agency"))}
    longest = max(agencies, key=len, default="")
    return printable(longest) if all(longest.startswith(each) for each in agencies) else ""


def _day(edtf: str) -> str:
    """A day as official documents have it; room for it where none is given."""
    return f"中華民國{calendar(edtf).zh}" if edtf else "中華民國　　年　　月　　日"


def _records(value: object) -> list[Record]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
