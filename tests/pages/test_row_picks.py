"""What was picked in a table is found again by the address it was left at, and by its row."""

import polars as pl
import pytest

from pages.parts.widgets import row_picks
from pages.parts.widgets.row_picks import Memory, Pick

FIRST, SECOND = Pick(1, ("C1",)), Pick(2, ("C7",))


def test_a_pick_belongs_to_the_address_that_its_run_had_in_the_end():
    memory, run = Memory(), {"as_of": "2026-11-20"}
    memory.note("list", "ageing", run, FIRST)
    run["customer"] = "C1"  # the page writes what was picked after it drew the table
    assert memory.last("list", "ageing", {"as_of": "2026-11-20"}) is None
    assert memory.last("list", "ageing", {"as_of": "2026-11-20", "customer": "C1"}) == FIRST


def test_the_last_run_at_an_address_counts_on_its_own_page_and_table():
    memory = Memory()
    memory.note("list", "ageing", {"lang": "nl"}, FIRST)
    memory.note("list", "ageing", {"lang": "nl"}, SECOND)
    memory.note("other", "ageing", {"lang": "nl"}, FIRST)
    assert memory.last("list", "ageing", {"lang": "nl"}) == SECOND
    assert memory.last("list", "customer", {"lang": "nl"}) is None
    assert memory.last("none", "ageing", {"lang": "nl"}) is None


def test_only_the_last_addresses_of_a_table_are_kept():
    memory = Memory()
    for day in range(30):
        memory.note("list", "ageing", {"day": str(day)}, FIRST)
    assert memory.last("list", "ageing", {"day": "9"}) is None
    assert memory.last("list", "ageing", {"day": "10"}) == FIRST


@pytest.fixture
def back(monkeypatch):
    """A run that Back started, at an address of which the table was left with a pick."""
    memory = Memory()
    monkeypatch.setattr(row_picks, "_memory", lambda: memory)
    bar = row_picks.address_bar
    addresses, steps = [{"lang": "nl"}, {"lang": "nl"}], [False, True]
    monkeypatch.setattr(bar, "everything", lambda: addresses[0])
    monkeypatch.setattr(bar, "is_history_step", lambda: steps[0])

    def go_back():
        for values in (addresses, steps):
            del values[0]

    return go_back


def test_the_same_row_is_found_where_it_stands_now_and_a_row_that_is_gone_is_not(back):
    rows = pl.DataFrame({"customer_id": ["C1", "C2", "C3"], "amount": [3, 2, 1]})
    row_picks.note("list", 1, rows, 1)
    assert row_picks.after_back("list", rows) is None  # no step back
    back()
    later = pl.DataFrame({"customer_id": ["C3", "C1", "C2"], "amount": [9, 3, 1]})
    assert row_picks.after_back("list", later) == (1, 2)
    assert row_picks.after_back("list", later.filter(customer_id="C1")) == (1, None)
    assert row_picks.after_back("other", later) == (1, None)


def test_rows_without_a_number_are_told_apart_as_a_whole(back):
    rows = pl.DataFrame({"segment": ["Groot", "Klein"], "entity": ["", ""], "days": [1.5, None]})
    row_picks.note("segments", 3, rows, 1)
    back()
    assert row_picks.after_back("segments", rows.reverse()) == (3, 0)
