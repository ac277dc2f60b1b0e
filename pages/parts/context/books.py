"""The published books, shared by all sessions; answers are cached per snapshot."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from data.store.snapshot import Snapshot, current_snapshot, default_folder
from pages.parts.context.view import View
from queries import Books
from reports.answers.shared.rows_behind import RowSource


def snapshot() -> Snapshot:
    """Return the published snapshot; StoreMissingError without one."""
    return current_snapshot(default_folder())


@st.cache_resource(max_entries=3, show_spinner=False)
def _books(key: str, _snapshot: Snapshot) -> Books:
    del key  # the cache's key: another snapshot is another entry
    return Books(_snapshot)


def books() -> Books:
    """Return the open books of the published snapshot."""
    published = snapshot()
    return _books(published.key, published)


@st.cache_resource(max_entries=200, show_spinner=False)
def _answer(key: str, name: str, values: tuple[tuple[str, Any], ...], _open: Books) -> pl.DataFrame:
    # Frames are never changed in place, so all sessions share one; a copy would cost more than the query.
    del key
    return _open.ask(name, **{k: list(v) if isinstance(v, tuple) else v for k, v in values})


def ask(name: str, view: View | None = None, **own: object) -> pl.DataFrame:
    """Return the answer of a named query for a view, from the cache if this snapshot has it.

    Args:
        name: the query.
        view: gives every parameter of the query that `own` does not name.
        own: the query's own parameters.
    """
    opened = books()
    values = {**(view.parameters(name) if view is not None else {}), **own}
    frozen = tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in values.items()))
    return _answer(opened.snapshot.key, name, frozen, opened)


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
