"""Reports that the tests of the store and of the app bring in: made up, of a city that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from heshu.store import Store
from heshu.store.verify import faults

YEAR_108 = """青嵐市政府人事處108年工作報告
壹、員工訓練
一、員工研習
(一)108年度辦理員工研習8場次，計有409人(男性205人、女性203人)參加。
(二)截至108年12月底止，編制員額為1,250人。
貳、退休照護
(一)108年度辦理退休362人。
"""
YEAR_109 = """青嵐市政府人事處109年工作報告
壹、員工訓練
一、員工研習
(一)109年度辦理員工研習9場次，計有420人(男性210人、女性210人)參加，較108年之409人增加11人。
(二)截至109年12月底止，編制員額為1,262人。
貳、退休照護
(一)109年度辦理退休371人，108年度辦理退休326人。
"""
CORRECTED_108 = YEAR_108.replace("8場次", "7場次")
LIBRARY = """青嵐市立圖書館110年工作報告
壹、館藏
(一)110年度購置圖書3,200冊，其中中文2,700冊、外文600冊，合計3,200冊。
貳、推廣
(一)110年度辦理講座12場次，計有960人參加。
"""
NAMES = {"108.txt": YEAR_108, "109.txt": YEAR_109, "library.txt": LIBRARY}


def write(folder: Path, texts: dict[str, str] = NAMES) -> list[Path]:
    """The reports as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = Store.open(tmp_path / "kept.heshu", create=True)
    yield kept
    kept.close()


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return write(tmp_path / "reports")


def names(store: Store) -> list[str]:
    return [each.report for each in store.members()]


def is_whole(store: Store) -> bool:
    return list(faults(store)) == []


FULL_ROW = (
    "SELECT finding_id, code, severity, message_zh, message_en, stated, computed FROM findings ORDER BY finding_id"
)
"""What of a finding must not change where nothing is read differently."""
