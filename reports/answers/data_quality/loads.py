"""Loaded files in words: the last load, all files, rejected rows."""

from datetime import datetime

import polars as pl

from reports.answers.shared.finding import Finding
from reports.codes import label
from reports.formats import number
from reports.translation import _, _n

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
    """Return the files of the last load: instants within a load grow by a microsecond per file."""
    newest = batches.sort("batch_id", descending=True)
    gaps = newest["recorded_at"].diff().dt.total_microseconds().fill_null(-1) != -1
    return newest.filter(gaps.cum_sum() == 0)


def loaded_at(batches: pl.DataFrame) -> datetime | None:
    """Return the instant (UTC) of the newest batch, None without one."""
    latest = batches["recorded_at"].max()
    return latest if isinstance(latest, datetime) else None


def files(batches: pl.DataFrame) -> Finding:
    """Return how many files were loaded; `batches` of the query of that name."""
    title = _n(
        "{count} file loaded, every row accounted for",
        "{count} files loaded, every row accounted for",
        batches.height,
    )
    return Finding(title, _("Newest first. Pick a row for its rejects."))


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
