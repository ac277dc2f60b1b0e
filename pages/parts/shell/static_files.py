"""Streamlit's scripts and styles as browsers get them: compressed, and the large ones asked for at once."""

import gzip
import json
from collections import OrderedDict
from functools import partial
from pathlib import Path

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

_SUFFIXES = (".js", ".css", ".json", ".svg", ".wasm")
_LEAST = 1_000  # bytes; below, compression gains nothing
_LEVEL = 6
_MOST_FILES = 200
# Loaded by Streamlit only when the first of its kind is drawn, which on every screen is at once; until then
# each is a grey bar of another height.
_NEEDED = (
    "Html", "Button", "ButtonGroup", "PageLink", "DateInput", "Selectbox", "Metric", "Pagination",
    "TextInput", "MenuButton", "Table", "NumberInput", "Checkbox", "Radio", "TextArea", "Progress",
    "DataFrame",
)  # fmt: skip
_CHARTS = "PlotlyChart"  # half of all that there is to run
_ICONS = "MaterialSymbols-Rounded.*.woff2"


class CompressedScripts:
    """Middleware that sends scripts and styles from memory, each compressed once if that gains anything.

    Streamlit sends them as they are, 7.7 MB for a first visit. Their names hold a hash of their content and
    browsers keep them for good, so what is kept holds for as long as the server runs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files: OrderedDict[str, tuple[list[tuple[bytes, bytes]], bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_wanted(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._files:
            headers, status, body = await self._whole(scope, receive)
            if status != 200:  # noqa: PLR2004 - OK
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})
                return
            if len(body) >= _LEAST:
                body = await anyio.to_thread.run_sync(partial(gzip.compress, body, _LEVEL, mtime=0))
                headers = _of_compressed(headers, len(body))
            self._files[path] = headers, body
            while len(self._files) > _MOST_FILES:
                self._files.popitem(last=False)
        headers, body = self._files[path]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _whole(self, scope: Scope, receive: Receive) -> tuple[list[tuple[bytes, bytes]], int, bytes]:
        """Return headers, status and body of Streamlit's own answer."""
        # A conditional request would be answered without the body.
        unwanted = {b"if-none-match", b"if-modified-since"}
        asked = [(name, value) for name, value in scope["headers"] if name not in unwanted]
        started: Message = {"status": 500, "headers": []}
        body: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            elif message["type"] == "http.response.body":
                body.append(message.get("body", b""))

        await self._app({**scope, "method": "GET", "headers": asked}, receive, collect)
        return list(started["headers"]), started["status"], b"".join(body)


def _is_wanted(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    if not scope["path"].startswith("/static/") or not scope["path"].endswith(_SUFFIXES):
        return False
    headers = Headers(scope=scope)
    return "range" not in headers and "gzip" in headers.get("accept-encoding", "")


def _of_compressed(headers: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    changed = MutableHeaders(raw=list(headers))
    changed["content-encoding"] = "gzip"
    changed["content-length"] = str(length)
    changed.add_vary_header("Accept-Encoding")
    for name in ("etag", "accept-ranges"):  # both speak of the bytes that were not sent
        if name in changed:
            del changed[name]
    return changed.raw


def preloads(*, has_charts: bool) -> bytes:
    """Return the tags that have a browser ask for scripts and icons while the page is still starting.

    The scripts are run, too: a widget whose script has run is drawn at once, and that of charts holds up
    whatever is drawn meanwhile, so it had better run while the server works: from the first word that the
    page sends it. On a screen without charts that script is only fetched, for the next screen, when all else
    is there.
    """
    static = Path(get_static_dir()) / "static"
    charts = _address(static / "js", f"{_CHARTS}.*.js")
    scripts = [_address(static / "js", f"{name}.*.js") for name in _NEEDED] + [charts] * has_charts
    tags = [f'<link rel="modulepreload" crossorigin href="{path}">' for path in scripts]
    if not has_charts:
        tags.append(f'<link rel="prefetch" as="script" crossorigin href="{charts}">')
    icons = _address(static / "media", _ICONS)
    tags.append(f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{icons}">')
    tags.append(f"<script>const neededScripts = {json.dumps(scripts)}</script>")
    return "".join(tags).encode()


def _address(folder: Path, pattern: str) -> str:
    return f"/static/{folder.name}/{next(folder.glob(pattern)).name}"
