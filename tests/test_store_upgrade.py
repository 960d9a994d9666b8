"""What other rules or another version read is read again, and what differs is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from heshu import pipeline
from heshu.store import Store, StoreError, ingest
from heshu.store import rulesprint as printing
from heshu.store.audits import whole
from heshu.store.rules import keep_rules
from heshu.store.upgrade import stale, upgrade
from heshu.store.verify import remarks

from .stored import FULL_ROW, is_whole, paths, store

__all__ = ["paths", "store"]


def test_an_upgrade_reads_again_and_tells_what_is_different(store: Store, paths: list[Path], tmp_path: Path) -> None:
    ingest(store, paths)
    assert not stale(store)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.toml").write_text(
        '[[mark]]\nid = "mark.own-seats"\nwhy = "numbers of seats"\npattern = "編制員額為[\\\\d,]+人"\n'
        'examples = ["編制員額為【1,250】人"]\n',
        encoding="utf-8",
    )
    try:
        keep_rules(store, rules)
    except Exception as error:  # the rule's own form is tested elsewhere
        pytest.fail(str(error))
    assert [row["report"] for row in stale(store)] == ["108.txt", "109.txt", "library.txt"]
    assert next(remark.en for remark in remarks(store)).startswith("3 reports were read by another version")
    done = upgrade(store)
    assert (done.reports, [name for name, _ in done.differing]) == (3, ["108.txt", "109.txt"])
    gone = store.rows("SELECT report, before FROM changes WHERE run_id = ? AND what = 'fact'", (done.run_id,))
    assert any("1250" in row["before"] for row in gone)
    assert whole(store) == pipeline.audit(paths, rules=pipeline.load_rules(rules))
    assert is_whole(store) and not stale(store)


def test_an_upgrade_by_other_code_changes_nothing_where_nothing_is_read_differently(
    store: Store, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(store, paths)
    before = [tuple(row) for row in store.rows(FULL_ROW)]
    monkeypatch.setattr(printing, "_ours", lambda: b"other code")
    assert len(stale(store)) == 3
    done = upgrade(store)
    assert (done.reports, done.differing, done.failed) == (3, (), ())
    assert [tuple(row) for row in store.rows(FULL_ROW)] == before
    assert is_whole(store)


def test_nouns_of_another_shape_are_read_again(store: Store, paths: list[Path]) -> None:
    ingest(store, paths)
    with store.writing() as connection:
        connection.execute("UPDATE readings SET model = 'older'")
    with pytest.raises(StoreError, match="upgrade"):
        whole(store)
    upgrade(store)
    assert whole(store) == pipeline.audit(paths)
