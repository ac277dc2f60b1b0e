"""Contacts as one write: saved once, never over somebody's newer note on that customer, and taken back whole.

A contact is saved with the promises and disputes noted in it, in one publication. Taking it back writes a row
that reverses it; the store then leaves out what was noted in it. Where a promise or dispute of the contact
took the place of an earlier one of the same invoice and day, the earlier one is stated again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data import sentences
from data.errors import AlreadySavedError, ChangedMeanwhileError, NoSuchContactError
from data.grains import BY_NAME, GRAINS, Grain
from data.store import reader, typed_rows
from data.store.batches import table_of
from data.store.snapshot import current_snapshot

_STEP = timedelta(microseconds=1)
_UNDO = "undo-"
# Kinds of rows that may have been noted in a contact, each with the columns that tell its rows apart.
_NOTED = ("promises", "disputes", "notes")
# Signals are recorded by the nightly round, not by somebody who speaks with the customer.
_UNREAD = ("signals",)
_TYPES = {
    "id": pl.String(),
    "text": pl.String(),
    "choice": pl.String(),
    "date": pl.Date(),
    "money": pl.String(),
}


@dataclass(frozen=True)
class ContactEntry:
    """What somebody noted of one contact.

    Attributes:
        contact_id: its number, made when the form was opened: the same form cannot be saved twice.
        customer_id: whom the form was opened for.
        rows: `contacts`, and `promises` and `disputes` made in it, or `notes`; columns as in their files.
        replaces: number of the contact it corrects; None for a new one.
    """

    contact_id: str
    customer_id: str
    rows: Mapping[str, pl.DataFrame]
    replaces: str | None = None
    kinds: tuple[str, ...] = field(default=("contacts", *_NOTED), init=False)

    def __post_init__(self) -> None:
        """Refuse rows of another contact or another customer: that is a bug of the form, not of the user."""
        strangers = set(self.rows) - set(self.kinds)
        own = [self.rows[kind] for kind in ("contacts", "notes") if kind in self.rows]
        is_own = all(
            frame.filter(contact_id=self.contact_id, customer_id=self.customer_id).height == frame.height > 0
            for frame in own
        )
        if strangers or not own or not is_own:
            raise ValueError(self.contact_id)


def save(folder: Path, contact: ContactEntry, *, seen: datetime | None) -> None:
    """Save a contact, and take back the one it corrects.

    Args:
        folder: the store.
        contact: what was noted.
        seen: instant of the last batch that was in the books when the form was opened; None: save whatever
            was recorded since.

    Raises:
        AlreadySavedError: this very form was saved before; nothing was written.
        ChangedMeanwhileError: rows of this customer were recorded after `seen`; `keys` names them by kind.
        NoSuchContactError: the contact it corrects does not stand any more.
        RefusedFileError: a row breaks a rule.
        StoreBusyError: another writer is at work.
    """
    returned: dict[str, pl.DataFrame] = {}
    if contact.replaces is not None:
        with reader.session(current_snapshot(folder)) as connection:
            returned = _returned_rows(connection, contact.replaces)

    def require(connection: duckdb.DuckDBPyConnection) -> None:
        if _is_known(connection, contact.contact_id):
            raise AlreadySavedError(sentences.ALREADY_SAVED())
        changed = {} if seen is None else changes_since(connection, contact.customer_id, seen)
        if contact.replaces is not None:
            rows = _returned_rows(connection, contact.replaces)
            if not rows:
                raise NoSuchContactError(sentences.TAKEN_BACK())
            if not _is_same(rows, returned):
                changed.setdefault("contacts", [(contact.replaces,)])
        if changed:
            count = sum(map(len, changed.values()))
            raise ChangedMeanwhileError(sentences.CUSTOMER_CHANGED(count=count), changed)

    typed_rows.add(folder, _together(returned, contact.rows), require=require)


def take_back(folder: Path, contact_id: str) -> bool:
    """Take a contact back with all that was noted in it; return whether it still stood.

    Raises:
        ChangedMeanwhileError: what was noted in it was changed at this very moment: try again.
        StoreBusyError: another writer is at work.
    """
    with reader.session(current_snapshot(folder)) as connection:
        returned = _returned_rows(connection, contact_id)
    if not returned:
        return False

    def require(connection: duckdb.DuckDBPyConnection) -> None:
        rows = _returned_rows(connection, contact_id)
        if not rows:
            raise AlreadySavedError(sentences.ALREADY_SAVED())
        if not _is_same(rows, returned):
            raise ChangedMeanwhileError(sentences.CUSTOMER_CHANGED(count=1), {"contacts": [(contact_id,)]})

    try:
        typed_rows.add(folder, returned, require=require)
    except AlreadySavedError:
        return False
    return True


def changes_since(
    connection: duckdb.DuckDBPyConnection, customer: str, seen: datetime
) -> dict[str, list[tuple[object, ...]]]:
    """Return per kind of row the invoices of a customer that something was recorded about after an instant.

    None stands for the customer itself.
    """
    changes: dict[str, list[tuple[object, ...]]] = {}
    for grain in GRAINS:
        names = {column.name for column in grain.columns}
        if grain.name in _UNREAD or not names & {"customer_id", "invoice_id"}:
            continue
        of_customer = (
            "f.customer_id = $customer"
            if "customer_id" in names
            else "f.invoice_id in (select i.invoice_id from invoice as i where i.customer_id = $customer)"
        )
        invoice = "f.invoice_id" if "invoice_id" in names else "cast(null as varchar)"
        rows = connection.execute(
            f"select distinct {invoice} from {table_of(grain)} as f "
            f"where f.recorded_at > $seen and {of_customer} order by all",
            {"customer": customer, "seen": seen},
        ).fetchall()
        if rows:
            changes[grain.name] = rows
    return changes


def _is_known(connection: duckdb.DuckDBPyConnection, contact_id: str) -> bool:
    counts = [
        connection.execute(
            f"select count(*) from {table_of(BY_NAME[kind])} as f where f.contact_id = ?", [contact_id]
        ).fetchone()
        for kind in ("contacts", "notes")
    ]
    return any(count is not None and count[0] for count in counts)


def _returned_rows(connection: duckdb.DuckDBPyConnection, contact_id: str) -> dict[str, pl.DataFrame]:
    """Return the rows that take a contact back; none if it does not stand (any more)."""
    standing = (
        connection.execute(
            "select any_value(f.customer_id), min(f.contact_date), any_value(f.channel), "
            "any_value(f.direction), any_value(f.kind) from contact_at(null) as f "
            "where f.contact_id = ? group by f.contact_id",
            [contact_id],
        ).fetchone()
        or connection.execute(
            "select f.customer_id, f.noted_date, 'note', 'out', 'note' from note_at(null) as f "
            "where f.contact_id = ?",
            [contact_id],
        ).fetchone()
    )
    if standing is None:
        return {}
    names = ("customer_id", "contact_date", "channel", "direction", "kind")
    reversing = {
        **dict(zip(names, standing, strict=True)), "invoice_id": None, "contact_id": f"{_UNDO}{contact_id}",
        "reverses": contact_id,
    }  # fmt: skip
    rows = {"contacts": _frame(BY_NAME["contacts"], [reversing], ("received_date",))}
    for kind in _NOTED:
        earlier = _earlier_versions(connection, BY_NAME[kind], contact_id)
        if earlier:
            rows[kind] = _frame(BY_NAME[kind], earlier, ())
    return rows


def _earlier_versions(
    connection: duckdb.DuckDBPyConnection, grain: Grain, contact_id: str
) -> list[dict[str, Any]]:
    """Return, of what a contact noted, the rows that were valid before it under the same key."""
    names = [column.name for column in grain.columns]
    same = " and ".join(f"f.{name} = n.{name}" for name in grain.key)
    noted = connection.execute(
        f"select {', '.join(f'f.{name}' for name in grain.key)}, f.recorded_at "
        f"from {grain.table}_at(null) as f where f.contact_id = ? order by all",
        [contact_id],
    ).fetchall()
    rows = []
    for *key, recorded_at in noted:
        slots = ", ".join(
            f"cast(? as {'date' if 'date' in name else 'varchar'}) as {name}" for name in grain.key
        )
        earlier = connection.execute(
            f"select {', '.join(f'f.{name}' for name in names)} from {grain.table}_at(?) as f "
            f"inner join (select {slots}) as n on {same}",
            [recorded_at - _STEP, *key],
        ).fetchone()
        if earlier is not None:
            rows.append(dict(zip(names, earlier, strict=True)))
    return rows


def _frame(grain: Grain, rows: list[dict[str, Any]], without: tuple[str, ...]) -> pl.DataFrame:
    """Return rows as their file would hold them: all columns, amounts as text."""
    columns = [column for column in grain.columns if column.name not in without]
    return pl.DataFrame(
        {
            column.name: pl.Series(
                column.name,
                [str(row[column.name]) if column.type == "money" and row.get(column.name) is not None
                 else row.get(column.name) for row in rows],
                dtype=_TYPES[column.type],
            )
            for column in columns
        }
    )  # fmt: skip


def _together(
    returned: Mapping[str, pl.DataFrame], noted: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Return the rows of one write: what a correction states comes before what it takes up again."""
    rows = dict(noted)
    for kind, frame in returned.items():
        own = rows.get(kind)
        if own is None or own.is_empty():
            rows[kind] = frame
            continue
        key = list(BY_NAME[kind].key)
        rest = frame.join(own, on=key, how="anti", nulls_equal=True)
        rows[kind] = pl.concat([own, rest], how="diagonal_relaxed")
    return {kind: frame for kind, frame in rows.items() if frame.height}


def _is_same(first: Mapping[str, pl.DataFrame], second: Mapping[str, pl.DataFrame]) -> bool:
    return first.keys() == second.keys() and all(first[kind].equals(second[kind]) for kind in first)
