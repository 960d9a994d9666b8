"""The command line speaks one language at a time: that of --lang, else that of the locale, else Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from heshu.cli import app
from heshu.commands.chinese import HELP, chinese
from heshu.commands.speech import language_of
from typer.testing import CliRunner

HAN = re.compile("[㐀-鿿]")
# What a person types or reads off as it is: options, types, places, names of files, formats and programs.
NAMES = re.compile(
    r"--?[a-z][\w-]*|<[^>]*>|\{[^}]*\}|[A-Z][A-Z:|]+|[\w./*-]+\.(?:toml|txt|html|jsonl|heshu)|:?@\d+(?:-\d+)?|"
    r"heshu\S*|tcp://host:8786|local|Dask|[a-z]+(?:,[a-z]+)+|Excel|GitHub|CSV|docx|question|x>=0|zh-TW|jsonl|pdf|contradiction|text|all|unit|mark|list|show|test|explain"
)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*path, name))


COMMANDS = [path for path, _ in commands(typer.main.get_command(app))]


@pytest.mark.parametrize(
    ("arguments", "locale", "language"),
    [
        ([], {}, "zh-TW"),
        ([], {"LANG": "C.UTF-8"}, "zh-TW"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh-TW"),
        (["audit", "--lang", "en"], {"LANG": "zh_TW.UTF-8"}, "en"),
        (["audit", "--lang=zh-TW"], {"LANG": "en_US.UTF-8"}, "zh-TW"),
        (["audit", "--lang", "fr"], {}, "zh-TW"),
        (["audit", "--lang"], {}, "zh-TW"),
    ],
)
def test_which_language_is_spoken(arguments: list[str], locale: dict[str, str], language: str) -> None:
    assert language_of(arguments, locale) == language


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_told_in_one_language(path: tuple[str, ...]) -> None:
    zh = CliRunner().invoke(app, [*path, "--help"], env={"LANG": "zh_TW.UTF-8"}).output
    en = CliRunner().invoke(app, [*path, "--help"], env={"LANG": "en_US.UTF-8"}).output
    before, _, _ = zh.partition("例：")
    options = zh.partition("選項：")[2]
    assert "用法：" in zh and "Usage: " in en
    left = re.findall(r"[A-Za-z]{3,}", NAMES.sub("", f"{before}{options}".replace("\n" + " " * 32, "")))
    commands_ = {name for each in COMMANDS for name in each}
    assert not [word for word in left if word not in commands_ | {"BOM", "PATH", "CODE"}]
    assert not HAN.findall(re.sub("退休|計畫青1024全年借閱1,250冊次|[^\n]*heshu [^\n]*", "", en))


def test_nothing_that_the_commands_say_of_themselves_is_missing_in_chinese() -> None:
    said = set()
    for _, command in commands(typer.main.get_command(app)):
        said |= {part for part in (command.help or "").split("\n\n") if "Example:" not in part}
        said |= {told for option in command.params if (told := getattr(option, "help", None))}
    assert sorted(text for text in said if text == chinese(text)) == []


def test_every_chinese_text_has_its_english_one() -> None:
    said = " ".join(CliRunner().invoke(app, [*path, "--help"], env={"LANG": "en_US.UTF-8"}).output for path in COMMANDS)
    said = "".join(said.split())
    unused = [text for text in HELP if "".join(text.split()) not in said and not text.startswith("Show this")]
    assert unused == []


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["audit"], "缺少引數「PATH」", "Missing argument"),
        (["audti", "x"], "沒有「audti」這個指令", "No such command"),
        (["audit", "--foo"], "沒有「--foo」這個選項", "No such option"),
        (["audit", "--formats"], "選項「--formats」之後須有值", "requires an argument"),
        (["audit", "x", "--fail-on", "foo"], "「foo」不在可用的值之中", "is not one of"),
        (["audit", "x", "--jobs", "many"], "「--jobs」的值不正確：須為整數", "valid integer"),
        (["audit", "x", "--jobs", "-1"], "須大於或等於 0", "greater than or equal to 0"),
        (["audit", "x", "--formats", "doc"], "沒有「doc」這種格式", "doc is none of"),
        (["audit", "x", "--select", "FOO"], "沒有檢核代碼 FOO", "FOO: the codes are"),
        (["rules", "show", "a", "b"], "多出的引數：b", "extra argument"),
    ],
)
def test_a_wrong_command_is_told_in_one_language(arguments: list[str], zh: str, en: str) -> None:
    for language, told, other in (("zh_TW.UTF-8", zh, en), ("en_US.UTF-8", en, zh)):
        result = CliRunner().invoke(app, arguments, env={"LANG": language, "LC_ALL": ""})
        assert result.exit_code == 2
        assert told in result.output
        assert other not in result.output
        assert ("Error" in result.output) == (language == "en_US.UTF-8")


def test_the_locale_decides_the_language_of_the_messages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("計有409人(男性205人、女性203人)參加。", encoding="utf-8")
    command = ["audit", str(tmp_path), "--formats", "csv", "-o", str(tmp_path / "out")]
    assert "矛盾 1" in CliRunner().invoke(app, command, env={"LANG": "C.UTF-8"}).output
    assert "Contradictions 1" in CliRunner().invoke(app, command, env={"LANG": "en_GB.UTF-8"}).output
