"""Loaded files in words."""

from datetime import datetime, timedelta

import polars as pl
import pytest

from reports.answers.data_quality import loads

pytestmark = pytest.mark.usefixtures("english")


def _batches(*moments: datetime, rejected: int = 0) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "batch_id": range(1, len(moments) + 1),
            "recorded_at": list(moments),
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
