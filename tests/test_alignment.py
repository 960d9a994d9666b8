"""Two reports side by side: paragraphs by their words, figures by their places, whatever moved."""

from __future__ import annotations

import heshu
import pytest
from heshu.cli import app
from heshu.corpus.read import read_text
from heshu.model import Alignment
from heshu.output.against import differing
from heshu.output.beside import Side, beside
from heshu.pipeline import align
from typer.testing import CliRunner

HEADS = (
    "青嵐市政府農業局98年上半年施政報告\n(98年1月至98年6月)\n\n",
    "青嵐市政府農業局98年下半年施政報告\n(98年7月至98年12月)\n\n",
)
FARMS = "輔導稻米產銷專業區{}處，契作面積{}公頃，通過驗證之碾米廠計{}家。"
DOGS = "辦理流浪犬絕育{}頭，補助動物醫院{}家，並宣導飼主責任{}場次。"
BOATS = "收購老舊漁筏{}艘，核發獎勵金{}萬元，休漁者計{}戶。"


def aligned(first: str, second: str) -> Alignment:
    texts = zip(HEADS, (first, second), "ab", strict=True)
    return align(*(heshu.extract(read_text(head + text, f"{name}.txt")) for head, text, name in texts))


def pairs(found: Alignment) -> list[tuple[str, str]]:
    return [(pair.earlier.text, pair.later.text) for pair in found.figures if pair.later.kind == "quantity"]


CASES = [
    ("the same words", FARMS.format(32, 876, 19), FARMS.format(35, 912, 21),
     [("32處", "35處"), ("876公頃", "912公頃"), ("19家", "21家")]),
    ("a paragraph that moved", FARMS.format(1, 2, 3) + "\n\n" + DOGS.format(4, 5, 6), DOGS.format(7, 8, 9) + "\n\n" + FARMS.format(10, 11, 12),
     [("4頭", "7頭"), ("5家", "8家"), ("6場次", "9場次"), ("1處", "10處"), ("2公頃", "11公頃"), ("3家", "12家")]),
    ("a figure that is new", "辦理流浪犬絕育4頭，並宣導飼主責任6場次。", DOGS.format(7, 8, 9), [("4頭", "7頭"), ("6場次", "9場次")]),
    ("a figure that is gone", BOATS.format(12, 340, 56), "收購老舊漁筏15艘，休漁者計61戶。", [("12艘", "15艘"), ("56戶", "61戶")]),
    ("another unit", BOATS.format(12, 340, 56), BOATS.format(15, 360, 61).replace("戶", "公頃"), [("12艘", "15艘"), ("340萬元", "360萬元")]),
    ("two figures in the same words, of two years",
     "汰換老舊路燈，97年裝設215盞，迄98年6月底點亮203盞，98年裝設140盞，迄98年6月底點亮91盞。",
     "汰換老舊路燈；97年裝設215盞，全數點亮；98年裝設188盞，迄98年12月底點亮126盞。",
     [("215盞", "215盞"), ("140盞", "188盞"), ("91盞", "126盞")]),
    ("a paragraph that was broken up", "補助農會超市設置地產地銷專區" + "、改善冷藏及分級包裝設備、訓練銷售人員" * 3 + "32處。另與漁會合辦青年返鄉留農座談，輔導返鄉青農876人。",
     "與漁會合辦青年返鄉留農座談，輔導返鄉青農912人。\n\n" + FARMS.format(1, 2, 3), [("876人", "912人")]),
    ("nothing in common", FARMS.format(1, 2, 3), BOATS.format(4, 5, 6), []),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_figures_stand_in_each_others_place(first: str, second: str, wanted: list[tuple[str, str]]) -> None:
    assert pairs(aligned(first, second)) == wanted


def test_what_is_new_and_what_is_gone_has_no_partner() -> None:
    found = aligned(FARMS.format(1, 2, 3), BOATS.format(4, 5, 6))
    alone = [(each.earlier is None, each.later is None) for each in found.passages if each.likeness == 0]
    assert (True, False) in alone
    assert (False, True) in alone


def test_no_figure_stands_in_two_pairs() -> None:
    text = "\n\n".join(FARMS.format(n, n + 1, n + 2) for n in range(10, 40, 3))
    found = aligned(text, text)
    for side in ("earlier", "later"):
        starts = [getattr(pair, side).start for pair in found.figures]
        assert len(starts) == len(set(starts))


def test_the_command_shows_what_changed(tmp_path) -> None:
    for name, head, figures in (("a.txt", HEADS[0], (32, 876, 19)), ("b.txt", HEADS[1], (35, 876, 21))):
        (tmp_path / name).write_text(head + FARMS.format(*figures), encoding="utf-8")
    told = CliRunner().invoke(app, ["align", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert told.exit_code == 0
    assert "【32處 → 35處】" in told.stdout
    assert "876公頃 →" not in told.stdout


def test_against_shows_what_tells_of_the_new_report(tmp_path) -> None:
    (tmp_path / "old").mkdir()
    told = "98年計有{}人辦理退休(公務人員{}人、教育人員{}人)。"
    (tmp_path / "old" / "a.txt").write_text(HEADS[0] + told.format(40, 10, 20), encoding="utf-8")
    (tmp_path / "new.txt").write_text(HEADS[1] + told.format(50, 12, 21), encoding="utf-8")
    found = CliRunner().invoke(
        app, ["audit", str(tmp_path / "new.txt"), "--against", str(tmp_path / "old"), "-o", str(tmp_path / "out"), "--lang", "en"]
    )  # fmt: skip
    assert "50人" in found.stdout
    assert "40人" not in found.stdout


def test_the_answer_stands_first_where_a_report_is_held_against_those_before(tmp_path) -> None:
    (tmp_path / "old").mkdir()
    gone = "\n\n另設置漁村文物館一座，蒐藏漁具3,210件。"
    (tmp_path / "old" / "a.txt").write_text(HEADS[0] + FARMS.format(32, 876, 19) + gone, encoding="utf-8")
    (tmp_path / "new.txt").write_text(HEADS[1] + FARMS.format(35, 876, 21), encoding="utf-8")
    found = CliRunner().invoke(
        app, ["audit", str(tmp_path / "new.txt"), "--against", str(tmp_path / "old"), "-o", str(tmp_path / "out"), "--lang", "en"]
    )  # fmt: skip
    assert "figures that vanished 1" in " ".join(found.stdout.split())
    assert "figures copied unchanged 1" in " ".join(found.stdout.split())
    page = (tmp_path / "out" / "audit.html").read_text(encoding="utf-8")
    assert page.index('id="against"') < page.index('id="findings"')


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("共輔導32處。", "共輔導35處。", (["32"], ["35"])),
        ("契作面積876公頃", "契作面積876公頃", ([], [])),
        ("完成1,024件", "已完成1,024件", ([], ["已"])),
    ],
)
def test_what_differs_is_marked_number_by_number(one: str, other: str, marked: tuple[list[str], list[str]]) -> None:
    found = differing(one, other)
    assert tuple([each.text for each in side if each.marked] for side in found) == marked
    assert tuple("".join(each.text for each in side) for side in found) == (one, other)


def test_two_reports_are_laid_side_by_side_with_what_differs_marked() -> None:
    texts = (
        FARMS.format(32, 876, 19) + "\n\n" + BOATS.format(12, 340, 56),
        DOGS.format(4, 5, 6) + "\n\n全面" + FARMS.format(35, 876, 21),
    )
    first, second = (
        heshu.extract(read_text(head + text, f"{name}.txt"))
        for head, text, name in zip(HEADS, texts, "ab", strict=True)
    )
    both = beside(first.report, second.report, align(first, second))
    told = [(pair.kind, _marks(pair.earlier), _marks(pair.later)) for pair in both.pairs if pair.kind != "same"]
    assert told[-3:] == [
        ("new", [], []),
        (
            "figure",
            [("figure", "32處"), ("figure", "19家")],
            [("word", "全面"), ("figure", "35處"), ("figure", "21家")],
        ),
        ("gone", [], []),
    ]
    assert (both.counts["new"], both.counts["gone"], both.counts["figures"]) == (1, 1, 2 + len(told[:-3]))


def _marks(side: Side | None) -> list[tuple[str, str]]:
    return [(piece.mark, piece.text) for piece in side.pieces if piece.mark] if side else []


def test_the_page_of_two_reports_is_whole_and_asks_for_nothing(tmp_path) -> None:
    for name, head, figures in (("a.txt", HEADS[0], (32, 876, 19)), ("b.txt", HEADS[1], (35, 876, 21))):
        (tmp_path / name).write_text(head + FARMS.format(*figures) + "<script>1</script>", encoding="utf-8")
    page = tmp_path / "both.html"
    told = CliRunner().invoke(
        app, ["align", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--format", "html", "-o", str(page)]
    )
    assert told.exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "<mark>32處</mark>" in text
    assert "<mark>35處</mark>" in text
    assert "<script" not in text
    assert "http" not in text.split("<body>")[1]
