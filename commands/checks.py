"""``heshu checks``: which checks there are, and what one of them looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..output.words import SEVERITIES
from .options import Lang, LangOption, refuse
from .speech import Command, Group

if TYPE_CHECKING:
    from ..rules.consistency.codes import Code

app = typer.Typer(
    name="checks",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List and show the checks.",
)

_WORDS: dict[Lang, dict[str, str]] = {
    Lang.zh_tw: {
        "none": "沒有名為「{}」的檢核；有：{}",
        "across": "報告之間",
        "inside": "報告之內",
        "severity": "嚴重程度",
        "where": "範圍",
        "arithmetic": "算式",
        "rules": "句式",
        "finds": "會發現",
        "passes": "不會發現",
    },
    Lang.en: {
        "none": "no check is called '{}'; there are: {}",
        "across": "across reports",
        "inside": "inside a report",
        "severity": "severity",
        "where": "where",
        "arithmetic": "arithmetic",
        "rules": "constructions",
        "finds": "finds",
        "passes": "passes",
    },
}


@app.command("list", cls=Command)
def list_checks(lang: LangOption = Lang.zh_tw) -> None:
    """List the checks: code, gravest severity, why.

    \b
    Example:
      heshu checks list
    """
    from ..rules.consistency.codes import codes

    for code in codes():
        typer.echo(f"{code.code:<11} {_severity(code, lang)}  {_why(code, lang)}")


@app.command("show", cls=Command)
def show_check(code: Annotated[str, typer.Argument(metavar="CODE")], lang: LangOption = Lang.zh_tw) -> None:
    """Show a check: why, arithmetic, examples.

    \b
    Example:
      heshu checks show SUM
    """
    from ..rules.consistency.codes import code_named, codes, rules_of

    words = _WORDS[lang]
    known = code_named(code)
    if known is None:
        refuse(words["none"].format(code, ", ".join(each.code for each in codes())))
    colon = "：" if lang is Lang.zh_tw else ": "
    typer.echo(f"{known.code}  {_why(known, lang)}")
    typer.echo(f"{words['severity']}{colon}{_severity(known, lang).strip()}")
    typer.echo(f"{words['where']}{colon}{words['across' if known.across else 'inside']}")
    typer.echo(f"{words['arithmetic']}{colon}{known.arithmetic}")
    for title, examples in (("finds", known.finds), ("passes", known.passes)):
        for texts in examples:
            typer.echo(f"{words[title]}{colon}".rstrip())
            for text in texts:
                for line in filter(None, text.splitlines()):
                    typer.echo(f"    {line}")
                if text is not texts[-1]:
                    typer.echo("    —")
    listed = rules_of(known.code)
    if listed:
        typer.echo(f"{words['rules']}{colon}".rstrip())
        for rule, purpose in listed:
            typer.echo(f"    {rule}  {purpose}")


def _severity(code: Code, lang: Lang) -> str:
    labels = {name: gravity.label.of(lang.value) for name, gravity in SEVERITIES.items()}
    return f"{labels[code.severity]:<{max(map(len, labels.values()))}}"


def _why(code: Code, lang: Lang) -> str:
    return code.en if lang is Lang.en else code.zh
