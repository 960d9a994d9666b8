"""Who may ask: a browser on this machine that was given the token, and no page of anybody else's.

The token comes in the address once and is a cookie from then on, which no other site's request carries (``SameSite=Strict``).
The ``Host`` must be our own (a foreign name that was turned to 127.0.0.1 is refused), and so must the ``Origin`` of whatever changes
something. The policy lets the pages load and ask nothing but what this server gives them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "heshu"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
REFUSED = """請由終端機顯示的網址開啟本頁；網址中須有存取碼。
Open this page by the address that the terminal shows; it carries the token.
"""


class Guard:
    """Lets through what comes from the browser that holds the token."""

    def __init__(self, app: ASGIApp, token: str, hosts: Callable[[], frozenset[str]]) -> None:
        self._app, self._token, self._hosts = app, token, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refused(scope)
        await (refused or self._app)(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Response | None:
        """What is said instead of what was asked for; None where it is let through."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts():
            return PlainTextResponse("421", 421)
        query = QueryParams(scope["query_string"])
        if self._is_token(query.get("token", "")):
            left = urlencode([(name, value) for name, value in query.multi_items() if name != "token"])
            response = RedirectResponse(scope["path"] + (f"?{left}" if left else ""), 303)
            response.set_cookie(self.cookie(headers["host"]), self._token, httponly=True, samesite="strict", path="/")
            return response
        if not self._is_token(Request(scope).cookies.get(self.cookie(headers["host"]), "")):
            return PlainTextResponse(REFUSED, 403)
        if scope["method"] not in ("GET", "HEAD"):
            origin = headers.get("origin", "")
            if origin.removeprefix("http://") not in self._hosts():
                return PlainTextResponse("403", 403)
        return None

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())

    @staticmethod
    def cookie(host: str) -> str:
        """Cookies know no ports: each app of this machine has its own."""
        return f"{COOKIE}-{host.rpartition(':')[2]}"
