"""A visitor without patience or purpose: clicks, types and goes back at random, the same at every run."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import Error, Page

from tests.browser.steps import AS_OF, settle, turn

# What was clicked to save a contact, with the names that stood over the form. Read as the browser hands out
# the click, so that it is what the visitor saw and not what came a moment later.
_NOTE_SAVES = """
  window.print = () => {};  // nobody would close its dialog
  addEventListener('click', (event) => {  // what would open another program
    const link = event.target.closest && event.target.closest('a[href^="mailto:"], a[href^="tel:"]');
    if (link) event.preventDefault();
  }, true);
  addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('button');
    const box = button && button.closest('[class*="st-key-contact-"][class*="-save"]');
    if (!box || button.disabled || button.getAttribute('aria-disabled') === 'true') return;
    const seen = [...document.querySelectorAll('h1, h2, h3, [role=dialog]')].map((e) => e.innerText);
    noteSave(seen.join('\\n'));
  }, true);
"""
# The place of one of the things in the page that can be pressed, chosen or typed in; in the dialog or list
# that lies on top, if asked. Links that leave the program and files are none of them.
_PLACE = """([onTop, fraction]) => {
  const wanted = 'button, a[href], input, textarea, summary, canvas, label, [role=option], [role=tab],'
    + '[role=radio], .barlayer path, .scatterlayer path, [data-testid="stMetric"]';
  const tops = [...document.querySelectorAll('[role=dialog], [role=listbox], [data-baseweb=popover]')];
  const root = onTop && tops.length ? tops[tops.length - 1] : document;
  const found = [...root.querySelectorAll(wanted)].filter((e) => {
    if (e.disabled || e.type === 'file') return false;
    if (e.tagName === 'A' && (e.origin !== location.origin || e.target === '_blank')) return false;
    const box = e.getBoundingClientRect();
    return box.width > 2 && box.height > 2;
  });
  if (!found.length) return null;
  const chosen = found[Math.floor(fraction * found.length)];
  chosen.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = chosen.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}"""
_FAULTS = """() => {
  const shown = [...document.querySelectorAll('[data-testid="stException"]')].map((e) => e.innerText);
  const said = document.body.innerText.match(/[^\\n]*(could not be shown|niet worden getoond)[^\\n]*/);
  return said ? [...shown, said[0]] : shown;
}"""
_TEXTS = ("1000", "2,5", "-7", "2026-12-01", "31-02-2026", "<b>x</b> [a](javascript:1) =1+1", "é\u202eç", "")
_KEYS = ("Escape", "Enter", "Tab", "Space", "ArrowDown", "j", "k", "n", "Control+k", "Shift+Tab")
_STEPS_BETWEEN_LOOKS = 10
_ACT_SECONDS = 120  # longer than any wait that has an end of its own
_ANSWER_SECONDS = 30


@dataclass
class Monkey:
    """One visitor in a browser of its own.

    Attributes:
        page: its browser's page.
        server: address of the dashboard.
        language: that it reads.
        saves: what stood over the form at each click on the button that saves a contact, on this page.
    """

    page: Page
    server: str
    language: str
    saves: list[str]

    @classmethod
    def let_in(cls, page: Page, server: str, language: str) -> "Monkey":
        """Open the dashboard; from now on clicks on the button that saves a contact are noted."""
        saves: list[str] = []

        def note(seen: str) -> None:  # not `append` itself, on which Playwright cannot hang its mark
            # Without the signs that keep a name from becoming a link.
            saves.append(seen.replace("\u2060", "").replace("\u00a0", " "))

        page.expose_function("noteSave", note)
        page.add_init_script(_NOTE_SAVES)
        _set_an_end(page)
        page.goto(f"{server}/?as_of={AS_OF}&lang={language}")
        settle(page)
        return cls(page, server, language, saves)

    def begin(self, path: str, seed: int) -> None:
        """Go to the page it is to try, with the choices of this seed."""
        self._path, self._seed, self._steps = path, seed, 0
        self._random = random.Random(seed)
        if self.page.evaluate(
            "document.querySelector('h1') === null"
        ):  # what broke the page before is no fault of this one
            self.page.goto(f"{self.server}/{self._home()}")
        self._return()
        self.saves.clear()

    def step(self) -> None:
        """Do one thing, and wait less than the answer takes."""
        self._steps += 1
        with contextlib.suppress(Error):  # what it aimed at is gone: so it is with people
            self._do()
            self.page.wait_for_timeout(self._random.choice((20, 60, 150, 400)))
        if self._steps % _STEPS_BETWEEN_LOOKS == 0:
            self.look()
            if not self.page.url.startswith(f"{self.server}/{self._path}"):
                self._return()

    def look(self) -> None:
        """Wait for the answer and see that nothing is broken."""
        if self.page.url == "about:blank":  # it went back to before its visit
            self._return()
        settle(self.page)
        faults = self.page.evaluate(_FAULTS)
        said = f"after {self._steps} steps of seed {self._seed}, and the pages before this one"
        assert not faults, f"{faults} {said}, on {self.page.url}"

    def _home(self) -> str:
        return f"{self._path}?as_of={AS_OF}&lang={self.language}"

    def _return(self) -> None:
        if self.page.url == "about:blank":
            self.page.goto(f"{self.server}/{self._home()}")
        self.page.keyboard.press("Escape")
        turn(self.page, self._home())

    def _do(self) -> None:
        chance = self._random.random()
        if chance < 0.10:
            self.page.keyboard.press(self._random.choice(_KEYS), delay=1)
        elif chance < 0.20:
            self.page.keyboard.insert_text(self._random.choice(_TEXTS))
            self.page.keyboard.press(self._random.choice(("Tab", "Enter")))
        elif chance < 0.23:
            self.page.go_back(wait_until="commit", timeout=2_000)
        else:
            self._click(clicks=2 if chance < 0.35 else 1)

    def _click(self, clicks: int) -> None:
        place = self.page.evaluate(_PLACE, [self._random.random() < 0.8, self._random.random()])
        across, down = self._random.random(), self._random.random()
        if place is not None:
            x, y, width, height = place
            self.page.mouse.click(
                x + 1 + across * (width - 2), y + 1 + down * (height - 2), click_count=clicks
            )


def _set_an_end(page: Page) -> None:
    """Let each act of a visitor end, also what Playwright lets wait for ever: a key, a click, a question."""
    for part in (page, page.mouse, page.keyboard):
        part._sync = partial(_within, page, part._sync)


def _within(
    page: Page, wait: Callable[[Coroutine[Any, Any, Any]], Any], act: Coroutine[Any, Any, Any]
) -> Any:
    """Return what an act gives; None where the browser never says that it is done, though the page lives."""
    try:
        return wait(asyncio.wait_for(act, _ACT_SECONDS))
    except TimeoutError:
        question = page._impl_obj.evaluate("document.readyState", None)
    try:
        wait(asyncio.wait_for(question, _ANSWER_SECONDS))
    except TimeoutError:
        raise AssertionError(f"{page.url} hangs: no answer for {_ACT_SECONDS} seconds") from None


def resident_megabytes(process: int) -> float:
    """Return the memory that a process holds, as Linux counts it."""
    with open(f"/proc/{process}/status", encoding="ascii") as lines:  # noqa: PTH123 - no file of ours
        line = next(line for line in lines if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
