"""The weights by which a figure's period is chosen: what a feature is, and that the sums decide and are told."""

from __future__ import annotations

import heshu
import pytest
from heshu.corpus.read import read_text
from heshu.rules.dating import Asked, Told, because, features, weight, weights

FLOW = Asked("told", "flow", "actual")
LEVEL = Asked("told", "level", "actual")
RULE = Asked("rule", "", "")
AHEAD = Told("sentence", "during", "month", "whole", 0)
UP_TO = Told("sentence", "as-of", "month", "whole", 0)
FROM_JANUARY = Told("sentence", "as-of", "month", "from-january", 0)


def test_a_feature_is_every_combination_of_the_traits_that_a_template_names() -> None:
    told = Told("paragraph", "during", "day", "whole", 1, ("last", "over"))
    assert list(features(FLOW, told, ("place note", "side take asked", "place rank"))) == [
        ("place note", "paragraph last"),
        ("place note", "paragraph over"),
        ("side take asked", "around whole flow"),
        ("place rank", "paragraph 1"),
    ]


def test_a_template_whose_trait_a_candidate_lacks_makes_no_feature() -> None:
    assert list(features(RULE, Told("none"), ("place relation", "role", "place task"))) == [("place task", "none rule")]


def test_every_template_goes_by_known_traits_and_says_why() -> None:
    told = Told("paragraph", "during", "day", "whole", 1, ("last",))
    for template in weights():
        assert list(features(FLOW, told, (template,)))


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        pytest.param(FLOW, AHEAD, Told("own"), id="the date of the sentence before the report's own time"),
        pytest.param(FLOW, FROM_JANUARY, UP_TO, id="a flow counted up to a month runs from January"),
        pytest.param(LEVEL, UP_TO, FROM_JANUARY, id="a level is of that month"),
        pytest.param(RULE, Told("none"), AHEAD, id="a standing rule has no time"),
        pytest.param(FLOW, AHEAD, AHEAD._replace(relation="compared"), id="what is compared with is another's"),
        pytest.param(LEVEL, Told("own.end"), Told("own"), id="an undated level is at the end"),
    ],
)
def test_what_speaks_for_a_candidate_is_summed(asked: Asked, better: Told, worse: Told) -> None:
    assert weight(asked, better) > weight(asked, worse)


def test_the_heaviest_features_are_told() -> None:
    (fact,) = heshu.extract(read_text("青嵐市政府人事處110年度工作報告\n\n截至110年10月止,特約店家共計30家。")).facts
    (trace,) = (trace for trace in fact.trace if trace.field == "period")
    assert trace.record == "sentence"
    assert trace.because == because(LEVEL, UP_TO)
    assert any("as-of" in feature for feature in trace.because)
