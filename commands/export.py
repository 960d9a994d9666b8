"""``heshu export``: findings of an audit as a document for the chamber."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..notation import Both
from .options import Lang, LangOption, refuse, writing

_UNKNOWN = Both(
    "「{}」不是這次查核的發現代碼或序號", "'{}' is neither the id of a finding of this audit nor its number"
)
_NONE = Both("沒有可寫入的發現", "there is no finding to write")
_NO_DAY = Both(
    "「{}」不是日期，請寫如 113年12月20日 或 2024-12-20", "'{}' is no day; write 113年12月20日 or 2024-12-20"
)
_WRITTEN = Both("已寫入 {}（{} 項發現）", "{}: written; findings: {}")


class Form(StrEnum):
    """What findings are written as."""

    question = "question"
    letter = "letter"


class Written(StrEnum):
    """The format of a document."""

    docx = "docx"
    odt = "odt"
    pdf = "pdf"
    txt = "txt"


def export(
    source: Annotated[
        Path,
        typer.Argument(metavar="DIR|FILE", help="Folder that an audit has written, its findings.jsonl, or a store."),
    ] = Path("heshu-audit"),
    form: Annotated[
        Form, typer.Option("--as", help="A written question, or a letter to the department.")
    ] = Form.question,
    format: Annotated[Written, typer.Option("--format", help="Format of the document.")] = Written.docx,
    findings: Annotated[
        str,
        typer.Option(
            "--findings",
            metavar="LIST",
            help="Ids or numbers of the findings, as on the audit page; else all contradictions.",
        ),
    ] = "",
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="The department; else the one that reports.")] = "",
    sender: Annotated[str, typer.Option("--from", metavar="NAME", help="Who asks or writes.")] = "",
    council: Annotated[str, typer.Option("--council", metavar="NAME", help="Name of the council.")] = "",
    subject: Annotated[str, typer.Option("--subject", metavar="TEXT", help="What it is about, in a line.")] = "",
    day: Annotated[str, typer.Option("--day", metavar="DAY", help="Day of the document; else left free.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="DAY", help="Day by which an answer is asked for.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Findings as a document for the chamber: a written question or a letter, in Chinese.

    \b
    Example:
      heshu export heshu-audit --findings 1,3 --from 林議員 --by 113年12月20日
      heshu export reports.heshu --as letter --format pdf -o letter.pdf
    """  # fmt: skip
    from ..output.chamber import Particulars, chosen, written
    from ..output.whole import write_file

    told = Particulars(to, sender, council, subject, _day(day, lang), _day(by, lang))
    from .written import rows

    listed, reports = rows(source, lang)
    try:
        wanted = chosen(listed, [name.strip() for name in findings.split(",") if name.strip()])
    except KeyError as error:
        refuse(_UNKNOWN.of(lang.value).format(error.args[0]))
    if not wanted:
        refuse(_NONE.of(lang.value))
    target = output or Path(f"heshu-{form.value}.{format.value}")
    made = written(form.value, format.value, wanted, reports, told)
    with writing(target):
        write_file(target, made)
    typer.echo(f"heshu: {_WRITTEN.of(lang.value).format(target, len(wanted))}", err=True)


def _day(text: str, lang: Lang) -> str:
    """A day in EDTF, however it is written."""
    if not text:
        return ""
    from ..pipeline import time_told

    try:
        return time_told(text).edtf
    except ValueError:
        refuse(_NO_DAY.of(lang.value).format(text))
