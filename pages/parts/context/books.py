"""The published books, shared by all sessions; an answer is kept until something it depends on is added."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from threading import Lock
from typing import Any

import polars as pl
import streamlit as st

from data.store.snapshot import Snapshot, current_snapshot, default_folder
from pages.parts.context.view import View
from queries import Books
from queries.dependencies import journal_kinds
from reports.answers.shared.rows_behind import RowSource

_MOST_BYTES = 32_000_000


def snapshot() -> Snapshot:
    """Return the published snapshot; StoreMissingError without one."""
    return current_snapshot(default_folder())


@st.cache_resource(max_entries=2, show_spinner=False)
def _books(key: str, _snapshot: Snapshot) -> Books:
    del key  # the cache's key: another snapshot is another entry
    return Books(_snapshot)


def books() -> Books:
    """Return the open books of the published snapshot."""
    published = snapshot()
    return _books(published.key, published)


class Answers:
    """Answers by question, the least recently asked dropped first once they take too much room."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._frames: OrderedDict[tuple[Any, ...], pl.DataFrame] = OrderedDict()
        self._lock = Lock()

    def get(self, question: tuple[Any, ...], ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """Return the answer that is kept, or ask and keep it.

        Frames are never changed in place, so all sessions share one; a copy would cost more than the query.
        """
        with self._lock:
            if question in self._frames:
                self._frames.move_to_end(question)
                return self._frames[question]
        frame = ask()
        with self._lock:
            if question not in self._frames:
                self._frames[question] = frame
                self._bytes += int(frame.estimated_size())
            while self._bytes > self._most_bytes and len(self._frames) > 1:
                _oldest, dropped = self._frames.popitem(last=False)
                self._bytes -= int(dropped.estimated_size())
        return frame


@st.cache_resource(show_spinner=False)
def _answers() -> Answers:
    return Answers(_MOST_BYTES)


def _state(opened: Books, name: str) -> str:
    """Return what tells the books apart for one question: the ledger, and what it reads of the journal."""
    kinds = journal_kinds(name)
    if kinds is None:
        return opened.snapshot.key
    batches = _batches(opened.snapshot.key, tuple(sorted(kinds)), opened)
    return f"{opened.snapshot.ledger_version}|{batches}"


@st.cache_resource(max_entries=500, show_spinner=False)
def _batches(key: str, kinds: tuple[str, ...], _open: Books) -> str:
    """Return the hash over all batches of some kinds."""
    del key
    return batches_hash(_open.ask("batches").filter(pl.col("kind").is_in(kinds)))


def batches_hash(batches: pl.DataFrame) -> str:
    """Return the hash over rows of `batches`; the name a file came under tells nothing of its content."""
    return sha256(repr(batches.drop("file_name").rows()).encode()).hexdigest()


def ask(name: str, view: View | None = None, **own: object) -> pl.DataFrame:
    """Return the answer of a named query for a view, kept if nothing it depends on was added since.

    Args:
        name: the query.
        view: gives every parameter of the query that `own` does not name.
        own: the query's own parameters.
    """
    opened = books()
    values = {**(view.parameters(name) if view is not None else {}), **own}
    frozen = tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in values.items()))
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in frozen}
    question = (_state(opened, name), name, frozen)
    return _answers().get(question, partial(opened.ask, name, **given))


def ask_then(name: str, view: View, **own: object) -> pl.DataFrame | None:
    """Return the answer on the day that a view is compared with; None before the first day of the books.

    Args:
        name: the query.
        view: gives every parameter that `own` does not name, but for its day.
        own: the query's own parameters.
    """
    return ask(name, view.on_compare_day(), **own) if has_comparison(view) else None


def has_comparison(view: View) -> bool:
    """Tell whether the books hold anything on the day that a view is compared with."""
    first = ask("as_of_range").row(0, named=True)["first_date"]
    return first is not None and view.compare_day >= first


def source(view: View) -> RowSource:
    """Return where the rows behind the numbers of a page come from."""
    return RowSource(
        ask=partial(_ask_on, view),
        as_of=view.as_of,
        currency=view.display_currency,
        limits=view.limits,
        basis=view.basis,
    )


def _ask_on(view: View, name: str, **own: object) -> pl.DataFrame:
    return ask(name, view, **own)
