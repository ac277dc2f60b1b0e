"""Entries with match codes in the books: open and on account are the sum of the entries on every day."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from data.importers import load_preset
from data.store.load import load
from tests.books import Desk
from tests.data.importers.entry_rows import ENTRIES, FIRST, HEADER, lines_of
from tests.data.importers.vendors import ledgers
from tests.data.importers.vendors.case import text
from tests.properties import makes_stores

pytestmark = pytest.mark.slow  # each loads stores


def load_entries(desk, content, *, preset="entries", name="entries.csv"):
    path = desk.home / name
    path.write_bytes(content)
    report = load(desk.store, [path], preset=load_preset(preset))
    desk.close()
    return report


def balances(desk, on):
    """Return customer -> money on account, and all of it, by the ageing."""
    rows = desk.ask("ageing", as_of=on)
    return {row["customer_id"]: (row["unapplied"], row["total"]) for row in rows}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 9, 27), {"1001": ("0.00", "1815.00"), "1002": ("0.00", "-121.00")}),
        (date(2026, 9, 30), {"1001": ("0.00", "605.00"), "1002": ("0.00", "-121.00")}),
        (date(2026, 10, 31), {"1001": ("-500.00", "105.00"), "1002": ("0.00", "2299.50")}),
        (date(2026, 11, 30), {"1001": ("-500.00", "105.00")}),
    ],
)
def test_the_account_of_a_customer_is_what_its_program_had_on_each_day(desk, on, expected):
    load_entries(desk, ledgers.TWINFIELD_NL, preset="twinfield", name="twinfield.xlsx")
    wanted = {customer: (Decimal(money), Decimal(total)) for customer, (money, total) in expected.items()}
    assert balances(desk, on) == wanted


def test_money_matched_since_the_last_export_counts_once(desk):
    lines = ["10-01-2026;D1;F1;Factuur;100,00;10-02-2026;{0}", "20-01-2026;D1;B7;Ontvangst;-100,00;;{0}"]
    # Another match makes the first export one of entries.
    others = ["10-01-2026;D2;F2;Factuur;5,00;10-02-2026;Z", "20-01-2026;D2;B8;Ontvangst;-5,00;;Z"]
    load_entries(desk, text(HEADER, *(line.format("") for line in lines), *others), name="first.csv")
    assert balances(desk, date(2026, 1, 31)) == {"D1": (Decimal("-100.00"), Decimal("0.00"))}
    load_entries(desk, text(HEADER, *(line.format("A") for line in lines), *others), name="second.csv")
    assert balances(desk, date(2026, 1, 31)) == {}
    assert desk.ask("tie_out", as_of=date(2026, 1, 31))[0]["difference"] == 0


@makes_stores
@given(ENTRIES)
def test_on_any_day_the_books_have_the_sum_of_the_entries(entries):
    lines, sums = lines_of(entries)
    with TemporaryDirectory() as home:
        desk = Desk(Path(home))
        load_entries(desk, text(HEADER, *lines))
        for on in (FIRST + timedelta(days=at) for at in (0, 7, 20, 40, 80)):
            found = balances(desk, on)
            for customer, of_customer in sums.items():
                owed = sum((amount for day, amount in of_customer if day <= on), Decimal(0))
                assert found.get(customer, (0, 0))[1] == owed
        assert all(row["difference"] == 0 for row in desk.ask("tie_out", as_of=FIRST + timedelta(days=80)))
        desk.close()
