"""The app in a browser, step by step: a file dropped in, a finding dismissed with a reason, still so after a reload, a second report,
search, and a question to take along. In silence: nothing is asked of anybody else.

Runs in headless Chromium through Playwright, with axe-core for accessibility; what is missing is said and skipped.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .stored import CORRECTED_108, NAMES, YEAR_109, write
from .test_page_browser import AXE, WIDTHS, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("starlette", reason="heshu[app] is not installed")
pytest.importorskip("uvicorn", reason="heshu[app] is not installed")

__all__ = ["browser"]
MISSED = "青嵐市立體育場110年工作報告\n甲館到場1,200人次，乙館到場捌佰來人次。\n截至110年12月，到場2,100人次。\n"
HAN = re.compile("[一-鿿]")


class App:
    """The app as it is started by the command, and a page of the browser that is open on it."""

    def __init__(self, browser: Browser, folder: Path, language: str = "zh-TW") -> None:
        self.folder = folder
        command = [sys.executable, "-m", "heshu", "open", "--no-browser", "--store", str(folder / "kept.heshu")]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        assert self.process.stdout is not None
        told = [self.process.stdout.readline() for _ in range(2)]
        self.address = told[1].strip()
        self.base = self.address.partition("/?")[0]
        self.context = browser.new_context(locale=language, accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.address)

    def drop(self, texts: dict[str, str]) -> None:
        """Drag files onto the box, as a hand does."""
        transfer = self.page.evaluate_handle(
            """texts => {
                const transfer = new DataTransfer();
                for (const [name, text] of Object.entries(texts)) transfer.items.add(new File([text], name, {type: "text/plain"}));
                return transfer;
            }""",
            texts,
        )
        with self.page.expect_navigation(timeout=60_000):  # the list is shown anew when all is read
            self.page.dispatch_event("#drop", "dragover", {"dataTransfer": transfer})
            self.page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
        self.page.wait_for_selector("#outcomes li")

    def go(self, address: str) -> None:
        self.page.goto(self.base + address)

    def card(self, words: str) -> str:
        """The selector of the finding that speaks of something."""
        name = self.page.locator(".card[data-id]", has_text=words).first.get_attribute("data-id")
        return f'.card[data-id="{name}"]'

    def close(self) -> None:
        self.context.close()
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture
def app(browser: Browser, tmp_path: Path) -> Iterator[App]:
    made = App(browser, tmp_path)
    yield made
    made.close()
    assert made.said == []
    assert {re.sub(r"^(blob:)?(http://[^/]*).*", r"\2", url) for url in made.asked} == {made.base}


def test_from_a_file_to_a_question_for_the_chamber(app: App) -> None:
    page = app.page
    assert page.title() == "報告｜核數"
    app.drop({"108.txt": NAMES["108.txt"]})
    assert page.locator("#outcomes li").all_inner_texts() == ["新增108.txt"]
    page.click("text=逐項處理")
    card = app.card("409")

    # Without a reason it is not dismissed.
    page.click(f"{card} button.dismissed")
    assert page.locator(f"{card} .reason.wanted").count() == 1
    page.fill(f"{card} .reason input", "含講師1人")
    page.click(f"{card} button.dismissed")
    page.wait_for_selector(f'{card}[data-decision="dismissed"]')
    assert "不予追究" in page.inner_text("#said")

    page.reload()
    assert page.locator(card).count() == 0
    page.click(".states-of >> text=不予追究")
    assert page.input_value(f"{card} .reason input") == "含講師1人"
    assert page.get_attribute(f"{card} button.dismissed", "aria-pressed") == "true"

    # A second report, and a corrected first one: still dismissed.
    app.go("/")
    app.drop({"109.txt": YEAR_109, "library.txt": NAMES["library.txt"]})
    app.go("/")
    app.drop({"108.txt": CORRECTED_108})
    assert "更正版108.txt" in page.inner_text("#outcomes").replace("\n", "")
    assert page.locator("table.list tbody tr").count() == 3
    app.go("/findings?state=dismissed")
    assert page.locator(card).count() == 1
    app.go("/findings")
    other = app.card("3,200")

    # What is found is searched, and leads into the text.
    app.go("/search")
    page.fill("#q", "退休")
    page.press("#q", "Enter")
    page.wait_for_selector(".hits mark")
    assert page.locator(".hits li").count() >= 2
    page.click("section[aria-labelledby=facts] tbody a")
    page.wait_for_selector("#detail:not([hidden])")
    assert "退休" in page.inner_text("#reading")

    # It goes along as a document.
    app.go("/findings")
    page.check(f"{other} .pick input")
    with page.expect_download() as waiting:
        page.click("#chamber button")
    document = zipfile.ZipFile(waiting.value.path()).read("word/document.xml").decode("utf-8")
    assert "3,200" in document and "含講師" not in document
    with page.expect_download() as waiting:
        page.click("text=處理情形存成基準檔")
    assert "含講師1人" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_findings_are_decided_by_keys(app: App) -> None:
    page = app.page
    app.drop(NAMES)
    app.go("/findings")
    total = page.locator(".card").count()
    assert total >= 3

    def decided(at: int) -> str:
        return page.locator(".card").nth(at).get_attribute("data-decision") or ""

    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector('.card[data-decision="accepted"]')
    page.keyboard.press("j")
    page.keyboard.press("q")
    page.wait_for_selector('.card[data-decision="asked"]')
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.type("已查明 j")
    page.keyboard.press("Enter")
    page.wait_for_selector('.card[data-decision="dismissed"]')
    assert [decided(at) for at in range(3)] == ["accepted", "asked", "dismissed"]
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.wait_for_selector('.card[data-decision="asked"]', state="detached")
    assert page.inner_text(".bar nav .number") == str(total - 2)
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_folder_is_dropped_and_an_app_that_has_ended_is_told(app: App, tmp_path: Path) -> None:
    page = app.page
    write(tmp_path / "all" / "108", {"108.txt": NAMES["108.txt"]})
    box = page.locator("#drop").bounding_box()
    assert box
    session = app.context.new_cdp_session(page)
    with page.expect_navigation(timeout=60_000):
        for kind in ("dragEnter", "dragOver", "drop"):
            data = {"items": [], "files": [str(tmp_path / "all")], "dragOperationsMask": 1}
            session.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 9, "y": box["y"] + 9, "data": data})
    page.wait_for_selector("#outcomes li")
    assert page.locator("#outcomes li").all_inner_texts() == ["新增108.txt"]
    app.go("/findings")
    app.process.terminate()
    app.process.wait(timeout=20)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_function("document.querySelector('#said').textContent.includes('heshu open')")
    assert page.get_attribute(".card", "data-decision") == ""
    app.said.clear()  # the browser's own word on an address that does not answer


def test_two_versions_stand_side_by_side(app: App) -> None:
    page = app.page
    app.drop({"108.txt": NAMES["108.txt"]})
    app.drop({"108.txt": CORRECTED_108})
    page.click("table.list tbody th a")
    assert "8場次" in page.inner_text(".differences")
    page.click("form[action='/beside'] button")
    page.wait_for_selector("table.beside")
    assert page.locator("tr.figure mark").all_inner_texts() == ["8場次", "7場次"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if AXE:
            page.evaluate(AXE[0].read_text(encoding="utf-8"))
            found = page.evaluate("axe.run().then(found => found.violations.map(each => each.id))")
            assert found == [], width
    page.click("tr.figure td:last-child mark a")
    page.wait_for_selector("#detail:not([hidden])")
    assert "7" in page.inner_text("#reading")


def test_a_tie_to_another_report_leads_there(app: App) -> None:
    page = app.page
    app.drop(NAMES)
    app.go("/findings")
    page.locator(".card", has_text="另見").first.locator("mark a").first.click()
    page.wait_for_selector("#detail:not([hidden])")
    first = page.url.partition("#")[0]
    links = page.locator("#reading .links a:not(.finding)")
    hrefs = [links.nth(at).get_attribute("href") or "" for at in range(links.count())]
    (other,) = {at for at, href in enumerate(hrefs) if not href.startswith("#r0-")} or {None}
    if other is not None:
        links.nth(other).click()
        page.wait_for_url(lambda url: url.partition("#")[0] != first)
        page.wait_for_selector("#detail:not([hidden])")


def test_a_language_is_chosen_for_all_pages(app: App) -> None:
    page = app.page
    app.drop(NAMES)
    page.click("#language")
    assert page.title() == "Reports | heshu"
    for address in ("/findings", "/search?q=退休", "/series", "/changes", "/changes/1"):
        app.go(address)
        page.wait_for_selector("html[lang=en]")
        assert page.locator(".zh:visible").count() == 0
        for part in ("nav a", "label", "button", "option", "h1", "h2"):
            told = [text for text in page.locator(f"{part}:visible").all_inner_texts() if text != "中文"]
            assert not [text for text in told if HAN.search(text)], (address, part)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window(app: App, width: int) -> None:
    page = app.page
    app.drop(NAMES)
    page.set_viewport_size({"width": width, "height": 900})
    report = page.get_attribute("table.list tbody th a", "href") or ""
    app.go("/series")
    series = page.get_attribute("table.list tbody a", "href") or ""
    for address in (
        "/",
        "/findings",
        "/search?q=退休",
        "/series",
        series,
        "/changes",
        "/changes/1",
        report,
        "/findings/none",
    ):
        app.go(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    app.said = [line for line in app.said if "404" not in line]


@pytest.mark.skipif(not AXE, reason="axe-core is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(app: App, scheme: str) -> None:
    page = app.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    source = AXE[0].read_text(encoding="utf-8")

    def check(address: str) -> None:
        page.evaluate(source)
        found = page.evaluate(
            "axe.run().then(found => found.violations.map(each => each.id + ' ' + each.nodes[0].html))"
        )
        assert found == [], address

    check("empty")
    app.drop(NAMES)
    report = page.get_attribute("table.list tbody th a", "href") or ""
    page.click("text=逐項處理")
    page.wait_for_selector(".card")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector('.card[data-decision="accepted"]')
    check("deciding")
    page.keyboard.press("?")
    check("help")
    finding = page.locator(".card").first.get_attribute("data-id")
    app.go("/series")
    series = page.get_attribute("table.list tbody a", "href") or ""
    found = (f"/findings/{finding}", "/findings?state=accepted", "/search?q=退休")
    for address in ("/", *found, "/series", series, "/changes", "/changes/1", report):
        app.go(address)
        check(address)


def test_reports_of_a_folder_are_read_when_it_is_opened(browser: Browser, tmp_path: Path) -> None:
    write(tmp_path / "reports")
    command = [sys.executable, "-m", "heshu", "open", str(tmp_path / "reports"), "--no-browser", "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        address = [process.stdout.readline() for _ in range(2)][1].strip()
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("table.list", timeout=60_000)
        page.locator("table.list tbody tr").nth(2).wait_for(timeout=60_000)
        assert page.title() == "Reports | heshu"
        page.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert (tmp_path / "reports" / "reports.heshu").exists()


def test_a_reading_and_a_tie_are_corrected_where_they_are_read(app: App) -> None:
    page = app.page
    app.drop({"108.txt": NAMES["108.txt"]})
    page.click("table.list tbody th a")
    page.locator(".text a.f", has_text="409人").click()
    page.click(".correct summary")
    page.locator(".correct label", has_text="數值").locator("input").fill("408")
    with page.expect_navigation():
        page.click("#detail >> text=存入並重新核對")
    page.wait_for_selector("text=「409人」數值為 408")
    assert "不再列出" in page.inner_text("#said")
    assert page.locator(".brief li").count() == 0

    # A tie of one's own: 362 would have to be 1,250 and 8.
    for text, button in (("362人", "作為結果"), ("1,250人", "加項 +"), ("8場次", "加項 +")):
        page.locator(".text a.f", has_text=text).click()
        page.click(".correct summary")
        page.click(f"#detail >> text={button}")
    assert page.inner_text("#tie output") == "362人 = 1,250人 + 8場次"
    with page.expect_navigation():
        page.locator("#tie button").first.click()
    page.wait_for_selector(".brief li")
    assert "1,258" in page.inner_text(".brief")

    # What was corrected is taken back.
    with page.expect_navigation():
        page.locator(".differences li", has_text="1,250人").locator("button").click()
    page.wait_for_selector("text=「409人」數值為 408")
    assert page.locator(".brief li").count() == 0


def test_figures_of_two_reports_are_tied(app: App) -> None:
    page = app.page
    app.drop({"108.txt": NAMES["108.txt"], "library.txt": NAMES["library.txt"]})

    def pick(report: str, text: str, button: str) -> None:
        app.go("/")
        page.click(f"table.list tbody th a >> text={report}")
        page.locator(".text a.f", has_text=text).first.click()
        page.click(".correct summary")
        page.click(f"#detail >> text={button}")

    pick("library.txt", "960人", "作為結果")
    pick("108.txt", "362人", "加項 +")
    assert page.inner_text("#tie output") == "960人（library.txt） = 362人"
    page.select_option("#tie select", "same")
    with page.expect_navigation():
        page.locator("#tie button").first.click()
    assert "新增" in page.inner_text("#said")
    assert page.is_hidden("#tie")
    assert "960" in page.inner_text(".brief")
    app.go("/")
    page.click("table.list tbody th a >> text=library.txt")
    assert "960人（library.txt）" in page.inner_text(".differences")


def test_what_was_not_read_is_selected_in_the_text(app: App) -> None:
    page = app.page
    app.drop({"missed.txt": MISSED})
    page.click("table.list tbody th a")

    def choose(text: str) -> None:
        page.evaluate(
            """text => {
                for (const block of document.querySelectorAll(".text p")) {
                    const at = block.textContent.indexOf(text);
                    if (at < 0) continue;
                    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                    const ends = [];
                    let passed = 0;
                    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                        for (const [edge, from] of [[at, 0], [at + text.length, 1]])
                            if (!ends[from] && edge < passed + node.length + from) ends[from] = [node, edge - passed];
                        passed += node.length;
                    }
                    getSelection().setBaseAndExtent(...ends[0], ...ends[1]);
                    return;
                }
            }""",
            text,
        )

    choose("1,200人次")  # it was read: there is nothing to put in
    page.wait_for_timeout(400)
    assert not page.is_visible("#missed")
    choose("捌佰來人次")
    page.wait_for_selector("#missed:not([hidden])")
    assert page.inner_text("#missed output") == "「捌佰來人次」"
    page.fill("#missed [name=value]", "800")
    page.fill("#missed [name=unit]", "人次")
    with page.expect_navigation():
        page.click("#missed button:has-text('存入')")
    page.wait_for_selector("text=漏讀的「捌佰來人次」")
    page.locator(".text a.f", has_text="捌佰來人次").click()
    assert "800人次" in page.inner_text("#reading")

    # A date is corrected by its date.
    app.go(page.url.removeprefix(app.base).partition("#")[0])
    page.locator(".text a.f", has_text="110年12月").click()
    page.click(".correct summary")
    labels = page.locator(".correct label").all_inner_texts()
    assert labels == ["日期"]
    page.locator(".correct label input").fill("109年12月")
    with page.expect_navigation():
        page.click("#detail >> text=存入並重新核對")
    page.wait_for_selector("text=「110年12月」日期為 109年12月")


def test_a_figure_is_followed_through_the_reports(app: App) -> None:
    page = app.page
    app.drop(NAMES)
    page.click("table.list tbody th a >> text=108.txt")
    page.locator(".text a.f", has_text="1,250人").click()
    page.click("#reading .over-time")
    page.wait_for_selector(".series svg")
    assert page.locator(".told tbody tr").count() == 2
    page.click(".told td a >> text=1,262人")
    page.wait_for_selector("#detail:not([hidden])")
    assert "1,262" in page.inner_text("#reading")
