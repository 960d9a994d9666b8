"""Indicators: one name for one thing, whatever the wording, the order and the year; other names for other things."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from heshu.extract.facts import facts_of
from heshu.model import Fact
from heshu.rules.indicators import categories, indicators

from .marked import Own, marked
from .marked import own as made_own


def facts(*blocks: str, own: Own | None = None) -> Sequence[Fact]:
    made = marked(*blocks)
    found = facts_of(made.report, made.mentions, own or made_own())
    return [fact for fact in found if fact.mention in made.wanted]


def names(*blocks: str, own: Own | None = None) -> list[tuple[str, str | None]]:
    return [(fact.indicator, fact.category) for fact in facts(*blocks, own=own)]


def called(rule: str, text: str) -> list[bool]:
    return [fact.by("indicator") == rule for fact in facts(text + "。")]


EXAMPLES = [(known.id, text) for known in indicators() for text in known.examples]
NEVER = [(known.id, text) for known in indicators() for text in known.never]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=[f"{rule}: {text}" for rule, text in EXAMPLES])
def test_entry_names_its_example(rule: str, text: str) -> None:
    assert called(rule, text) == [True]


@pytest.mark.parametrize(("rule", "text"), NEVER, ids=[f"{rule}: {text}" for rule, text in NEVER])
def test_entry_leaves_its_counter_example(rule: str, text: str) -> None:
    assert called(rule, text) == [False]


SAME = {
    "word order": ("應進用身心障礙者【62人】。", "身心障礙人員應進用人數【71人】。"),
    "人 and 名": ("服務南部考生計【194人】。", "服務南部考生計【81名】。"),
    "班 and 個班期": ("開辦〔5類〕訓練課程,計開辦【58班】。", "開辦〔5類〕訓練課程,計開辦【75個】班期。"),
    "school staff": (
        "月退休金發放人數〔90人〕(公務人員〔40人〕、教育人員【50人】)。",
        "支領月退休者〔90人〕,其中公務人員〔40人〕、教職員【50人】。",
    ),
    "event": ("「消防檢查實務班」計【30人】參訓。", "辦理「消防檢查實務班」,完訓人數【35人】。"),
    "change told in the next sentence": (
        "〈110年〉合計〔60人〕退休(公務人員〔20人〕)。較去年減少【6人】。",
        "〈110年〉計〔60人〕退休,較去年減少【6人】。",
    ),
    "age of a health check": ("補助【40歲】以上同仁健康檢查。", "依健康檢查原則,本府【45歲】以上同仁得申請補助。"),
    "old value": ("單身照護者每節發放【900元】(原〔800元〕)。", "單身照護者每節發放〔900元〕(原【800元】)。"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_same_thing_has_one_name(one: str, other: str) -> None:
    assert names(one) == names(other)


APART = {
    "quota and actual": ("應進用原住民【6人】。", "應進用原住民〔6人〕,已進用【9人】。"),
    "two quotas": ("應進用原住民【6人】。", "應進用身心障礙者【62人】。"),
    "人 and 人次": ("「消防檢查實務班」計【30人】參訓。", "「消防檢查實務班」計【30人次】參訓。"),
    "half and whole year": (
        "〈110年7月至110年12月〉合計【60人】退休。",
        "〈110年1月至110年12月〉合計【60人】退休。",
    ),
    "level and change": ("辦理退休計【60人】。", "退休人數較〈109年〉增加【6人】。"),
    "men and women": (
        "單身聯誼計〔60人〕(男性【30人】、女性〔30人〕)參加。",
        "單身聯誼計〔60人〕(男性〔30人〕、女性【30人】)參加。",
    ),
}


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_other_things_have_other_names(one: str, other: str) -> None:
    assert names(one) != names(other)


def test_posts_are_named_with_their_body() -> None:
    assert names("#修正衛生局編制表", "修正後編制員額為【60人】。") == [("衛生局編制員額", None)]
    assert names("#修正社會局編制表", "修正後編制員額為【60人】。") == [("社會局編制員額", None)]


@pytest.mark.parametrize(
    ("label", "category"),
    [("男性", "男性"), ("教育人員", "教職員"), ("學校教職員", "教職員"), ("公務人員", "公務人員"), ("女性", "女性")],
)
def test_label_becomes_category(label: str, category: str) -> None:
    assert names(f"參加志工研習計有〔60人〕({label}【20人】)。")[0][1] == category


def test_unknown_label_of_a_part_becomes_category() -> None:
    (whole,), (part,) = names("辦理【9案】研究(委外〔4案〕)。"), names("辦理〔9案〕研究(委外【4案】)。")
    assert (part[0], part[1]) == (whole[0], "委外")


def test_words_of_categories_are_told_apart() -> None:
    for word, label in categories().items():
        assert word in label.words


def test_change_is_named_after_the_level_before_it() -> None:
    text = "本期匯入款【30億元】,較〈109年〉同期增加【4億元】。"
    (level, _), (change, _) = names(text)
    assert change == f"{level}增減"
