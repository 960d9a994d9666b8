"""Work in shards: the same bytes from one process or several, from one go or two, whatever dies on the way."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import heshu
import pytest
from heshu import pipeline, sharded
from heshu.engine.local import EngineError, Lost, run
from heshu.engine.shard import Shard, Shelf, shards
from heshu.model import Audit
from heshu.output.folder import write_folder
from heshu.output.tables import tables
from heshu.packing import DamagedError, packed, unpacked

REPORTS = 40


def texts(folder: Path, count: int = REPORTS) -> Path:
    """So many small reports of one city, in two folders; some figures of two reports in a row contradict each other."""
    for number in range(count):
        office, half = ("教育局", "社會局")[number % 2], number // 2
        name = folder / office / f"{109 + half // 2}-{half % 2 + 1}-{office}.txt"
        name.parent.mkdir(parents=True, exist_ok=True)
        told = 7_300 if half < 4 else 7_200
        name.write_text(
            f"青嵐市政府{office}{109 + half // 2}年{'上下'[half % 2]}半年工作報告\n\n"
            f"一、本期受理急難救助案計住院{half + 11}件、失業{half + 21}件、火災{half + 31}件，"
            f"合計{3 * half + 63 + (half == 3)}件。\n\n"
            f"二、獨居長者每人每月送餐費用補助{told:,}元，由本局按月撥付。\n",
            "utf-8",
        )
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return texts(tmp_path / "reports")


def written(audit: Audit, folder: Path) -> dict[str, bytes]:
    files = write_folder(audit, folder, rows=tables(audit, folder.with_name(f"{folder.name}-work"), jobs=2))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


# --- shards -----------------------------------------------------------------------------------------------------------


def test_a_shard_is_known_by_what_its_inputs_are() -> None:
    one, same, other = (
        [each.key for each in shards(inputs, str, context, size=2)]
        for inputs, context in (([1, 2, 3], ""), ([1, 2, 3], ""), ([1, 2, 4], ""))
    )
    assert one == same
    assert [one[0] == other[0], one[1] == other[1]] == [True, False]
    assert one[0] != next(iter(shards([1, 2], str, "other rules", size=2))).key


def test_a_shelf_gives_back_what_was_put_there_cell_by_cell(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "work")
    shelf.put("a", [{"name": "one", "data": b"1"}, {"name": "two", "data": b"2"}])
    assert shelf.holds("a")
    assert not shelf.holds("b")
    assert shelf.get("a", 1, "data") == b"2"
    assert shelf.column("a", "data") == [b"1", b"2"]
    assert [path.name for path in shelf.folder.iterdir()] == ["a.parquet"]


def test_what_was_read_comes_back_as_it_was(folder: Path) -> None:
    audit = heshu.audit(folder)
    read = (audit.extractions, audit.relations, audit.findings)
    back = unpacked(packed(read))
    assert back == read
    finding = next(each for each in back[2] if each.relation in back[1])
    assert any(finding.relation is relation for relation in back[1]), "what was one object stays one"


def test_nothing_but_our_nouns_is_made_of_bytes() -> None:
    for data in (pickle.dumps(os.getcwd), pickle.dumps(Path("x")), b"no pickle"):
        with pytest.raises(DamagedError):
            unpacked(data)


# --- processes --------------------------------------------------------------------------------------------------------


def _doubled(shard: Shard[int]) -> list[int]:
    return [2 * one for one in shard.inputs]


def _deadly(folder: Path, times: int, shard: Shard[int]) -> list[int]:
    """Ends its process on 7, so many times."""
    if 7 in shard.inputs and len(list(folder.iterdir())) < times:
        (folder / str(time.monotonic_ns())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _doubled(shard)


def _failing(shard: Shard[int]) -> None:
    raise ValueError("no")


def _nothing(shard: Shard[int]) -> None:
    return None


def outcome(results: Sequence[tuple[Shard[int], object]]) -> dict[tuple[int, ...], object]:
    return {shard.inputs: result for shard, result in results}


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_shard_is_done_once(jobs: int) -> None:
    todo = list(shards(range(10), str, size=3))
    found = outcome(list(run(_doubled, todo, jobs)))
    assert found == {(0, 1, 2): [0, 2, 4], (3, 4, 5): [6, 8, 10], (6, 7, 8): [12, 14, 16], (9,): [18]}


def test_work_that_gives_nothing_is_done_all_the_same() -> None:
    assert [result for _, result in run(_nothing, list(shards(range(4), str, size=1)), 2)] == [None] * 4


def test_a_process_that_is_killed_costs_one_more_trial(tmp_path: Path) -> None:
    todo = list(shards(range(12), str, size=3))
    found = outcome(list(run(partial(_deadly, tmp_path, 1), todo, 2)))
    assert len(list(tmp_path.iterdir())) == 1
    assert sorted(one for result in found.values() for one in result) == [2 * one for one in range(12)]  # type: ignore[attr-defined]


def test_an_input_that_ends_two_processes_is_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    todo = list(shards(range(12), str, size=3))
    found = outcome(list(run(partial(_deadly, tmp_path, 9), todo, 2)))
    assert len(list(tmp_path.iterdir())) == 2
    assert found.pop((7,)) == Lost("SIGKILL")
    assert sorted(one for result in found.values() for one in result) == [2 * one for one in range(12) if one != 7]  # type: ignore[attr-defined]


def test_work_that_fails_where_it_should_tell_what_is_wrong_is_no_result() -> None:
    with pytest.raises(EngineError, match="ValueError: no"):
        list(run(_failing, list(shards(range(4), str, size=1)), 2))


# --- audits -----------------------------------------------------------------------------------------------------------


def test_what_is_kept_in_shards_is_the_audit_in_memory(folder: Path, tmp_path: Path) -> None:
    whole = written(heshu.audit(folder), tmp_path / "whole")
    assert b"contradiction" in whole["findings.jsonl"]
    for jobs in (1, 2):
        kept = sharded.audit([folder], tmp_path / f"work{jobs}", jobs=jobs)
        assert written(kept, tmp_path / f"kept{jobs}") == whole


@pytest.mark.parametrize("each", [False, True])
def test_cities_apart_give_the_bytes_of_all_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each: bool
) -> None:
    """What is written of each city by itself is in the order of the names of all reports."""
    for city in ("青嵐市", "晴川市"):
        for file in texts(tmp_path / "made").rglob("*.txt"):
            named = tmp_path / "reports" / f"{file.stem[:5]}-{city}-{file.stem[6:]}.txt"
            named.parent.mkdir(exist_ok=True)
            named.write_text(file.read_text("utf-8").replace("青嵐市", city), "utf-8")
    whole = written(heshu.audit(tmp_path / "reports", each=each), tmp_path / "whole")
    monkeypatch.setattr(sharded, "TOGETHER", 1)
    kept = sharded.audit([tmp_path / "reports"], tmp_path / "work", jobs=2, each=each)
    assert len(kept.bodies) == 2
    assert written(kept, tmp_path / "kept") == whole


def test_a_report_that_ends_two_processes_becomes_an_entry(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = pipeline.outcome_of

    def deadly(task: pipeline.Task) -> pipeline.Outcome:
        if task.name.startswith("110-1-社會局"):
            os.kill(os.getpid(), signal.SIGKILL)
        return read(task)

    monkeypatch.setattr(pipeline, "outcome_of", deadly)
    kept = sharded.audit([folder], tmp_path / "work", jobs=2)
    assert len(kept.extractions) == REPORTS - 1
    assert [(Path(each.path).name, each.code, "SIGKILL" in each.message_en) for each in kept.problems] == [
        ("110-1-社會局.txt", "internal", True)
    ]


def test_a_run_that_was_ended_goes_on_where_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sharded.audit([folder], tmp_path / "work", jobs=1, progress=stop)
    done: list[str] = []
    read = pipeline.outcome_of

    def noted(task: pipeline.Task) -> pipeline.Outcome:
        done.append(task.name)
        return read(task)

    monkeypatch.setattr(pipeline, "outcome_of", noted)
    kept = sharded.audit([folder], tmp_path / "work", jobs=1)
    assert len([name for name in done if name != "warm"]) == REPORTS - 32
    assert written(kept, tmp_path / "kept") == written(heshu.audit(folder), tmp_path / "whole")


def test_a_file_that_has_changed_in_between_is_read_again(folder: Path, tmp_path: Path) -> None:
    sharded.audit([folder], tmp_path / "work", jobs=1)
    changed = folder / "教育局" / "112-2-教育局.txt"
    changed.write_text(changed.read_text("utf-8").replace("合計84件", "合計89件"), "utf-8")
    kept = sharded.audit([folder], tmp_path / "work", jobs=1)
    fresh = heshu.audit(folder)
    assert "89" in {finding.mentions[0].text.rstrip("件") for finding in fresh.findings}
    assert list(kept.findings) == list(fresh.findings)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_keeps_what_was_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder = texts(tmp_path / "reports", 360)
    command = [sys.executable, "-m", "heshu", "audit", str(folder), "--formats", "jsonl", "--fail-on", "never", "-o"]
    stopped = subprocess.Popen(
        [*command, str(tmp_path / "out"), "--jobs", "2", "--lang", "en"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    shelf = tmp_path / "out" / ".heshu-shards"
    while stopped.poll() is None and not list(shelf.glob("*.parquet")):
        time.sleep(0.01)
    os.killpg(stopped.pid, signal.SIGINT)
    _, said = stopped.communicate(timeout=60)
    assert stopped.returncode == 130
    assert f"what was done is kept in {shelf}" in said
    kept = {path.name: path.stat().st_mtime_ns for path in shelf.glob("*.parquet")}
    assert kept
    assert not (tmp_path / "out" / "findings.jsonl").exists()
    for name in ("out", "whole"):
        subprocess.run([*command, str(tmp_path / name)], check=True, stdout=subprocess.DEVNULL)
    assert not shelf.exists()
    for file in (tmp_path / "whole").iterdir():
        assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes()


# --- a cluster --------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed_in_the_middle(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster
    from heshu.engine import cluster

    folder = texts(tmp_path / "reports", 80)
    whole = written(heshu.audit(folder), tmp_path / "whole")
    killed: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers, Client(workers) as client:

        def kill(done: int, total: int) -> None:
            if done < total and not killed:
                killed.append(min(client.run(os.getpid).values()))
                os.kill(killed[0], signal.SIGKILL)

        kept = sharded.audit(
            [folder], tmp_path / "work", progress=kill, run=partial(cluster.run, scheduler=workers.scheduler_address)
        )
        assert killed
        assert killed[0] not in client.run(os.getpid).values()
    assert written(kept, tmp_path / "kept") == whole


def test_an_input_that_ends_workers_is_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    from heshu.engine import cluster

    todo = list(shards([1, 7, 8], str, size=3))
    found = outcome(list(cluster.run(partial(_deadly, tmp_path, 99), todo, 2)))
    assert found == {(1,): [2], (7,): Lost("KilledWorker"), (8,): [16]}


def test_the_command_line_knows_a_cluster(tmp_path: Path) -> None:
    folder = texts(tmp_path / "reports", 20)
    for name, more in (("local", ()), ("cluster", ("--engine", "dask", "--jobs", "2"))):
        order = ["audit", str(folder), "-o", str(tmp_path / name), "--formats", "jsonl", "--fail-on", "never", *more]
        subprocess.run([sys.executable, "-m", "heshu", *order], check=True, stdout=subprocess.DEVNULL)
    for file in (tmp_path / "local").iterdir():
        assert (tmp_path / "cluster" / file.name).read_bytes() == file.read_bytes()
