"""The audit page: it says what was found, escapes what strangers wrote, and asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from heshu.model import Audit, Block, Cell, Extraction, Fact, Mend, Mention, Period, Report, Suppressed, Trace
from heshu.notation import calendar
from heshu.output.page import render
from heshu.output.page_figures import weight
from heshu.output.page_series import outliers
from heshu.output.tables import finding_ids

VOID = {"meta", "rect", "circle", "line", "polyline", "path", "link", "br", "img", "input"}
UNSEEN = {"style", "script"}


class Outline(HTMLParser):
    """Checks that elements are closed in order, and collects attributes and the text shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.shown = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not UNSEEN & set(self.open):
            self.shown += data

    def tags(self) -> set[str]:
        return {tag for tag, _, _ in self.attributes}

    def values(self, name: str) -> list[str]:
        return [value for _, own, value in self.attributes if own == name]


@pytest.mark.parametrize(
    "told",
    [
        "發現 1 項矛盾",
        "1 contradiction found",
        "《青嵐市人事處108年下半年工作報告》第 2 行寫「409人」，但 205人 + 203人 為 408人。",
        "“青嵐市人事處108年下半年工作報告”, line 2, says “409人”, but 205人 + 203人 make 408人.",
        "=研習人數／男性",
        "+1人",
        "青嵐市108下.txt 第 2 行",
        "檔案沒有內容",
        "the file is empty",
    ],
)
def test_the_page_tells(made_audit: Audit, told: str) -> None:
    assert told in Outline(render(made_audit)).shown


def test_what_is_told_twice_is_not_said_to_be_computed(made_audit: Audit) -> None:
    assert made_audit.findings[0].relation
    relation = replace(made_audit.findings[0].relation, kind="same")
    twice = replace(made_audit.findings[0], relation=relation)
    shown = Outline(render(replace(made_audit, findings=(twice,), relations=(relation,)))).shown
    assert "computed" not in shown
    assert "同一事項" in shown


def test_the_figures_are_marked_in_the_quotation_and_link_into_the_text(made_audit: Audit) -> None:
    page = render(made_audit)
    links = re.findall(r'<mark><a href="#([^"]+)">([^<]+)</a></mark>', page)
    assert [text for _, text in links] == ["409人", "205人", "203人"]
    for anchor, text in links:
        assert re.search(rf'<a class="f contradicted" id="{anchor}"[^>]*>{text}</a>', page)


@pytest.mark.parametrize(
    ("state", "text"),
    [("contradicted", "409人"), ("contradicted", "205人"), ("untied", "99.5%"), ("untied d", "108年10月1日"), ("unread", "7")],
)  # fmt: skip
def test_every_figure_shows_its_state(made_audit: Audit, state: str, text: str) -> None:
    assert re.search(rf'<a class="f {state}" id="r0-\d+"[^>]*>{text}</a>', render(made_audit))


def test_what_was_read_lies_beside_the_text(made_audit: Audit) -> None:
    found = re.search(r'id="data-0">(.*?)</script>', render(made_audit), re.DOTALL)
    assert found
    data = json.loads(found[1])
    detail = next(each for each in data["figures"].values() if each.get("value") == ["409人", "409人"])
    assert detail["indicator"] == "=研習人數"
    assert detail["period"] == ["108年7月至12月", "2019-07 to 2019-12"]
    assert data["ties"][detail["ties"][0]]["terms"] == ["205人 + 203人"] * 2


def test_a_card_says_what_would_mend_it_and_what_bears_its_figures_out(made_audit: Audit) -> None:
    total, men, women = made_audit.findings[0].mentions
    bearing = replace(made_audit.relations[0], kind="difference", result=men, terms=(total, women), holds=True)
    finding = replace(
        made_audit.findings[0], mends=(Mend(total, "408"), Mend(men, "206")), kin=(bearing,), bearing=(bearing,)
    )
    page = render(replace(made_audit, findings=(finding,)))
    chinese, english = (Outline(re.sub(f'<span class="{other}">.*?</span>', "", page)).shown for other in ("en", "zh"))
    assert "擇一更正即相符：409人 → 408人、205人 → 206人" in chinese
    assert "Any one of these would mend it: 409人 → 408人, 205人 → 206人" in english
    assert "出於同一原因：409人 − 203人 ≠ 205人" in chinese
    assert "Borne out elsewhere: 409人 − 203人 = 205人" in english


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (("甲局", "乙局", "丙局"), "但實際列出 3機關：甲局、乙局、丙局。"),
        (tuple(f"第{number}局" for number in range(21)), "但實際列出 21機關。"),
        (("甲局", "推動小型社區長期照顧服務據點暨巷弄長照站"), "但實際列出 2機關。"),
    ],
    ids=["few", "many", "long"],
)
def test_a_headline_names_what_was_counted_where_it_is_little(
    made_audit: Audit, items: tuple[str, ...], told: str
) -> None:
    figure = replace(made_audit.findings[0].mentions[0], unit="機關")
    relation = replace(made_audit.relations[0], kind="count", result=figure, terms=(), signs=(), items=items,
                       computed=str(len(items)))  # fmt: skip
    finding = replace(made_audit.findings[0], relation=relation, mentions=(figure,))
    headline = re.search(r"<h3>.*?</h3>", render(replace(made_audit, findings=(finding,))), re.DOTALL)
    assert headline
    assert told in headline[0]
    assert all(item in render(replace(made_audit, findings=(finding,))) for item in items)


def test_what_was_left_out_is_listed(made_audit: Audit) -> None:
    left = Suppressed(made_audit.findings[0], "baseline", "已向議會說明")
    shown = Outline(render(replace(made_audit, findings=(), suppressed=(left,)))).shown
    assert "略去的發現" in shown
    assert "已向議會說明" in shown


def test_rows_of_a_table_are_quoted_with_their_cells_apart(made_audit: Audit) -> None:
    text = "科目\t人數\n甲\t12人\n乙\t30人\n計\t41人"
    name = "表.txt"
    starts = {figure: text.index(figure) for figure in ("12人", "41人")}
    figures = tuple(
        Mention(name, "quantity", start, start + 3, figure, 0, start, start + 3, "test", value=Decimal(figure[:2]), unit="人")
        for figure, start in starts.items()
    )  # fmt: skip
    cells, at = [], 0
    for row, line in enumerate(text.split("\n")):
        for column, cell in enumerate(line.split("\t")):
            cells.append(Cell(row, column, at, at + len(cell), header=row == 0))
            at += len(cell) + 1
    block = Block("table", text, tuple(range(len(text))), cells=tuple(cells))
    extraction = Extraction(Report("2" * 16, name, name, text, (block,)), None, None, None, figures, (), ())
    finding = replace(made_audit.findings[0], relation=None, mentions=figures)
    page = render(Audit((extraction,), (), (finding,), ()))
    quote = re.search(r'<blockquote[^>]*class="rows">(.*?)</blockquote>', page, re.DOTALL)
    assert quote
    assert re.sub("<[^>]+>", "", quote[1]) == "科目 ｜ 人數\n甲 ｜ 12人\n計 ｜ 41人"
    assert page.count('class="f contradicted"') == 2 + 1  # in the legend as well


def parts(page: str) -> list[str]:
    """The page, and what is packed in it."""
    packed = re.findall(r'<script type="text/plain" id="packed-\w+">(.*?)</script>', page, re.DOTALL)
    return [page, *(zlib.decompress(base64.b64decode(each)).decode("utf-8") for each in packed)]


ATTACKS = [
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "</script><script>alert(1)</script><!--",
    "</style><base href=//x>",
    "\u202e\u2066=1+1\u2069 {{ 7*7 }} {% raw %}",
    "\u2028alert(1)",
]


def hostile(audit: Audit, attack: str) -> Audit:
    """The attack wherever a report or a file name may put words."""
    extraction = audit.extractions[0]
    text = f"{attack}計有409人\n"
    name = f"{attack}.txt"
    at = text.index("409人")
    report = Report("0" * 16, name, attack, text, (Block("paragraph", text, tuple(range(len(text))), path=(attack,)),))
    figure = replace(extraction.mentions[0], report=name, start=at, end=at + 4, block_start=at, block_end=at + 4,
                     unit=attack, rule=attack)  # fmt: skip
    fact = replace(extraction.facts[0], mention=figure, agency=attack, indicator=attack, category=attack,
                   trace=(Trace("role", attack),), section=(attack,))  # fmt: skip
    relation = replace(
        audit.relations[0], result=figure, terms=(figure, figure), stated=attack, computed=attack, rule=attack
    )
    finding = replace(
        audit.findings[0], message_zh=attack, message_en=attack, code=attack, relation=relation, mentions=(figure,)
    )
    return replace(
        audit,
        extractions=(Extraction(report, attack, None, None, (figure,), (fact,), ()),),
        relations=(relation,),
        findings=(finding,),
        problems=(replace(audit.problems[0], path=attack, message_zh=attack, message_en=attack),),
        notes=(attack,),
    )  # fmt: skip


@pytest.mark.parametrize("limit", [0, 5_000_000], ids=["packed", "plain"])
@pytest.mark.parametrize("attack", ATTACKS, ids=[str(index) for index in range(len(ATTACKS))])
def test_what_strangers_wrote_is_escaped(made_audit: Audit, attack: str, limit: int) -> None:
    own = {tag for part in parts(render(made_audit, limit=limit)) for tag in Outline(part).tags()}
    for part in parts(render(hostile(made_audit, attack), limit=limit)):
        outline = Outline(part)
        assert outline.tags() <= own
        assert part.count("<script") == part.count("</script>")
        assert not [one for one in outline.attributes if one[1].startswith("on")]
        assert all(href.startswith("#") for href in outline.values("href"))
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", part)
        assert "49" not in re.findall(r"=1\+1 (.{0,6})", outline.shown)


def test_the_policy_forbids_all_but_the_pages_own_style_and_script(made_audit: Audit) -> None:
    page = render(made_audit)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    hashes = [
        base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
        for element in ("style", "script")
        for found in re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
    ]
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "unsafe" not in policy[1]


@pytest.mark.parametrize("limit", [0, 5_000_000], ids=["packed", "plain"])
def test_the_page_asks_nothing_of_anybody(made_audit: Audit, limit: int) -> None:
    for part in parts(render(made_audit, limit=limit)):
        outline = Outline(part)
        assert not [one for one in outline.attributes if one[1] in ("src", "action", "style", "srcset")]
        assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttp|eval\(|innerHTML", part)


def test_texts_are_packed_where_the_page_would_grow_heavy(made_audit: Audit) -> None:
    page, text, *_ = parts(render(made_audit, limit=0))
    start = made_audit.findings[0].mentions[0].start
    assert f'href="#r0-{start}"' in page
    assert f'id="r0-{start}"' in text
    assert f'id="r0-{start}"' not in page
    assert f'id="r0-{start}"' in render(made_audit)


def test_each_finding_lies_ready_in_the_words_of_a_question(made_audit: Audit) -> None:
    found = re.search(r'id="question">(.*?)</script>', render(made_audit), re.DOTALL)
    assert found
    question = json.loads(found[1])
    assert question["ids"] == list(finding_ids(made_audit.findings))
    assert question["cases"][0].startswith("男性205人與女性203人合計408人，文中為409人\n出處：《青嵐市人事處")
    before, behind = question["frame"]
    assert before.startswith("議員書面質詢")
    assert "{n}" in before
    assert behind.startswith("請答覆")


@pytest.mark.parametrize("kept", ["extractions", "relations"])
def test_a_page_without_findings_says_so(made_audit: Audit, kept: str) -> None:
    calm = replace(made_audit, findings=(), **({"extractions": ()} if kept == "relations" else {}))
    assert "沒有發現矛盾" in Outline(render(calm)).shown


def test_what_a_page_cannot_hold_is_left_out_and_told(samples_audit: Audit) -> None:
    gravest = sorted(samples_audit.findings, key=weight)[0]
    page = render(samples_audit, most=1)
    (kept,) = re.findall(r'<details class="report"[^>]*>.*?<bdi class="hint">(.*?)</bdi>', page)
    assert kept == gravest.mentions[0].report
    reports, findings = len(samples_audit.extractions), len(samples_audit.findings)
    shown = page.count('<article class="card')
    assert 0 < shown < findings
    told = f"其中 1 份的全文與數列（發現所涉者優先）及 {shown} 項發現；其餘 {reports - 1} 份報告、{findings - shown} 項發現"
    assert page.count(told) == 2
    assert "報告太多" not in render(samples_audit)


def test_the_same_audit_gives_the_same_bytes(made_audit: Audit) -> None:
    assert render(made_audit, limit=0) == render(replace(made_audit), limit=0)


@pytest.mark.parametrize(
    ("edtf", "zh", "en"),
    [
        ("2019", "108年", "2019"),
        ("2019-07/2019-12", "108年7月至12月", "2019-07 to 2019-12"),
        ("2022-09/2023-02", "111年9月至112年2月", "2022-09 to 2023-02"),
        ("2021-XX-05", "110年", "2021-XX-05"),
        ("1895", "民國前17年", "1895"),
        ("2019/", "108年至", "2019 to "),
        ("unknown", "unknown", "unknown"),
        (None, "", ""),
    ],
)
def test_calendar_values_are_told_as_people_say_them(edtf: str | None, zh: str, en: str) -> None:
    assert calendar(edtf) == (zh, en)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param([100, 102, 98, 101, 900], {4}, id="far"),
        pytest.param([100, 102, 98, 101, 97], set(), id="near"),
        pytest.param([5, 5, 5, 5, 9], {4}, id="others-equal"),
        pytest.param([5, 5, 5, 5, 6], set(), id="others-equal-and-near"),
        pytest.param([1, 100, 1], set(), id="too-few"),
        pytest.param([10, 20, 30, 40, 50], set(), id="steady"),
    ],
)
def test_outliers_lie_far_from_the_middle(values: list[int], found: set[int]) -> None:
    assert outliers([Fraction(value) for value in values]) == found


def yearly(year: int, value: int, agency: str | None = "青嵐市政府人事處") -> Extraction:
    text = f"社團計有{value}個。"
    name = f"{year}.txt"
    figure = Mention(name, "quantity", 4, 4 + len(f"{value}個"), f"{value}個", 0, 4, 4 + len(f"{value}個"), "test",
                     value=Decimal(value), unit="個")  # fmt: skip
    fact = Fact(figure, agency, (), "社團數", None, "actual", None, Period.parse(str(year)), (), Decimal(1))
    report = Report(
        f"{year:016}", name, f"{year}年工作報告", text, (Block("paragraph", text, tuple(range(len(text)))),)
    )
    return Extraction(report, agency, Period.parse(str(year)), None, (figure,), (fact,), ())


def of(*extractions: Extraction) -> Audit:
    return Audit(extractions, (), (), ())


def test_a_series_runs_through_the_reports_with_its_outlier_marked() -> None:
    values = {2015: 30, 2016: 31, 2017: 29, 2018: 310, 2019: 32}
    page = render(of(*(yearly(year, value) for year, value in values.items())))
    chart = re.search(r'<article class="series">.*?</article>', page, re.DOTALL)
    assert chart
    assert "5 份報告" in chart[0]
    assert re.search(r'<g class="untied odd"><title [^>]*>107年：310個</title><rect', chart[0])
    assert chart[0].count("<circle") == 4
    assert 'href="#r3-4">2018.txt</a>' in chart[0]


@pytest.mark.parametrize(
    ("agencies", "charts"),
    [
        pytest.param(("青嵐市政府人事處", "青嵐市政府人事處"), 1, id="one-agency"),
        pytest.param(("青嵐市政府人事處", None), 1, id="one-named"),
        pytest.param(("青嵐市政府人事處", "青嵐市政府"), 1, id="city-and-its-department"),
        pytest.param(("青嵐市政府人事處", "青嵐市政府教育局"), 0, id="two-departments"),
        pytest.param(("青嵐市政府人事處", None, "青嵐市政府"), 1, id="city-department-and-nobody"),
        pytest.param(("青嵐市政府人事處", "青嵐市政府教育局", "青嵐市政府", "青嵐市政府"), 1, id="city-of-two"),
    ],
)
def test_a_series_belongs_to_one_agency(agencies: tuple[str | None, ...], charts: int) -> None:
    page = render(of(*(yearly(2015 + index, 10 + index, agency) for index, agency in enumerate(agencies))))
    assert page.count('class="series"') == charts
