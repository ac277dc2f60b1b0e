"""Which version of a row is the valid one: the newest dated, whatever came in first."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import duckdb
import pytest

from data import checks, store
from data.load import load
from tests.conftest import Desk

DAY = "2026-02-15"
FIRST, SECOND, THIRD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


def invoice(amount: str) -> tuple[str, ...]:
    return ("F1", "C1", "invoice", "2026-01-01", "2026-01-31", "EUR", amount)


def open_amount(desk: Desk) -> Decimal:
    return desk.ageing(DAY)["C1"]["d1_30"]


def test_the_later_loaded_of_two_files_without_a_date_wins(desk: Desk) -> None:
    desk.load(invoices=[invoice("100.00")])
    desk.load(invoices=[invoice("80.00")])
    assert open_amount(desk) == Decimal("80.00")


def test_an_older_dated_file_loaded_later_does_not_revive_its_content(desk: Desk) -> None:
    desk.load(invoices=[invoice("80.00")], source_date=SECOND)
    report = desk.load(invoices=[invoice("100.00")], source_date=FIRST)
    assert open_amount(desk) == Decimal("80.00")
    assert report.files[0].accepted == 1  # kept as a version, though not the valid one
    assert desk.rows("select count(*) from invoice") == [(2,)]


@pytest.mark.parametrize("order", list(permutations([(FIRST, "1.00"), (SECOND, "2.00"), (THIRD, "3.00")])))
def test_dated_files_give_the_newest_content_in_any_order(desk: Desk, order) -> None:
    for day, amount in order:
        desk.load(invoices=[invoice(amount)], source_date=day)
    assert open_amount(desk) == Decimal("3.00")


def test_content_repeated_under_a_later_date_is_valid_since_that_date(desk: Desk) -> None:
    desk.load(invoices=[invoice("100.00")], source_date=FIRST)
    repeat = desk.load(invoices=[invoice("100.00"), ("F2", *invoice("7.00")[1:])], source_date=THIRD)
    assert (repeat.files[0].accepted, repeat.files[0].duplicate) == (1, 1)
    desk.load(invoices=[invoice("90.00")], source_date=SECOND)
    assert open_amount(desk) == Decimal("107.00")


def test_of_two_files_of_one_date_the_later_loaded_wins(desk: Desk) -> None:
    desk.load(invoices=[invoice("100.00")], source_date=FIRST)
    desk.load(invoices=[invoice("90.00")], source_date=FIRST)
    assert open_amount(desk) == Decimal("90.00")


def test_the_same_bytes_again_change_nothing_even_after_a_correction(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice("100.00")])
    load(desk.store, [folder])
    desk.load(invoices=[invoice("80.00")])
    published = store.current(desk.store)
    report = load(desk.store, [folder])
    assert report.snapshot is None
    assert report.files[0].already_loaded
    assert store.current(desk.store) == published
    assert open_amount(desk) == Decimal("80.00")


def test_a_payment_line_is_known_by_its_number_and_document_together(desk: Desk) -> None:
    line = ("P1", "C1", "F1", "2026-02-01", "EUR", "10.00")
    other = ("P1", "C1", "F2", "2026-02-01", "EUR", "20.00")
    on_account = ("P1", "C1", "", "2026-02-01", "EUR", "5.00")
    desk.load(invoices=[invoice("100.00"), ("F2", *invoice("50.00")[1:])], payments=[line, other, on_account])
    assert desk.ageing(DAY) == {"C1": {"d1_30": Decimal("120.00"), "unapplied": Decimal("-5.00")}}
    desk.load(payments=[(*line[:5], "30.00")])
    assert desk.ageing(DAY) == {"C1": {"d1_30": Decimal("100.00"), "unapplied": Decimal("-5.00")}}
    desk.load(payments=[(*on_account[:5], "6.00")])  # an empty cell is a key like any other
    assert desk.ageing(DAY) == {"C1": {"d1_30": Decimal("100.00"), "unapplied": Decimal("-6.00")}}


def test_a_newer_schedule_replaces_the_whole_one_before_it(desk: Desk) -> None:
    desk.load(
        invoices=[invoice("90.00")],
        instalments=[
            ("F1", "2026-01-31", "30.00"),
            ("F1", "2026-02-28", "30.00"),
            ("F1", "2026-03-31", "30.00"),
        ],
    )
    first = desk.moment()
    desk.load(instalments=[("F1", "2026-01-31", "30.00"), ("F1", "2026-04-30", "60.00")])
    assert desk.ageing("2026-03-15") == {"C1": {"d31_60": Decimal("30.00"), "not_due": Decimal("60.00")}}
    before = {"C1": {"d31_60": Decimal("30.00"), "d1_30": Decimal("30.00"), "not_due": Decimal("30.00")}}
    assert desk.ageing("2026-03-15", first) == before


def test_an_unchanged_part_of_a_changed_schedule_is_stored_once(desk: Desk) -> None:
    parts = [("F1", "2026-01-31", "50.00"), ("F1", "2026-02-28", "50.00")]
    desk.load(source_date=FIRST, invoices=[invoice("100.00")], instalments=parts)
    desk.load(source_date=SECOND, instalments=[parts[0], ("F1", "2026-04-30", "50.00")])
    assert desk.rows("select due_date, amount from instalment_at(null) order by due_date") == [
        (date(2026, 1, 31), Decimal("50.00")),
        (date(2026, 4, 30), Decimal("50.00")),
    ]
    assert desk.ageing("2026-03-15") == {"C1": {"d31_60": Decimal("50.00"), "not_due": Decimal("50.00")}}


def test_a_key_has_one_valid_version_and_a_second_one_is_found(desk: Desk, tmp_path) -> None:
    desk.load(customers=[("C1", "Acme", "a", "NL", "30", "")])
    desk.load(customers=[("C1", "Acme BV", "a", "NL", "30", "")])
    assert desk.rows("select customer_name from customer_at(null)") == [("Acme BV",)]
    snapshot = store.current(desk.store)
    desk.close()
    with duckdb.connect(str(snapshot.ledger)) as connection:
        connection.execute("delete from superseded")
    connection = store.connect(snapshot)
    assert checks.broken(connection) == ["1 keys of customers have more than one valid version."]
    connection.close()
