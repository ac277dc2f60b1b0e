"""What a load reports: per file what became of its rows, and the snapshot it published."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from data.message_templates import Message
from data.store.snapshot import Snapshot


@dataclass(frozen=True)
class FileReport:
    """The outcome of a load for one file.

    `rows_read` = `accepted` + `rejected` + `duplicate`; `duplicate` counts rows that repeat another row of
    the file or a row the store holds already. `batch_id` is None where nothing was recorded. `notes` are
    what the file says of itself or lacks; `last_date` is the last day its rows speak of.
    """

    file_name: str
    kind: str
    sha256: str
    batch_id: int | None
    rows_read: int
    accepted: int
    rejected: int
    duplicate: int
    sum_read: Decimal | None
    sum_accepted: Decimal | None
    rejects: pl.DataFrame
    already_loaded: bool = False
    recorded_at: datetime | None = None
    notes: tuple[Message, ...] = ()
    last_date: date | None = None


@dataclass(frozen=True)
class LoadReport:
    """The outcome of a load.

    Attributes:
        files: one report per file read.
        passed_over: files that were not read, each with the reason.
        snapshot: the pair it published; None if nothing was new.
        dry_run: nothing was to be published.
        notes: what is to be said of a source as a whole.
        missing: what files that are all there is do not hold; None if they were not said to be all.
        cancelled: how many of those were cancelled.
        not_cancelled: why an unattended run cancelled nothing; None if it did, or nothing was missing.
        shrunk: number and sums to confirm, for a list of open items that shrank; None: none did.
    """

    files: list[FileReport]
    passed_over: list[tuple[Path, Message]]
    snapshot: Snapshot | None
    dry_run: bool = False
    missing: pl.DataFrame | None = None
    notes: tuple[Message, ...] = ()
    cancelled: int = 0
    not_cancelled: Message | None = None
    shrunk: str | None = None
