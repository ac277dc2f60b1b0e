"""Which version of a row is the valid one: the newest dated, whatever came in first."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from data.store import checks, reader
from data.store.load import load
from data.store.snapshot import current_snapshot, name_current
from tests.books import NEEDED, Desk
from tests.data.store.orders import loads, name, orders

DAY = "2026-02-15"
FIRST, SECOND, THIRD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


def invoice(amount: str, number: str = "F1", customer: str = "C1") -> tuple[str, ...]:
    return (number, customer, "invoice", "2026-01-01", "2026-01-31", "EUR", amount)


def open_amount(desk: Desk) -> Decimal:
    return desk.ageing(DAY)["C1"]["d1_30"]


LINE = ("P1", "C2", "F2", "2026-02-01", "EUR")
ON_ACCOUNT = ("P1", "C2", "", "2026-02-01", "EUR")


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[datetime]]]:
    """C1, C2 and C3 in three files without a date, and the moment after each."""
    desk = Desk(tmp_path_factory.mktemp("successive"))
    moments = []
    for rows in (
        {
            "invoices": [
                invoice("100.00"), invoice("100.00", "F2", "C2"), invoice("50.00", "F3", "C2"),
                invoice("90.00", "F4", "C3"),
            ],
            "payments": [
                (*LINE, "10.00"), ("P1", "C2", "F3", "2026-02-01", "EUR", "20.00"), (*ON_ACCOUNT, "5.00"),
            ],
            "instalments": [
                ("F4", "2026-01-31", "30.00"), ("F4", "2026-02-28", "30.00"), ("F4", "2026-03-31", "30.00"),
            ],
        },
        {
            "invoices": [invoice("80.00")],
            "payments": [(*LINE, "30.00")],
            "instalments": [("F4", "2026-01-31", "30.00"), ("F4", "2026-04-30", "60.00")],
        },
        {"payments": [(*ON_ACCOUNT, "6.00")]},
    ):  # fmt: skip
        desk.load(**rows)
        moments.append(desk.moment())
    yield desk, moments
    desk.close()


@pytest.mark.slow
def test_the_later_loaded_of_two_files_without_a_date_wins(undated) -> None:
    assert open_amount(undated[0]) == Decimal("80.00")


@pytest.mark.slow
def test_an_older_dated_file_loaded_later_does_not_revive_its_content(desk: Desk) -> None:
    desk.load(invoices=[invoice("80.00")], source_date=SECOND)
    report = desk.load(invoices=[invoice("100.00")], source_date=FIRST)
    assert open_amount(desk) == Decimal("80.00")
    assert report.files[0].accepted == 1  # kept as a version, though not the valid one
    assert desk.rows("select count(*) from invoice") == [(2,)]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An invoice for each order of three dated files, of a customer of its own."""
    desk = Desk(tmp_path_factory.mktemp("dated"))
    for file, taking in loads(3):
        rows = [invoice(f"{file + 1}.00", name(order), name(order)) for order in taking]
        desk.load(invoices=rows, source_date=(FIRST, SECOND, THIRD)[file])
    yield desk
    desk.close()


@pytest.mark.slow
def test_dated_files_give_the_newest_content_in_any_order(dated: Desk) -> None:
    assert dated.ageing(DAY) == {name(order): {"d1_30": Decimal("3.00")} for order in orders(3)}


@pytest.mark.slow
def test_content_repeated_under_a_later_date_is_valid_since_that_date(desk: Desk) -> None:
    desk.load(invoices=[invoice("100.00")], source_date=FIRST)
    repeat = desk.load(invoices=[invoice("100.00"), ("F2", *invoice("7.00")[1:])], source_date=THIRD)
    assert (repeat.files[0].accepted, repeat.files[0].duplicate) == (1, 1)
    desk.load(invoices=[invoice("90.00")], source_date=SECOND)
    assert open_amount(desk) == Decimal("107.00")


@pytest.mark.slow
def test_of_two_files_of_one_date_the_later_loaded_wins(desk: Desk) -> None:
    desk.load(invoices=[invoice("100.00")], source_date=FIRST)
    desk.load(invoices=[invoice("90.00")], source_date=FIRST)
    assert open_amount(desk) == Decimal("90.00")


@pytest.mark.slow
def test_the_same_bytes_again_change_nothing_even_after_a_correction(desk: Desk) -> None:
    folder = desk.folder(invoices=[invoice("100.00")])
    load(desk.store, [folder])
    desk.load(invoices=[invoice("80.00")])
    published = current_snapshot(desk.store)
    report = load(desk.store, [folder])
    assert report.snapshot is None
    assert report.files[0].already_loaded
    assert current_snapshot(desk.store) == published
    assert open_amount(desk) == Decimal("80.00")


@pytest.mark.slow
def test_a_payment_line_is_known_by_its_number_and_document_together(undated) -> None:
    desk, moments = undated
    assert [desk.ageing(DAY, moment)["C2"] for moment in moments] == [
        {"d1_30": Decimal("120.00"), "unapplied": Decimal("-5.00")},
        {"d1_30": Decimal("100.00"), "unapplied": Decimal("-5.00")},
        # An empty cell is a key like any other.
        {"d1_30": Decimal("100.00"), "unapplied": Decimal("-6.00")},
    ]
    assert desk.ageing(DAY) == desk.ageing(DAY, moments[-1])


def test_a_newer_schedule_replaces_the_whole_one_before_it(undated) -> None:
    desk, moments = undated
    assert desk.ageing("2026-03-15")["C3"] == {"d31_60": Decimal("30.00"), "not_due": Decimal("60.00")}
    assert desk.ageing("2026-03-15", moments[0])["C3"] == {
        "d31_60": Decimal("30.00"),
        "d1_30": Decimal("30.00"),
        "not_due": Decimal("30.00"),
    }


@pytest.mark.slow
def test_an_unchanged_part_of_a_changed_schedule_is_stored_once(desk: Desk) -> None:
    parts = [("F1", "2026-01-31", "50.00"), ("F1", "2026-02-28", "50.00")]
    desk.load(source_date=FIRST, invoices=[invoice("100.00")], instalments=parts)
    desk.load(source_date=SECOND, instalments=[parts[0], ("F1", "2026-04-30", "50.00")])
    assert desk.rows("select due_date, amount from instalment_at(null) order by due_date") == [
        (date(2026, 1, 31), Decimal("50.00")),
        (date(2026, 4, 30), Decimal("50.00")),
    ]
    assert desk.ageing("2026-03-15") == {"C1": {"d31_60": Decimal("50.00"), "not_due": Decimal("50.00")}}


@pytest.mark.slow
def test_a_key_has_one_valid_version_and_a_second_one_is_found(desk: Desk, tmp_path) -> None:
    desk.load(customers=[("C1", "Acme", "a", "NL", "30", "")])
    desk.load(customers=[("C1", "Acme BV", "a", "NL", "30", "")])
    assert desk.rows("select customer_name from customer_at(null)") == [("Acme BV",)]
    snapshot = current_snapshot(desk.store)
    desk.close()
    with duckdb.connect(str(snapshot.ledger)) as connection:
        connection.execute("delete from superseded")
    name_current(desk.store, snapshot)
    connection = reader.connect(current_snapshot(desk.store))
    assert list(map(str, checks.broken(connection))) == [
        "1 keys of customers have more than one valid version."
    ]
    connection.close()


# Columns a file does not have


@pytest.mark.slow
def test_a_file_without_a_column_leaves_what_was_said_of_it(desk: Desk) -> None:
    row = dict(zip(NEEDED["invoices"], invoice("100.00"), strict=True))
    desk.load(invoices=[{**row, "po_number": "PO-7", "cancelled_date": "2026-02-10"}])
    assert desk.ageing(DAY) == {}
    desk.load(invoices=[invoice("80.00")])
    assert desk.ageing(DAY) == {}  # still cancelled
    assert desk.rows("select amount, po_number, cancelled_date from invoice_at(null)") == [
        (Decimal("80.00"), "PO-7", date(2026, 2, 10))
    ]
    desk.load(invoices=[{**row, "cancelled_date": ""}])  # the column is there and empty: not cancelled
    assert desk.ageing(DAY) == {"C1": {"d1_30": Decimal("100.00")}}
    assert desk.rows("select po_number from invoice_at(null)") == [("PO-7",)]


@pytest.mark.slow
def test_a_file_of_fewer_columns_that_says_the_same_brings_nothing(desk: Desk) -> None:
    row = dict(zip(NEEDED["invoices"], invoice("100.00"), strict=True))
    desk.load(invoices=[{**row, "entity": "NL01"}])
    report = desk.load(invoices=[invoice("100.00"), ("F2", *invoice("7.00")[1:])]).files[0]
    assert (report.accepted, report.duplicate) == (1, 1)
    assert desk.rows("select invoice_id, entity from invoice_at(null) order by 1") == [
        ("F1", "NL01"),
        ("F2", None),
    ]


WIDTHS = [
    (FIRST, {"amount": "1.00", "po_number": "A", "entity": "X"}),
    (SECOND, {"amount": "2.00", "po_number": "B"}),
    (THIRD, {"amount": "3.00"}),
    (date(2026, 3, 4), {"amount": "3.00", "entity": "Y"}),
]


@pytest.fixture(scope="module")
def of_different_width(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An invoice for each order of four files, of a customer of its own."""
    desk = Desk(tmp_path_factory.mktemp("widths"))
    for file, taking in loads(4):
        day, said = WIDTHS[file]
        rows = [
            dict(zip(NEEDED["invoices"], invoice("0.00", name(order), name(order)), strict=True)) | said
            for order in taking
        ]
        desk.load(invoices=rows, source_date=day)
    yield desk
    desk.close()


@pytest.mark.slow
def test_files_of_different_width_give_the_same_row_in_any_order(of_different_width: Desk) -> None:
    said = of_different_width.rows("select invoice_id, amount, po_number, entity from invoice_at(null)")
    assert sorted(said) == sorted((name(order), Decimal("3.00"), "B", "Y") for order in orders(4))


@pytest.mark.slow
def test_files_of_different_width_in_any_order_leave_a_sound_store(of_different_width: Desk) -> None:
    snapshot = current_snapshot(of_different_width.store)
    connection = reader.connect(snapshot)
    assert checks.broken(connection, chain=snapshot.chain) == []
    connection.close()


# Files without a date are of the day they are loaded


@pytest.fixture(scope="module")
def with_an_undated_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two invoices for each order of three files, of a customer of their own."""
    desk = Desk(tmp_path_factory.mktemp("undated"))
    files = (
        (date(2020, 1, 31), {"F1": "100.00"}),
        (None, {"F1": "100.00", "F2": "5.00"}),
        (date(2020, 3, 1), {"F1": "90.00"}),
    )
    for file, taking in loads(3):
        day, said = files[file]
        rows = [
            invoice(amount, f"{number}-{name(order)}", name(order))
            for order in taking
            for number, amount in said.items()
        ]
        desk.load(invoices=rows, source_date=day)
    yield desk
    desk.close()


@pytest.mark.slow
def test_an_undated_file_that_repeats_a_row_says_it_as_of_the_day_it_is_loaded(
    with_an_undated_file: Desk,
) -> None:
    assert with_an_undated_file.ageing(DAY) == {
        name(order): {"d1_30": Decimal("105.00")} for order in orders(3)
    }


@pytest.mark.slow
def test_a_row_that_is_only_repeated_is_not_stored_again(desk: Desk) -> None:
    for day in (FIRST, SECOND, THIRD):
        desk.load(invoices=[invoice("100.00"), (f"F{day.day + 1}", *invoice("5.00")[1:])], source_date=day)
    assert desk.rows("select count(*) from invoice where invoice_id = 'F1'") == [(1,)]
    assert desk.rows("select batch_id, line, by_batch_id, valid_from from confirmed") == [(1, 2, 3, THIRD)]


# Keys


@pytest.mark.slow
def test_two_equal_instalments_of_one_day_are_two_and_rows_in_another_order_bring_nothing(desk: Desk) -> None:
    parts = [("F1", "2026-01-31", "30.00"), ("F1", "2026-01-31", "30.00"), ("F1", "2026-04-30", "40.00")]
    report = desk.load(invoices=[invoice("100.00")], instalments=parts)
    assert (report.files[1].accepted, report.files[1].duplicate) == (3, 0)
    assert report.files[1].sum_accepted == Decimal("100.00")
    desk.load(payments=[("P1", "C1", "F1", "2026-02-01", "EUR", "45.00")])
    assert desk.ageing(DAY) == {"C1": {"d1_30": Decimal("15.00"), "not_due": Decimal("40.00")}}
    assert desk.rows("select instalment, open_amount from receivable order by instalment") == [
        (1, Decimal("0.00")),
        (2, Decimal("15.00")),
        (3, Decimal("40.00")),
    ]
    report = desk.load(instalments=parts[::-1])
    assert (report.files[0].accepted, report.files[0].duplicate) == (0, 3)


def test_an_account_in_two_currencies_has_a_balance_in_each(desk: Desk) -> None:
    balances = [("NL1", "EUR", "2026-02-01", "10.00"), ("NL1", "USD", "2026-02-01", "20.00")]
    report = desk.load(bank_balances=balances, fx_rates=[("2026-01-01", "USD", "0.50")])
    assert [file.accepted for file in report.files] == [2, 1]
    rows = desk.ask("bank_position", as_of=DAY)
    assert [(row["account"], row["currency"], row["reporting_balance"]) for row in rows] == [
        ("NL1", "EUR", Decimal("10.00")),
        ("NL1", "USD", Decimal("10.00")),
    ]
