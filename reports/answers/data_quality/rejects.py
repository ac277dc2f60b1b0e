"""Refused rows with their reasons in the language spoken: of files that were read, and of the store."""

from collections.abc import Sequence

import polars as pl

from data.importers import Reading
from data.store.load_report import FileReport
from queries import Books
from queries.data_quality.reject_messages import reject_messages
from reports.sentences import translate_reasons


def of_files(files: Sequence[Reading] | Sequence[FileReport]) -> pl.DataFrame:
    """Return the refused rows of all files: file_name, line, column, reason, raw."""
    parts = [
        file.rejects.select(
            pl.lit(file.name if isinstance(file, Reading) else file.file_name).alias("file_name"),
            "line",
            "column",
            "reason",
            "raw",
            "message",
        )
        for file in files
    ]
    return translate_reasons(pl.concat(parts)) if parts else pl.DataFrame()


def of_books(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of the query `rejects` with their reasons in the language spoken."""
    messages = reject_messages(books, rows["batch_id"].unique().to_list())
    return translate_reasons(
        rows.join(messages, on=["batch_id", "line"], how="left", maintain_order="left", validate="m:1")
    )
