"""The bar of a reading: a click meanwhile is taken up when what was read is kept."""

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException

from pages.parts.data_quality import reading_bar
from pages.parts.data_quality.reading_bar import ReadingBar


class Screen:
    """A place on the screen, whose second touch breaks off the run."""

    def __init__(self) -> None:
        self.drawn: list[object] = []

    def progress(self, share: float) -> None:
        if self.drawn:
            raise RerunException(RerunData())
        self.drawn.append(share)

    def empty(self) -> None:
        self.drawn.append("empty")


def test_a_click_waits_until_the_reading_is_done(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(reading_bar.st, "empty", lambda: screen)
    monkeypatch.setattr(reading_bar, "_SECONDS", 0.0)
    bar = ReadingBar()
    for share in (0.2, 0.4, 0.6):
        bar.show(share)
    assert screen.drawn == [0.2]
    with pytest.raises(RerunException):
        bar.end()


def test_a_reading_that_is_done_at_once_has_no_bar(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(reading_bar.st, "empty", lambda: screen)
    bar = ReadingBar()
    bar.show(0.5)
    bar.end()
    assert screen.drawn == ["empty"]
