"""A progress bar on stderr; without a terminal, a line per step."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from reports.translation import _p, mark_p

# The stages of loads and of the demo company; the other texts they report are file names.
_STAGES = frozenset(
    {
        mark_p("progress", "customers"),
        mark_p("progress", "invoices"),
        mark_p("progress", "payments"),
        mark_p("progress", "contacts"),
        mark_p("progress", "bank"),
        mark_p("progress", "demo company"),
        mark_p("progress", "derive"),
        mark_p("progress", "apply cash"),
        mark_p("progress", "verify"),
        mark_p("progress", "done"),
        mark_p("progress", "history"),
        mark_p("progress", "forecast"),
        mark_p("progress", "balance"),
        mark_p("progress", "backtest"),
        mark_p("progress", "signals"),
    }
)
_WIDTH = 30
_SECONDS = 0.1
# Without a terminal: a step that takes long gets another line, seldom enough for a log.
_LINE_SHARE, _LINE_SECONDS = 0.1, 2.0


class ProgressBar:
    """The bar of one command, in one or more parts; it is erased when the command ends or fails."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last_text = ""
        self._last_drawn = self._last_share = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.erase()

    def part(self, start: float, end: float) -> Callable[[str, float], None]:
        """Return a callback that fills the bar from `start` to `end` (0-1)."""

        def show(text: str, share: float) -> None:
            self._show(
                _p("progress", text) if text in _STAGES else text,
                start + (end - start) * min(max(share, 0.0), 1.0),
            )

        return show

    def erase(self) -> None:
        """Erase the bar, so that what is printed next starts on an empty line."""
        if self._terminal and self._last_text:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
        self._last_text = ""

    def _show(self, text: str, share: float) -> None:
        text = "".join(letter for letter in text if letter.isprintable())[:40]
        if self._terminal:
            if time.monotonic() - self._last_drawn < _SECONDS and share < 1:
                return
            filled = round(share * _WIDTH)
            sys.stderr.write(f"\r\033[K{'█' * filled}{'·' * (_WIDTH - filled)} {share:4.0%} {text}")
            self._last_drawn = time.monotonic()
        elif text != self._last_text or self._is_due(share):
            sys.stderr.write(f"{share:4.0%} {text}\n")
            self._last_drawn, self._last_share = time.monotonic(), share
        sys.stderr.flush()
        self._last_text = text

    def _is_due(self, share: float) -> bool:
        return (
            share >= self._last_share + _LINE_SHARE and time.monotonic() >= self._last_drawn + _LINE_SECONDS
        )
