"""How far each page's blocks move while it loads, as cumulative layout shift (good: at most 0.1).

A page is opened by its address in a browser of its own and measured until nothing has moved for two seconds.
The first page of a fresh server has no forecast yet; `--fresh` starts a server per page, so that none has.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import FLAGS, dashboard
from pages.parts.context.navigation import SCREENS

LIMIT = 0.1
WINDOWS = {1440: (1440, 900), 1024: (1024, 768), 390: (390, 844)}
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Mobi"
# The shifts of a page, with what moved; a shift within half a second of a key or click is not counted.
OBSERVE = """() => {
  window.shifts = []
  const rect = ({x, y, width, height}) =>
    `${[x, y].map(Math.round)} ${[width, height].map(Math.round).join('×')}`
  const name = node => {
    for (let at = node; at; at = at.parentElement) {
      const key = [...(at.classList || [])].find(word => word.startsWith('st-key-'))
      if (key) return key.slice(7)
      if (at.dataset?.testid && at === node) return at.dataset.testid
    }
    return node?.nodeName ?? '?'
  }
  new PerformanceObserver(list => {
    for (const shift of list.getEntries()) {
      if (shift.hadRecentInput) continue
      window.shifts.push({
        at: shift.startTime, value: shift.value,
        moved: shift.sources.map(source =>
          `${name(source.node)} ${rect(source.previousRect)} → ${rect(source.currentRect)}`),
      })
    }
  }).observe({type: 'layout-shift', buffered: true})
}"""
QUIET = """() => {
  const app = document.querySelector('[data-testid=stApp]')
  const busy = app?.dataset.testScriptState !== 'notRunning'
    || document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stProgress]')
  const now = performance.now(), last = window.shifts.at(-1)?.at ?? 0
  if (busy || last > (window.quiet ?? now)) window.quiet = undefined
  if (!busy) window.quiet ??= now
  return window.quiet !== undefined && now - window.quiet > 2000
}"""


@dataclass(frozen=True)
class Shift:
    """One shift: when (ms since navigation), how much (share of the window), what moved where."""

    at: float
    value: float
    moved: tuple[str, ...]


def cumulative(shifts: list[Shift]) -> float:
    """Return the largest sum of a session window: shifts less than 1 s apart, at most 5 s together.

    Source: https://web.dev/articles/cls.
    """
    largest = total = 0.0
    began = before = float("-inf")
    for shift in shifts:
        if shift.at - before >= 1000 or shift.at - began >= 5000:
            began, total = shift.at, 0.0
        total, before = total + shift.value, shift.at
        largest = max(largest, total)
    return largest


def shifts(browser: Browser, address: str, width: int) -> list[Shift]:
    """Open an address in a browser of its own and return its shifts, in order."""
    size = WINDOWS[width]
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="nl-NL",
        **({"user_agent": PHONE, "has_touch": True} if width == 390 else {}),
    )
    page: Page = context.new_page()
    page.add_init_script(f"({OBSERVE})()")
    page.goto(address)
    page.wait_for_function(QUIET, timeout=180_000, polling=200)
    found = [
        Shift(one["at"], one["value"], tuple(one["moved"])) for one in page.evaluate("() => window.shifts")
    ]
    context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--width", type=int, choices=list(WINDOWS), action="append")
    parser.add_argument("--page", choices=[screen.name for screen in SCREENS], action="append")
    parser.add_argument("--fresh", action="store_true", help="a server per page, without any forecast")
    parser.add_argument("--moved", action="store_true", help="name what moved, for shifts above 0.005")
    chosen = parser.parse_args()
    names = chosen.page or [screen.name for screen in SCREENS]
    widths = chosen.width or [1440, 390]
    print(f"{'page':<20}" + "".join(f"{width:>8}" for width in widths))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen.chromium, args=FLAGS)
        if chosen.fresh:
            for name in names:
                measured = []
                for width in widths:
                    with dashboard(chosen.store) as address:
                        measured.append(shifts(browser, f"{address}/{name}", width))
                report(name, measured, with_moved=chosen.moved)
        else:
            with dashboard(chosen.store) as address:
                shifts(browser, f"{address}/{names[0]}", widths[0])
                for name in names:
                    measured = [shifts(browser, f"{address}/{name}", width) for width in widths]
                    report(name, measured, with_moved=chosen.moved)
        browser.close()


def report(name: str, measured: list[list[Shift]], *, with_moved: bool) -> None:
    """Print a page's row, and below it what moved."""
    values = [cumulative(found) for found in measured]
    over = "   over" if max(values) > LIMIT else ""
    print(f"{name:<20}" + "".join(f"{value:>8.3f}" for value in values) + over, flush=True)
    for found in measured if with_moved else ():
        for shift in found:
            if shift.value > 0.005:
                print(f"    {shift.at:7.0f} ms {shift.value:.3f}  " + " · ".join(shift.moved))


if __name__ == "__main__":
    main()
