"""``heshu series`` and the panel: indicators that run through several reports."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import heshu
import pytest
from heshu.cli import app
from heshu.output.tables import series_rows
from typer.testing import CliRunner

REPORTS = {
    "a.txt": "青嵐市政府人事處108年度工作報告\n\n一、截至108年12月底止，特約商店計有120家。\n二、108年計有35人退休。\n",
    "b.txt": "青嵐市政府人事處109年度工作報告\n\n一、截至109年12月底止，特約商店共計150家。\n二、109年計有28人退休。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_values_are_drawn_by_period(folder: Path) -> None:
    result = CliRunner().invoke(app, ["series", str(folder), "--indicator", "特約"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["108年12月", "109年12月"]
    assert [line.split()[2] for line in lines[1:3]] == ["120", "150"]
    assert "退休" not in result.output


def test_drawing_is_at_most_eighty_columns_wide(folder: Path) -> None:
    from rich.cells import cell_len

    result = CliRunner().invoke(app, ["series", str(folder), "--lang", "en"])
    assert max(map(cell_len, result.output.splitlines())) <= 80


def test_records(folder: Path) -> None:
    result = CliRunner().invoke(app, ["series", str(folder), "--format", "jsonl", "--indicator", "退休"])
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [(row["period"], row["value"], row["report"]) for row in rows] == [
        ("2019", "35", "a.txt"),
        ("2020", "28", "b.txt"),
    ]


def test_csv_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "series.csv"
    result = CliRunner().invoke(app, ["series", str(folder), "--format", "csv", "-o", str(target)])
    assert result.exit_code == 0 and not result.output
    assert target.read_text("utf-8").startswith("\ufeffindicator,") or target.read_text("utf-8").startswith(
        "indicator,"
    )


def test_nothing_in_common(folder: Path) -> None:
    result = CliRunner().invoke(app, ["series", str(folder / "a.txt"), "--lang", "en"])
    assert "No indicator" in result.output


def test_unreadable_input_is_told_and_the_rest_is_done(folder: Path) -> None:
    result = CliRunner().invoke(app, ["series", str(folder), str(folder / "missing.txt"), "--indicator", "退休"])
    assert result.exit_code == 2
    assert "109年" in result.output


def test_panel_has_one_column_a_period(folder: Path) -> None:
    frame = heshu.audit(folder).series_frame()
    assert frame.index.names[:3] == ["indicator", "category", "agency"]
    row = frame.xs("特約商店家數", level="indicator").iloc[0]
    assert row["2019-12"] == Decimal(120)
    assert row["2020-12"] == Decimal(150)


HALVES = (
    "青嵐市政府水利處98年上半年施政報告\n(98年1月至98年6月)\n\n",
    "青嵐市政府水利處98年下半年施政報告\n(98年7月至98年12月)\n\n",
)
PLACES = [
    ("the phases of a plan are a series each",
     "治水計畫第1階段經費{}億元；第2階段經費{}億元，完成後保護{}萬人。", (309, 445, 25), (309, 452, 27),
     [("309", "309"), ("445", "452"), ("250000", "270000")]),
    ("a standard stands at the day on which a report speaks",
     "單身聯誼配對成功並結婚之佳偶，每對致贈禮券{}元。", (5000,), (6000,), [("5000", "6000")]),
    ("what is planned and what came of it",
     "本年與金融機構合作，辦理漁民講習，預計{}人參訓。", (120,), None, [("120", "113")]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "then", "now", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in PLACES])
def test_what_stands_in_each_others_place_is_one_series(
    tmp_path: Path, told: str, then: tuple[int, ...], now: tuple[int, ...] | None, wanted: list[tuple[str, str]]
) -> None:
    later = told.format(*now) if now else "98年與金融機構合作，辦理漁民講習，計113人參訓。"
    for name, text in zip("ab", (HALVES[0] + told.format(*then), HALVES[1] + later), strict=True):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    audit = heshu.audit(tmp_path)
    found: dict[str, dict[str, str]] = {}
    for row in series_rows(audit.extractions, audit.alignments):
        found.setdefault(str(row["series"]), {})[str(row["report"])] = str(row["value"]).removesuffix("00000000")
    pairs = [(each["a.txt"], each["b.txt"]) for each in found.values() if len(each) == 2]
    assert sorted(pairs) == sorted(wanted)


NAMED = [
    ("a half and a whole year", "為妥善運用經費，108年下半年共有35人退休(公務人員20人、教職員15人)，均已核定。", "辦理退撫資遣情形如下：109年退休公務人員30人、教育人員31人，合計61人。", [["15", "31"], ["20", "30"], ["35", "61"]]),
    ("an agency that one sentence names", "配合政策，108年7月至12月辦理宣導活動共40場，本府員工協助方案宣導計2,640人參加。", "製成電子書供同仁下載，並由消防局協辦，109年員工協助方案辦理宣導共52場次，計3,120人參加。", [["2640", "3120"], ["40", "52"]]),
    ("two well-known names in like words", "108年發放月退休金公務人員8,654人。", "109年辦理退休公務人員367人。", [["367"], ["8654"]]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in NAMED])
def test_a_well_known_name_is_one_series(tmp_path: Path, first: str, second: str, wanted: list[list[str]]) -> None:
    for name, year, text in (("a.txt", 108, first), ("b.txt", 109, second)):
        head = f"青嵐市政府人事處{year}年度工作報告\n\n"
        (tmp_path / name).write_text(head + text, encoding="utf-8")
    audit = heshu.audit(tmp_path)
    found: dict[str, list[str]] = {}
    for row in series_rows(audit.extractions, audit.alignments):
        found.setdefault(str(row["series"]), []).append(str(row["value"]))
    assert sorted(map(sorted, found.values())) == wanted
