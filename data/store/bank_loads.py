"""Loads of a bank taken back as a whole, and taken in again: a publication of rows like any other.

What other loads say of the same entries, statements and balances stands again, as it would if the load had
never come; what no other load says is there no more. *As known on* a moment before, all is as it was.
"""

import tempfile
from datetime import date
from pathlib import Path
from typing import Literal, cast

import duckdb
import polars as pl

from data import sentences
from data.errors import AlreadySavedError, ChangedMeanwhileError, NoSuchLoadError
from data.grains import BY_NAME, Grain
from data.importers import read_file
from data.importers.cells import DTYPES
from data.store import batches, reader
from data.store.load import load
from data.store.raw_files import preset_of
from data.store.snapshot import current_snapshot

State = Literal["taken_back", "taken_in"]
KINDS = ("bank_entries", "bank_statements", "bank_balances", "provider_payments")
_MARKS = "bank_load_reversals"
_OF_LOAD = """
    select bank.batch_id, bank.loaded_at, bank.is_taken_back
    from bank_batch_at(null) as bank where bank.load_number = $number order by bank.batch_id
    """
_TAKEN_BACK = "select bank.batch_id from bank_batch_at(null) as bank where bank.is_taken_back"
# What a file repeats is not stored: it is read anew. Of a file of a bank several rows stand on one line.
_REPEATING = """
    select
        bank.batch_id, bank.sha256, bank.file_name, bank.preset, bank.preset_sha256, bank.source_date,
        coalesce(bank.source_date, cast(bank.recorded_at as date)) as day,
    from bank_batch_at(null) as bank
    where bank.duplicate > 0 or bank.preset is not null
    order by bank.batch_id
    """


def set_state(folder: Path, number: int, state: State) -> None:
    """Take a load of a bank back, or in again.

    Args:
        folder: the store.
        number: `load_number` of the query `bank_loads`.
        state: what becomes of it.

    Raises:
        NoSuchLoadError: no load of a bank has that number.
        AlreadySavedError: it is so already, by a click before; nothing was written.
        ChangedMeanwhileError: somebody loaded something at this very moment: try again.
        StoreBusyError: another writer is at work.
    """
    with reader.session(current_snapshot(folder)) as connection:
        rows, day = _rows(connection, folder, number, state)
        seen = batches.last_batch(connection)

    def require(connection: duckdb.DuckDBPyConnection) -> None:
        _require_other_state(connection, number, state)
        if batches.last_batch(connection) != seen:
            raise ChangedMeanwhileError(sentences.LOADED_MEANWHILE(), {})

    with tempfile.TemporaryDirectory(prefix="kasstroom-reversal-") as written:
        files = [_written(Path(written), kind, frame) for kind, frame in rows.items() if frame.height]
        # The same load may be taken back a second time: its rows are taken in again.
        load(folder, files, again=files, source_date=day, require=require)


def _require_other_state(connection: duckdb.DuckDBPyConnection, number: int, state: State) -> pl.DataFrame:
    """Return the batches of a load; refuse one that is as it should become."""
    of_load = _frame(connection, _OF_LOAD, number=number)
    if of_load.is_empty():
        raise NoSuchLoadError(sentences.NO_SUCH_LOAD())
    if bool(of_load["is_taken_back"].all()) == (state == "taken_back"):
        raise AlreadySavedError(sentences.ALREADY_SAVED())
    return of_load


def _rows(
    connection: duckdb.DuckDBPyConnection, folder: Path, number: int, state: State
) -> tuple[dict[str, pl.DataFrame], date | None]:
    """Return what is to be stated per kind of row, and the day it speaks of: that of what it overtakes."""
    of_load = _require_other_state(connection, number, state)
    changing = of_load["batch_id"].to_list()
    reversed_before = set(_frame(connection, _TAKEN_BACK)["batch_id"])
    passed_over = reversed_before - set(changing)
    if state == "taken_back":
        passed_over |= set(changing)
    rows = {_MARKS: of_load.select("loaded_at", state=pl.lit(state))}
    days: list[date] = []
    repeats = _repeats(connection, folder / "raw")
    for kind in KINDS:
        connection.register("repeat_frame", repeats[kind].to_arrow())
        values = {"changing": changing, "passed_over": sorted(passed_over)}
        frame = _frame(connection, _standing_sql(BY_NAME[kind]), **values)
        connection.unregister("repeat_frame")
        days += frame["overtaken_day"].drop_nulls().to_list()
        rows[kind] = frame.drop("overtaken_day")
    return rows, max(days, default=None)


def _repeats(connection: duckdb.DuckDBPyConnection, raw: Path) -> dict[str, pl.DataFrame]:
    """Return per kind of row what files have that may repeat others, with batch and day of each."""
    schemas = {kind: _schema(BY_NAME[kind]) for kind in KINDS}
    frames = {kind: [schema.to_frame()] for kind, schema in schemas.items()}
    for batch in _frame(connection, _REPEATING).iter_rows(named=True):
        path = raw / batch["sha256"]
        if not path.exists():
            continue
        preset = preset_of(raw, batch["preset"], batch["preset_sha256"] or "") if batch["preset"] else None
        reading = read_file(path, preset, name=batch["file_name"], day=batch["source_date"])
        origin = {"by_batch_id": pl.lit(batch["batch_id"]), "by_day": pl.lit(batch["day"])}
        for kind, schema in schemas.items():
            if kind in reading.grains:
                stated = reading.grains[kind].with_columns(**origin)
                unsaid = [pl.lit(None).alias(name) for name in schema if name not in stated.columns]
                frames[kind].append(stated.with_columns(unsaid).select(schema.names()).cast(schema))
    return {kind: pl.concat(of_kind) for kind, of_kind in frames.items()}


def _schema(grain: Grain) -> pl.Schema:
    own: dict[str, pl.DataType | type[pl.DataType]] = {
        column.name: DTYPES[column.type] for column in grain.file_columns
    }
    return pl.Schema({**own, "line": pl.Int64, "by_batch_id": pl.Int64, "by_day": pl.Date})


def _standing_sql(grain: Grain) -> str:
    """Return the question for what holds of the keys of a load's rows, by what the other loads say of them.

    A row per key: what the newest file says that counts; withdrawn where none says anything. Keys that are so
    already are left out.
    """
    names = [column.name for column in grain.file_columns]
    table = batches.table_of(grain)
    key = ", ".join(grain.key)
    withdrawn = "0.00" if grain.withdrawn_by == "zero" else "null"
    cells = ", ".join(
        f"case when standing.{grain.key[0]} is not null then standing.{name} else "
        f"{withdrawn if name == grain.withdrawn_in else f'stated.{name}'} end as {name}"
        for name in names
    )
    is_newest = (
        f"row_number() over (partition by {key} order by own.by_day desc, own.by_batch_id desc, own.line) = 1"
    )
    listed = ", ".join(f"f.{name}" for name in names)
    same_key = " and ".join("{0}." + f"{name} = " + "{1}." + name for name in grain.key)
    same_row = " and ".join(f"valid.{name} is not distinct from chosen.{name}" for name in names)
    return f"""
    with row_in_file as (
        select
            {listed}, f.line, f.batch_id as by_batch_id,
            coalesce(f.source_date, cast(f.recorded_at as date)) as by_day,
        from {table} as f
        where f.line > 0
        union all
        select {listed}, f.line, f.by_batch_id, f.by_day
        from repeat_frame as f
    ),
    stated as (
        select
            row.*,
            list_contains($passed_over, row.by_batch_id) or is_of_reversal(batch.file_name) as is_out,
        from row_in_file as row
        inner join batch on batch.batch_id = row.by_batch_id
    ),
    touched as (
        select own.*
        from stated as own
        where list_contains($changing, own.by_batch_id)
        qualify {is_newest}
    ),
    overtaken as (
        select {", ".join(f"own.{name}" for name in grain.key)}, max(own.by_day) as overtaken_day
        from stated as own
        semi join touched on {same_key.format("touched", "own")}
        group by all
    ),
    standing as (
        select own.*
        from stated as own
        semi join touched on {same_key.format("touched", "own")}
        where not own.is_out
        qualify {is_newest}
    ),
    chosen as (
        select {cells}, overtaken.overtaken_day
        from touched as stated
        left join standing on {same_key.format("standing", "stated")}
        inner join overtaken on {same_key.format("overtaken", "stated")}
    )
    select chosen.*
    from chosen
    where not exists (
        select 1
        from {grain.table}_at(null) as valid
        where {same_row}
    )
    order by {", ".join(f"chosen.{name}" for name in grain.key)}
    """


def _frame(connection: duckdb.DuckDBPyConnection, question: str, **values: object) -> pl.DataFrame:
    return cast("pl.DataFrame", pl.from_arrow(connection.execute(question, values).to_arrow_table()))


def _written(folder: Path, kind: str, rows: pl.DataFrame) -> Path:
    name = kind if kind == _MARKS else f"{kind}_by_reversal"
    file = folder / f"{name}.csv"
    rows.write_csv(file)
    return file
