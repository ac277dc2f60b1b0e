"""Lists of open items in a load: what they say of documents, and what is on them no longer.

A document that was on a list and is not on a later one was settled in between, if that later list is
complete. Only who exported it knows. So it is listed first, and settled if that was agreed: by a row of 0.00
on the later list, kept under raw/ as any other file, so that *as known on* answers as before and a store made
anew is the same. What a row settles is worked out in `sql/macros/lists.sql`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data.importers import Reading
from data.store.batch_writer import SourceFile
from data.store.load_report import FileReport
from data.store.missing import ROWS, Missing
from data.store.statements import script

GRAIN = "open_items"
# A list that is shorter than the one before it by more than this, in documents or in the amounts of a
# currency, or that shows less than this part of its documents again, settles nothing unless number and sum
# are confirmed.
SHRUNK_SHARE = 0.25
REPEATED_SHARE = 0.10
_LIST_ROWS = pl.Schema(
    {"list_date": pl.Date(), "list": pl.String(), "entity": pl.String(), "invoice_id": pl.String()}
)
_EMPTY = pl.Schema({"list_date": pl.Date(), "entity": pl.String(), "batch_id": pl.Int64()})
_PAIR = tuple[SourceFile, Reading]


def as_of_list(pair: _PAIR) -> _PAIR:
    """Return a file with the day it speaks of, and its reading, as they go into the store.

    A list speaks of the day it was made up: what it says of customers and documents is older than what later
    lists say, in whatever order they are loaded. Where a list does not say what its documents come to (it
    names `invoices.amount` among what it says nothing of), their amount is left open: 0.00 here, and what the
    first list shows of them once they are in the store (`invoice_at`).
    """
    file, reading = pair
    if GRAIN not in reading.grains:
        return pair
    days = reading.grains[GRAIN]["list_date"].unique()
    day = days[0] if days.len() == 1 else reading.list_day
    if file.source_date is None and file.batch is None and day is not None:
        file = replace(file, source_date=day)
    if "invoices.amount" in reading.unsaid and "invoices" in reading.grains:
        amount = pl.lit("0.00").cast(reading.grains["invoices"].schema["amount"])
        invoices = reading.grains["invoices"].with_columns(amount=amount)
        reading = replace(reading, grains={**reading.grains, "invoices": invoices})
    return file, reading


def missing_from_lists(
    connection: duckdb.DuckDBPyConnection, files: Sequence[_PAIR], reports: Sequence[FileReport]
) -> Missing:
    """Return the documents that stood on a list and are on a later one no longer.

    Of the later and the earlier list at least one is among the files; the other may be in the store, so that
    lists loaded in any order come to the same. On a list without rows nothing is any more; its day is the one
    that was given, or that stands above its headings.

    Args:
        connection: the writer's, with the files in the store and the item ledger derived.
        files: of the load.
        reports: what became of them, in their order.
    """
    of_lists = [pair for pair in zip(files, reports, strict=True) if GRAIN in pair[0][1].grains]
    pairs = [(reading, report) for (_file, reading), report in of_lists]
    parts = [
        reading.grains[GRAIN].select(
            "list_date", pl.col("list").fill_null(""), pl.col("entity").fill_null(""), "invoice_id",
            batch_id=pl.lit(report.batch_id),
        )
        for reading, report in pairs
    ]  # fmt: skip
    if not parts:
        return Missing(pl.DataFrame(schema=ROWS), {})
    connection.register("loaded_frame", pl.concat(parts).to_arrow())
    empty = [
        (reading.list_day or file.source_date, reading.list_entity, report.batch_id)
        for (file, reading), report in of_lists
        if reading.grains[GRAIN].is_empty() and not reading.rejected
    ]
    connection.register("empty_frame", pl.DataFrame(empty, schema=_EMPTY, orient="row").to_arrow())
    compare, find_gone, measure = script("open_item_lists.sql")
    connection.execute(compare)
    rows = pl.DataFrame(connection.execute(find_gone).fetchall(), schema=ROWS, orient="row")
    shares = {"shrunk": 1 - SHRUNK_SHARE, "repeated": REPEATED_SHARE}
    held, has_shrunk = connection.execute(measure, shares).fetchall()[0]
    connection.execute("drop table temp.list_pair")
    for frame in ("loaded_frame", "empty_frame"):
        connection.unregister(frame)
    is_open = pl.col("amount") != 0
    return Missing(rows.filter(is_open), {GRAIN: held}, has_shrunk=has_shrunk, settled=rows.filter(~is_open))


def settling_files(folder: Path, rows: pl.DataFrame, source_date: date | None) -> list[SourceFile]:
    """Write the files that settle documents on the day of the list they are on no longer; return them.

    Args:
        folder: where they are written.
        rows: of `Missing.rows`, with `list` and `entity`.
        source_date: day the files of the load speak of, if one was given.
    """
    files = []
    for of_day in rows.partition_by("day", maintain_order=True):
        day: date = of_day["day"][0]
        file = folder / f"open_items_missing_{day}.csv"
        of_day.select(
            "invoice_id", "currency", list_date="day", open_amount=pl.lit("0.00"),
            list=pl.col("list"), entity=pl.col("entity"),
        ).write_csv(file)  # fmt: skip
        # A corrected list of the same day comes later and may show the document again.
        files.append(SourceFile(file, None, None, max(day, source_date or day), is_typed=True))
    return files
