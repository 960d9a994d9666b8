"""Of what time reports speak, where a user says so: the options, and the settings of single reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..notation import Both
from .options import Lang, refuse

if TYPE_CHECKING:
    from ..model import Given
    from ..pipeline import Times

PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period", metavar="TIME", help="The time that the report covers, in Minguo or ISO: 2024-07/2024-12."
    ),
]
IssuedOption = Annotated[
    str | None,
    typer.Option("--issued", metavar="DAY", help="When the report speaks, in Minguo or ISO: 2024-12-06."),
]

_PROJECT = Path("pyproject.toml")
_NO_TIME = Both("{}：「{}」不是時間，請寫如 113年下半年、113年12月6日 或 2024-07/2024-12", "{}: '{}' is no time; write 113年下半年 or 2024-07/2024-12")  # fmt: skip
_NO_TABLE = Both("{}：[tool.heshu.reports] 每份報告只能有 period 與 issued", "{}: a report under [tool.heshu.reports] may have period and issued alone")  # fmt: skip


def times_of_run(period: str | None, issued: str | None, lang: Lang) -> Times | None:
    """``--period`` and ``--issued`` for every report, else what ``[tool.heshu.reports."NAME"]`` says of one.

    A mistake is told on standard error, in one line, and ends the command with status 2.
    """
    times = _settings(lang)
    if period or issued:
        from ..pipeline import EVERY

        times = {EVERY: _given("--period", period, "--issued", issued, lang)}
    return times or None


def _settings(lang: Lang) -> dict[str, Given]:
    text = _PROJECT.read_text("utf-8", errors="replace") if _PROJECT.is_file() else ""
    if "tool.heshu.reports" not in text:
        return {}
    import tomllib

    try:
        reports = tomllib.loads(text)["tool"]["heshu"]["reports"]
    except tomllib.TOMLDecodeError as error:
        refuse(f"{_PROJECT}: {error}")
    found: dict[str, Given] = {}
    for name, said in reports.items() if isinstance(reports, dict) else ():
        if not isinstance(said, dict) or not set(said) <= {"period", "issued"}:
            refuse(_NO_TABLE.of(lang.value).format(f"{_PROJECT}, {name}"))
        place = f"{_PROJECT}, {name}"
        found[name] = _given(place, said.get("period"), place, said.get("issued"), lang)
    return found


def _given(period_in: str, period: object, issued_in: str, issued: object, lang: Lang) -> Given:
    from ..model import Given
    from ..pipeline import time_told

    told = []
    for place, value in ((period_in, period), (issued_in, issued)):
        try:
            told.append(time_told(str(value)) if value else None)
        except ValueError:
            refuse(_NO_TIME.of(lang.value).format(place, value))
    return Given(*told)
