"""Words around dates: where a word stands, and where only a part of a longer one does."""

from __future__ import annotations

import pytest
import regex
from heshu.rules.calendar import all_calendar_words, guarded, load
from heshu.rules.loader import RuleError
from hypothesis import given
from hypothesis import strategies as st

GUARDED = [
    (("年級",), (("級距",),), "本年級距", []),
    (("年級",), (("級距",),), "同年級生", ["年級"]),
    (("約",), (("簽約",),), "簽約", []),
    (("約",), (("簽約",),), "大約", ["約"]),
    (("初",), (("初期",), ("期末",)), "年初期末", ["初"]),
    (("初",), (("初期",), ("期末",)), "年初期", []),
    (("內", "以內"), (("內部",),), "5日以內", ["以內"]),
    (("中秋", "中秋節"), (), "中秋節", ["中秋節"]),
]


@pytest.mark.parametrize(("words", "levels", "text", "found"), GUARDED, ids=[f"{g[0][0]} in {g[2]}" for g in GUARDED])
def test_guarded(words: tuple[str, ...], levels: tuple[tuple[str, ...], ...], text: str, found: list[str]) -> None:
    assert regex.findall(guarded(words, *levels), text) == found


@given(st.sampled_from(sorted(all_calendar_words())), st.data())
def test_a_word_by_itself_is_found_and_a_longer_one_hides_it(identity: str, data: st.DataObject) -> None:
    record = all_calendar_words()[identity]
    word = data.draw(st.sampled_from(record.words))
    assert regex.fullmatch(record.pattern, word)
    if record.unless:
        longer = data.draw(st.sampled_from(record.unless))
        assert not regex.fullmatch(record.pattern, longer)


def test_a_record_without_words_is_refused() -> None:
    text = '[[calendar]]\nid = "x"\nwhy = "a test"\nwords = []\nexamples = ["【甲】"]\n'
    with pytest.raises(RuleError, match=r"calendar.toml, line 4, \[\[calendar\]\] x, field 'words'"):
        load("calendar.toml", text)
