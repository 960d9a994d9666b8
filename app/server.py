"""The pages and what they may change. Each request opens the store for itself: many may read while one writes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from .. import pipeline
from ..baseline import dump
from ..notation import Both, Language
from ..output import chamber
from ..output.page import json_of, text_of
from ..output.page_figures import when
from ..output.words import ROLES
from ..output.words import STATES as FIGURE_STATES
from ..store import Store, StoreError, work
from ..store.audits import records_of
from ..store.corrections import corrections_of
from ..store.decisions import DECISIONS, baseline_of, decide
from ..store.incoming import remove
from ..store.search import facts_with, passages_with
from ..store.upgrade import stale
from ..store.verify import remarks
from . import changes, following, shown, words
from .correcting import correct, times, undo
from .reading import Reader
from .site import HERE, LISTED, Page, Site, number_of, paging, row_of

_STATIC = {
    "audit.css": "text/css",
    "app.css": "text/css",
    "audit.js": "text/javascript",
    "app.js": "text/javascript",
}
_ORDERS: dict[str, tuple[Both, str]] = {
    "open": (Both("待處理多者在前", "most open findings"), "open DESC, r.report"),
    "time": (Both("期間新者在前", "latest"), "ifnull(r.issued, r.period) DESC, r.report"),
    "name": (Both("名稱", "name"), "r.report"),
    "added": (Both("最近讀入者在前", "last read"), "r.run_id DESC, r.report"),
}
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


def site(path: Path, reader: Reader, language: Language | None = None) -> Starlette:
    """The app over the store at ``path``."""
    made = Site(path, reader, language)

    def route(address: str, page: Page, *methods: str) -> Route:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(_answered, made, page, request)

        return Route(address, answer, methods=list(methods or ("GET",)))

    async def take(request: Request) -> Response:
        return await _take(made, request)

    async def change(request: Request) -> Response:
        request.state.form = await request.form()
        return await run_in_threadpool(_answered, made, _decide, request)

    async def mend(request: Request) -> Response:
        request.state.form = await request.form()
        return await run_in_threadpool(_answered, made, correct, request)

    async def time(request: Request) -> Response:
        request.state.form = await request.form()
        return await run_in_threadpool(_answered, made, times, request)

    async def write(request: Request) -> Response:
        request.state.form = await request.form()
        return await run_in_threadpool(_answered, made, _chamber, request)

    async def upgrade(request: Request) -> Response:
        reader.upgrade()
        return RedirectResponse("/", 303)

    async def progress(request: Request) -> Response:
        return JSONResponse(reader.told())

    async def static(request: Request) -> Response:
        return _static(request.path_params["name"])

    async def unknown(request: Request, error: Exception) -> Response:
        message = Both("沒有這一頁", "There is no such page")
        return made.page(None, "error.html.j2", Both("找不到", "Not found"), status=404, message=message, path="")

    handlers: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {404: unknown}
    return Starlette(
        routes=[
            route("/", _home),
            Route("/reports", take, methods=["POST"]),
            Route("/reports", lambda request: RedirectResponse("/")),
            Route("/progress", progress),
            Route("/upgrade", upgrade, methods=["POST"]),
            route("/findings", _findings),
            route("/findings/{finding_id}", _finding),
            Route("/findings/{finding_id}/decision", change, methods=["POST"]),
            route("/reports/{report_id}", _report),
            route("/reports/{report_id}/remove", _remove, "POST"),
            Route("/reports/{report_id}/corrections", mend, methods=["POST"]),
            route("/reports/{report_id}/corrections/{number}/remove", undo, "POST"),
            Route("/reports/{report_id}/times", time, methods=["POST"]),
            route("/facts/{fact_id}", _fact),
            route("/beside", _beside),
            route("/search", _search),
            route("/series", following.listed),
            route("/series/{fact_id}", following.one),
            route("/changes", changes.runs),
            route("/changes/{run}", changes.one),
            Route("/chamber", write, methods=["POST"]),
            route("/baseline.toml", _baseline),
            route("/work.json", _work),
            Route("/static/{name}", static),
        ],
        exception_handlers=handlers,
    )


def _answered(made: Site, page: Page, request: Request) -> Response:
    """A page from a store that is opened for it; what is wrong with the store is a page, too."""
    try:
        with Store.open(made.path, create=True) as store:
            return page(made, request, store)
    except StoreError as error:
        return made.fault(error)


def _static(name: str) -> Response:
    if name not in _STATIC:
        return PlainTextResponse("404", 404)
    folder = HERE if name.startswith("app.") else HERE.parent / "output"
    return Response((folder / name).read_bytes(), media_type=_STATIC[name])


def _home(made: Site, request: Request, store: Store) -> Response:
    busy = made.reader.told()["busy"]  # asked first: what is read while the page is made must not pass unseen
    wanted = request.query_params.get("q", "").strip()
    by = request.query_params.get("by", "open")
    order = _ORDERS.get(by, _ORDERS["open"])[1]
    like = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    tied = "FROM current_reports r WHERE ifnull(title, '') || ' ' || report || ' ' || ifnull(agency, '') LIKE ? ESCAPE '\\'"
    matching = store.rows(f"SELECT count(*) {tied}", (like,))[0][0]
    pages = paging(request, matching, LISTED)
    rows = store.rows(
        "SELECT r.*, (SELECT count(*) FROM finding_reports f WHERE f.report_id = r.report_id) AS found, "
        "(SELECT count(*) FROM finding_reports f LEFT JOIN decisions d USING (finding_id) "
        "WHERE f.report_id = r.report_id AND d.decision IS NULL) AS open, "
        f"(SELECT count(*) FROM reports o WHERE o.superseded_by = r.report_id) AS versions {tied} "
        f"ORDER BY {order} LIMIT ? OFFSET ?",
        (like, LISTED, (number_of(request) - 1) * LISTED),
    )
    open_ = {
        row["severity"]: row["number"]
        for row in store.rows(
            "SELECT severity, count(*) AS number FROM findings LEFT JOIN decisions USING (finding_id) "
            "WHERE decision IS NULL GROUP BY severity"
        )
    }
    changed = store.rows("SELECT count(*) FROM changes WHERE run_id = (SELECT max(run_id) FROM runs)")[0][0]
    return made.page(
        store, "home.html.j2", Both("報告", "Reports"), "home",
        rows=[dict(row) | {"when": when(row["period"])} for row in rows], matching=matching, q=wanted, by=by,
        orders=[(name, label) for name, (label, _) in _ORDERS.items()], total=store.rows("SELECT count(*) FROM current_reports")[0][0],
        facts=store.rows("SELECT ifnull(sum(facts), 0) FROM current_reports")[0][0], grave=open_.get("contradiction", 0),
        others=sum(open_.get(name, 0) for name in ("revision", "suspicious")), changed=changed,
        is_stale=bool(stale(store)), remarks=() if busy else tuple(remarks(store)), busy=busy, **pages,
    )  # fmt: skip


async def _take(made: Site, request: Request) -> Response:
    """Reports that were dropped in."""
    async with request.form(max_files=5000) as form:
        sources: list[pipeline.Handed | Path] = []
        for item in form.getlist("file"):
            if not isinstance(item, str) and item.filename:
                name = item.filename.replace("\\", "/").rpartition("/")[2]
                sources.append(pipeline.Handed(await item.read(), name))
    made.reader.take(sources)
    if "json" in request.headers.get("accept", ""):
        return JSONResponse({"taken": len(sources)})
    return RedirectResponse("/", 303)


def _findings(made: Site, request: Request, store: Store) -> Response:
    wanted: dict[str, Any] = {name: request.query_params.get(name, "") for name in ("severity", "code", "report", "q")}
    state = request.query_params.get("state", "open")
    wanted["state"] = state if state in words.STATES else "open"
    found, counts = shown.findings(store, wanted, (number_of(request) - 1) * shown.PAGE)
    kept = {name: value for name, value in wanted.items() if value and name != "state"}
    report = store.one("SELECT report FROM reports WHERE report_id = ?", (wanted["report"],))
    return made.page(
        store, "findings.html.j2", Both("發現", "Findings"), "findings", found=found, counts=counts, states=words.STATES,
        with_state=lambda name: "/findings?" + urlencode({**kept, "state": name}),
        codes=[row[0] for row in store.rows("SELECT DISTINCT code FROM findings ORDER BY code")],
        report_name=report["report"] if report else "", **wanted, **paging(request, counts[wanted["state"]], shown.PAGE),
    )  # fmt: skip


def _finding(made: Site, request: Request, store: Store) -> Response:
    name = request.path_params["finding_id"]
    one = shown.one_finding(store, name)
    if one is None:
        raise StoreError("unknown-finding", store.path, name)
    return made.page(store, "one_finding.html.j2", Both("發現", "Finding"), "findings", one=one)


def _decide(made: Site, request: Request, store: Store) -> Response:
    form = request.state.form
    wanted, reason = str(form.get("decision", "")), str(form.get("reason", ""))
    decision = next((each for each in DECISIONS if each == wanted), None)
    if decision == "dismissed" and not reason.strip():
        return PlainTextResponse(words.SCRIPT["reason"].of(made.language or "zh-TW"), 422)
    decide(store, request.path_params["finding_id"], decision, reason)
    if "json" not in request.headers.get("accept", ""):
        return RedirectResponse(f"/findings/{quote(request.path_params['finding_id'])}", 303)
    query = "SELECT count(*) FROM findings LEFT JOIN decisions USING (finding_id) WHERE decision IS NULL"
    return JSONResponse({"open": store.rows(query)[0][0]})


def _report(made: Site, request: Request, store: Store) -> Response:
    report_id = request.path_params["report_id"]
    row = row_of(store, report_id)
    text, reports, _, _ = shown.report_text(store, report_id)
    found = store.rows(
        "SELECT f.*, d.decision, d.reason FROM findings f JOIN finding_reports r USING (finding_id) "
        "LEFT JOIN decisions d USING (finding_id) WHERE r.report_id = ? ORDER BY f.weight, f.confidence DESC, f.line",
        (report_id,),
    )
    others = store.rows(
        "SELECT report_id, report, superseded_by FROM reports WHERE report_id <> ? ORDER BY report LIMIT 2000",
        (report_id,),
    )
    before = shown.last_before(store, row)
    later = store.one("SELECT report FROM reports WHERE report_id = ?", (row["superseded_by"],))
    return made.page(
        store, "report.page.html.j2", Both(row["report"], row["report"]), "home", row=row, when=when(row["period"]),
        text=text_of(text), found=found, others=others, before=before,
        later=later["report"] if later else "", kinds=words.DIFFERENCES, reports_here=reports, script=words.SCRIPT, fields=words.FIELDS, roles=ROLES, figure_states=FIGURE_STATES, followed=json_of(_followed(store, report_id)), corrections=shown.corrections(corrections_of(store, row["report"])),
        differences=store.rows("SELECT * FROM differences WHERE report_id = ? ORDER BY position LIMIT 200", (report_id,)),
    )  # fmt: skip


def _followed(store: Store, report_id: str) -> dict[str, str]:
    """The figures of a report that are in a series, by where they begin, with their ids."""
    query = 'SELECT f."start", fact_id FROM facts f JOIN series_facts USING (fact_id) WHERE f.report_id = ?'
    return {str(row[0]): row[1] for row in store.rows(query, (report_id,))}


def _remove(made: Site, request: Request, store: Store) -> Response:
    remove(store, request.path_params["report_id"])
    return RedirectResponse("/", 303)


def _fact(made: Site, request: Request, store: Store) -> Response:
    row = store.one('SELECT report_id, "start" FROM facts WHERE fact_id = ?', (request.path_params["fact_id"],))
    if row is None:
        raise StoreError("unknown-report", store.path, request.path_params["fact_id"])
    return RedirectResponse(shown.address(*row), 303)


def _beside(made: Site, request: Request, store: Store) -> Response:
    ids = [request.query_params.get(name, "") for name in ("earlier", "later")]
    for each in ids:
        row_of(store, each)
    both = shown.beside(store, *ids)
    show = request.query_params.get("show", "different")
    kinds = {"figure": ("figure",), "all": ("figure", "wording", "new", "gone", "same")}.get(show)
    pairs = [pair for pair in both.pairs if pair.kind in (kinds or ("figure", "wording", "new", "gone"))]
    pages = paging(request, len(pairs), 200)
    start = (number_of(request) - 1) * 200
    choices = (
        ("different", Both("有所不同者", "what differs")),
        ("figure", Both("僅數字改列者", "figures that changed")),
        ("all", Both("全部段落", "all passages")),
    )
    return made.page(
        store, "beside.html.j2", Both("並列", "Side by side"), "home", both=both, counts=both.counts,
        pairs=pairs[start : start + 200], show=show if show in dict(choices) else "different", choices=choices, **pages,
    )  # fmt: skip


def _search(made: Site, request: Request, store: Store) -> Response:
    wanted = request.query_params.get("q", "").strip()[:200]
    hits, count = passages_with(store, wanted, most=LISTED, since=(number_of(request) - 1) * LISTED)
    facts = facts_with(store, wanted, most=LISTED) if number_of(request) == 1 else ()
    return made.page(
        store, "search.html.j2", Both("搜尋", "Search"), "search", q=wanted, count=count, most=LISTED,
        facts=[(each, when(each.period)) for each in facts], hits=[(hit, shown.marked(hit.text, wanted)) for hit in hits],
        **paging(request, count, LISTED),
    )  # fmt: skip


def _chamber(made: Site, request: Request, store: Store) -> Response:
    """Findings as a document for the chamber."""
    form = request.state.form
    ids = [str(each) for each in form.getlist("finding")] or [str(each) for each in form.getlist("listed")]
    rows = records_of(store, ids)
    reports = [dict(row) for row in store.rows("SELECT * FROM current_reports")]
    kind, format_ = str(form.get("form", "question")), str(form.get("format", "docx"))
    if not rows or kind not in ("question", "letter") or format_ not in MEDIA:
        raise StoreError("unknown-finding", store.path)
    told = chamber.Particulars(to=str(form.get("to", ""))[:80], sender=str(form.get("sender", ""))[:80])
    made_of = chamber.written(kind, format_, rows, reports, told)
    name = f"heshu-{kind}.{format_}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made_of, media_type=MEDIA[format_], headers=headers)


def _work(made: Site, request: Request, store: Store) -> Response:
    headers = {"content-disposition": 'attachment; filename="heshu-work.json"'}
    return Response(work.dump(store), media_type="application/json", headers=headers)


def _baseline(made: Site, request: Request, store: Store) -> Response:
    headers = {"content-disposition": 'attachment; filename="heshu-baseline.toml"'}
    return Response(dump(baseline_of(store)), media_type="application/toml", headers=headers)
