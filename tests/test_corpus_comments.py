"""Comments for this program are no part of what a report says."""

from __future__ import annotations

import heshu
import pytest
from heshu.corpus.comments import Comment, comments_in


@pytest.mark.parametrize(
    ("text", "named", "reason"),
    [
        ("計有3人。<!-- heshu: ignore SUM 已函詢3次 -->後文", ("SUM",), "已函詢3次"),
        ("計有3人（heshu: ignore SUM,RATE 原文如此），另有", ("SUM", "RATE"), "原文如此"),
        ("heshu: ignore RATE-0b5cbbd2b43c19f0 分母為年平均\n次行", ("RATE-0b5cbbd2b43c19f0",), "分母為年平均"),
        ("<!-- heshu：ignore SUM -->", ("SUM",), ""),
    ],
    ids=["markup", "brackets", "line", "no-reason"],
)
def test_a_comment_is_known(text: str, named: tuple[str, ...], reason: str) -> None:
    (comment,) = comments_in(text)
    assert (comment.named, comment.reason) == (named, reason)
    left = text[: comment.start] + text[comment.end :]
    assert "heshu" not in left
    assert all(word in left for word in ("後文", "，另有", "\n次行") if word in text)


@pytest.mark.parametrize("text", ["heshu 核數", "heshu: ignored SUM x", "請以 heshu audit 核對", "ignore SUM 3人"])
def test_other_words_are_none(text: str) -> None:
    assert list(comments_in(text)) == []


def test_its_numbers_are_no_figures_and_the_others_stay() -> None:
    comment = "<!-- heshu: ignore SUM 已函詢3次，見113年5月函 -->"
    plain = "一、講座計有326人(男性165人、女性163人)參加。{}\n\n二、另有120人獲獎。\n"
    with_, without = (heshu.extract(heshu.read_text(plain.format(told))) for told in (comment, ""))
    assert [mention.text for mention in with_.mentions] == [mention.text for mention in without.mentions]
    assert all(with_.report.text[each.start : each.end] == each.text for each in with_.mentions)
    assert with_.unread == ()
    assert [block.kind for block in with_.report.blocks].count("residue") == 1


def test_a_place_is_told() -> None:
    text = "甲\n（heshu: ignore SUM 理由）"
    assert list(comments_in(text)) == [Comment(2, len(text), ("SUM",), "理由")]
