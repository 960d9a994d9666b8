"""One term for one thing: what ``docs/terms.md`` rules out occurs in nothing that people read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import heshu
import pytest
from heshu.output.words import DETAIL, SEVERITIES, STATES
from heshu.rules.consistency.agreement import by_rule
from heshu.rules.consistency.codes import codes, wordings

ROOT = Path(heshu.__file__).parent
TERMS = ROOT / "docs" / "terms.md"
HAN = re.compile("[㐀-鿿]")


def table() -> list[tuple[list[str], list[str], list[str]]]:
    """The terms in Chinese and in English, and what they stand in the place of."""
    rows = []
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "用語":
            rows.append((cells[0].split("、"), cells[1].split(", "), cells[3].split("、")))
    return rows


def strings(path: Path) -> Iterator[str]:
    """The texts in a Python file, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def texts() -> dict[str, str]:
    """What people read, by the file that it stands in."""
    consistency = ROOT / "rules" / "consistency"
    sources = [
        *ROOT.glob("output/*.py"),
        *ROOT.glob("commands/*.py"),
        *ROOT.glob("store/*.py"),
        ROOT / "pipeline.py",
        ROOT / "cli.py",
    ]
    sources.append(consistency / "findings.py")
    found = {str(path.relative_to(ROOT)): "\n".join(strings(path)) for path in sources}
    found["agreement.toml"] = "\n".join(f"{each.zh}\n{each.en}" for each in by_rule().values())
    found["codes.toml"] = "\n".join(f"{each.zh}\n{each.en}" for each in (*codes(), *wordings().values()))
    documents = ["README.md", "README.zh-TW.md", "CHANGELOG.md"]
    documents += [f"docs/{path.name}" for path in ROOT.glob("docs/*.md") if path != TERMS]
    for path in (
        *ROOT.glob("output/*.j2"),
        *ROOT.glob("output/*.js"),
        *ROOT.glob("app/*.j2"),
        *ROOT.glob("app/*.js"),
        *(ROOT / name for name in documents),
    ):
        found[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
    return found


TEXTS = texts()
RULED_OUT = [(term, word) for terms, _, words in table() for term in terms for word in words]


@pytest.mark.parametrize(("term", "word"), RULED_OUT)
def test_no_other_word_is_used(term: str, word: str) -> None:
    said = {name: text.replace(term, "") for name, text in TEXTS.items()}
    assert [
        f"{name}: {line.strip()}" for name, text in said.items() for line in text.splitlines() if word in line
    ] == []


def test_every_term_has_both_languages_and_is_there_once() -> None:
    chinese = [term for terms, _, _ in table() for term in terms]
    assert len(set(chinese)) == len(chinese)
    assert all(HAN.search(term) for term in chinese)
    assert all(english and not HAN.search("".join(english)) for _, english, _ in table())


def test_the_words_of_the_output_are_those_of_the_table() -> None:
    both = {(chinese, english) for terms, words, _ in table() for chinese, english in zip(terms, words, strict=False)}
    used = {(state.label.zh, state.label.en) for state in STATES}
    used |= {(SEVERITIES[name].label.zh, name) for name in ("contradiction", "suspicious")}
    used |= {
        (DETAIL[key].zh, DETAIL[key].en.lower()) for key in ("role", "confidence", "stated", "computed", "finding")
    }
    assert used - both == set()
