"""Rows somebody typed: written as the file they could have come in, and taken in as one publication."""

import tempfile
from pathlib import Path

import polars as pl

from data.errors import RefusedFileError
from data.importers import read_file
from data.load import LoadReport, load


def add(folder: Path, rows: dict[str, pl.DataFrame]) -> LoadReport:
    """Take typed rows into the store: all of them or none.

    They go the way of every file: kept under raw/, checked, versioned, chained. What is typed a second time
    is taken in a second time, for it may have changed in between.

    Args:
        folder: the store.
        rows: per kind of file (`planned_cash`, `promises`, ...) its rows, columns named as in that file.

    Raises:
        RefusedFileError: a row breaks a rule; the sentence names row, column and reason.
        StoreBusyError: another writer is at work.
    """
    with tempfile.TemporaryDirectory(prefix="kasstroom-typed-") as written:
        files = [_written(Path(written), kind, frame) for kind, frame in rows.items() if frame.height]
        for file in files:
            reading = read_file(file, None)
            for reject in reading.rejects.head(1).iter_rows(named=True):
                raise RefusedFileError(str(reject["reason"]))
        return load(folder, files, again=files)


def _written(folder: Path, kind: str, rows: pl.DataFrame) -> Path:
    file = folder / f"{kind}.csv"
    rows.write_csv(file)
    return file
