"""What a report is called: by a line that names a kind of document, and by no heading, sentence or residue."""

from __future__ import annotations

import heshu
import pytest


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("青嵐市政府人事處108年度施政成果\n\n一、概述\n", "青嵐市政府人事處108年度施政成果", id="kind"),
        pytest.param("五、青嵐市政府人事處業務報告\n\n    本年度計有3人參加研習，成效良好。\n\n    另有5人獲獎。\n", "青嵐市政府人事處業務報告", id="marked-kind"),
        pytest.param("青嵐市都市設計審議會\n99年度第5次會議紀錄\n\n一、時間：99年\n", "青嵐市都市設計審議會99年度第5次會議紀錄", id="body-above"),
        pytest.param("議事錄\n\n青嵐市議會第3屆第2次臨時會議事錄\n\n一、時間：中華民國100年9月16日\n", "青嵐市議會第3屆第2次臨時會議事錄", id="kind-alone-above"),
        pytest.param("青嵐市的春天\n\n去年計有3人參加。\n", "青嵐市的春天", id="a-short-line"),
        pytest.param("一、配合城市發展，調整人力配置\n\n（一）本年增置3人。\n", "", id="a-heading"),
        pytest.param("貳拾柒、人 事\n\n一、本年增置3人。\n", "", id="a-chapter"),
        pytest.param("壹、計畫基本資料\n\n本年增置3人。\n", "", id="a-kind-in-a-heading"),
        pytest.param("（新聞處發布）\n\n去年計有3人參加春節活動。\n", "", id="an-aside"),
        pytest.param("本市去年計有3人參加，較前年增加1人。\n", "", id="a-sentence"),
        pytest.param("局長提示：一、請於春節前完成。\n", "", id="a-label"),
        pytest.param("{{?objectives}}\n\n帳號權限審查表(範本)\n\n一、共3人。\n", "帳號權限審查表(範本)", id="a-template"),
        pytest.param("# 工作報告\n\n本年增置3人。\n", "工作報告", id="markdown"),
        pytest.param("各館購書費一覽表各館購書費一覽表(續2)\n\n一、共3人。\n", "各館購書費一覽表", id="told-twice"),
    ],
)  # fmt: skip
def test_the_title_of_a_report(text: str, title: str) -> None:
    assert heshu.read_text(text).title == title
