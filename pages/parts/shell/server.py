"""The server that shows app.py: Streamlit's own, with the few things it leaves to its owner.

Started by `kasstroom.py app` as `streamlit run pages/parts/shell/server.py`. `streamlit run app.py` works
too, with two harmless 404s in the browser's console on a deep link and Streamlit's own words for a bug.
"""

import logging
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.context import navigation

# Imported for its time alone: the first visitor does not wait for what was loaded before the server is up.
from reports.language import _

_ROOT = Path(__file__).resolve().parents[3]
# Without it the browser guesses the server's address from the page's, and asks below the page first.
_ADDRESS = b"window.__streamlit = {BACKEND_BASE_URL: window.location.origin + '/'};"
# A page that is opened without filters gets them in its address: that is no step to go back to.
_ONE_STEP = b"""{
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const to = new URL(address, location.href);
    const same = to.pathname === location.pathname && location.search === '';
    (same ? history.replaceState.bind(history) : push)(state, title, address);
  };
}"""
# A date that is typed counts once its calendar is closed; Enter closes it, as Escape does.
_ENTER = b"""addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !event.target.closest('[data-testid="stDateInputField"]')) return;
  event.target.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true}));
}, true);"""
_SCRIPT = b"<script>" + _ADDRESS + _ONE_STEP + _ENTER + b"</script>"
_FIRST = navigation.SCREENS[0].name
_PAGES = {screen.name for screen in navigation.SCREENS}
_OWN_PATHS = ("_stcore", "app", "component", "media", "static", "vendor")  # Streamlit's
_log = logging.getLogger("kasstroom")


class TellAddress:
    """Put the server's own address in the one HTML page that Streamlit serves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Compressed or conditional answers could not be added to.
        unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
        is_page = b"text/html" in dict(scope["headers"]).get(b"accept", b"")
        if is_page and (elsewhere := where_it_is(scope["path"], scope["query_string"].decode("latin-1"))):
            await RedirectResponse(elsewhere, status_code=303)(scope, receive, send)
            return
        if is_page:
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in unwanted]}
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
                whole = b"".join(body).replace(b"<head>", b"<head>" + _SCRIPT, 1)
                MutableHeaders(raw=started[0]["headers"])["content-length"] = str(len(whole))
                await send(started.pop())
                await send({"type": "http.response.body", "body": whole})
                return
            await send(message)

        await self._app(scope, receive, pass_on)


def where_it_is(path: str, query: str) -> str | None:
    """Return the address of a page that is asked for by another one; None where the path is right.

    The first screen answers at the root only, and a path nobody knows is answered there with a sentence.
    """
    name = path.strip("/")
    if not name or name in _PAGES - {_FIRST} or name.split("/")[0] in _OWN_PATHS:
        return None
    asked = [pair for pair in parse_qsl(query) if pair[0] != navigation.UNKNOWN]
    if name != _FIRST:
        asked.append((navigation.UNKNOWN, name[:80]))
    return "/?" + urlencode(asked) if asked else "/"


def apologise(error: Exception) -> bool:
    """Show a short apology with an id; what happened stands beside that id in the log."""
    reference = uuid.uuid4().hex[:8]
    _log.error("page failed, reference %s", reference, exc_info=error)
    st.error(_("This page could not be shown. Mention {reference} when you report it.", reference=reference))
    return True


app = st.App(_ROOT / "app.py", middleware=[Middleware(TellAddress)], on_script_error=apologise)
