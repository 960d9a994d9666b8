"""Every code of a finding has a record, its examples come out as they say, and the documentation tells it."""

from __future__ import annotations

from pathlib import Path

import heshu
import pytest
from heshu.cli import app
from heshu.corpus.read import read_text
from heshu.rules.consistency.across import CHECKS as ACROSS
from heshu.rules.consistency.agreement import by_rule
from heshu.rules.consistency.codes import Code, code_of, codes, rules_of
from heshu.rules.consistency.constructions import constructions
from typer.testing import CliRunner

ROOT = Path(heshu.__file__).parent
FINDS = [pytest.param(code, texts, id=f"{code.code}-{n}") for code in codes() for n, texts in enumerate(code.finds)]
PASSES = [pytest.param(code, texts, id=f"{code.code}-{n}") for code in codes() for n, texts in enumerate(code.passes)]
GRAVER = {"note": 0, "suspicious": 1, "revision": 2, "contradiction": 3}


def found(texts: tuple[str, ...]) -> dict[str, str]:
    """Codes of the findings in the texts of some reports, each with its severity."""
    audit = heshu.audit([read_text(text, f"{number}.txt") for number, text in enumerate(texts)])
    assert audit.problems == ()
    return {finding.code: finding.severity for finding in audit.findings}


def test_codes_are_named_once() -> None:
    assert len({code.code for code in codes()}) == len(codes())


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
def test_a_code_has_examples(code: Code) -> None:
    assert code.finds
    assert code.passes


@pytest.mark.parametrize(("code", "texts"), FINDS)
def test_an_example_is_found(code: Code, texts: tuple[str, ...]) -> None:
    codes = found(texts)
    assert code.code in codes
    assert GRAVER[codes[code.code]] <= GRAVER[code.severity]


@pytest.mark.parametrize(("code", "texts"), PASSES)
def test_a_counter_example_is_not(code: Code, texts: tuple[str, ...]) -> None:
    assert code.code not in found(texts)


def test_every_construction_belongs_to_a_code() -> None:
    known = {code.code for code in codes()}
    assert {code_of(rule) for rule in (*constructions(), *(check.id for check in ACROSS))} <= known
    assert {each.code for each in by_rule().values()} <= known
    assert rules_of("PRIOR") == tuple(
        (check.id, check.purpose) for check in ACROSS if check.id in ("series.prior", "series.base")
    )


@pytest.mark.skipif(not (ROOT / "docs").exists(), reason="an installed package has no documentation beside it")
@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
def test_the_documentation_tells_it(code: Code) -> None:
    assert f"| `{code.code}` | {code.severity} | {code.en} |" in (ROOT / "docs" / "checks.md").read_text(
        encoding="utf-8"
    )
    assert code.zh in (ROOT / "docs" / "checks.zh-TW.md").read_text(encoding="utf-8")


def test_all_are_listed() -> None:
    result = CliRunner().invoke(app, ["checks", "list", "--lang", "en"])
    assert [line.split()[0] for line in result.stdout.splitlines()] == [code.code for code in codes()]


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
def test_each_is_shown(code: Code) -> None:
    result = CliRunner().invoke(app, ["checks", "show", code.code.lower(), "--lang", "en"])
    assert result.exit_code == 0
    assert code.en in result.stdout
    assert code.arithmetic in result.stdout


def test_a_code_that_does_not_exist_is_told() -> None:
    result = CliRunner().invoke(app, ["checks", "show", "SUMS", "--lang", "en"])
    assert result.exit_code == 2
    assert "SUM, RATE" in result.stderr
