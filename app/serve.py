"""Starts the app: on this machine alone, at a port that is free, with a token that nobody can guess."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from ..notation import Language
from .guard import Guard
from .reading import Reader
from .server import site

HOST = "127.0.0.1"


def serve(
    store: Path,
    *,
    folder: Path | None = None,
    port: int = 0,
    language: Language | None = None,
    browse: bool = True,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve until it is interrupted; raises ``OSError`` where the port is taken.

    ``folder``: its reports are read into the store. ``ready`` is told the address, once it answers.
    """
    token = secrets.token_urlsafe(24)
    listening = socket.create_server((HOST, port))
    chosen = listening.getsockname()[1]
    hosts = frozenset((f"{HOST}:{chosen}", f"localhost:{chosen}"))
    reader = Reader(store)
    if folder is not None:
        reader.take([folder])
    app = Guard(site(store, reader, language), token, lambda: hosts)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", server_header=False)
    )
    address = f"http://{HOST}:{chosen}/?token={token}"

    def open_browser() -> None:
        ready(address)
        if browse:
            webbrowser.open(address)

    threading.Timer(0.3, open_browser).start()
    try:
        server.run(sockets=[listening])
    finally:
        reader.close()
