"""Loaded files in words."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from reports.answers.data_quality import loads

pytestmark = pytest.mark.usefixtures("english")


def _batches(*moments: datetime, rejected: int = 0, kind: str = "invoices") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "batch_id": range(1, len(moments) + 1),
            "recorded_at": list(moments),
            "kind": [kind] * len(moments),
            "accepted": [10] * len(moments),
            "rejected": [rejected] * len(moments),
        }
    )


def test_the_last_load_is_the_files_recorded_one_instant_after_another() -> None:
    first, second = datetime(2026, 11, 1, 8), datetime(2026, 11, 2, 8)  # noqa: DTZ001 - UTC without zone
    step = timedelta(microseconds=1)
    batches = _batches(first, first + step, second, second + step, second + 2 * step)
    assert loads.last_batches(batches)["batch_id"].to_list() == [5, 4, 3]
    assert loads.loaded_at(batches) == second + 2 * step
    assert (
        loads.last_load(batches, "today").title == "Last load today: 3 files, 30 rows taken in, none rejected"
    )
    with_rejects = _batches(first, rejected=2)
    assert loads.last_load(with_rejects, "x").title == "Last load x: 1 file, 10 rows taken in, 2 rejected"


def test_a_note_saved_later_is_not_the_last_load() -> None:
    first, later = datetime(2026, 11, 1, 8), datetime(2026, 11, 2, 8)  # noqa: DTZ001 - UTC without zone
    step = timedelta(microseconds=1)
    note = _batches(later, kind="scenarios").with_columns(batch_id=pl.lit(3, dtype=pl.Int64))
    batches = pl.concat([_batches(first, first + step), note])
    assert loads.last_batches(batches)["batch_id"].to_list() == [2, 1]
    assert loads.loaded_at(batches) == first + step
    assert loads.notes_since(batches) == "Since then 1 note was saved."
    assert loads.notes_since(_batches(first)) is None
    kept = note.with_columns(kind=pl.lit("forecast_runs"), batch_id=pl.lit(4, dtype=pl.Int64))
    assert loads.notes_since(pl.concat([batches, kept])) == "Since then 1 note was saved."
    assert loads.notes_since(pl.concat([_batches(first, first + step), kept])) is None


def test_the_source_that_ends_first_is_named_and_one_that_is_missing_before_it() -> None:
    def rows(bills: date | None) -> pl.DataFrame:
        return pl.DataFrame({"kind": ["invoices", "bills"], "last_date": [date(2026, 11, 20), bills]})

    assert loads.sources(rows(date(2026, 11, 20))).title == "All sources go to 20\u00a0Nov\u00a02026"
    assert (
        loads.sources(rows(date(2026, 11, 3))).title
        == "Supplier bills go no further than 3\u00a0Nov\u00a02026"
    )
    assert loads.sources(rows(None)).title == "Not loaded yet: supplier bills"


def test_the_list_of_files_counts_files_of_the_books_and_notes_apart():
    kinds = ["invoices", "customers", "contacts", "promises", "disputes", "signals"]
    finding = loads.files(pl.DataFrame({"kind": kinds}))
    assert finding.title.startswith("2 files of the books loaded")
    assert finding.method.startswith("3 rows of the list hold what was noted")
    assert loads.files(pl.DataFrame({"kind": kinds[:1]})).method.startswith("Newest first")
