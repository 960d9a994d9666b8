"""Shows how a report was laid out: ``python -m heshu.corpus.show PATH``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..model import Block, Report
from .read import read


def lines_of(report: Report, longest: int = 100) -> list[str]:
    """One line a block: kind, level, mark, path, text."""
    return [f"# {report.name} [{report.encoding}] {report.title}", *(_line(block, longest) for block in report.blocks)]


def _line(block: Block, longest: int) -> str:
    path = "/".join(title[:8] for title in block.path)
    text = block.text if block.kind == "table" else _shortened(block.text, longest)
    where = "" if block.page is None else f"p{block.page} "
    return f"{block.kind[:4]} {block.level} {where}<{path}> {text}"


def _shortened(text: str, longest: int) -> str:
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]} … {text[-half:]}"


def main(arguments: Sequence[str]) -> int:
    """Print the layout of each file."""
    for argument in arguments:
        print("\n".join(lines_of(read(argument))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
