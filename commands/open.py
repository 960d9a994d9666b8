"""``heshu open``: the local app over a store, in the browser."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from ..notation import Both
from .ingest import DEFAULT
from .options import Lang, LangOption, refuse

_MISSING = Both(
    '本機程式需要另裝套件：pip install "heshu[app]"（或 uv tool install "heshu[app]"）',
    'the app needs a few packages more: pip install "heshu[app]" (or uv tool install "heshu[app]")',
)
_READY = Both("以瀏覽器開啟下列網址；按 Ctrl-C 結束。\n{}", "Open this address in your browser; Ctrl-C ends it.\n{}")
_NO_FOLDER = Both("{}：沒有這個資料夾", "{}: there is no such folder")
_TAKEN = Both("連接埠 {} 無法使用：{}", "port {} cannot be used: {}")


def open_(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="A folder with reports; they are read into its store.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", metavar="FILE", help="The store; else reports.heshu in the folder.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port; 0: any that is free.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser; only say the address.")] = False,
    lang: LangOption = Lang.zh_tw,
) -> None:
    """Open the app in the browser: drop reports in, go through the findings, keep what was decided.

    Nothing leaves this machine.

    \b
    Example:
      heshu open reports/
    """
    if any(find_spec(name) is None for name in ("starlette", "uvicorn", "python_multipart")):
        refuse(_MISSING.of(lang.value))
    kept = store or (folder or Path()) / DEFAULT
    for each in (folder or kept.parent, kept.parent):
        if not each.is_dir():
            refuse(_NO_FOLDER.of(lang.value).format(each))
    from ..app.serve import serve

    asked = context.get_parameter_source("lang")
    try:
        serve(
            kept,
            folder=folder,
            port=port,
            language=lang.value if asked is not None and asked.name == "COMMANDLINE" else None,
            browse=not no_browser,
            ready=lambda address: typer.echo(_READY.of(lang.value).format(address)),
        )
    except OSError as error:
        refuse(_TAKEN.of(lang.value).format(port, error.strerror))
