"""Agencies: whose figure it is."""

from __future__ import annotations

import pytest
from heshu.extract.facts import facts_of
from heshu.rules.agencies import agencies, agency_pattern

from .marked import marked, own

TITLE = "青嵐市政府人事處110年度工作報告"
CASES = {
    "own office": (TITLE, "本處辦理研習【3場】。", "青嵐市政府人事處"),
    "nothing named": (TITLE, "辦理研習【3場】。", "青嵐市政府人事處"),
    "the government": (TITLE, "本府各機關外補【30人】。", "青嵐市政府"),
    "another department": (TITLE, "衛生局辦理篩檢【3場】。", "青嵐市政府衛生局"),
    "short name": (TITLE, "環保局稽查【30件】。", "青嵐市政府環境保護局"),
    "other party": (TITLE, "本處與衛生局合辦研習【3場】。", "青嵐市政府人事處"),
    "central body": (TITLE, "銓敘部審定【30件】。", "銓敘部"),
    "renamed body": (TITLE, "農委會補助【30件】。", "農業部"),
    "name in a title": (TITLE, "辦理「警察局座談」【3場】。", "青嵐市政府人事處"),
    "press release": ("新訊", "#發稿單位:農業局|青嵐市政府輔導果園【30處】。", "青嵐市政府農業局"),
}


@pytest.mark.parametrize(("title", "text", "agency"), CASES.values(), ids=CASES)
def test_agency(title: str, text: str, agency: str) -> None:
    made = marked(*text.split("|"), title=title)
    (fact,) = [fact for fact in facts_of(made.report, made.mentions, own()) if fact.mention in made.wanted]
    assert fact.agency == agency


def test_every_name_finds_its_agency() -> None:
    for name, known in agencies().items():
        match = agency_pattern().fullmatch(name)
        assert match is not None
        assert name in (known.name, *known.short, *known.former)
