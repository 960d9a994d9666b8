"""``heshu rules``: list, show, test and explain the rules, ours and those of a user's folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Lang, LangOption, Rules, refuse, rules_of_run
from .speech import Command, Group

if TYPE_CHECKING:
    from ..rules.catalogue import Rule
    from ..rules.registry import RuleSet
    from .rulebook import Explanation, Failure

app = typer.Typer(
    name="rules",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show, test and explain the rules.",
)

_PIPED = 140
"""Columns of a table that does not go to a terminal."""
_WORDS: dict[Lang, dict[str, str]] = {
    Lang.zh_tw: {
        "none": "沒有名為「{}」的規則",
        "near": "；相近的有：{}",
        "kind": "沒有「{}」這一類；有：{}",
        "many": "「{}」不只一條：{}",
        "yours": "自訂",
        "overrides": "自訂，取代內建",
        "ours": "內建",
        "off": "已停用：{}",
        "why": "用途",
        "from": "出處",
        "reads": "應讀",
        "never": "不讀",
        "passed": "{rules} 條規則、{examples} 則例句，全部通過。",
        "failed": "{failed} 則例句不符（共 {rules} 條規則、{examples} 則例句）。",
        "wanted": "應為 {wanted}，得 {got}",
        "unwanted": "不應判讀，得 {got}",
        "quantity": "數量",
        "date": "日期",
        "recognised": "非數量",
        "unread": "未能判讀",
        "heads": "位置\t文字\t類別\t讀作\t規則\t用途",
        "nothing": "沒有任何數字。",
        "left": "未能判讀的數字：{}",
        "all": "沒有未能判讀的數字。",
        "ties": "關係",
        "arithmetic": "所載 {}，核算 {}",
        "holds": "相符",
        "broken": "不符",
        "undecided": "無法判定",
    },
    Lang.en: {
        "none": "no rule is called '{}'",
        "near": "; near it: {}",
        "kind": "no kind is called '{}'; there are: {}",
        "many": "'{}' is more than one rule: {}",
        "yours": "yours",
        "overrides": "yours, in the place of ours",
        "ours": "ours",
        "off": "Switched off: {}",
        "why": "why",
        "from": "from",
        "reads": "reads",
        "never": "never",
        "passed": "{rules} rules, {examples} examples: all as they say.",
        "failed": "{failed} examples do not come out as they say (of {rules} rules, {examples} examples).",
        "wanted": "expected {wanted}, got {got}",
        "unwanted": "must not be read, got {got}",
        "quantity": "quantity",
        "date": "date",
        "recognised": "no quantity",
        "unread": "unread",
        "heads": "place\ttext\tkind\treading\trule\twhy",
        "nothing": "Not a single number.",
        "left": "Numerals left unread: {}",
        "all": "No numeral is left unread.",
        "ties": "Relations",
        "arithmetic": "stated {}, computed {}",
        "holds": "holds",
        "broken": "broken",
        "undecided": "undecided",
    },
}


@app.command("list", cls=Command)
def list_rules(
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="One kind alone: unit, mark …")] = None,
    folder: Rules = None,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """List the rules.

    \b
    Example:
      heshu rules list --kind unit
    """
    words = _WORDS[lang]
    rules = _rule_set(folder, lang)
    listed, off = _all(rules)
    kinds = list(dict.fromkeys(rule.kind for rule in listed))
    if kind is not None and kind not in kinds:
        refuse(words["kind"].format(kind, ", ".join(kinds)))
    for rule in listed:
        if kind in (None, rule.kind):
            standing = "" if rule.standing == "ours" else f"  [{words[rule.standing]}]"
            typer.echo(f"{rule.kind}\t{rule.name}\t{rule.why}{standing}")
    if off:
        typer.echo(words["off"].format(", ".join(off)), err=True)


@app.command(cls=Command)
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Name of a rule, as readings carry it.")],
    folder: Rules = None,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Show one rule with its examples.

    \b
    Example:
      heshu rules show unit.people
    """
    from ..rules.catalogue import find, nearest

    words = _WORDS[lang]
    listed, _ = _all(_rule_set(folder, lang))
    found = find(name, listed)
    if not found:
        near = nearest(name, listed)
        refuse(words["none"].format(name) + (words["near"].format(", ".join(near)) if near else ""))
    if len(found) > 1:
        refuse(words["many"].format(name, ", ".join(rule.name for rule in found)))
    for line in _shown(found[0], words):
        typer.echo(line)


@app.command(cls=Command)
def test(
    tested: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder with rules of your own.", show_default=False)
    ] = None,
    folder: Rules = None,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Run the examples of all rules, ours and yours; status 1 where one fails.

    \b
    Example:
      heshu rules test
      heshu rules test my-rules/
    """
    from .rulebook import failures

    words = _WORDS[lang]
    rules = _rule_set(tested or folder, lang)
    listed, _ = _all(rules)
    with _patience():
        failed = [failure for rule in listed for failure in failures(rule, rules)]
    for failure in failed:
        typer.echo(_failure_line(failure, words))
    counts = {"rules": len(listed), "examples": sum(len(rule.examples) + len(rule.never) for rule in listed)}
    if failed:
        typer.echo(words["failed"].format(failed=len(failed), **counts))
        raise typer.Exit(1)
    typer.echo(words["passed"].format(**counts))


@app.command(cls=Command)
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence of a report.")],
    folder: Rules = None,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """What reads what in a sentence, and why.

    \b
    Example:
      heshu rules explain "計有409人(男性205人、女性204人)參加"
    """
    from .rulebook import explain as explained

    rules = _rule_set(folder, lang)
    with _patience():
        explanation = explained(text, rules, lang.value)
    _print_explanation(explanation, _all(rules)[0], _WORDS[lang])


def _rule_set(folder: Path | None, lang: Lang) -> RuleSet:
    from ..rules.registry import OURS

    return rules_of_run(folder, lang) or OURS


def _all(rules: RuleSet) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    from ..rules.catalogue import switched_off
    from .rulebook import all_rules

    return all_rules(rules), switched_off(rules)


@contextmanager
def _patience() -> Iterator[None]:
    """A pattern that turns out too slow ends the command with one line."""
    from ..rules.bounded import SlowRuleError

    try:
        yield
    except SlowRuleError as error:
        refuse(str(error))


def _shown(rule: Rule, words: dict[str, str]) -> Sequence[str]:
    place = f"{rule.file}, line {rule.line}" if rule.line else rule.file
    lines = [rule.name, f"  {words['why']}: {rule.why}", f"  {words['from']}: {place} ({words[rule.standing]})"]
    for name, value in rule.fields:
        lines.append(f"  {name}: " + value.replace("\n", "\n    "))
    for text, reading in rule.examples:
        lines.append(f"  {words['reads']}: {text}{f' → {reading}' if reading else ''}")
    lines += [f"  {words['never']}: {text}" for text in rule.never]
    return lines


def _failure_line(failure: Failure, words: dict[str, str]) -> str:
    place = f"{failure.rule.file}:{failure.rule.line}" if failure.rule.line else failure.rule.file
    said = words["wanted" if failure.wanted else "unwanted"].format(wanted=failure.wanted, got=failure.got)
    return f"{place}: {failure.rule.name}: {failure.example}: {said}"


def _print_explanation(explanation: Explanation, listed: Sequence[Rule], words: dict[str, str]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not explanation.pieces:
        typer.echo(words["nothing"])
        return
    known = {rule.name: rule.why for rule in listed}
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PIPED
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False)
    for head in words["heads"].split("\t"):
        table.add_column(head, overflow="fold")
    for piece in explanation.pieces:
        place = f"{piece.start}–{piece.end}"
        for number, rule in enumerate(piece.rules or ("",)):
            row = (place, piece.text, words[piece.kind], piece.reading) if number == 0 else ("", "", "", "")
            table.add_row(*map(Text, (*row, rule, known.get(rule, ""))))
    console.print(table)
    if explanation.relations:
        console.print(Text(words["ties"], style="bold"))
        for relation in explanation.relations:
            state = words[{True: "holds", False: "broken", None: "undecided"}[relation.holds]]
            terms = ", ".join(term.text for term in relation.terms)
            said = words["arithmetic"].format(relation.stated, relation.computed)
            console.print(Text(f"  {relation.rule}: {relation.result.text} ← {terms}: {said}, {state}"))
    left = [piece.text for piece in explanation.pieces if piece.kind == "unread"]
    console.print(Text(words["left"].format("、".join(left)) if left else words["all"]))
