"""Whether a store is whole: the file, and every report in it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

from ..notation import Both
from .errors import StoreError, told
from .keep import Store
from .settle import is_settled
from .upgrade import stale

_LEFT = {
    "passages": "SELECT count(*) FROM passages p LEFT JOIN passages_fts f ON f.rowid = p.passage WHERE f.rowid IS NULL",
    "facts": "SELECT count(*) FROM facts WHERE report_id NOT IN (SELECT report_id FROM reports)",
}


def faults(store: Store) -> Iterator[Both]:
    """What is wrong with it; nothing where it is whole."""
    with told(store.path):
        for (line,) in store.connection.execute("PRAGMA integrity_check").fetchall():
            if line != "ok":
                yield Both(f"檔案：{line}", f"the file: {line}")
        for row in store.connection.execute("PRAGMA foreign_key_check").fetchall():
            yield Both(f"資料表 {row[0]}：有一列所指不存在", f"table {row[0]}: a row refers to nothing")
        for table, query in _LEFT.items():
            count = store.connection.execute(query).fetchone()[0]
            if count:
                yield Both(f"資料表 {table}：{count} 列有缺漏", f"table {table}: {count} rows lack their counterpart")
    for row in store.rows(
        "SELECT r.report_id, r.report, r.facts, r.characters, s.sha256, s.size, s.data, length(t.text) AS length, t.text, "
        "(SELECT count(*) FROM facts f WHERE f.report_id = r.report_id) AS counted FROM reports r "
        "LEFT JOIN sources s USING (report_id) LEFT JOIN texts t USING (report_id) ORDER BY r.report"
    ):
        name = row["report"]
        if row["data"] is None or not _is_whole(row["data"], row["sha256"], row["size"], row["report_id"]):
            yield Both(f"{name}：原檔不完整", f"{name}: the bytes of its file are not whole")
        if row["text"] is None or len(row["text"]) != row["characters"]:
            yield Both(f"{name}：全文不完整", f"{name}: its text is not whole")
        if row["counted"] != row["facts"]:
            yield Both(f"{name}：事實不完整", f"{name}: its facts are not all there")
        try:
            store.reading(row["report_id"])
        except StoreError as error:
            if error.code != "stale":
                yield Both(f"{name}：判讀不完整", f"{name}: what was read in it is not whole")


def remarks(store: Store) -> Iterator[Both]:
    """What is to be done with a store that is whole."""
    if not is_settled(store):
        yield Both(
            "尚有報告未完成跨報告核對；再次執行 heshu ingest 即可完成",
            "reports wait to be held against each other; run heshu ingest once more",
        )
    old = len(stale(store))
    if old:
        yield Both(
            f"{old} 份報告由另一版本或其他規則判讀；請執行 heshu store upgrade",
            f"{old} reports were read by another version or other rules; run heshu store upgrade",
        )


def _is_whole(data: bytes, sha256: str, size: int, report_id: str) -> bool:
    try:
        plain = zlib.decompress(data)
    except zlib.error:
        return False
    return len(plain) == size and hashlib.sha256(plain).hexdigest() == sha256 and sha256.startswith(report_id)
