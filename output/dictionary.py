"""The columns as a page for people: ``python -m heshu.output.dictionary > docs/columns.md``."""

from __future__ import annotations

import sys

from .columns import TABLES, Column, Table, Type

_TYPES: dict[Type, str] = {
    "text": "文字 text",
    "category": "文字（少數幾種） category",
    "integer": "整數 integer",
    "decimal": "小數 decimal",
    "exact": "精確數 exact number",
    "boolean": "真假 boolean",
    "date": "日期 date",
    "texts": "文字列 texts",
    "mention": "數字 figure",
    "mentions": "數字列 figures",
    "passages": "引文列 passages",
}

_HEAD = """# 欄位 Columns

`heshu audit` 寫出的每張表、每個欄位。各種格式都依此產生：`.csv` 中，一欄多值以「 | 」分隔，試算表會當作公式的文字前加撇號；
`.jsonl` 中，數字是字串，一字不差；`.parquet` 與 `heshu.sqlite` 中，精確數一欄為數值，旁有 `…_text` 一欄為原樣（分數只有後者
是精確的）。

Every column of every table that `heshu audit` writes; all formats are made from this. In `.csv`, several values in one
cell are parted by ` | `, and text that a spreadsheet would take for a formula begins with an apostrophe. In `.jsonl`,
numbers are strings, exact. In `.parquet` and `heshu.sqlite`, an exact number has a numeric column and, beside it,
`…_text` as written out (of a fraction, only the latter is exact; Parquet leaves the former empty).
"""


def markdown() -> str:
    """The page."""
    return "\n".join([_HEAD, *map(_section, TABLES.values())])


def _section(table: Table) -> str:
    refers = "".join(f" `{column}` → `{other}`." for column, other in table.refers)
    lines = [
        f"## {table.name} {table.title}",
        "",
        f"{table.zh}。 {table.en[0].upper()}{table.en[1:]}. 鍵 Key: `{table.key}`.{refers}",
        "",
        "| 欄 column | 名稱 | 型別 type | 說明 | meaning |",
        "|---|---|---|---|---|",
        *map(_line, table.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    values = f" ({', '.join(f'`{value}`' for value in column.values)})" if column.values else ""
    kind = _TYPES[column.type] + ("" if column.required else "，可空白 or empty")
    return f"| `{column.name}` | {column.title} | {kind} | {column.zh} | {column.en}{values} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(markdown().encode("utf-8"))
