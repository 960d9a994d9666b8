"""What may be wrong with a store, in words for the person who uses it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..notation import Both

CODES: dict[str, Both] = {
    "missing": Both(
        "沒有這個資料庫；請先以 heshu ingest 讀入報告",
        "there is no such store; read reports into one with heshu ingest",
    ),
    "foreign": Both("不是核數的資料庫", "this is no store of heshu"),
    "damaged": Both(
        "資料庫已損壞；請以備份取代，或另建資料庫重新讀入報告",
        "the store is damaged; put a backup in its place, or read the reports into a new one",
    ),
    "newer": Both(
        "資料庫由較新的版本建立；請更新 heshu", "the store was made by a newer version; bring heshu up to date"
    ),
    "locked": Both(
        "另一個程式正在寫入資料庫；請稍候再試", "another program is writing to the store; try again in a moment"
    ),
    "read-only": Both("資料庫無法寫入；請確認權限", "the store cannot be written to; see its permissions"),
    "full": Both("磁碟空間不足；已寫入的報告不受影響", "the disk is full; what was written before is whole"),
    "io": Both(
        "資料庫無法讀寫；請確認磁碟空間與連線",
        "the store could not be read or written; see the disk's space and connection",
    ),
    "unopened": Both(
        "資料庫無法開啟；請確認資料夾與權限", "the store cannot be opened; see its folder and permissions"
    ),
    "stale": Both(
        "資料庫的判讀由另一版本寫成；請執行 heshu store upgrade",
        "what the store keeps was read by another version; run heshu store upgrade",
    ),
    "unknown-report": Both("資料庫中沒有這份報告", "the store has no such report"),
    "unknown-run": Both("資料庫中沒有這次執行", "the store has no such run"),
    "unknown-series": Both("這個數字不在任何數列之中", "this figure is in no series"),
    "unknown-finding": Both("資料庫中沒有這項發現", "the store has no such finding"),
}
_BY_SQLITE = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "io",
    sqlite3.SQLITE_CANTOPEN: "unopened",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "foreign",
}


class StoreError(Exception):
    """Something that keeps a store from being used; ``code`` is a key of ``CODES``."""

    def __init__(self, code: str, path: Path | str, detail: str = "") -> None:
        self.code = code
        self.path = str(path)
        self.detail = detail
        super().__init__(f"{self.path}: {self.words.en}")

    @property
    def words(self) -> Both:
        """What is wrong and what to do, in both languages."""
        zh, en = CODES[self.code]
        return Both(f"{zh}（{self.detail}）", f"{en} ({self.detail})") if self.detail else Both(zh, en)


@contextmanager
def told(path: Path | str) -> Iterator[None]:
    """What SQLite complains of, as a ``StoreError``."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        name = _BY_SQLITE.get(code & 0xFF)
        if name is None:
            if isinstance(error, sqlite3.DatabaseError) and code & 0xFF == sqlite3.SQLITE_ERROR:
                name = "damaged"  # a table or a column is not there
            else:
                raise
        raise StoreError(name, path) from error
