"""The arrows between the rooms, the size of the files, and what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import heshu
import pytest

ROOT = Path(heshu.__file__).parent
OUTSIDE = {"tests", "benchmarks", "build", "dist"}

ARROWS: dict[str, set[str]] = {
    "period": set(),
    "apart": set(),
    "places": set(),
    "model": {"period", "places"},
    "notation": set(),
    "problems": {"model"},
    "fingerprints": {"model"},
    "lookup": {"model"},
    "baseline": {"model", "lookup", "fingerprints"},
    "corpus": {"model", "places", "apart"},
    "rules": {"model"},
    "rules.consistency": {"model", "notation", "rules"},
    "extract": {"model", "places", "corpus", "rules"},
    "output": {"model", "lookup", "notation", "places", "fingerprints", "apart", "engine"},
    "inputs": {"model", "corpus", "rules"},
    "engine": set(),
    "pipeline": {"model", "problems", "inputs", "engine", "corpus", "extract", "rules", "rules.consistency"},
    "packing": set(),
    "sharded": {"model", "problems", "packing", "inputs", "engine", "rules.consistency", "pipeline"},
    # Its tables are those of the output, with the same columns.
    "store": {
        "period",
        "places",
        "model",
        "packing",
        "notation",
        "rules",
        "rules.consistency",
        "problems",
        "fingerprints",
        "baseline",
        "pipeline",
        "output",
        "version",
    },
    "app": {"baseline", "model", "notation", "output", "pipeline", "store"},
    "commands": {
        "app",
        "baseline",
        "store",
        "model",
        "lookup",
        "notation",
        "problems",
        "corpus",
        "extract",
        "rules",
        "rules.consistency",
        "output",
        "pipeline",
        "engine",
        "sharded",
        "version",
    },
    "cli": {"commands", "version"},
    "api": {"model", "problems", "corpus", "pipeline", "output"},
    "__main__": {"cli"},
}

FILES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if not any(part in OUTSIDE or part.startswith(".") for part in path.relative_to(ROOT).parts)
)


def room(parts: tuple[str, ...]) -> str:
    """The room that a module lives in, from its dotted name without ``heshu``."""
    if parts[:2] == ("rules", "consistency"):
        return "rules.consistency"
    return parts[0] if parts else "api"


def module_parts(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imported(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and dotted name (without ``heshu``) of everything of ours that a file imports, at any depth."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "heshu":
                    yield node.lineno, tuple(alias.name.split(".")[1:])
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                base = package[: len(package) - (node.level - 1)] + tuple((node.module or "").split(".")) * bool(
                    node.module
                )
            elif (node.module or "").split(".")[0] == "heshu":
                base = tuple((node.module or "").split(".")[1:])
            else:
                continue
            for alias in node.names:
                yield node.lineno, base if base else (("version",) if alias.name == "__version__" else (alias.name,))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_arrows(path: Path) -> None:
    own = room(module_parts(path))
    assert own in ARROWS, f"a room that the design does not know: {own}"
    allowed = ARROWS[own] | {own}
    wrong = [f"line {line}: {'.'.join(name)}" for line, name in imported(path) if room(name) not in allowed]
    assert not wrong, f"{own} may import {sorted(allowed)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 450, "about 400 lines hold a concept together; this file holds more than one"


def test_the_arrows_make_no_circle() -> None:
    def reach(start: str, seen: frozenset[str]) -> None:
        for target in ARROWS.get(start, set()):
            assert target not in seen, f"{target} is reached from itself"
            reach(target, seen | {target})

    for name in ARROWS:
        reach(name, frozenset({name}))


def test_importing_heshu_loads_nothing_heavy() -> None:
    code = "import sys, heshu; print([m for m in ('spacy', 'pandas', 'numpy', 'jinja2', 'rich', 'jieba') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "imported",
    [
        "",
        "import heshu.extract",
        "from heshu.extract.spacy_component import create_heshu",
        "import heshu.extract.spacy_component as component; component.create_heshu",
        "from heshu import extract; assert callable(extract)",
    ],
)
def test_extract_can_be_called_though_a_room_has_its_name(imported: str) -> None:
    code = f"import heshu; {imported}\nassert callable(heshu.extract)"
    subprocess.run([sys.executable, "-c", code], check=True)
