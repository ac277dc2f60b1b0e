"""What a user waits for, in a real Chromium on this machine: first chart, page switch, filter change.

Every number is a median of ten. A filter change picks an as-of day nobody asked for before, so no answer
comes from a cache; a page switch goes round pages that were opened once.
"""

import argparse
import contextlib
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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


@contextlib.contextmanager
def dashboard(store: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "pages/parts/shell/server.py", "--server.port", str(port)],
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
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


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


def first_chart(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    page = context.new_page()

    def open_it() -> None:
        page.goto(f"{address}/?lang=en")
        page.wait_for_selector(".js-plotly-plot .main-svg", state="visible", timeout=120_000)

    took = seconds(open_it)
    context.close()
    return took


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


def line(name: str, times: list[float], target: float | None = None) -> None:
    goal = f"   (target {target:.0f} s)" if target else ""
    print(f"{name:<34} median {statistics.median(times):6.2f} s   worst {max(times):6.2f} s{goal}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen.chromium, args=FLAGS)
        with dashboard(chosen.store) as address:
            line("first chart, fresh server", [first_chart(browser, address)], 5)
            line("first chart, fresh browser", [first_chart(browser, address) for _ in range(ROUNDS)], 5)
            page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="en-GB")
            page.goto(f"{address}/?lang=en")
            settled(page)
            for name in TITLES:
                first = switch(page, name)
                print(f"  first visit of {name:<19} {first:6.2f} s")
            rounds = [switch(page, name) for _ in range(2) for name in list(TITLES)[:5]]
            line("page switch", rounds, 1)
            for name in ("cash_position", "ageing"):
                switch(page, name)
                line(f"as-of day changed, {name}", [change_day(page) for _ in range(ROUNDS)], 1)
            line("segment changed, ageing", [change_segment(page, n) for n in range(1, ROUNDS + 1)], 1)
        browser.close()


if __name__ == "__main__":
    main()
