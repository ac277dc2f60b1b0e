"""Scripts and styles come compressed, whole, and are kept by browsers for good."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.parts.shell import static_files
from pages.parts.shell.static_files import CompressedScripts

SCRIPT = b"const words = 'debiteuren';\n" * 1_000
KEPT_FOR_GOOD = (b"cache-control", b"public, immutable, max-age=31536000")


class Files:
    """An application that serves one script, and counts how often it is asked."""

    def __init__(self, body: bytes = SCRIPT, status: int = 200) -> None:
        self.body, self.status, self.asked = body, status, 0
        self.headers: list[tuple[bytes, bytes]] = []

    async def __call__(self, scope, _receive, send) -> None:
        self.asked += 1
        self.headers = scope["headers"]
        headers = [
            KEPT_FOR_GOOD,
            (b"content-length", str(len(self.body)).encode()),
            (b"etag", b'"1"'),
            (b"accept-ranges", b"bytes"),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        half = len(self.body) // 2
        await send({"type": "http.response.body", "body": self.body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[half:]})


def get(app, path="/static/js/Chart.1a2b.js", method="GET", **headers) -> tuple[int, dict, bytes]:
    sent: list[dict] = []

    async def send(message) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    # On a thread of its own: in this one a browser of other tests may have its loop running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    start, *bodies = sent
    return start["status"], dict(start["headers"]), b"".join(part["body"] for part in bodies)


def test_a_script_comes_compressed_and_is_compressed_once() -> None:
    files = Files()
    app = CompressedScripts(files)
    first, second = (get(app, accept_encoding="gzip, br") for _ in range(2))
    status, headers, body = first
    assert first == second
    assert files.asked == 1
    assert status == 200
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"vary"] == b"Accept-Encoding"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert len(body) < len(SCRIPT) / 10
    assert gzip.decompress(body) == SCRIPT
    assert headers[b"cache-control"] == KEPT_FOR_GOOD[1]
    assert b"etag" not in headers  # it is that of the plain bytes


def test_the_first_request_may_be_conditional_or_for_the_headers_alone() -> None:
    files = Files()
    app = CompressedScripts(files)
    _status, headers, body = get(app, method="HEAD", accept_encoding="gzip", if_none_match='"1"')
    assert body == b""
    assert int(headers[b"content-length"]) > 0
    assert b"if-none-match" not in dict(files.headers)
    assert gzip.decompress(get(app, accept_encoding="gzip")[2]) == SCRIPT


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/Chart.1a2b.js", {}),
        ("/static/js/Chart.1a2b.js", {"accept_encoding": "br"}),
        ("/static/js/Chart.1a2b.js", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/media/Font.1a2b.woff2", {"accept_encoding": "gzip"}),
        ("/media/invoices.js", {"accept_encoding": "gzip"}),
    ],
)
def test_other_requests_are_answered_as_they_are(path: str, headers: dict[str, str]) -> None:
    _status, sent, body = get(CompressedScripts(Files()), path, **headers)
    assert body == SCRIPT
    assert b"content-encoding" not in sent


def test_what_is_missing_is_asked_for_again_and_what_is_tiny_comes_from_memory_as_it_is() -> None:
    missing, tiny = Files(b"no such file", 404), Files(b"1;")
    of_missing, of_tiny = CompressedScripts(missing), CompressedScripts(tiny)
    for _ in range(2):
        assert get(of_missing, accept_encoding="gzip")[0] == 404
        _status, headers, body = get(of_tiny, accept_encoding="gzip")
        assert body == b"1;"
        assert b"content-encoding" not in headers
        assert headers[b"content-length"] == b"2"
    assert (missing.asked, tiny.asked) == (2, 1)


def test_the_page_asks_for_charts_widgets_and_icons_at_once_and_runs_their_scripts() -> None:
    tags = static_files.preloads(has_charts=True).decode()
    links, script = tags.split("<script")
    for name in ("PlotlyChart", "DataFrame", "Metric", "Html"):
        assert f'rel="modulepreload" crossorigin href="/static/js/{name}.' in links
    assert 'as="font"' in links
    assert "/static/media/MaterialSymbols-Rounded." in links
    assert "/static/js/Metric." in script


def test_a_screen_without_charts_has_their_script_only_fetched_for_the_next() -> None:
    tags = static_files.preloads(has_charts=False).decode()
    links, script = tags.split("<script")
    assert 'rel="modulepreload" crossorigin href="/static/js/DataFrame.' in links
    assert 'rel="prefetch" as="script" crossorigin href="/static/js/PlotlyChart.' in links
    assert tags.count("PlotlyChart") == 1
    assert "/static/js/DataFrame." in script
