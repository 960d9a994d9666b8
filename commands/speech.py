"""The language of the command line: of its help and of what it says when a command is wrong.

``--lang`` decides, else the locale (English where it is English), else Chinese. The command line is parsed by Typer, which
speaks English alone; the groups and commands made of the classes here put Chinese in its place.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..notation import Language
from .chinese import chinese

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Whatever is wrong with a command; where Typer keeps it depends on its version."""


def language_of(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """What ``--lang`` says among the arguments, else what the locale says."""
    for at, argument in enumerate(arguments):
        given = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang":
            given = "".join(arguments[at + 1 : at + 2])
        if given in ("en", "zh-TW"):
            return "en" if given == "en" else "zh-TW"
    told = next((told for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (told := environment.get(name))), "")
    if not told and sys.platform == "win32":  # it has no such variable, and calls a language English_United States
        told = locale.getlocale()[0] or ""
    return "en" if told.lower().startswith("en") else "zh-TW"


class Command(TyperCommand):
    """A command that says in the language of the run how it is used."""

    speaks: Language = "zh-TW"

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _told(super().get_help(ctx), self.speaks)

    def get_usage(self, ctx: Any) -> str:
        """The line that says how it is called."""
        return _told(super().get_usage(ctx), self.speaks)


class Group(TyperGroup):
    """A group of commands, which speak as it does."""

    speaks: Language = "zh-TW"

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _told(super().get_help(ctx), self.speaks)

    def get_usage(self, ctx: Any) -> str:
        """The line that says how it is called."""
        return _told(super().get_usage(ctx), self.speaks)

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **more: Any
    ) -> Any:  # fmt: skip
        """Run a command; what is wrong with it is said in one language, and ends with status 2."""
        arguments = list(sys.argv[1:] if args is None else args)
        language = language_of(arguments)
        _speak(self, language)
        try:
            status = super().main(arguments, prog_name, standalone_mode=False)
        except _UsageError as error:
            typer.echo(_complaint(error, language), err=True)
            status = 2
        except typer.Abort:
            status = 1
        sys.exit(status if isinstance(status, int) else 0)


def _speak(command: Any, language: Language) -> None:
    """Let a command, its options and its subcommands speak a language, and take it for what ``--lang`` is left out."""
    command.speaks = language
    if language == "zh-TW":
        command.help = "\n\n".join(map(chinese, (command.help or "").split("\n\n")))
    for option in command.params:
        if option.name == "lang":
            option.default = language
        if language == "zh-TW" and getattr(option, "help", None):
            option.help = chinese(option.help)
    for each in getattr(command, "commands", {}).values():
        _speak(each, language)


def _told(text: str, language: Language) -> str:
    return (
        chinese(text.replace("Show this message and exit.", chinese("Show this message and exit.")))
        if language == "zh-TW"
        else text
    )


def _complaint(error: Any, language: Language) -> str:
    """How the command is called, where help is to be had, and what is wrong."""
    message = error.format_message()
    if type(error).__name__.startswith("NoArgsIsHelp"):  # the message is the help text, told already
        return str(message)
    lines = []
    context = error.ctx
    if context is not None:
        path, option = context.command_path, "--help"
        hint = f"說明見「{path} {option}」。" if language == "zh-TW" else f"Try '{path} {option}' for help."
        lines += [context.get_usage(), hint, ""]
    told = f"錯誤：{chinese(message)}" if language == "zh-TW" else f"Error: {message}"
    return "\n".join([*lines, told])
