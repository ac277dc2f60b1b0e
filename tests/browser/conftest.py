"""A small demo company on a server of its own, and a Chromium that trusts nobody but it."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.demo import write_company
from data.store.load import load
from queries import Books, open_books
from tests.paths import ROOT

TODAY = date(2026, 11, 22)
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Mobi"
HOSTILE = (
    "=1+1 <img src=x onerror=alert(1)> ![x](http://evil.example/x.png) www.evil.example [a](javascript:1)"
)
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Nobody else has an address; who is asked for one all the same is a fault.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
# On a deep link Streamlit's client first asks for its server below the page's own address, and is told no.
_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str | None:
    named = os.environ.get("KASSTROOM_CHROMIUM")
    # The one without a window of its own loads a page in two thirds of the time.
    known = ("chromium-headless-shell", "chromium", "chromium-browser")
    return named or next(filter(None, map(shutil.which, known)), None)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory) -> Path:
    """2,000 invoices, and one more customer: the most overdue one, whose name is an attack."""
    home = tmp_path_factory.mktemp("demo")
    write_company(home / "files", invoices=2_000, seed=3, as_of=TODAY)
    load(home / "store", [home / "files"])
    more = home / "more"
    more.mkdir()
    quoted = HOSTILE.replace('"', '""')
    (more / "customers.csv").write_text(
        "customer_id,customer_name,segment,country,payment_terms_days,credit_limit\n"
        f'C-EVIL,"{quoted}",Groot,NL,30,1000.00\n',
        encoding="utf-8",
    )
    (more / "invoices.csv").write_text(
        "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
        "E-1,C-EVIL,invoice,2026-09-01,2026-10-01,EUR,912345.67\n",
        encoding="utf-8",
    )
    load(home / "store", [more])
    return home / "store"


@dataclass
class Server:
    """A running dashboard."""

    url: str
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def start_server(demo_store) -> Iterator[Callable[..., Server]]:
    """Start a dashboard on the demo company or on a test's own store; it ends with the tests of its file."""
    with _servers(demo_store) as start:
        yield start


@pytest.fixture(scope="session")
def server(demo_store) -> Iterator[str]:
    with _servers(demo_store) as start:
        yield start().url


@contextlib.contextmanager
def _servers(demo_store: Path) -> Iterator[Callable[..., Server]]:
    """Hand out dashboards; the log of each goes into the file named. End them."""
    started: list[Server] = []

    def start(store: Path | None = None, log: Path | None = None) -> Server:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        said = subprocess.DEVNULL if log is None else log.open("wb")
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "pages/parts/shell/server.py",
                "--server.port",
                str(port),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "KASSTROOM_STORE": str(store or demo_store),
                "KASSTROOM_TODAY": TODAY.isoformat(),
            },
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        started.append(Server(f"http://127.0.0.1:{port}", process))
        _wait_until_up(started[-1])
        return started[-1]

    yield start
    for server in started:
        server.process.terminate()
    for server in started:
        try:
            server.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.process.kill()


@pytest.fixture(scope="session")
def chromium():
    path = chromium_path()
    if path is None:
        missing = "no Chromium: install Debian's chromium-headless-shell, or name one in KASSTROOM_CHROMIUM"
        if os.environ.get("KASSTROOM_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    sync_api = pytest.importorskip("playwright.sync_api")
    # Waiting costs nothing where the answer comes; five seconds are too few beside other work.
    sync_api.expect.set_options(timeout=20_000)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium):
    """Open fresh browsers; afterwards none may have seen an error or asked anybody else for anything."""
    with _visitors(chromium) as visit:
        yield visit


@pytest.fixture(scope="module")
def lasting_visitor(chromium):
    """Like `visitor`, of browsers that stay open for all tests of a file."""
    with _visitors(chromium) as visit:
        yield visit


@pytest.fixture(autouse=True)
def no_fault_of_a_lasting_visitor(request):
    """A fault is that of the test in which it came."""
    if "lasting_visitor" not in request.fixturenames:
        yield
        return
    faults = request.getfixturevalue("lasting_visitor").faults
    yield
    found = list(faults)
    faults.clear()
    assert found == []


@contextlib.contextmanager
def _visitors(chromium) -> Iterator[Callable[..., Any]]:
    contexts, faults = [], []

    def visit(*, locale: str = "nl-NL", phone: bool = False, dark: bool = False, width: int = 1440):
        context = chromium.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": width, "height": 1400},
            locale=locale,
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            # As a click gives it to a page in a window that somebody sees.
            permissions=["clipboard-read", "clipboard-write"],
            **({"user_agent": PHONE} if phone else {}),
        )
        contexts.append(context)
        context.on("request", lambda request: _only_here(request.url, faults))
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: _note(message, faults))
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        return page

    visit.faults = faults
    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def _only_here(address: str, faults: list[str]) -> None:
    if not address.startswith(("http://127.0.0.1:", "data:", "blob:")):
        faults.append(f"foreign request: {address}")


def _note(message, faults: list[str]) -> None:
    if message.type == "error" and not _PROBE.search(message.location.get("url", "")):
        faults.append(f"console: {message.text} {message.location.get('url', '')}")


def _wait_until_up(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError("the dashboard stopped while starting")
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1) as answer,  # noqa: S310 - our own server
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the dashboard did not start within a minute")


@pytest.fixture(scope="module")
def books(demo_store: Path) -> Iterator[Books]:
    with open_books(demo_store) as opened:
        yield opened
