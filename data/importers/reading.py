"""What became of the rows of one file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from data.grains import DATED_BY
from data.message_templates import Message


@dataclass(frozen=True)
class Reading:
    """One file, read.

    `rows_read == accepted + rejected + duplicate`, always.

    Attributes:
        name: file name without folders, printable.
        kind: name of the grain; of the main one for a preset that gives several.
        sha256: of the file's bytes.
        preset: name of the preset, None for a native file.
        preset_sha256: of the preset's own file.
        rows_read: data rows: no header, no blank lines, no total row that agrees.
        grains: name -> accepted rows: the grain's columns, typed, and `line` Int64 (1-based, where the
            row starts in the file). Absent optional columns are null.
        unsaid: columns of these grains the file says nothing of, as `invoices.entity`, in alphabetical order.
        rejects: `line` Int64, `column` String (null for the whole row), `reason` String (a clause),
            `raw` String (the row as it stands, printable, at most 500 characters), `message` String (the
            reason's template and values as JSON); by line.
        duplicate: rows that repeat an earlier row of the file identically; kept once.
        sum_read: sum of the control column over every row where it is an amount, None if the grain has none.
        sum_accepted: the same over the accepted rows.
        accepted: number of accepted rows of the file.
        notes: what the file says of itself or lacks, in sentences; they change no row.
        list_day: day that a list of open items speaks of, also if it has no rows.
        list_entity: administration of which a list without rows says that nothing is open; None: of all.
    """

    name: str
    kind: str
    sha256: str
    preset: str | None
    preset_sha256: str | None
    rows_read: int
    grains: dict[str, pl.DataFrame]
    rejects: pl.DataFrame
    duplicate: int
    sum_read: Decimal | None
    sum_accepted: Decimal | None
    accepted: int
    unsaid: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    list_day: date | None = None
    list_entity: str | None = None

    @property
    def last_date(self) -> date | None:
        """Last day that its rows speak of; None if none of them tells a day of its own."""
        days = [
            frame[column].max()
            for kind, frame in self.grains.items()
            if (column := DATED_BY.get(kind)) is not None and frame.height
        ]
        return max((day for day in days if isinstance(day, date)), default=None)

    @property
    def rejected(self) -> int:
        """Number of rejected rows; each has one reject."""
        return self.rejects.height
