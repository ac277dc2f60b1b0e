"""Loaded files in words: the last load, all files, rejected rows."""

from datetime import datetime

import polars as pl

from data.grains import GRAINS
from reports.answers.shared.finding import Finding
from reports.codes import label
from reports.formats import in_sentence, number
from reports.translation import _, _n

_OF_THE_PROGRAM = ("forecast_runs", "signals", "source_runs")  # in the journal, but nobody's note
_BOOKS = tuple(grain.name for grain in GRAINS if grain.database == "ledger")
REJECTS = ("file_name", "line", "column", "reason", "raw")


def last_load(batches: pl.DataFrame, moment: str) -> Finding:
    """Return the files and rows of the last load.

    Args:
        batches: the query `batches`; the files of one load were recorded within the same second or so.
        moment: of the load, as the reader's clock shows it.
    """
    last = last_batches(batches)
    files = _n("{count} file", "{count} files", last.height)
    rows = _n("{count} row taken in", "{count} rows taken in", int(last["accepted"].sum()))
    words = {"moment": moment, "rows": rows, "files": files}
    title = _("Last load {moment}: {files}, {rows}, none rejected", **words)
    if rejected := last["rejected"].sum():
        title = _(
            "Last load {moment}: {files}, {rows}, {rejected} rejected",
            **words,
            rejected=number(rejected),
        )
    return Finding(title, _("Of every file the rows, control totals and hash are kept; the file itself too"))


def last_batches(batches: pl.DataFrame) -> pl.DataFrame:
    """Return the files of the last load of the books: a note or scenario saved since is no load of them.

    Instants within a load grow by a microsecond per file.
    """
    newest = batches.sort("batch_id", descending=True)
    gaps = newest["recorded_at"].diff().dt.total_microseconds().fill_null(-1) != -1
    loads = newest.with_columns(load=gaps.cum_sum())
    of_books = loads.filter(pl.col("kind").is_in(_BOOKS))["load"]
    last = of_books[0] if of_books.len() else 0
    return loads.filter(load=last).drop("load")


def loaded_at(batches: pl.DataFrame) -> datetime | None:
    """Return the instant (UTC) of the last load of the books, None without batches."""
    latest = last_batches(batches)["recorded_at"].max()
    return latest if isinstance(latest, datetime) else None


def notes_since(batches: pl.DataFrame) -> str | None:
    """Return how many notes were saved since the last load of the books; None without any."""
    last = last_batches(batches)["batch_id"].max()
    later = batches.filter(pl.col("batch_id") > last)
    count = _notes(later)
    if count <= 0:
        return None
    return _n("Since then {count} note was saved.", "Since then {count} notes were saved.", count)


def _notes(batches: pl.DataFrame) -> int:
    """Return how many batches are neither of the books nor the program's own."""
    return batches.filter(~pl.col("kind").is_in([*_BOOKS, *_OF_THE_PROGRAM])).height


def sources(rows: pl.DataFrame) -> Finding:
    """Return how far the sources of the books go; `rows` of the query of that name."""
    ends = {kind: last for kind, last in rows.select("kind", "last_date").iter_rows() if last is not None}
    missing = missing_sources(rows)
    title = _("Nothing is loaded yet")
    if ends:
        oldest = min(ends, key=lambda kind: ends[kind])
        title = _("All sources go to {day}", day=in_sentence(max(ends.values())))
        if ends[oldest] < max(ends.values()):
            title = _(
                "{source} go no further than {day}",
                source=kind_name(oldest),
                day=in_sentence(ends[oldest]),
            )
    if missing:
        names = ", ".join(kind_name(kind) for kind in missing).lower()
        title = _("Not loaded yet: {sources}", sources=names)
    return Finding(
        title, _("Per source the last load and the last day in it; notes and settings stand apart.")
    )


def missing_sources(rows: pl.DataFrame) -> list[str]:
    """Return the kinds of the sources that were never loaded; `rows` of the query `sources`."""
    return rows.filter(pl.col("last_date").is_null())["kind"].to_list()


def files(batches: pl.DataFrame) -> Finding:
    """Return how many files of the books were loaded, notes apart; `batches` of the query of that name."""
    notes = _notes(batches)
    title = _n(
        "{count} file of the books loaded, every row accounted for",
        "{count} files of the books loaded, every row accounted for",
        batches.filter(pl.col("kind").is_in(_BOOKS)).height,
    )
    method = _("Newest first. Pick a row for its rejects.")
    if notes:
        saved = _n(
            "{count} row of the list holds what was noted beside the books.",
            "{count} rows of the list hold what was noted beside the books.",
            notes,
        )
        method = f"{saved} {method}"
    return Finding(title, method)


def rejects(rows: pl.DataFrame, batch: int | None) -> Finding:
    """Return how many rows were rejected, in one batch or in all.

    Args:
        rows: of the query `rejects`, or of a preview.
        batch: its number; None for all.
    """
    if rows.is_empty() and batch is None:
        return Finding(_("No row was rejected"))
    if rows.is_empty():
        return Finding(_("Batch {batch}: no row was rejected", batch=batch))
    title = _n("{count} row was rejected", "{count} rows were rejected", rows.height)
    if batch is not None:
        title = _n(
            "Batch {batch}: {count} row rejected",
            "Batch {batch}: {count} rows rejected",
            rows.height,
            batch=batch,
        )
    return Finding(title, _("Correct them at the source and load the file again"))


def kind_name(grain: str) -> str:
    """Return the name of a kind of file."""
    return label("kind", grain)
