"""HTML: the page's own text, whatever its encoding, without the frame of the site."""

from __future__ import annotations

import pytest
from heshu.corpus.parsed import Paragraph, Table
from heshu.corpus.readers import html as reader


def texts(body: str, encoding: str = "utf-8") -> list[str]:
    parsed = reader.read(f"<html><body>{body}</body></html>".encode(encoding))
    return [part.text for part in parsed.elements if isinstance(part, Paragraph)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "utf-16"])
@pytest.mark.parametrize("declared", ["", '<meta charset="gb2312">', '<meta charset="big5">'])
def test_the_bytes_tell_the_encoding_whatever_is_declared(encoding: str, declared: str) -> None:
    assert texts(f"{declared}<p>本期計有409人參加，較上年增加。</p>", encoding) == ["本期計有409人參加，較上年增加。"]


def test_scripts_navigation_and_hidden_text_are_left_out() -> None:
    body = (
        "<nav><ul><li>首頁1</li></ul></nav><script>var a=12;</script><style>p{}</style><div class='site-footer'>電話2</div>"
        "<div role='navigation'>選單3</div><p style='display:none'>4</p><p>計有<b>5</b>人<!-- 6 --></p><footer>7</footer>"
    )
    assert texts(body) == ["計有5人"]


def test_lines_end_where_the_browser_ends_them() -> None:
    assert texts("<p>甲<br>乙<span>丙</span></p>丁<div>戊</div>己") == ["甲", "乙丙", "丁", "戊", "己"]
    assert texts("<pre>一、甲\n二、乙</pre><p>丙\n   丁</p>") == ["一、甲", "二、乙", "丙 丁"]


def test_numbered_lists_show_their_numbers() -> None:
    assert texts("<ol start='3'><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>") == ["3. 甲", "4. 乙", "丙"]


def test_spans_of_a_table_and_absurd_ones() -> None:
    body = (
        "<table><caption>各區人數</caption><tr><th rowspan=2>區別</th><th colspan=2>人數</th></tr><tr><th>男</th><th>女</th></tr>"
        "<tr><td>東溪區</td><td>5</td><td colspan=99999999>7</td></tr></table>"
    )
    caption, table = reader.read(f"<html>{body}</html>".encode()).elements
    assert isinstance(caption, Paragraph)
    assert isinstance(table, Table)
    assert (caption.text, table.head_rows) == ("各區人數", 2)
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        ("區別", 0, 0), ("人數", 0, 1), ("男", 1, 1), ("女", 1, 2), ("東溪區", 2, 0), ("5", 2, 1), ("7", 2, 2),
    ]  # fmt: skip
    assert max(cell.column_span for cell in table.cells) <= 1024


def test_a_table_that_lays_out_the_page_is_text() -> None:
    assert texts("<table><tr><td><table><tr><td>甲</td></tr></table></td><td><p>乙</p></td></tr></table>") == [
        "甲",
        "乙",
    ]
