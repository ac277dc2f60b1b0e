"""Putting the rows of a file into the store as a batch: versions, control totals, rejects, chain."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from data import clock
from data.grains import BY_NAME
from data.importers import AnyPreset, Reading
from data.message_templates import Message
from data.progress import Share, part, untold
from data.store import batches, versions
from data.store.audit_batches import AuditBatches, is_audit_file
from data.store.load_report import FileReport
from data.store.raw_files import BatchFacts
from data.store.reload import RawBatch

_STEP = timedelta(microseconds=1)  # between the batches of one publication
_BEFORE_ALL = datetime(1, 1, 1)  # noqa: DTZ001 - instants of the store are UTC without a zone


@dataclass(frozen=True)
class SourceFile:
    """A file to be loaded, and how it is to be read.

    Attributes:
        path: the file.
        name: display name, if it is not that of the path.
        preset: how it is written; None for the native form.
        source_date: day it speaks of, if one was given.
        is_typed: somebody typed its rows: it is taken in though the same bytes were loaded before.
        batch: the batch it was in the store whose raw/ it comes from; None for any other file.
        is_inside: it was found in a folder or zip file.
    """

    path: Path
    name: str | None
    preset: AnyPreset | None
    source_date: date | None
    is_typed: bool = False
    batch: RawBatch | None = None
    is_inside: bool = False

    @property
    def first_recorded_at(self) -> datetime | None:
        """Instant of its batch in the store whose raw/ it comes from."""
        return self.batch.facts.recorded_at if self.batch else None


@dataclass
class BatchWriter:
    """Adds files to the store, one batch each.

    Attributes:
        connection: the writer's.
        audit: the batches of audit files.
        next_batch: number of the next batch.
        recorded_at: instant of the last batch.
        reports: one per file, in their order.
        facts: number of a new batch -> its facts, to be written beside its raw file.
    """

    connection: duckdb.DuckDBPyConnection
    audit: AuditBatches = field(default_factory=AuditBatches)
    next_batch: int = field(init=False)
    recorded_at: datetime = field(init=False)
    reports: list[FileReport] = field(default_factory=list)
    facts: dict[int, BatchFacts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        last_batch, last_instant = batches.last_batch(self.connection)
        self.next_batch = self._first_batch = last_batch + 1
        self.recorded_at = last_instant or _BEFORE_ALL
        self._now = clock.now()
        self._withdrawn: list[Message] = []
        self._links = {name: batches.last_link(self.connection, name) for name in batches.FILES}

    def add(self, reading: Reading, file: SourceFile, progress: Share = untold) -> bool:
        """Add a file as a batch, unless it was loaded before; return whether it was added."""
        known = self.connection.execute(
            "select batch_id from (select batch_id, sha256, preset_sha256 from batch union all "
            "select batch_id, sha256, preset_sha256 from journal.batch) "
            "where sha256 = ? and preset_sha256 is not distinct from ? order by batch_id",
            [reading.sha256, reading.preset_sha256],
        ).fetchall()
        numbers = [int(number) for (number,) in known]
        if numbers and not file.is_typed and not self._is_new_repeat(file, numbers):
            self.reports.append(_already_loaded(reading, numbers[-1]))
            return False
        recorded_at = self._instant(file)
        # Recorded now, an old file without a date must not overtake the ones that came after it.
        is_moved = file.first_recorded_at is not None and file.first_recorded_at != recorded_at
        source_date = file.source_date or (
            file.first_recorded_at.date() if file.first_recorded_at and is_moved else None
        )
        withdrawn = self._withdraw(reading, file, recorded_at)
        stored = [
            versions.add_rows(
                self.connection,
                BY_NAME[name],
                rows,
                batch_id=self.next_batch,
                source_date=source_date,
                recorded_at=recorded_at,
                unsaid=reading.unsaid,
                progress=part(progress, place / len(reading.grains), (place + 1) / len(reading.grains)),
            )
            for place, (name, rows) in enumerate(reading.grains.items())
        ]
        lines = pl.concat(stored).unique() if stored else pl.Series([], dtype=pl.Int64)
        report = _report(reading, self.next_batch, recorded_at, lines)
        report = replace(report, notes=(*report.notes, *withdrawn))
        self._record(reading, report, source_date)
        self.reports.append(report)
        self.facts[self.next_batch] = BatchFacts(
            batch_id=self.next_batch,
            recorded_at=recorded_at,
            published_at=None,
            file_name=reading.name,
            kind=reading.kind,
            preset=reading.preset,
            preset_sha256=reading.preset_sha256,
            source_date=source_date,
            rows_read=reading.rows_read,
        )
        self.audit.add(self.next_batch, file.preset)
        self.next_batch += 1
        self.recorded_at = recorded_at
        return True

    def withdraw_documents(self, pairs: Sequence[tuple[SourceFile, Reading]]) -> None:
        """Take back the documents of audit files that these files bring too, before the books are compared.

        As a file is added, the same is done for it.
        """
        for file, reading in pairs:
            if file.batch is None:
                self._withdrawn += self._withdraw(reading, file, self._instant(file))

    def _withdraw(self, reading: Reading, file: SourceFile, recorded_at: datetime) -> list[Message]:
        if is_audit_file(file.preset):
            return []
        withdrawn = [*self._withdrawn, self.audit.withdraw(self.connection, reading, recorded_at)]
        self._withdrawn = []
        return [message for message in withdrawn if message]

    def end_publication(self) -> None:
        """Note for the batches added since the last publication that they are one, up to the last instant."""
        for number, facts in self.facts.items():
            if facts.published_at is None:
                self.facts[number] = replace(facts, published_at=self.recorded_at)

    def _instant(self, file: SourceFile) -> datetime:
        """Return the instant of the next batch.

        A batch of another store keeps its own, so that *as known on* answers as it did there. If the store
        holds a later batch already, it is recorded now, as any file is: instants only grow, also if the clock
        was set back.
        """
        first = file.first_recorded_at
        if first is not None and first > self.recorded_at:
            return first
        return max(self._now, self.recorded_at) + _STEP

    def _is_new_repeat(self, file: SourceFile, numbers: list[int]) -> bool:
        """Tell whether a file that was typed twice in another store is still to be added a second time."""
        first = file.first_recorded_at
        return (
            file.batch is not None
            and file.batch.is_repeat
            and (numbers[0] >= self._first_batch or (first is not None and first > self.recorded_at))
        )

    def _record(self, reading: Reading, report: FileReport, source_date: date | None) -> None:
        database = BY_NAME[reading.kind].database
        batch_id = self.next_batch
        stored, content_hash = batches.content(self.connection, batch_id, reading.grains)
        facts: dict[str, object] = {
            "batch_id": batch_id,
            "recorded_at": report.recorded_at,
            "source_date": source_date,
            "kind": report.kind,
            "sha256": report.sha256,
            "preset_sha256": reading.preset_sha256,
            "unsaid": " ".join(reading.unsaid),
            "rows_read": report.rows_read,
            "accepted": report.accepted,
            "rejected": report.rejected,
            "duplicate": report.duplicate,
            "stored": stored,
            "sum_read": report.sum_read,
            "sum_accepted": report.sum_accepted,
            "content_hash": content_hash,
        }
        link = batches.chain_hash(self._links[database], facts)
        row = {**facts, "file_name": reading.name, "preset": reading.preset, "chain_hash": link}
        columns = ", ".join(row)
        slots = ", ".join(f"${name}" for name in row)
        table = batches.in_file(database, "batch")
        self.connection.execute(f"insert into {table} ({columns}) values ({slots})", row)
        if reading.rejects.height:
            self.connection.register("reject_frame", reading.rejects.to_arrow())
            self.connection.execute(
                f"insert into {batches.in_file(database, 'reject')} "
                'select ?, line, "column", reason, raw, message from reject_frame',
                [batch_id],
            )
            self.connection.unregister("reject_frame")
        self._links[database] = link


def _report(reading: Reading, batch_id: int, recorded_at: datetime, new_lines: pl.Series) -> FileReport:
    grain = BY_NAME[reading.kind]
    # A file that has a word to say, and no row, has no grain.
    main = reading.grains.get(reading.kind)
    rejected = reading.rejects["line"].n_unique()
    total = None
    if grain.total is not None:
        is_new = pl.col("line").is_in(new_lines.implode())
        amount = None if main is None else main.filter(is_new)[grain.total].sum()
        total = Decimal(str(amount or "0.00"))
    return FileReport(
        file_name=reading.name,
        kind=reading.kind,
        sha256=reading.sha256,
        batch_id=batch_id,
        rows_read=reading.rows_read,
        accepted=len(new_lines),
        rejected=rejected,
        duplicate=reading.rows_read - rejected - len(new_lines),
        sum_read=reading.sum_read,
        sum_accepted=total,
        rejects=reading.rejects,
        recorded_at=recorded_at,
        notes=reading.notes,
        last_date=reading.last_date,
    )


def _already_loaded(reading: Reading, batch_id: int) -> FileReport:
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
