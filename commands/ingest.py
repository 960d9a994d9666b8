"""``heshu ingest``: read reports into a store, where they stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ..notation import Both
from .options import Jobs, Lang, LangOption, Paths, complain, finish, progress, refuse, sources
from .times import IssuedOption, PeriodOption, times_of_run

if TYPE_CHECKING:
    from ..store import Store, StoreError, Told

DEFAULT = Path("reports.heshu")
"""Where the store is, unless somebody says otherwise."""
StoreOption = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store, one file.")]

_BECAME: dict[str, Both] = {
    "new": Both("新增 {name}", "new: {name}"),
    "version": Both("新版 {name}，取代 {supersedes}，共 {differences} 處不同", "corrected: {name} supersedes {supersedes}, {differences} differences"),
    "known": Both("已在資料庫中：{name}", "in the store already: {name}"),
}  # fmt: skip
_COUNT = Both(
    "資料庫 {store}：{reports} 份報告，{contradictions} 項矛盾，其他發現 {others} 項",
    "store {store}: {reports} reports, {contradictions} contradictions, {others} other findings",
)


def ingest(
    paths: Paths,
    store: StoreOption = DEFAULT,
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules", metavar="DIR", help="Read by the rules of this folder from now on.", show_default=False
        ),
    ] = None,
    period: PeriodOption = None,
    issued: IssuedOption = None,
    jobs: Jobs = 0,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Read reports into a store, where they stay: a corrected version supersedes the earlier one.

    \b
    Example:
      heshu ingest reports/ --store reports.heshu
      heshu ingest 113-second-half.txt
    """
    from ..store import ingest as bring_in

    times = times_of_run(period, issued, lang)
    given = next(iter(times.values()), None) if times else None
    with opened(store, lang, create=True) as kept:
        if rules is not None:
            _read_by(kept, rules, lang)
        with progress(lang) as bar:
            told = bring_in(kept, sources(list(paths)), jobs=jobs, progress=bar, given=given)  # type: ignore[arg-type]
        problems = tuple(problem for each in told for problem in each.problems)
        complain(problems, lang)
        for each in told:
            if each.became in _BECAME:
                typer.echo(_told(each, lang))
        typer.echo(_summed_up(kept, lang))
    finish(problems)


def _told(each: Told, lang: Lang) -> str:
    words = _BECAME[each.became].of(lang.value)
    return words.format(name=each.name, supersedes=each.supersedes, differences=each.differences)


def _summed_up(kept: Store, lang: Lang) -> str:
    reports = kept.rows("SELECT count(*) FROM current_reports")[0][0]
    grave, others = kept.rows(
        "SELECT ifnull(sum(severity = 'contradiction'), 0), ifnull(sum(severity <> 'contradiction'), 0) FROM findings"
    )[0]
    return _COUNT.of(lang.value).format(store=kept.path, reports=reports, contradictions=grave, others=others)


def _read_by(kept: Store, folder: Path, lang: Lang) -> None:
    from ..rules.loader import RuleError
    from ..store.rules import keep_rules

    try:
        keep_rules(kept, folder)
    except RuleError as error:
        refuse(f"{Both('規則檔有誤', 'rule file').of(lang.value)}: {error}")


class opened:  # noqa: N801 - reads as what it does: with opened(path, lang) as store
    """A store for the time of a command; what is wrong with it is told in one line, and ends the command with status 2."""

    def __init__(self, path: Path, lang: Lang, *, create: bool = False) -> None:
        self._path, self._lang, self._create = path, lang, create
        self._store: Store | None = None

    def __enter__(self) -> Store:
        from ..store import Store, StoreError

        try:
            store = Store.open(self._path, create=self._create)
        except StoreError as error:
            self._refuse(error)
        self._store = store
        return store

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from ..store import StoreError

        if self._store is not None:
            self._store.close()
        if isinstance(error, StoreError):
            self._refuse(error)

    def _refuse(self, error: StoreError) -> NoReturn:
        refuse(f"{error.path}: {error.words.of(self._lang.value)}")
