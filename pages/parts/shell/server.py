"""The server of app.py: Streamlit's own, with a few additions.

Started by `kasstroom.py app` as `streamlit run pages/parts/shell/server.py`. `streamlit run app.py` works
too, with two harmless 404s in the browser's console on a deep link and Streamlit's own words for a bug.
"""

import contextlib
import ctypes
import logging
import socket
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from pages.parts.context import calculator, navigation, stylesheet
from pages.parts.shell import downloads, page_session, static_files, widget_words

# Imported now, so that the first visitor does not wait for its import.
from reports.language import _

_ROOT = Path(__file__).resolve().parents[3]
_SCRIPT = Path(__file__).with_name("head.js").read_bytes()
# A fresh server's first page draws its sidebar before it is told how wide; it asks the browser first.
_SIDEBAR = f"try {{localStorage.sidebarWidth ??= {navigation.SIDEBAR}}} catch {{}}\n".encode()
_WORDS = b"".join([b"<script>", _SIDEBAR, _SCRIPT, widget_words.script(), b"</script>"])
_HEADS = {
    has_charts: b"".join([b"<head>", static_files.preloads(has_charts=has_charts), _WORDS])
    for has_charts in (False, True)
}
_END = stylesheet.in_page() + b"</body>"
_FIRST = navigation.SCREENS[0].name
_PAGES = {screen.name for screen in navigation.SCREENS}
_WITHOUT_CHARTS = {screen.name for screen in navigation.SCREENS if not screen.has_charts}
_OWN_PATHS = ("_stcore", "app", "component", "media", "static", "vendor")  # Streamlit's
# Of mallopt(3).
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_log = logging.getLogger("kasstroom")


def _give_back_memory() -> None:
    """Have the C library give large arrays back to the system when they are freed, and not keep them.

    It raises its own limit for that to 32 MB, after which a server that made a few forecasts holds twice what
    it uses. Systems with another C library are left as they are.
    """
    with contextlib.suppress(OSError, AttributeError):
        set_option = ctypes.CDLL("libc.so.6").mallopt
        set_option(_MMAP_THRESHOLD, 1 << 20)
        set_option(_ARENA_MAX, 2)


def _send_at_once() -> None:
    """Have small answers leave at once and not wait, up to 40 ms each, for the last one's acknowledgement.

    asyncio sees to that for TCP sockets, but does not take the one that uvicorn is handed for such.
    """
    connection_made = AutoHTTPProtocol.connection_made

    def connected(protocol: Any, transport: Any) -> None:
        with contextlib.suppress(OSError, AttributeError):
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection_made(protocol, transport)

    setattr(AutoHTTPProtocol, "connection_made", connected)  # noqa: B010 - mypy asks for uvicorn's own words


class ServerAddress:
    """Middleware that puts the server's own address in the one HTML page that Streamlit serves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A compressed or conditional response cannot be extended.
        unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
        is_page = b"text/html" in dict(scope["headers"]).get(b"accept", b"")
        if is_page and (address := right_address(scope["path"], scope["query_string"].decode("latin-1"))):
            await RedirectResponse(address, status_code=303)(scope, receive, send)
            return
        if is_page:
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in unwanted]}
        head = _HEADS[scope["path"].strip("/") not in _WITHOUT_CHARTS]
        started: list[Message] = []
        body: list[bytes] = []

        async def pass_on(message: Any) -> None:
            if message["type"] == "http.response.start" and is_page:
                started.append(message)
                return
            if started and message["type"] == "http.response.body":
                body.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                whole = b"".join(body).replace(b"<head>", head, 1).replace(b"</body>", _END, 1)
                MutableHeaders(raw=started[0]["headers"])["content-length"] = str(len(whole))
                await send(started.pop())
                await send({"type": "http.response.body", "body": whole})
                return
            await send(message)

        await self._app(scope, receive, pass_on)


def right_address(path: str, query: str) -> str | None:
    """Return the address to redirect a path to; None if the path is right.

    The first screen has its address at the root only; an unknown path leads there too, with a sentence.
    """
    name = path.strip("/")
    if not name or name in _PAGES - {_FIRST} or name.split("/")[0] in _OWN_PATHS:
        return None
    parameters = [pair for pair in parse_qsl(query) if pair[0] != navigation.UNKNOWN]
    if name != _FIRST:
        parameters.append((navigation.UNKNOWN, name[:80]))
    return "/?" + urlencode(parameters) if parameters else "/"


def apologise(error: Exception) -> bool:
    """Show a short apology with an id; the log holds the traceback beside that id."""
    reference = uuid.uuid4().hex[:8]
    _log.error("page failed, reference %s", reference, exc_info=error)
    st.error(_("This page could not be shown. Mention {reference} when you report it.", reference=reference))
    return True


@contextlib.asynccontextmanager
async def calculating(_app: st.App) -> AsyncIterator[None]:
    """Start the processes of the calculations with the server, and end them with it."""
    calculator.warm_up()
    try:
        yield
    finally:
        calculator.stop()


_give_back_memory()
_send_at_once()
downloads.keep_for_a_minute()
page_session.ignore_clicks()
app = st.App(
    _ROOT / "app.py",
    lifespan=calculating,
    middleware=[Middleware(ServerAddress), Middleware(static_files.CompressedScripts)],
    on_script_error=apologise,
)
