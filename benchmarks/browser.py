"""What a user waits for, in a real Chromium on this machine, beside a bare Streamlit page with one chart.

Every number is a median of ten. A filter change picks an as-of day nobody asked for before, so no answer
comes from a cache; a page switch goes round pages that were opened once.
"""

import argparse
import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from queries import open_books

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TITLES = {
    "cash_position": "Cash position",
    "ageing": "Ageing",
    "customer": "Customer",
    "kpi_trends": "KPI trends",
    "data": "Data",
    "definitions": "Definitions",
}
ROUNDS = 10


BARE = """
import plotly.graph_objects as go
import streamlit as st
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[2, 1, 3])))
"""
SLOW = 9e6 / 8  # bytes a second
PATIENCE = 120_000  # ms
WHOLE = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && document.querySelector('.js-plotly-plot .main-svg')
  && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stProgress]')"""


@dataclass(frozen=True)
class Dashboard:
    """A running server.

    Attributes:
        address: of its first page.
        process: its number.
        store: what it shows.
    """

    address: str
    process: int
    store: Path


@dataclass(frozen=True)
class Opening:
    """Seconds of a visit with a fresh browser: to the first chart, and until nothing is still to come."""

    chart: float
    whole: float


@contextlib.contextmanager
def streamlit(script: Path, store: Path) -> Iterator[Dashboard]:
    """Run a script on a server of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "KASSTROOM_STORE": str(store.resolve())},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health"):
                break
            time.sleep(0.1)
        yield Dashboard(address, server.pid, store)
    finally:
        server.terminate()
        server.wait(timeout=10)


def dashboard_process(store: Path) -> AbstractContextManager[Dashboard]:
    """Run the dashboard."""
    return streamlit(ROOT / "pages/parts/shell/server.py", store)


@contextlib.contextmanager
def dashboard(store: Path) -> Iterator[str]:
    """Run the dashboard; yield its address."""
    with dashboard_process(store) as board:
        yield board.address


def settled(page: Page) -> None:
    """Wait until the script has run and nothing on the page is stale, or only a forecast is still under way.

    A forecast is made once per week of the books, on a thread of its own, while the rest of the page stands.
    """
    page.wait_for_function(
        "() => (document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
        " && !document.querySelector('[data-stale=true]'))"
        " || document.querySelector('[data-testid=stProgress]')"
    )


def seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def opening(browser: Browser, address: str, *, slow: bool = False) -> Opening:
    """Visit the first page with a fresh browser."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    page = context.new_page()
    if slow:
        line_of_page = context.new_cdp_session(page)
        line_of_page.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 20, "downloadThroughput": SLOW, "uploadThroughput": SLOW},
        )
    began = time.perf_counter()
    page.goto(f"{address}/?lang=en")
    page.wait_for_selector(".js-plotly-plot .main-svg", state="visible", timeout=PATIENCE)
    chart = time.perf_counter() - began
    page.wait_for_function(WHOLE, timeout=PATIENCE)
    whole = time.perf_counter() - began
    context.close()
    return Opening(chart, whole)


def switch(page: Page, name: str) -> float:
    def go() -> None:
        page.locator("[data-testid=stSidebarNav]").get_by_role("link", name=TITLES[name], exact=True).click()
        page.get_by_role("heading", name=re.compile(rf"^{TITLES[name]}")).first.wait_for()
        settled(page)

    return seconds(go)


def change_day(page: Page) -> float:
    """Go one day back with the arrow key; the field is done when it is left."""
    before = page.evaluate("() => new URLSearchParams(location.search).get('as_of')")
    field = page.get_by_test_id("stDateInput").first.get_by_role("spinbutton").first
    field.focus()

    def change() -> None:
        field.press("ArrowDown")
        for _ in range(4):
            page.keyboard.press("Tab")
        page.wait_for_function(
            f"() => new URLSearchParams(location.search).get('as_of') !== '{before}'", timeout=60_000
        )
        settled(page)

    return seconds(change)


def change_segment(page: Page, number: int) -> float:
    box = page.get_by_test_id("stSelectbox").last

    def change() -> None:
        box.locator("input").click()
        options = page.get_by_role("option")
        options.nth(number % options.count()).click()
        page.wait_for_timeout(30)
        settled(page)

    return seconds(change)


def save_note(page: Page, address: str, customer: str) -> float:
    """Note on the worklist that a customer was not reached, from the click on Save to the note's word."""
    page.goto(f"{address}/worklist?lang=en&customer={customer}")
    page.locator(".st-key-head-line h2").wait_for(timeout=PATIENCE)
    settled(page)
    page.get_by_role("button", name="Called").click()
    page.get_by_text("No answer", exact=True).click()
    settled(page)
    page.wait_for_timeout(500)

    def save() -> None:
        page.locator('[class*="-call-save"] button').click()
        page.get_by_text("Noted: called").wait_for(timeout=PATIENCE)

    return seconds(save)


def save_picture(page: Page) -> float:
    """Save the picture of the ageing chart, from the click on PNG to the file."""
    page.locator(".st-key-export-strip button[aria-haspopup]").click()
    button = page.get_by_role("button", name="PNG")
    button.wait_for()

    def save() -> None:
        with page.expect_download() as started:
            button.click()
        started.value.path()

    took = seconds(save)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    return took


def megabytes(process: int) -> float:
    """Return the memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(row for row in status.splitlines() if row.startswith("VmRSS")).split()[1]) / 1024


def line(name: str, times: list[float], target: float | None = None, bare: float | None = None) -> None:
    goal = f"   target {target:.1f} s" if target else ""
    ratio = f"   {statistics.median(times) / bare:.2f} × bare" if bare else ""
    print(
        f"{name:<44} median {statistics.median(times):6.2f} s   worst {max(times):6.2f} s{goal}{ratio}",
        flush=True,
    )


def fresh_servers(start: Callable[[], AbstractContextManager[Dashboard]], browser: Browser) -> list[Opening]:
    """Return the first visit to each of ROUNDS fresh servers."""
    openings = []
    for _ in range(ROUNDS):
        with start() as board:
            openings.append(opening(browser, board.address))
    return openings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = parser.parse_args()
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        playwright.chromium.launch(executable_path=chosen.chromium, args=FLAGS) as browser,
    ):
        # What is saved here, the store need not keep.
        store = Path(shutil.copytree(chosen.store, Path(folder) / "store"))
        plain = Path(folder) / "bare.py"
        plain.write_text(BARE, encoding="utf-8")
        bare = fresh_servers(partial(streamlit, plain, store), browser)
        bare_first = statistics.median(visit.whole for visit in bare)
        line("bare page, fresh server", [visit.whole for visit in bare])
        ours = fresh_servers(partial(dashboard_process, store), browser)
        line("first chart, fresh server", [visit.chart for visit in ours], None, bare_first)
        line("whole page, fresh server", [visit.whole for visit in ours], 15, bare_first)
        with streamlit(plain, store) as board:
            opening(browser, board.address)
            bare = [opening(browser, board.address) for _ in range(ROUNDS)]
            bare_warm = statistics.median(visit.chart for visit in bare)
            line("bare page, fresh browser", [visit.chart for visit in bare])
        with dashboard_process(store) as board:
            _warm(board, browser, bare_warm)


def _slow_opening(browser: Browser, address: str) -> Opening:
    # Chromium's own brake holds for ever in one visit of twenty: it stops reading what the server has sent.
    for _try in range(3):
        with contextlib.suppress(Error):
            return opening(browser, address, slow=True)
    raise RuntimeError("the slow line lets nothing through")


def _warm(board: Dashboard, browser: Browser, bare: float) -> None:
    address = board.address
    opening(browser, address)
    line("first chart, fresh browser", [opening(browser, address).chart for _ in range(ROUNDS)], 2.5, bare)
    slow = [_slow_opening(browser, address).chart for _ in range(ROUNDS)]
    line("first chart, fresh browser, 9 Mbit/s", slow, 6)
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    page.goto(f"{address}/?lang=en")
    settled(page)
    for name in TITLES:
        print(f"  first visit of {name:<24} {switch(page, name):6.2f} s", flush=True)
    line("page switch", [switch(page, name) for _ in range(3) for name in list(TITLES)[:5]], 0.6)
    for name in ("cash_position", "ageing"):
        switch(page, name)
        line(f"as-of day changed, {name}", [change_day(page) for _ in range(ROUNDS)], 1)
    line("segment changed, ageing", [change_segment(page, n) for n in range(1, ROUNDS + 1)], 0.8)
    page.goto(f"{address}/ageing?lang=en")
    settled(page)
    line("picture saved", [save_picture(page) for _ in range(ROUNDS)], 1)
    page.goto(f"{address}/worklist?lang=en")
    page.locator(".st-key-head-line h2").wait_for(timeout=PATIENCE)
    settled(page)
    with open_books(board.store) as books:
        customers = books.ask("worklist_items")["customer_id"].unique(maintain_order=True).to_list()
    line("note saved", [save_note(page, address, customer) for customer in customers[:ROUNDS]], 1)
    print(f"memory of the server afterwards {megabytes(board.process):24.0f} MB", flush=True)


if __name__ == "__main__":
    main()
