"""What all pages share: where the store is, the language, who reads reports, and how lists are parted into pages."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..notation import Both, Language
from ..output.page import environment, json_of, script_words
from ..output.words import SEVERITIES
from ..store import Store, StoreError
from . import words
from .reading import Reader
from .shown import numbered

HERE = Path(__file__).parent
LISTED = 50
"""Rows of a list on one page."""


class Site:
    """What all requests share: where the store is, the language, and who reads reports."""

    def __init__(self, path: Path, reader: Reader, language: Language | None) -> None:
        self.path, self.reader, self.language = path, reader, language

    def page(
        self, store: Store | None, template: str, title: Both, here: str = "", status: int = 200, **more: object
    ) -> Response:
        """A page."""
        count = None
        if store is not None:
            query = "SELECT count(*) FROM findings LEFT JOIN decisions USING (finding_id) WHERE decision IS NULL"
            count = store.rows(query)[0][0]
        script = {"fields": words.FIELDS, "script": words.SCRIPT, "became": words.BECAME, "decisions": words.DECISIONS}
        context: dict[str, object] = {
            "title": title, "here": here, "language": self.language, "words": script_words(), "app_words": json_of(script),
            "open_count": count, "severities": SEVERITIES, "decisions": words.DECISIONS, "reports_here": (), "is_stale": False,
        }  # fmt: skip
        return HTMLResponse(environment(HERE).get_template(template).render(**context | more), status)

    def fault(self, error: StoreError) -> Response:
        """What is wrong with the store, in words."""
        if error.code == "stale":  # nothing is wrong with it
            title = Both("請重新判讀", "To be read again")
            message = Both(
                "資料庫的判讀由另一版本寫成；重新判讀後即可繼續，處理情形與更正不受影響。",
                "What the store keeps was read by another version. Read it again to go on; decisions and corrections stay.",
            )
            return self.page(None, "error.html.j2", title, status=503, message=message, path="", is_stale=True)
        status = 404 if error.code.startswith("unknown") else 503 if error.code == "locked" else 500
        with_store = error.code.startswith("unknown")
        title = Both("找不到", "Not found") if with_store else Both("資料庫有問題", "Something is wrong with the store")
        return self.page(None, "error.html.j2", title, status=status, message=error.words, path=error.path)


Page = Callable[[Site, Request, Store], Response]
"""Makes a page for a request, from a store that is opened for it."""


def number_of(request: Request) -> int:
    """The page that is asked for, from 1."""
    given = request.query_params.get("page", "1")
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def paging(request: Request, total: int, size: int) -> dict[str, Any]:
    """What a template needs to turn the pages of a list of ``total`` entries, ``size`` to a page."""
    page, pages = number_of(request), max(math.ceil(total / size), 1)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "page"]

    def turn(number: int) -> str:
        return "?" + urlencode([*kept, ("page", str(number))])

    return {"page": page, "pages": pages, "turn": turn, "numbered": numbered(total, page, size), "size": size}


def row_of(store: Store, report_id: str) -> Any:
    """The row of a report; raises ``StoreError`` where there is none."""
    row = store.one("SELECT * FROM reports WHERE report_id = ?", (report_id,))
    if row is None:
        raise StoreError("unknown-report", store.path, report_id)
    return row
