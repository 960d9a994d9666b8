"""``heshu explain``: for the figures of one place, what was read, by which rules and from which words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Lang, LangOption, Rules, refuse, rules_of_run
from .times import IssuedOption, PeriodOption, times_of_run

if TYPE_CHECKING:
    from ..model import Report
    from .explanation import Explained

_PLACE = re.compile(r"(?P<path>.+):(?P<offset>@)?(?P<first>\d+)(?:-(?P<last>\d+))?")


_WORDS: dict[Lang, dict[str, str]] = {
    Lang.zh_tw: {
        "colon": "：",
        "line": "第 {} 行",
        "value": "讀作",
        "role": "性質",
        "period": "期間",
        "indicator": "指標",
        "category": "類別",
        "agency": "機關",
        "section": "章節",
        "confidence": "可信度",
        "fate": "判讀",
        "recognised": "非數量",
        "unread": "未能判讀",
        "from": "據第 {} 行「{}」",
        "because": "分量最重者",
        "nothing": "這裡沒有數字。",
        "place": "「{}」不是 報告:行號 或 報告:@位置",
        "beyond": "報告沒有這一處：{}",
    },
    Lang.en: {
        "colon": ": ",
        "line": "line {}",
        "value": "reads",
        "role": "role",
        "period": "period",
        "indicator": "indicator",
        "category": "category",
        "agency": "agency",
        "section": "section",
        "confidence": "confidence",
        "fate": "fate",
        "recognised": "no quantity",
        "unread": "unread",
        "from": "from line {}, '{}'",
        "because": "what weighed most",
        "nothing": "No number stands there.",
        "place": "'{}' is neither REPORT:LINE nor REPORT:@OFFSET",
        "beyond": "the report has no such place: {}",
    },
}


def explain(
    place: Annotated[
        str,
        typer.Argument(
            metavar="REPORT:LINE", help="A line (report.txt:12), or characters (report.txt:@340, :@340-352)."
        ),
    ],
    lang: LangOption = Lang.zh_tw,
    rules: Rules = None,
    period: PeriodOption = None,
    issued: IssuedOption = None,
) -> None:
    """Why the figures of one place were read as they were.

    \b
    Example:
      heshu explain report.txt:12
      heshu explain report.txt:@1630 --lang en
    """
    from .. import pipeline
    from ..output.terminal import problem_text
    from ..rules.registry import OURS
    from .explanation import explain_place

    words = _WORDS[lang]
    match = _PLACE.fullmatch(place)
    if match is None:
        refuse(words["place"].format(place))
    own = rules_of_run(rules, lang)
    outcomes = pipeline.process(
        [Path(match["path"])], relate=False, rules=own, given=times_of_run(period, issued, lang)
    )
    extraction = next((outcome.extraction for outcome in outcomes if outcome.extraction), None)
    if extraction is None:
        problem = next(problem for outcome in outcomes for problem in outcome.problems)
        refuse(problem_text(problem, lang.value).plain)
    span = _span(extraction.report, int(match["first"]), match["last"], bool(match["offset"]))
    if span is None:
        refuse(words["beyond"].format(place.rpartition(":")[2]))
    found = explain_place(extraction, *span, language=lang.value, rules=own or OURS)
    if not found:
        typer.echo(words["nothing"])
    for number, one in enumerate(found):
        if number:
            typer.echo()
        for line in _lines(one, words):
            typer.echo(line)


def _span(report: Report, first: int, last: str | None, offsets: bool) -> tuple[int, int] | None:
    """The offsets of a line, of several, or of some characters; None where the report does not reach so far."""
    if offsets:
        return (first, max(int(last or 0), first + 1)) if first < len(report.text) else None
    starts = [0, *(match.end() for match in re.finditer("\n", report.text)), len(report.text) + 1]
    end = int(last or first)
    return (starts[first - 1], starts[end]) if 1 <= first <= end < len(starts) else None


def _lines(one: Explained, words: dict[str, str]) -> list[str]:
    place = f"{words['line'].format(one.line)}, @{one.mention.start}-{one.mention.end}"
    lines = [f"{' '.join(one.mention.text.split())}  ({place})", f"  …{one.context}…"]
    for field in one.fields:
        value = words.get(field.value, field.value) if field.name == "fate" else field.value
        source = words["from"].format(field.source.line, field.source.text) if field.source else ""
        told = [part for part in (field.rule, field.why, source) if part]
        lines.append(f"  {words[field.name]}{words['colon']}{value}" + (f"  ← {' · '.join(told)}" if told else ""))
        if field.because:
            lines.append(f"    {words['because']}{words['colon']}{' · '.join(field.because)}")
    return lines
