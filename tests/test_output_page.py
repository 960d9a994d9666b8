"""The audit page: it says what was found, escapes what strangers wrote, and asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from heshu.model import Audit
from heshu.output.page import render

VOID = {"meta", "rect", "link", "br", "img"}


class Outline(HTMLParser):
    """Checks that elements are closed in order, and collects attributes and the text shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.tags: set[str] = set()
        self.shown = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.shown += data


def test_the_page_tells_the_contradiction_with_its_arithmetic(made_audit: Audit) -> None:
    shown = Outline(render(made_audit)).shown
    for told in (
        "1 項矛盾",
        "男性205人與女性203人合計408人",
        "409",
        "408",
        "+1",
        "青嵐市108下.txt 第 2 行",
        "檔案沒有內容",
    ):
        assert told in shown


def test_what_is_told_twice_is_not_said_to_be_computed(made_audit: Audit) -> None:
    assert made_audit.findings[0].relation
    twice = replace(made_audit.findings[0], relation=replace(made_audit.findings[0].relation, kind="same"))
    shown = Outline(render(replace(made_audit, findings=(twice,)))).shown
    assert "據以算得" not in shown
    assert "他處所載" in shown


def test_the_figures_are_marked_in_the_quotation(made_audit: Audit) -> None:
    page = render(made_audit)
    assert "計有<mark>409人</mark>（男性<mark>205人</mark>、女性<mark>203人</mark>）" in page


def test_what_strangers_wrote_is_escaped(made_audit: Audit) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    extraction = made_audit.extractions[0]
    report = replace(extraction.report, title=attack)
    problem = replace(made_audit.problems[0], path=attack, message_zh=attack)
    finding = replace(made_audit.findings[0], message_zh=attack, code=attack)
    hostile = replace(
        made_audit,
        extractions=(replace(extraction, report=report, agency=attack, period=attack),),
        problems=(problem,),
        findings=(finding,),
    )
    outline = Outline(render(hostile))
    assert not outline.tags & {"script", "img", "iframe", "object", "link"}
    assert not [name for _, name, _ in outline.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in outline.shown


def test_the_policy_forbids_all_but_the_pages_own_style(made_audit: Audit) -> None:
    page = render(made_audit)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#39;", "'").startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_the_page_asks_nothing_of_anybody(made_audit: Audit) -> None:
    outline = Outline(render(made_audit))
    assert not [one for one in outline.attributes if one[1] in ("src", "action", "style", "srcset")]
    assert all(value.startswith("#") for _, name, value in outline.attributes if name == "href")
    assert "url(" not in render(made_audit)


@pytest.mark.parametrize("kept", ["extractions", "relations"])
def test_a_page_without_findings_says_so(made_audit: Audit, kept: str) -> None:
    calm = replace(made_audit, findings=(), **({"extractions": ()} if kept == "relations" else {}))
    assert "沒有發現矛盾" in Outline(render(calm)).shown
