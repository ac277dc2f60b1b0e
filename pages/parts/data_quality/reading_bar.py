"""A bar that moves while a file is read; a click meanwhile waits until it has been."""

import time

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

_SECONDS = 0.3


class ReadingBar:
    """The bar of one reading, drawn if that takes long.

    A click breaks off the run at its next touch of the screen, and the reading would be lost: so from then on
    the screen is left alone, and the click gets its turn at the end.
    """

    def __init__(self) -> None:
        self._place = st.empty()
        self._drawn_at = time.monotonic()
        self._click: RerunException | StopException | None = None

    def show(self, share: float) -> None:
        """Draw the share that is read, 0-1."""
        if self._click is not None or time.monotonic() - self._drawn_at < _SECONDS:
            return
        self._drawn_at = time.monotonic()
        try:
            self._place.progress(min(share, 1.0))
        except (RerunException, StopException) as click:
            self._click = click

    def end(self) -> None:
        """Take the bar away, once what was read is kept.

        Raises:
            RerunException: somebody clicked meanwhile.
            StopException: the visitor left.
        """
        if self._click is not None:
            raise self._click
        self._place.empty()
