"""The app lets in who holds the token, answers nobody else, and tells in words what is wrong with a store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from heshu import pipeline
from heshu.baseline import load
from heshu.cli import app as command_line
from heshu.output.tables import tables
from heshu.output.workbook import workbook
from heshu.store import Store, ingest
from typer.testing import CliRunner

from .stored import CORRECTED_108, NAMES, YEAR_108, write

pytest.importorskip("starlette", reason="heshu[app] is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

from heshu.app.guard import POLICY, Guard
from heshu.app.reading import Reader
from heshu.app.server import site
from heshu.app.shown import marked
from starlette.testclient import TestClient

HOST = "127.0.0.1:4321"
TOKEN = "the-token"


class Visitor:
    """The app with a browser in front of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = Reader(path)
        guarded = Guard(site(path, self.reader), TOKEN, lambda: frozenset((HOST,)))
        self.client = TestClient(guarded, base_url=f"http://{HOST}", headers={"origin": f"http://{HOST}"})

    def drop(self, texts: dict[str, str]) -> None:
        files = [("file", (name, text.encode("utf-8"), "text/plain")) for name, text in texts.items()]
        assert self.client.post("/reports", files=files, headers={"accept": "application/json"}).status_code == 200
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + 60
        while self.client.get("/progress").json()["busy"] and time.monotonic() < until:
            time.sleep(0.02)

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with Store.open(self.path) as store:
            return [tuple(row) for row in store.rows(query, values)]


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    made = Visitor(tmp_path / "kept.heshu")
    made.client.get(f"/?token={TOKEN}")
    yield made
    made.reader.close()


# --- reading behind the pages


@pytest.mark.parametrize(("busy", "told"), [(True, 'data-busy="true"'), (False, 'data-busy="false"')])
def test_a_page_made_while_reports_are_read_says_so(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, busy: bool, told: str
) -> None:
    """What has been read by the time the page asks for the progress is shown all the same."""
    monkeypatch.setattr(visitor.reader, "told", lambda: {"busy": busy})
    assert told in visitor.get("/")


# --- who may ask


def test_the_token_in_the_address_becomes_a_cookie(tmp_path: Path) -> None:
    made = Visitor(tmp_path / "kept.heshu")
    assert made.client.get("/").status_code == 403
    first = made.client.get(f"/search?q=a&token={TOKEN}", follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, "/search?q=a")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert made.client.get("/").status_code == 200
    made.reader.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "rebound.example"}, 421),
        ({"host": "127.0.0.1:80"}, 421),
        ({"cookie": "heshu-4321=other"}, 403),
        ({}, 200),
    ],
)
def test_only_our_own_host_and_cookie_are_let_in(visitor: Visitor, headers: dict[str, str], status: int) -> None:
    if "cookie" in headers:
        visitor.client.cookies.clear()
    assert visitor.client.get("/", headers=headers).status_code == status


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_no_other_page_changes_anything(visitor: Visitor, origin: str) -> None:
    visitor.drop({"108.txt": YEAR_108})
    (name,) = visitor.rows("SELECT finding_id FROM findings LIMIT 1")[0]
    answer = visitor.client.post(
        f"/findings/{name}/decision", data={"decision": "accepted"}, headers={"origin": origin}
    )
    assert answer.status_code == 403
    assert visitor.rows("SELECT count(*) FROM decisions") == [(0,)]


@pytest.mark.parametrize(
    "address", ["/", "/findings", "/search?q=x", "/changes", "/nowhere", "/static/app.js", "/static/no"]
)
def test_every_answer_carries_the_policy(visitor: Visitor, address: str) -> None:
    headers = visitor.client.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert "'unsafe" not in POLICY and POLICY.startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


# --- what people do


def test_a_new_store_has_nothing_to_complain_of(visitor: Visitor) -> None:
    home = visitor.get("/")
    assert "找出不符的數字" in home and 'class="remarks"' not in home


def test_reports_come_in_and_are_listed(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    home = visitor.get("/")
    assert all(name in home for name in NAMES)
    assert visitor.rows("SELECT what, count(*) FROM runs GROUP BY what") == [("ingest", 1)]
    told = visitor.client.get("/progress").json()
    assert [each["became"] for each in told["told"]] == ["new"] * 3


def test_what_cannot_be_read_is_told(visitor: Visitor) -> None:
    visitor.drop({"empty.txt": "", "108.txt": YEAR_108})
    told = visitor.client.get("/progress").json()["told"]
    assert [each["became"] for each in told] == ["failed", "new"]
    assert told[0]["problems"][0][0]


def test_a_decision_is_kept_and_goes_out(visitor: Visitor, tmp_path: Path) -> None:
    visitor.drop(NAMES)
    (name,) = visitor.rows("SELECT finding_id FROM findings WHERE message_zh LIKE '%409%'")[0]
    address = f"/findings/{name}/decision"
    refused = visitor.client.post(address, data={"decision": "dismissed", "reason": " "})
    assert refused.status_code == 422
    kept = visitor.client.post(
        address, data={"decision": "dismissed", "reason": "含講師1人"}, headers={"accept": "application/json"}
    )
    assert kept.json()["open"] == visitor.rows("SELECT count(*) FROM findings")[0][0] - 1
    assert name not in visitor.get("/findings")
    assert "含講師1人" in visitor.get("/findings?state=dismissed")
    file = tmp_path / "baseline.toml"
    file.write_text(visitor.get("/baseline.toml"), encoding="utf-8")
    assert [entry.reason for entry in load(file)] == ["含講師1人"]


def test_decisions_and_corrections_are_dropped_into_another_store(visitor: Visitor, tmp_path: Path) -> None:
    visitor.drop({"108.txt": YEAR_108})
    (name,) = visitor.rows("SELECT finding_id FROM findings")[0]
    visitor.client.post(f"/findings/{name}/decision", data={"decision": "dismissed", "reason": "含講師1人"})
    work = visitor.get("/work.json")
    other = Visitor(tmp_path / "other.heshu")
    other.client.get(f"/?token={TOKEN}")
    other.drop({"heshu-work.json": work})
    assert [each["became"] for each in other.client.get("/progress").json()["told"]] == ["work"]
    other.drop({"108.txt": YEAR_108})
    assert "含講師1人" in other.get(f"/findings/{name}")
    other.drop({"heshu-work.json": work.replace("dismissed", "dropped")})
    assert "內容不完整" in other.client.get("/progress").json()["error"][0]
    other.reader.close()


def test_the_workbook_of_an_audit_is_no_report(visitor: Visitor, tmp_path: Path) -> None:
    """Dropped in, it brings what was filled in in it."""
    visitor.drop({"108.txt": YEAR_108})
    made = b"".join(workbook(tables(pipeline.audit(write(tmp_path / "reports", {"108.txt": YEAR_108})))))
    visitor.client.post("/reports", files=[("file", ("audit.xlsx", made))], headers={"accept": "application/json"})
    visitor.wait()
    assert [each["became"] for each in visitor.client.get("/progress").json()["told"]] == ["work"]
    assert visitor.rows("SELECT report FROM reports") == [("108.txt",)]


def test_a_decision_holds_for_the_next_version(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    (name,) = visitor.rows("SELECT finding_id FROM findings WHERE message_zh LIKE '%409%'")[0]
    visitor.client.post(f"/findings/{name}/decision", data={"decision": "asked"})
    visitor.drop({"108.txt": CORRECTED_108})
    assert name in visitor.get("/findings?state=asked")
    (later,) = visitor.rows("SELECT report_id FROM current_reports WHERE report = '108.txt'")[0]
    page = visitor.get(f"/reports/{later}")
    assert "8場次" in page and "7場次" in page


def test_a_finding_and_a_fact_have_an_address(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    (name,) = visitor.rows("SELECT finding_id FROM findings LIMIT 1")[0]
    assert str(name) in visitor.get(f"/findings/{name}")
    assert visitor.client.get("/reports", follow_redirects=False).headers["location"] == "/"
    fact, report, start = visitor.rows('SELECT fact_id, report_id, "start" FROM facts LIMIT 1')[0]
    to = visitor.client.get(f"/facts/{fact}", follow_redirects=False).headers["location"]
    assert to == f"/reports/{report}#r0-{start}"
    assert f'id="r0-{start}"' in visitor.get(f"/reports/{report}")


def test_a_title_that_several_reports_share_names_none_of_them(visitor: Visitor) -> None:
    visitor.drop(
        {
            "108.txt": YEAR_108,
            "park.txt": "青嵐市政府人事處108年工作報告\n壹、綠地\n一、植樹\n(一)公園綠地新植樹木54株。\n",
        }
    )
    (name,) = visitor.rows("SELECT finding_id FROM findings LIMIT 1")[0]
    assert "「108.txt」第" in visitor.get(f"/findings/{name}")


@pytest.mark.parametrize(
    "address",
    ["/findings/none", "/reports/none", "/facts/none", "/series/none", "/changes/9", "/beside?earlier=a&later=b"],
)
def test_what_is_not_there_is_said_so(visitor: Visitor, address: str) -> None:
    answer = visitor.client.get(address)
    assert answer.status_code == 404
    assert "資料庫中沒有" in answer.text or "不在任何數列" in answer.text


def test_two_reports_stand_side_by_side(visitor: Visitor) -> None:
    visitor.drop({"108.txt": YEAR_108})
    visitor.drop({"108.txt": CORRECTED_108})
    earlier, later = visitor.rows("SELECT earlier_id, report_id FROM versions")[0]
    page = visitor.get(f"/beside?earlier={earlier}&later={later}")
    assert page.count('<tr class="figure">') == 1
    assert "8場次" in page and "7場次" in page
    assert page.count("<tr class=") < visitor.get(f"/beside?earlier={earlier}&later={later}&show=all").count(
        "<tr class="
    )


@pytest.mark.parametrize(("wanted", "found"), [("退休", True), ("1,262", True), ("無此詞", False)])
def test_all_texts_are_searched(visitor: Visitor, wanted: str, found: bool) -> None:
    visitor.drop(NAMES)
    assert ("<mark>" in visitor.get(f"/search?q={wanted}")) is found


def test_findings_go_to_the_chamber(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    (name,) = visitor.rows("SELECT finding_id FROM findings WHERE message_zh LIKE '%409%'")[0]
    for form in ("question", "letter"):
        for kind, start in (("docx", b"PK"), ("odt", b"PK"), ("pdf", b"%PDF"), ("txt", b"")):
            answer = visitor.client.post("/chamber", data={"finding": name, "form": form, "format": kind})
            assert answer.status_code == 200
            assert answer.content.startswith(start)
    assert "409" in answer.text


def test_what_a_run_changed_is_told(visitor: Visitor) -> None:
    visitor.drop({"108.txt": YEAR_108})
    visitor.drop({"108.txt": YEAR_108.replace("203人", "204人")})
    page = visitor.get("/changes")
    assert "不再列出" in page and "409" in page
    (at,) = visitor.rows("SELECT at FROM runs LIMIT 1")[0]
    assert f'datetime="{at}">{datetime.fromisoformat(str(at)).astimezone():%Y-%m-%d %H:%M}<' in page


MISSED = "青嵐市立體育場110年工作報告\n甲館到場1,200人次，乙館到場捌佰來人次。\n全年到場2,100人次。\n"


def test_what_was_not_read_is_put_in_by_its_place_on_the_page(visitor: Visitor) -> None:
    visitor.drop({"missed.txt": MISSED})
    (report,) = visitor.rows("SELECT report_id FROM reports")[0]
    place = {"kind": "missed", "line": "2", "before": "甲館到場 1,200人次， 乙館到場", "text": "捌佰來人次"}
    answer = visitor.client.post(f"/reports/{report}/corrections", data={**place, "value": "800", "unit": "人次"})
    assert answer.status_code == 200
    assert visitor.rows("SELECT value, unit FROM facts WHERE text = '捌佰來人次'") == [(800, "人次")]
    assert "漏讀的「捌佰來人次」" in visitor.get(f"/reports/{report}")
    for wrong in ({"before": ""}, {"line": "3"}, {"text": "無此"}, {"date": "某日"}):
        answer = visitor.client.post(f"/reports/{report}/corrections", data={**place, "value": "800", **wrong})
        assert answer.status_code == 422


def test_the_time_of_a_report_is_told_and_holds_for_its_next_version(visitor: Visitor) -> None:
    visitor.drop({"108.txt": YEAR_108})
    (report,) = visitor.rows("SELECT report_id FROM reports")[0]
    assert visitor.client.post(f"/reports/{report}/times", data={"period": "某年"}).status_code == 422
    visitor.client.post(f"/reports/{report}/times", data={"period": "108年下半年", "issued": "109年1月15日"})
    told = "SELECT period, issued, given_period FROM current_reports"
    assert visitor.rows(told) == [("2019-07/2019-12", "2020-01-15", "2019-07/2019-12")]
    visitor.drop({"108.txt": CORRECTED_108})
    assert visitor.rows(told) == [("2019-07/2019-12", "2020-01-15", "2019-07/2019-12")]


def test_an_indicator_is_followed_through_the_reports(visitor: Visitor) -> None:
    assert "沒有符合的指標" in visitor.get("/series")
    visitor.drop(NAMES)
    assert "編制員額" in visitor.get("/series?q=員額&by=name") and "編制員額" not in visitor.get("/series?q=無此")
    facts = visitor.rows(
        "SELECT fact_id, series_id, text FROM series_facts JOIN facts USING (fact_id) WHERE text IN ('1,250人', '1,262人')"
    )
    assert len({series for _, series, _ in facts}) == 1
    pages = {visitor.get(f"/series/{fact}") for fact, _, _ in facts}
    assert len(pages) == 1 and all(f"{value}人</a>" in page for page in pages for value in ("1,250", "1,262"))
    (report,) = visitor.rows("SELECT report_id FROM reports WHERE report = '108.txt'")[0]
    assert str(facts[0][0]) in visitor.get(f"/reports/{report}") + visitor.get("/search?q=員額")


def test_a_report_is_held_beside_the_one_before_it_without_asking(visitor: Visitor) -> None:
    """The report before of the same office, whatever else is there."""
    visitor.drop(NAMES)
    ids = dict(visitor.rows("SELECT report, report_id FROM current_reports"))
    page = visitor.get(f"/reports/{ids['109.txt']}")
    assert "與前次報告相比" in page
    assert f"/beside?earlier={ids['108.txt']}&amp;later={ids['109.txt']}" in page
    since = page.partition("與前次報告相比")[2].partition("</section>")[0]
    assert all(text in since for text in ("362人", "371人", "108年", "109年"))
    assert "與前次報告相比" not in visitor.get(f"/reports/{ids['library.txt']}")
    assert "與前次報告相比" not in visitor.get(f"/reports/{ids['108.txt']}")


def test_a_value_that_was_told_otherwise_later_is_said_to_be(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    (fact,) = visitor.rows("SELECT fact_id FROM facts JOIN series_facts USING (fact_id) WHERE text = '326人'")[0]
    page = visitor.get(f"/series/{fact}")
    assert page.count("改列</span>") == 1 and "326人" in page and "362人" in page
    assert visitor.rows("SELECT restated FROM series WHERE indicator LIKE '%退休%'") == [(1,)]


def test_what_waits_to_be_compared_is_when_the_app_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "kept.heshu"
    with Store.open(path, create=True) as store:
        ingest(store, write(tmp_path / "reports"), settled=False)
    made = Visitor(path)
    until = time.monotonic() + 60
    while made.rows("SELECT count(*) FROM findings") == [(0,)] and time.monotonic() < until:
        time.sleep(0.02)
    made.reader.close()
    assert made.rows("SELECT count(*) FROM series") != [(0,)]


def test_every_change_of_every_run_can_be_reached(visitor: Visitor) -> None:
    visitor.drop({"108.txt": YEAR_108})
    with Store.open(visitor.path) as store, store.writing() as connection:
        rows = [
            (
                1,
                100 + at,
                "fact",
                "changed",
                f"f{at}",
                "108.txt",
                *(f'{{"value_text": "{word} {at};"}}' for word in ("was", "is")),
            )
            for at in range(130)
        ]
        connection.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO runs (at, what, version) VALUES (?, 'correct', '1')", [("2024-01-01T00:00:00Z",)] * 50
        )
    assert '/changes/1"' not in visitor.get("/changes") and '/changes/1"' in visitor.get("/changes?page=3")
    pages = [visitor.get(f"/changes/1?page={page}") for page in (1, 2, 3)]
    assert all(sum(f"was {at};" in page for page in pages) == 1 for at in range(130))


def test_a_report_is_removed(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    (report,) = visitor.rows("SELECT report_id FROM current_reports WHERE report = '109.txt'")[0]
    visitor.client.post(f"/reports/{report}/remove")
    assert "109.txt" not in visitor.get("/")


def test_nothing_that_a_report_says_is_markup(visitor: Visitor) -> None:
    evil = "<script>alert(1)</script>青嵐市108年報告\n計有409人(男性205人、女性203人)<b onclick=x>參加。\n"
    visitor.drop({"<img src=x>.txt": evil})
    (report,) = visitor.rows("SELECT report_id FROM reports")[0]
    for address in ("/", "/findings", f"/reports/{report}", "/search?q=<b>計有", "/changes"):
        page = visitor.get(address)
        assert "<script>alert" not in page and "<img src" not in page and "<b onclick" not in page


# --- what may be wrong


def test_a_damaged_store_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "kept.heshu"
    with Store.open(path, create=True) as store:
        ingest(store, write(tmp_path / "reports"))
        with store.writing() as connection:
            connection.execute("UPDATE readings SET data = x'00'")
            (report,) = connection.execute("SELECT report_id FROM reports").fetchone()
    made = Visitor(path)
    made.client.get(f"/?token={TOKEN}")
    assert made.client.get("/").status_code == 200
    answer = made.client.get(f"/reports/{report}")
    assert (answer.status_code, "資料庫已損壞" in answer.text) == (500, True)
    made.reader.close()
    path.write_bytes(b"no store at all" * 100)
    made = Visitor(path)
    answer = made.client.get(f"/?token={TOKEN}")
    assert (answer.status_code, "不是核數的資料庫" in answer.text) == (500, True)
    made.reader.close()


def test_the_packages_of_the_app_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heshu.commands.open.find_spec", lambda name: None)
    result = CliRunner().invoke(command_line, ["open"])
    assert (result.exit_code, 'pip install "heshu[app]"' in result.stderr) == (2, True)


@pytest.mark.parametrize("given", [["none"], ["--store", "none/kept.heshu"]])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command_line, ["open", *given])
    assert (result.exit_code, "沒有這個資料夾" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("辦理退休362人", "退休", ["退休"]),
        ("共1,250人", "1250", ["1,250"]),
        ("共1250人", "1,250", ["1250"]),
        ("辦理退休", "休 辦理", ["辦理", "休"]),
        ("辦理", "無", []),
        ("a(b", "(", ["("]),
    ],
)
def test_what_was_searched_for_is_marked(text: str, wanted: str, found: list[str]) -> None:
    pieces = marked(text, wanted)
    assert [piece for piece, is_marked in pieces if is_marked] == found
    assert "".join(piece for piece, _ in pieces) == text


def test_what_another_version_read_is_read_again_from_the_page(visitor: Visitor) -> None:
    visitor.drop(NAMES)
    assert "立即重新判讀" not in visitor.get("/")
    with Store.open(visitor.path) as store, store.writing() as connection:
        connection.execute("UPDATE readings SET model = 'older'")
    assert "立即重新判讀" in visitor.get("/")
    answer = visitor.client.get("/findings")
    assert (answer.status_code, 'action="/upgrade"' in answer.text) == (503, True)
    visitor.client.post("/upgrade")
    until = time.monotonic() + 60
    while visitor.client.get("/progress").json()["busy"] and time.monotonic() < until:
        time.sleep(0.02)
    assert "立即重新判讀" not in visitor.get("/")
    assert visitor.client.get("/findings").status_code == 200
