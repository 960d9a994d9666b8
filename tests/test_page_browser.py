"""The audit page in a browser: it opens in silence, filters, leads into the text, and speaks two languages.

Runs in headless Chromium through Playwright, with axe-core for accessibility; what is missing is said and skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import heshu
import pytest
from heshu.model import Audit, Extraction
from heshu.notation import Language
from heshu.output.page import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE = [
    Path(place)
    for place in (
        os.environ.get("AXE_CORE", ""),
        Path(heshu.__file__).parent / "node_modules" / "axe-core" / "axe.min.js",
        "/usr/lib/node_modules/axe-core/axe.min.js",
        "/usr/local/lib/node_modules/axe-core/axe.min.js",
        "/usr/share/nodejs/axe-core/axe.min.js",
    )
    if place and Path(place).is_file()
]
WIDTHS = (390, 1280, 1920)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@cache
def sampled() -> Audit:
    return heshu.audit([Path(heshu.__file__).parent / "corpus" / "samples"])


def write(folder: Path, page: str) -> Path:
    place = folder / "audit.html"
    place.write_bytes(page.encode("utf-8"))
    return place


@pytest.fixture(scope="module", params=[5_000_000, 0], ids=["plain", "packed"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("audit"), render(sampled(), limit=request.param))


class Visit:
    """A page that is open, with all that it said and asked."""

    def __init__(
        self, browser: Browser, place: Path, width: int = 1280, scheme: str = "light", locale: str = "zh-TW"
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            offline=True,
            reduced_motion="reduce",
            locale=locale,
        )  # type: ignore[arg-type]
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(place.as_uri())


@pytest.fixture
def visit(browser: Browser, place: Path) -> Iterator[Visit]:
    opened = Visit(browser, place)
    yield opened
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_opens_in_silence_and_fits(browser: Browser, place: Path, width: int, scheme: str) -> None:
    opened = Visit(browser, place, width, scheme)
    assert opened.said == []
    assert opened.asked == [place.as_uri()]
    assert opened.page.evaluate("document.documentElement.scrollWidth") == width
    assert opened.page.locator("h1").is_visible()
    opened.context.close()


def test_free_text_filters(visit: Visit) -> None:
    cards = visit.page.locator(".card:visible")
    before = cards.count()
    visit.page.fill("input[name=words]", "326人 165人")
    assert 0 < cards.count() < before
    assert visit.page.locator("#shown").inner_text() == f"顯示 {cards.count()} 項，共 {before} 項"
    visit.page.fill("input[name=words]", "沒有這種話")
    assert cards.count() == 0
    assert visit.page.locator("#nothing").is_visible()
    visit.page.click("button[type=reset]")
    visit.page.wait_for_function("document.querySelector('#nothing').hidden")
    assert cards.count() == before


@pytest.mark.parametrize("name", ["report", "check", "severity", "indicator", "agency"])
def test_each_choice_shows_its_own_findings(visit: Visit, name: str) -> None:
    values = visit.page.locator(f"select[name={name}] option").evaluate_all("all => all.map((one) => one.value)")
    assert len(values) > 1
    for value in values[1:6]:
        visit.page.select_option(f"select[name={name}]", value)
        shown = visit.page.locator(".card:visible").evaluate_all(f"all => all.map((one) => one.dataset.{name})")
        assert shown
        assert all(value in own.split("\n") for own in shown)
        hidden = visit.page.locator(".card[hidden]").evaluate_all(f"all => all.map((one) => one.dataset.{name})")
        assert not any(value in own.split("\n") for own in hidden)


def test_a_link_lands_on_the_marked_figure_and_tells_what_was_read(visit: Visit) -> None:
    link = visit.page.locator(".card mark a").first
    text = link.text_content() or ""  # what is seen of it is nothing before the first frame is drawn
    link.click()
    visit.page.wait_for_selector("#detail:visible")
    figure = visit.page.locator(".f.shown")
    assert figure.inner_text() == text
    assert figure.evaluate("one => one === document.activeElement")
    box = figure.bounding_box()
    assert box
    assert 0 <= box["y"] <= 844
    told = visit.page.locator("#reading").inner_text()
    assert text in told
    assert "互相矛盾" in told
    visit.page.locator("#reading a.finding").first.click()
    visit.page.wait_for_selector(".card:target")
    assert visit.said == []


def test_the_keyboard_walks_through_the_figures(visit: Visit) -> None:
    visit.page.locator(".card mark a").first.click()
    visit.page.wait_for_selector("#detail:visible")
    focused = "document.activeElement.id"
    first = visit.page.evaluate(focused)
    visit.page.keyboard.press("ArrowRight")
    second = visit.page.evaluate(focused)
    assert second != first
    visit.page.keyboard.press("ArrowLeft")
    assert visit.page.evaluate(focused) == first
    visit.page.keyboard.press("n")
    assert "contradicted" in visit.page.evaluate("document.activeElement.className")
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#detail").is_hidden()


def test_the_panel_leaves_with_a_click_elsewhere_a_second_click_and_out_of_sight(visit: Visit) -> None:
    panel = visit.page.locator("#detail")

    def pin() -> None:
        visit.page.evaluate("location.hash = ''")
        visit.page.locator(".card mark a").first.click()
        visit.page.wait_for_selector("#detail:visible")

    pin()
    visit.page.locator("main .text:visible p").first.click(position={"x": 2, "y": 2})
    assert panel.is_hidden()
    pin()
    visit.page.locator(".f.shown").click()
    assert panel.is_hidden()
    pin()
    visit.page.evaluate("scrollTo(0, 0)")
    visit.page.wait_for_selector("#detail", state="hidden")


def test_what_was_only_pointed_at_leaves_with_the_pointer(visit: Visit) -> None:
    visit.page.locator("details.report summary").first.click()
    visit.page.locator(".text:visible a.f").first.hover()
    visit.page.wait_for_selector("#detail:visible")
    visit.page.mouse.move(1, 1)
    visit.page.wait_for_selector("#detail", state="hidden")


@pytest.mark.parametrize(
    ("sought", "shown"),
    [("退休", "退休"), ("英語檢定 3407", "3,407人"), ("72952", "72,952")],
    ids=["two-characters", "without-the-comma", "in-a-table"],
)
def test_all_reports_are_searched(visit: Visit, sought: str, shown: str) -> None:
    visit.page.fill("#find input", sought)
    visit.page.wait_for_selector("#results li")
    first = visit.page.locator("#results li").first
    assert shown in first.inner_text()
    assert re.match(r"\d+ 處，見於 \d 份報告", visit.page.locator("#hits").inner_text())
    line = re.search(r"第 (\d+) 行", first.inner_text())
    assert line
    first.locator("a").click()
    visit.page.wait_for_selector(".sought")
    found = visit.page.locator(".sought")
    assert found.locator(".no").inner_text() in (line[1], "")
    box = found.bounding_box()
    assert box
    assert box["y"] < 844
    visit.page.fill("#find input", "沒有這種話")
    visit.page.wait_for_selector("#results li", state="detached")
    assert visit.page.locator("#hits").inner_text().startswith("0 處")
    assert visit.said == []


def test_picked_findings_become_a_question_a_command_and_a_print(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert visit.page.locator("#picked").is_hidden()
    boxes = visit.page.locator("[data-pick]")
    boxes.nth(6).check()
    boxes.nth(8).check()
    assert visit.page.locator("#count").inner_text() == "已選取 2 項"
    visit.page.click("#copy-question")
    visit.page.wait_for_selector("#copy-question.done")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "計 2 處" in copied
    assert re.search(r"^一、「.+?\n出處：.+?\n報告所載：.+?\n核算：.+?\n應更正：", copied, re.MULTILINE)
    assert re.search(r"^二、", copied, re.MULTILINE)
    with visit.page.expect_download() as saving:
        visit.page.click("#save-question")
    document = Path(saving.value.path()).read_text("ascii")
    assert document.startswith(r"{\rtf1\ansi") and document.endswith("}")
    characters = re.sub(r"\\u(-?\d+)\?", lambda unit: chr(int(unit[1]) % 65536), document)
    written = re.sub(r"\\par\b|\\b0|\\[a-z]+-?\d* ?", "", characters)
    assert all(line.strip() in written for line in copied.splitlines())
    visit.page.click("#picked summary")
    assert re.fullmatch(
        r'heshu export ".+" --as question --format docx --findings [A-Z-]+-\w{16},[A-Z-]+-\w{16}',
        visit.page.locator("#command").inner_text(),
    )
    visit.page.select_option("#form", "letter")
    visit.page.select_option("#format", "odt")
    assert "--as letter --format odt" in visit.page.locator("#command").inner_text()
    visit.page.evaluate("window.print = () => { window.told = document.documentElement.className; }; 0")
    visit.page.click("#print-picked")
    assert "picked-only" in visit.page.evaluate("window.told")
    visit.page.evaluate("document.documentElement.classList.add('picked-only')")
    visit.page.emulate_media(media="print")
    assert visit.page.locator(".card:visible").count() == 2
    visit.page.emulate_media(media="screen")
    visit.page.click("#unpick")
    assert visit.page.locator("#picked").is_hidden()


def test_the_language_switches_and_switches_back(visit: Visit) -> None:
    heading = visit.page.locator("h1")
    chinese = heading.inner_text()
    visit.page.click("#language")
    assert "contradictions found" in heading.inner_text()
    assert visit.page.title() == "heshu audit"
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert visit.page.locator("select[name=report] option").first.inner_text() == "all"
    visit.page.click("#language")
    assert heading.inner_text() == chinese
    assert visit.page.title() == "核數查核報告"


@pytest.mark.parametrize(
    ("asked", "locale", "shown"),
    [
        (None, "zh-TW", "zh-Hant-TW"),
        (None, "zh-CN", "zh-Hant-TW"),
        (None, "en-US", "en"),
        (None, "fr-FR", "zh-Hant-TW"),
        ("en", "zh-TW", "en"),
        ("zh-TW", "en-US", "zh-Hant-TW"),
    ],
)
def test_lang_decides_the_first_language_else_the_browser(
    browser: Browser, tmp_path: Path, asked: Language | None, locale: str, shown: str
) -> None:
    visit = Visit(browser, write(tmp_path, render(sampled(), asked)), locale=locale)
    assert visit.page.evaluate("document.documentElement.lang") == shown
    assert visit.page.title() == ("heshu audit" if shown == "en" else "核數查核報告")


def test_the_language_that_was_chosen_is_kept(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, write(tmp_path, render(sampled(), "zh-TW", 0)))
    visit.page.click("#language")
    visit.page.reload()
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    visit.page.locator("section table.list a").first.click()
    assert visit.page.evaluate("document.documentElement.lang") == "en"


def test_a_browser_that_keeps_nothing_shows_the_page_all_the_same(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, write(tmp_path, render(sampled())))
    visit.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})")
    visit.page.reload()
    visit.page.click("#language")
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert visit.said == []


def test_a_finding_can_be_copied_as_text(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.locator(".copy").first.click()
    visit.page.wait_for_selector(".copy.done")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("1. 【矛盾】")
    assert "第" in copied


def test_it_prints_the_findings_alone_and_charts_on_request(visit: Visit) -> None:
    visit.page.locator("#with-charts").check()
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#filters").is_hidden()
    assert visit.page.locator(".card").first.is_visible()
    assert visit.page.locator("#reports").is_hidden()
    assert visit.page.locator("#series").is_visible()
    visit.page.evaluate("document.documentElement.classList.remove('with-charts')")
    assert visit.page.locator("#series").is_hidden()


def test_seven_findings_are_a_few_pages(browser: Browser, tmp_path: Path) -> None:
    import pypdfium2

    opened = Visit(browser, write(tmp_path, render(replace(sampled(), findings=sampled().findings[:7]))))
    printed = pypdfium2.PdfDocument(opened.page.pdf(format="A4"))
    assert len(printed) <= 3
    opened.context.close()


def test_what_strangers_wrote_never_runs(browser: Browser, tmp_path: Path, made_audit: Audit) -> None:
    attack = '</script><script>document.title="lost"</script><img src=x onerror="document.title=\'lost\'">'
    extraction = made_audit.extractions[0]
    facts = tuple(replace(fact, indicator=attack, agency=attack) for fact in extraction.facts)
    report = replace(extraction.report, title=attack)
    finding = replace(made_audit.findings[0], message_zh=attack, message_en=attack)
    hostile = replace(
        made_audit,
        extractions=(replace(extraction, report=report, facts=facts, agency=attack),),
        findings=(finding,),
    )
    opened = Visit(browser, write(tmp_path, render(hostile)))
    opened.page.locator(".card mark a").first.click()
    opened.page.wait_for_selector("#detail:visible")
    assert opened.page.locator("#reading").inner_text().count("onerror") > 0
    assert opened.page.title() == "核數查核報告"
    assert opened.page.locator("img").count() == 0
    assert opened.said == []
    opened.context.close()


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(390, "light", "zh"), (390, "dark", "en"), (1280, "light", "en"), (1280, "dark", "zh")],
)
def test_axe_finds_no_fault(browser: Browser, place: Path, width: int, scheme: str, language: str) -> None:
    if not AXE:
        pytest.skip("axe-core is not here: npm install --no-save axe-core")
    opened = Visit(browser, place, width, scheme)
    for details in opened.page.locator("details").all()[:3]:
        details.evaluate("one => { one.open = true; }")
    if language == "en":
        opened.page.click("#language")
    opened.page.locator("[data-pick]").first.check()
    opened.page.fill("#find input", "人")
    opened.page.wait_for_selector("#results li")
    opened.page.locator(".card mark a").first.click()
    opened.page.wait_for_selector("#detail:visible")
    # The policy forbids a script of others in the page: the debugger brings it in.
    opened.page.evaluate(AXE[0].read_text(encoding="utf-8") + "; 0")
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    faults = [f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]
    assert faults == []
    opened.context.close()


def test_a_hundred_reports_are_usable_within_three_seconds(browser: Browser, tmp_path: Path) -> None:
    """The samples twenty times and more, under names of their own, until there are 50,000 facts in 100 reports."""
    found = sampled()
    extractions = [copied(each, number) for number in range(20) for each in found.extractions]
    audit = Audit(tuple(extractions), found.relations, found.findings * 20, ())
    place = write(tmp_path, render(audit))
    assert len(place.read_bytes()) < 12_000_000
    start = time.perf_counter()
    opened = Visit(browser, place)
    opened.page.fill("input[name=words]", "326人")
    opened.page.wait_for_function("document.querySelectorAll('.card:not([hidden])').length === 20")
    assert time.perf_counter() - start < 3
    assert opened.said == []
    opened.context.close()


def copied(extraction: Extraction, number: int) -> Extraction:
    """The same report under another name, with its text several times as long."""
    from dataclasses import replace as other

    name = extraction.report.name if number == 0 else f"{number:02}-{extraction.report.name}"
    blocks = extraction.report.blocks * 4
    count = len(extraction.report.blocks)
    mentions = tuple(
        other(mention, report=name, block=mention.block + count * turn)
        for turn in range(4)
        for mention in extraction.mentions
    )
    facts = tuple(other(fact, mention=other(fact.mention, report=name)) for fact in extraction.facts) * 4
    report = other(extraction.report, id=f"{number:04x}{extraction.report.id[:12]}", name=name, blocks=blocks)
    return other(extraction, report=report, mentions=mentions, facts=facts)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_reports_side_by_side_are_there_for_everybody(browser: Browser, tmp_path: Path, width: int) -> None:
    """The page of ``heshu align``: no wider than the window, and axe finds no fault."""
    from heshu.cli import app
    from typer.testing import CliRunner

    text = "青嵐市政府農業局{}年度工作報告\n\n輔導{}處農場，辦理講習{}場次，計{}人參加。\n"
    for name, figures in (("a.txt", (108, 32, 12, 876)), ("b.txt", (109, 35, 12, 901))):
        (tmp_path / name).write_text(text.format(*figures), encoding="utf-8")
    reports = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    told = CliRunner().invoke(app, ["align", *reports, "--format", "html", "-o", str(tmp_path / "both.html")])
    assert told.exit_code == 0
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((tmp_path / "both.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if AXE:
        page.evaluate(AXE[0].read_text(encoding="utf-8") + "; 0")
        assert page.evaluate("axe.run().then(found => found.violations.map(each => each.id))") == []
    page.close()
