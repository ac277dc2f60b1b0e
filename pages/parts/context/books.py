"""The published books, shared by all sessions; every answer is cached under the snapshot it came from."""

from typing import Any

import polars as pl
import streamlit as st

from data.store.snapshot import Snapshot, current_snapshot, default_folder
from pages.parts.context.view import View
from queries import Books


def snapshot() -> Snapshot:
    """Return what is published now; StoreMissingError where nothing is."""
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
    # A frame is never changed in place, so all sessions share one; a copy would cost more than asking.
    del key
    return _open.ask(name, **{k: list(v) if isinstance(v, tuple) else v for k, v in values})


def ask(name: str, view: View | None = None, **own: object) -> pl.DataFrame:
    """Answer a named query for a view, from the cache where this snapshot was asked before.

    Args:
        name: the query.
        view: gives every parameter the query takes and `own` does not name.
        own: the query's own parameters.
    """
    opened = books()
    values = {**(view.parameters(name) if view is not None else {}), **own}
    frozen = tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in values.items()))
    return _answer(opened.snapshot.key, name, frozen, opened)
