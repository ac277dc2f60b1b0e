"""The forecast on the demo company, drawn by a recipe of its own; five seeds fixed before any was seen."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.demo import write_company
from data.store.load import load
from queries import open_books
from reports.answers.forecast import backtest
from tests.exhaustive import exhaustive

AS_OF = date(2026, 11, 22)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, *exhaustive([12, 13, 14, 15])])
def test_weeks_one_to_four_beat_every_simple_method_and_the_bands_hold(seed: int, tmp_path: Path):
    write_company(tmp_path / "files", invoices=20_000, seed=seed, as_of=AS_OF)
    load(tmp_path / "store", [tmp_path / "files"])
    with open_books(tmp_path / "store") as books:
        found = backtest.accuracy(books, as_of=AS_OF, origins=39)
    # The last thirteen of the 39 days cannot be scored over all weeks: 26 can.
    whole = [one for one in found.origins if np.isfinite(one.received).all()]
    assert len(whole) >= 26
    ours = found.methods["forecast"]
    for name in backtest.BASELINES:
        assert ours["wape_1_4"] < found.methods[name]["wape_1_4"], name
    assert 0.72 <= ours["coverage_80"] <= 0.88
