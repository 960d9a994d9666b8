"""``heshu checks``: which checks there are, and what one of them looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .options import Lang, LangOption, refuse

if TYPE_CHECKING:
    from ..rules.consistency.codes import Code

app = typer.Typer(
    name="checks",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="檢核：列出、說明。 List and show the checks.",
)

_WORDS: dict[Lang, dict[str, str]] = {
    Lang.zh_tw: {
        "none": "沒有名為「{}」的檢核；有：{}",
        "across": "報告之間",
        "inside": "報告之內",
        "severity": "輕重",
        "where": "範圍",
        "arithmetic": "算式",
        "rules": "句式",
        "finds": "會發現",
        "passes": "不會",
        "contradiction": "矛盾",
        "suspicious": "可疑",
        "note": "附註",
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
        "contradiction": "contradiction",
        "suspicious": "suspicious",
        "note": "note",
    },
}


@app.command("list")
def list_checks(lang: LangOption = Lang.zh_tw) -> None:
    """列出所有檢核。 List the checks: code, gravest severity, why.

    \b
    Example:
      heshu checks list
    """
    from ..rules.consistency.codes import CODES

    words = _WORDS[lang]
    for code in CODES:
        typer.echo(f"{code.code:<11} {words[code.severity]:<14} {_why(code, lang)}")


@app.command("show")
def show_check(code: Annotated[str, typer.Argument(metavar="CODE")], lang: LangOption = Lang.zh_tw) -> None:
    """說明一項檢核：為何、算式、例子。 Show a check: why, arithmetic, examples.

    \b
    Example:
      heshu checks show SUM
    """
    from ..rules.consistency.codes import CODES, code_named, rules_of

    words = _WORDS[lang]
    known = code_named(code)
    if known is None:
        refuse(words["none"].format(code, ", ".join(each.code for each in CODES)))
    typer.echo(f"{known.code}  {_why(known, lang)}")
    typer.echo(f"{words['severity']}: {words[known.severity]}")
    typer.echo(f"{words['where']}: {words['across' if known.across else 'inside']}")
    typer.echo(f"{words['arithmetic']}: {known.arithmetic}")
    for title, examples in (("finds", known.finds), ("passes", known.passes)):
        for texts in examples:
            typer.echo(f"{words[title]}:")
            for text in texts:
                for line in filter(None, text.splitlines()):
                    typer.echo(f"    {line}")
                if text is not texts[-1]:
                    typer.echo("    —")
    listed = rules_of(known.code)
    if listed:
        typer.echo(f"{words['rules']}:")
        for rule, purpose in listed:
            typer.echo(f"    {rule}  {purpose}")


def _why(code: Code, lang: Lang) -> str:
    return code.en if lang is Lang.en else code.zh
