"""How far a long piece of work is, told to whoever waits for it; what is told never goes back."""

from collections.abc import Callable

Share = Callable[[float], None]
"""Told the share that is done, 0-1."""
Progress = Callable[[str, float], None]
"""Told what is being done, and the share of the whole that is done, 0-1."""


def untold(_share: float) -> None:
    """Tell nobody."""


def part(share: Share, start: float, end: float) -> Share:
    """Return a listener to a part of the work, which fills a whole from `start` to `end` (0-1)."""
    return lambda done: share(start + (end - start) * min(max(done, 0.0), 1.0))


def words(progress: Progress, text: str) -> Share:
    """Return a listener to a piece of work that has one name."""
    return lambda share: progress(text, share)


def span(progress: Progress, start: float, end: float) -> Progress:
    """Return a listener to a part of the work, whose pieces have names of their own."""
    return lambda text, done: part(words(progress, text), start, end)(done)


def unseen(_text: str, _share: float) -> None:
    """Tell nobody what is being done."""
