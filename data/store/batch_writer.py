"""Putting the rows of files into the store, each file a batch: versions, control totals, rejects, chain."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl

from data import clock
from data.grains import BY_NAME
from data.importers import AnyPreset, Reading
from data.message_templates import Message
from data.progress import Progress, span, unseen, words
from data.store import batches, versions
from data.store.arrivals import Arrival, Bundle, already_loaded, report_of
from data.store.audit_batches import AuditBatches, is_audit_file
from data.store.load_report import FileReport
from data.store.raw_files import BatchFacts
from data.store.reload import RawBatch

_STEP = timedelta(microseconds=1)  # between the batches of one publication
_BEFORE_ALL = datetime(1, 1, 1)  # noqa: DTZ001 - instants of the store are UTC without a zone
_BATCH_ROW = pl.Schema(
    {
        "batch_id": pl.Int32(),
        "recorded_at": pl.Datetime("us"),
        "source_date": pl.Date(),
        "kind": pl.String(),
        "sha256": pl.String(),
        "preset_sha256": pl.String(),
        "unsaid": pl.String(),
        "rows_read": pl.Int64(),
        "accepted": pl.Int64(),
        "rejected": pl.Int64(),
        "duplicate": pl.Int64(),
        "stored": pl.Int64(),
        "sum_read": pl.Decimal(38, 2),
        "sum_accepted": pl.Decimal(38, 2),
        "content_hash": pl.String(),
        "file_name": pl.String(),
        "preset": pl.String(),
        "chain_hash": pl.String(),
    }
)


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
        self._reports_of_added: list[FileReport] = []
        self._now = clock.now()
        self._withdrawn: list[Message] = []
        self._links = {name: batches.last_link(self.connection, name) for name in batches.FILES}

    def add(
        self, publication: Sequence[tuple[SourceFile, Reading]], progress: Progress = unseen
    ) -> list[Reading]:
        """Add the files of a publication as batches, but for those that were loaded before.

        What comes of it is the same as if they were added one by one.

        Args:
            publication: the files in their order, each with its rows.
            progress: told the name of a file whose rows are put in, and the share done, 0-1.

        Returns:
            The readings that were added.
        """
        known = self._batches_of(publication)
        outcomes: list[Arrival | FileReport] = []
        bundle = Bundle(sum(reading.accepted + 1 for _file, reading in publication), progress)
        for file, reading in publication:
            numbers = known.setdefault((reading.sha256, reading.preset_sha256), [])
            if numbers and not file.is_typed and not self._is_new_repeat(file, numbers):
                outcomes.append(already_loaded(reading, numbers[-1]))
                bundle.pass_over(reading)
                continue
            if self._may_withdraw(reading, file):
                # What it takes back are rows in the store, by what the files before it have come to.
                self._put_in(bundle)
            arrival = self._arrival(reading, file)
            numbers.append(arrival.batch_id)
            outcomes.append(arrival)
            bundle.append(arrival)
            if bundle.is_full:
                self._put_in(bundle)
        self._put_in(bundle)
        added = {report.batch_id: report for report in self._reports_of_added}
        self._reports_of_added.clear()
        self.reports += [
            added[outcome.batch_id] if isinstance(outcome, Arrival) else outcome for outcome in outcomes
        ]
        return [outcome.reading for outcome in outcomes if isinstance(outcome, Arrival)]

    def _batches_of(
        self, publication: Sequence[tuple[SourceFile, Reading]]
    ) -> dict[tuple[str, str | None], list[int]]:
        """Return hash of a file, hash of its preset -> the batches of the store that came from it so."""
        digests = pl.DataFrame({"sha256": sorted({reading.sha256 for _file, reading in publication})})
        self.connection.register("digest_frame", digests.to_arrow())
        known: dict[tuple[str, str | None], list[int]] = {}
        for digest, preset, number in self.connection.execute(
            "select sha256, preset_sha256, batch_id from "
            "(select batch_id, sha256, preset_sha256 from batch union all "
            "select batch_id, sha256, preset_sha256 from journal.batch) "
            "where sha256 in (select sha256 from digest_frame) order by batch_id"
        ).fetchall():
            known.setdefault((digest, preset), []).append(int(number))
        self.connection.unregister("digest_frame")
        return known

    def _arrival(self, reading: Reading, file: SourceFile) -> Arrival:
        """Return a file as the next batch."""
        recorded_at = self._instant(file)
        # Recorded now, an old file without a date must not overtake the ones that came after it.
        is_moved = file.first_recorded_at is not None and file.first_recorded_at != recorded_at
        source_date = file.source_date or (
            file.first_recorded_at.date() if file.first_recorded_at and is_moved else None
        )
        withdrawn = self._withdraw(reading, file, recorded_at)
        arrival = Arrival(reading, self.next_batch, recorded_at, source_date, tuple(withdrawn))
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
        return arrival

    def _put_in(self, bundle: Bundle) -> None:
        """Put in the rows of batches that wait, and what became of each; then none waits."""
        arrivals, progress = bundle.take()
        if not arrivals:
            return
        by_grain: dict[str, list[Arrival]] = {}
        for arrival in arrivals:
            for name in arrival.reading.grains:
                by_grain.setdefault(name, []).append(arrival)
        lines = [
            versions.add_rows(
                self.connection,
                BY_NAME[name],
                [arrival.batch_rows(arrival.reading.grains[name]) for arrival in of_grain],
                words(
                    span(progress, place / len(by_grain), (place + 1) / len(by_grain)),
                    of_grain[-1].reading.name,
                ),
            )
            for place, (name, of_grain) in enumerate(by_grain.items())
        ]
        new = dict(
            pl.concat([pl.DataFrame(schema=versions.NEW_LINES), *lines])
            .unique()
            .group_by("batch_id")
            .agg("line")
            .iter_rows()
        )
        reports = [report_of(arrival, new.get(arrival.batch_id, [])) for arrival in arrivals]
        self._record(arrivals, reports, by_grain.keys())
        self._reports_of_added += reports

    def withdraw_documents(self, pairs: Sequence[tuple[SourceFile, Reading]]) -> None:
        """Take back the documents of audit files that these files bring too, before the books are compared.

        As a file is added, the same is done for it.
        """
        for file, reading in pairs:
            if file.batch is None:
                # A name that is bound first would be bound to what `_withdraw` gives back too.
                withdrawn = self._withdraw(reading, file, self._instant(file))
                self._withdrawn += withdrawn

    def _may_withdraw(self, reading: Reading, file: SourceFile) -> bool:
        return not is_audit_file(file.preset) and self.audit.may_withdraw(reading)

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

    def _record(
        self, arrivals: Sequence[Arrival], reports: Sequence[FileReport], kinds: Collection[str]
    ) -> None:
        """Insert the facts of batches, each with its link in the chain of its file, and their rejects."""
        contents = batches.contents(self.connection, arrivals[0].batch_id, kinds)
        rows: dict[str, list[dict[str, object]]] = {}
        rejects: dict[str, list[pl.DataFrame]] = {}
        for arrival, report in zip(arrivals, reports, strict=True):
            reading, batch_id = arrival.reading, arrival.batch_id
            database = BY_NAME[reading.kind].database
            stored, content_hash = contents.get(batch_id, (0, batches.NO_ROWS))
            facts: dict[str, object] = {
                "batch_id": batch_id,
                "recorded_at": report.recorded_at,
                "source_date": arrival.source_date,
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
            link = self._links[database] = batches.chain_hash(self._links[database], facts)
            row = {**facts, "file_name": reading.name, "preset": reading.preset, "chain_hash": link}
            rows.setdefault(database, []).append(row)
            if reading.rejects.height:
                numbered = reading.rejects.with_columns(batch_id=pl.lit(batch_id, pl.Int32))
                rejects.setdefault(database, []).append(numbered)
        for file, of_file in rows.items():
            frame = pl.DataFrame(of_file, schema=_BATCH_ROW, orient="row")
            self._insert(batches.in_file(file, "batch"), ", ".join(frame.columns), frame)
        for file, frames in rejects.items():
            columns = "batch_id, line, column_name, reason, raw, message"
            frame = pl.concat(frames).rename({"column": "column_name"})
            self._insert(batches.in_file(file, "reject"), columns, frame)

    def _insert(self, table: str, columns: str, frame: pl.DataFrame) -> None:
        self.connection.register("recorded_frame", frame.to_arrow())
        self.connection.execute(f"insert into {table} ({columns}) select {columns} from recorded_frame")
        self.connection.unregister("recorded_frame")
