"""Books drawn at random: on every day, what is open per company and partner is what PostgreSQL sums."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.databases.source import read_source
from tests.data.databases.odoo_loads import load_source, moment, open_items
from tests.data.databases.postgres_server import PostgresServer
from tests.data.databases.random_odoo import DAYS, FIRST, random_odoo
from tests.properties import makes_stores

pytestmark = pytest.mark.slow

# The days on which something happens, one before and one long after.
EVERY_DAY = [FIRST + timedelta(days=number) for number in range(-1, DAYS + 1)]


@makes_stores
@given(version=st.sampled_from([14, 16, 17, 18]), seed=st.integers(0, 10**9))
def test_every_day_is_as_odoo_has_it_before_and_after_changes(
    version: int, seed: int, postgres: PostgresServer
) -> None:
    odoo = random_odoo(postgres, version, seed)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        earlier = []
        for _load in range(3):
            _reading, report = load_source(odoo.books.address, store)
            expected = {day: odoo.books.open_items(day) for day in EVERY_DAY}
            if report is not None:
                assert sum(file.rejected for file in report.files) == 0
            if report is None and not earlier:
                return
            assert open_items(store, EVERY_DAY) == expected
            assert read_source(odoo.books.address, store).files == ()
            earlier.append((moment(store), expected))
            for _change in range(4):
                odoo.change()
        for known_on, expected in earlier:
            assert open_items(store, EVERY_DAY, known_on) == expected
