"""Which rows were picked in the tables of an address: Back picks them again, and no others.

Streamlit forgets what was picked as soon as another page is drawn, and keeps it on a way back within a page.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import address_bar

_MOST_ADDRESSES = 20  # per table


@dataclass(frozen=True)
class Pick:
    """What was picked in a table.

    Attributes:
        page: of the table, from 1.
        row: what tells the row from the others; None where none was picked.
    """

    page: int
    row: tuple[Any, ...] | None


@dataclass
class Memory:
    """The picks of a visit, per table those of the addresses it was last drawn at.

    A run changes its address until it ends, and one that a link breaks off does no more at its end. So the
    addresses are those of the runs themselves, as they change, and nothing has to be kept at the end.
    """

    tables: dict[str, deque[tuple[str, Mapping[str, str], Pick]]] = field(default_factory=dict)

    def note(self, table: str, page_hash: str, address: Mapping[str, str], pick: Pick) -> None:
        """Note what is picked in a table now.

        Args:
            table: its key.
            page_hash: of the page it is on.
            address: that of the run, which changes it until its end.
            pick: what is picked.
        """
        noted = self.tables.setdefault(table, deque(maxlen=_MOST_ADDRESSES))
        if noted and noted[-1][1] is address:
            noted.pop()
        noted.append((page_hash, address, pick))

    def last(self, table: str, page_hash: str, address: Mapping[str, str]) -> Pick | None:
        """Return what was picked in a table when this address was left; None if it was not drawn there."""
        for page, noted_address, pick in reversed(list(self.tables.get(table, ()))):
            if page == page_hash and noted_address is not address and noted_address == address:
                return pick
        return None


def note(table: str, page: int, frame: pl.DataFrame, place: int | None) -> None:
    """Note which row of a frame is picked, by its place from 0, and on which page of the table."""
    row = None if place is None else _identity(frame).row(place)
    _memory().note(table, address_bar.page_hash(), address_bar.everything(), Pick(page, row))


def after_back(table: str, frame: pl.DataFrame) -> tuple[int, int | None] | None:
    """Return page and place of what was picked when the address was left; None unless Back starts this run.

    The place is that of the same row in the frame as it is now; None where it is gone or none was picked.
    """
    if not address_bar.is_history_step():
        return None
    pick = _memory().last(table, address_bar.page_hash(), address_bar.everything()) or Pick(1, None)
    rows = _identity(frame).rows() if pick.row is not None else []
    return pick.page, rows.index(pick.row) if pick.row in rows else None


def _identity(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that tell rows apart: numbers of documents and customers; without one, all."""
    numbers = [name for name in frame.columns if name.endswith("_id") or name == "entity"]
    return frame.select(numbers) if any(name != "entity" for name in numbers) else frame


def _memory() -> Memory:
    memory: Memory = st.session_state.setdefault("row-picks", Memory())
    return memory
