"""Files that become batches: those that wait until their rows are put in, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from data.grains import BY_NAME
from data.importers import Reading
from data.message_templates import Message
from data.progress import Progress, span
from data.store import versions
from data.store.load_report import FileReport

# Files whose rows are put in together: the statements cost the same for one row and for thousands.
_FILES_TOGETHER = 2_000
_ROWS_TOGETHER = 200_000


@dataclass(frozen=True)
class Arrival:
    """A file that becomes a batch.

    Attributes:
        reading: its rows.
        batch_id: number of the batch.
        recorded_at: its UTC instant.
        source_date: day the file speaks of.
        withdrawn: what was taken back for it, in sentences.
    """

    reading: Reading
    batch_id: int
    recorded_at: datetime
    source_date: date | None
    withdrawn: tuple[Message, ...]

    def batch_rows(self, rows: pl.DataFrame) -> versions.BatchRows:
        """Return its rows of one kind."""
        return versions.BatchRows(
            self.batch_id, self.source_date, self.recorded_at, tuple(sorted(self.reading.unsaid)), rows
        )


class Bundle:
    """Files whose rows wait to be put in together, and how far the whole publication is.

    Attributes:
        waiting: those files.
    """

    def __init__(self, total: int, progress: Progress) -> None:
        self._total, self._progress = max(total, 1), progress
        self._begun = self._done = self._rows = 0
        self.waiting: list[Arrival] = []

    @property
    def is_full(self) -> bool:
        """Whether as many wait as are put in together."""
        return self._rows >= _ROWS_TOGETHER or len(self.waiting) == _FILES_TOGETHER

    def append(self, arrival: Arrival) -> None:
        """Let a file wait."""
        self.waiting.append(arrival)
        self._rows += sum(frame.height for frame in arrival.reading.grains.values())
        self.pass_over(arrival.reading)

    def pass_over(self, reading: Reading) -> None:
        """Count a file as done."""
        self._done += reading.accepted + 1

    def take(self) -> tuple[list[Arrival], Progress]:
        """Return what waits, and a listener to its part of the publication; then nothing waits."""
        arrivals, self.waiting, self._rows = self.waiting, [], 0
        progress = span(self._progress, self._begun / self._total, self._done / self._total)
        self._begun = self._done
        return arrivals, progress


def report_of(arrival: Arrival, new_lines: Sequence[int]) -> FileReport:
    """Return what became of a file, of which these lines were new."""
    reading = arrival.reading
    grain = BY_NAME[reading.kind]
    # A file that has a word to say, and no row, has no grain.
    main = reading.grains.get(reading.kind)
    rejected = reading.rejects["line"].n_unique() if reading.rejects.height else 0
    total = None
    if grain.total is not None:
        total = Decimal("0.00") if main is None else _sum_of(main, grain.total, new_lines)
    return FileReport(
        file_name=reading.name,
        kind=reading.kind,
        sha256=reading.sha256,
        batch_id=arrival.batch_id,
        rows_read=reading.rows_read,
        accepted=len(new_lines),
        rejected=rejected,
        duplicate=reading.rows_read - rejected - len(new_lines),
        sum_read=reading.sum_read,
        sum_accepted=total,
        rejects=reading.rejects,
        recorded_at=arrival.recorded_at,
        notes=(*reading.notes, *arrival.withdrawn),
        last_date=reading.last_date,
    )


def _sum_of(rows: pl.DataFrame, column: str, lines: Sequence[int]) -> Decimal:
    """Return the sum of an amount over the rows of these lines."""
    if rows.height == 1:  # an e-invoice; there are thousands of them
        amount = rows[column][0] if rows["line"][0] in lines else None
    else:
        is_new = rows["line"].is_in(pl.Series(lines, dtype=pl.Int64).implode())
        amount = rows[column].filter(is_new).sum()
    return Decimal(str(amount or "0.00"))


def already_loaded(reading: Reading, batch_id: int) -> FileReport:
    """Return what became of a file that was loaded before, as this batch."""
    rejected = reading.rejects["line"].n_unique()
    return FileReport(
        file_name=reading.name,
        kind=reading.kind,
        sha256=reading.sha256,
        batch_id=batch_id,
        rows_read=reading.rows_read,
        accepted=0,
        rejected=rejected,
        duplicate=reading.rows_read - rejected,
        sum_read=reading.sum_read,
        sum_accepted=None if BY_NAME[reading.kind].total is None else Decimal("0.00"),
        rejects=reading.rejects,
        already_loaded=True,
        notes=reading.notes,
        last_date=reading.last_date,
    )
