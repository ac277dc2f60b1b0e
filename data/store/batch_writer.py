"""Putting the rows of files into the store, each file a batch: versions, control totals, rejects, chain."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from data import clock
from data.grains import BY_NAME
from data.importers import AnyPreset, Reading
from data.store import batches, versions
from data.store.load_report import FileReport
from data.store.raw_files import BatchFacts
from data.store.reload import RawBatch

# Files whose rows are put in together: the statements cost the same for one row and for thousands.
_FILES_TOGETHER = 2_000
_ROWS_TOGETHER = 200_000
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
    """

    path: Path
    name: str | None
    preset: AnyPreset | None
    source_date: date | None
    is_typed: bool = False
    batch: RawBatch | None = None

    @property
    def first_recorded_at(self) -> datetime | None:
        """Instant of its batch in the store whose raw/ it comes from."""
        return self.batch.facts.recorded_at if self.batch else None


@dataclass
class BatchWriter:
    """Adds files to the store, one batch each.

    Attributes:
        connection: the writer's.
        next_batch: number of the next batch.
        recorded_at: instant of the last batch.
        reports: one per file, in their order.
        facts: number of a new batch -> its facts, to be written beside its raw file.
    """

    connection: duckdb.DuckDBPyConnection
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
        self._links = {name: batches.last_link(self.connection, name) for name in batches.FILES}

    def add(
        self,
        publication: Sequence[tuple[SourceFile, Reading]],
        progress: Callable[[str, float], None] = lambda _name, _share: None,
    ) -> list[Reading]:
        """Add the files of a publication as batches, but for those that were loaded before.

        Args:
            publication: the files in their order, each with its rows.
            progress: told the name of the file that was put in, and the share done, 0-1.

        Returns:
            The readings that were added.
        """
        known = self._batches_of(publication)
        outcomes: list[_Arrival | FileReport] = []
        waiting: list[_Arrival] = []
        rows = 0
        for position, (file, reading) in enumerate(publication, 1):
            numbers = known.setdefault((reading.sha256, reading.preset_sha256), [])
            if numbers and not file.is_typed and not self._is_new_repeat(file, numbers):
                outcomes.append(_already_loaded(reading, numbers[-1]))
                continue
            arrival = self._arrival(reading, file)
            numbers.append(arrival.batch_id)
            outcomes.append(arrival)
            waiting.append(arrival)
            rows += sum(frame.height for frame in reading.grains.values())
            if rows >= _ROWS_TOGETHER or len(waiting) == _FILES_TOGETHER:
                self._put_in(waiting)
                waiting, rows = [], 0
                progress(reading.name, position / len(publication))
        if waiting:
            self._put_in(waiting)
            progress(waiting[-1].reading.name, 1.0)
        added = {report.batch_id: report for report in self._reports_of_added}
        self._reports_of_added.clear()
        self.reports += [
            added[outcome.batch_id] if isinstance(outcome, _Arrival) else outcome for outcome in outcomes
        ]
        return [outcome.reading for outcome in outcomes if isinstance(outcome, _Arrival)]

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

    def _arrival(self, reading: Reading, file: SourceFile) -> "_Arrival":
        """Return a file as the next batch."""
        recorded_at = self._instant(file)
        # Recorded now, an old file without a date must not overtake the ones that came after it.
        is_moved = file.first_recorded_at is not None and file.first_recorded_at != recorded_at
        source_date = file.source_date or (
            file.first_recorded_at.date() if file.first_recorded_at and is_moved else None
        )
        arrival = _Arrival(reading, self.next_batch, recorded_at, source_date)
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
        self.next_batch += 1
        self.recorded_at = recorded_at
        return arrival

    def _put_in(self, arrivals: Sequence["_Arrival"]) -> None:
        """Put in the rows of batches, and what became of each."""
        by_grain: dict[str, list[versions.BatchRows]] = {}
        for arrival in arrivals:
            for name, rows in arrival.reading.grains.items():
                by_grain.setdefault(name, []).append(arrival.batch_rows(rows))
        lines = [
            versions.add_rows(self.connection, BY_NAME[name], of_grain) for name, of_grain in by_grain.items()
        ]
        new = dict(
            pl.concat([pl.DataFrame(schema=versions.NEW_LINES), *lines])
            .unique()
            .group_by("batch_id")
            .agg("line")
            .iter_rows()
        )
        reports = [_report(arrival, new.get(arrival.batch_id, [])) for arrival in arrivals]
        self._record(arrivals, reports, by_grain.keys())
        self._reports_of_added += reports

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
        self, arrivals: Sequence["_Arrival"], reports: Sequence[FileReport], kinds: Collection[str]
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


@dataclass(frozen=True)
class _Arrival:
    """A file that becomes a batch: its number, its instant, and the day it speaks of."""

    reading: Reading
    batch_id: int
    recorded_at: datetime
    source_date: date | None

    def batch_rows(self, rows: pl.DataFrame) -> versions.BatchRows:
        """Return its rows of one kind."""
        return versions.BatchRows(
            self.batch_id, self.source_date, self.recorded_at, self.reading.unsaid, rows
        )


def _report(arrival: _Arrival, new_lines: Sequence[int]) -> FileReport:
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
        notes=reading.notes,
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
