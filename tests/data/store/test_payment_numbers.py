"""Rows of one payment number: all of a file count; a later file states a number on a document as a whole."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from data.store import checks, reader
from data.store.load import load
from data.store.snapshot import current_snapshot
from tests.books import Desk
from tests.data.store.orders import Order, loads, name, orders
from tests.paths import CASES

DAY = "2026-05-31"
FIRST, SECOND, THIRD = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)
INVOICES = [
    ("A1", "S1", "invoice", "2026-03-02", "2026-04-01", "EUR", "1000.00"),
    ("A2", "S2", "invoice", "2026-03-02", "2026-04-01", "EUR", "500.00"),
]


def line(amount: str, kind: str = "payment", number: str = "P1", invoice: str = "A1", **more: str) -> dict:
    return {
        "payment_id": number, "customer_id": "S1", "invoice_id": invoice, "payment_date": "2026-03-12",
        "currency": "EUR", "amount": amount, "kind": kind, **more,
    }  # fmt: skip


def open_amounts(desk: Desk, known_on: object = None) -> dict[str, Decimal]:
    rows = desk.ask("open_items", as_of=DAY, known_on=known_on)
    return {row["invoice_id"]: row["open_amount"] for row in rows}


def valid(desk: Desk, document: str) -> list[tuple]:
    return desk.rows(
        f"select kind, amount from settlement_at(null) where invoice_id = '{document}' order by all"
    )


@pytest.mark.skipif(not CASES.exists(), reason="../shared/cases is not here")
def test_a_payment_with_its_deduction_and_two_equal_parts_close_their_invoices(desk: Desk) -> None:
    report = load(desk.store, [CASES / "c04_same_payment_number" / "in"])
    payments = next(file for file in report.files if file.kind == "payments")
    assert (payments.accepted, payments.rejected, payments.duplicate) == (4, 0, 0)
    assert open_amounts(desk) == {}
    (finding,) = [row for row in desk.ask("findings", as_of=DAY) if row["finding"] == "equal_payments"]
    assert (finding["count"], finding["amount"], finding["example"]) == (1, Decimal("250.00"), "P2")


def test_a_payment_its_discount_and_its_reversal_under_one_number_all_count(desk: Desk) -> None:
    rows = [line("980.00"), line("20.00", "discount"), line("-980.00", "reversal")]
    desk.load(invoices=INVOICES[:1], payments=rows)
    # 1,000 - 980 - 20 + 980
    assert open_amounts(desk) == {"A1": Decimal("980.00")}
    (tie,) = desk.ask("tie_out", as_of=DAY)
    names = ("invoiced", "credited", "discounts", "received", "written_off", "receivables", "difference")
    assert [str(tie[name]) for name in names] == [
        "1000.00", "0.00", "20.00", "0.00", "0.00", "980.00", "0.00",
    ]  # fmt: skip


def test_parts_tell_rows_of_one_number_apart(desk: Desk) -> None:
    desk.load(invoices=INVOICES[:1], payments=[line("300.00", part="1"), line("200.00", part="2")])
    assert open_amounts(desk) == {"A1": Decimal("500.00")}


def test_rows_of_one_number_that_differ_without_a_part_are_refused_all_of_them(desk: Desk) -> None:
    report = desk.load(invoices=INVOICES[:1], payments=[line("300.00"), line("300.00"), line("200.00")])
    assert (report.files[1].accepted, report.files[1].rejected) == (0, 3)
    assert open_amounts(desk) == {"A1": Decimal("1000.00")}


@pytest.mark.slow
def test_a_later_file_replaces_all_rows_of_a_number_on_a_document(desk: Desk) -> None:
    rows = [line("980.00"), line("20.00", "discount"), line("7.00", invoice="A2")]
    desk.load(invoices=INVOICES, payments=rows)
    before = desk.moment()
    report = desk.load(payments=[line("900.00")])
    assert (report.files[0].accepted, report.files[0].duplicate) == (1, 0)
    # The discount is gone with the payment of 980; the row on the other document stays.
    assert open_amounts(desk) == {"A1": Decimal("100.00"), "A2": Decimal("493.00")}
    assert open_amounts(desk, before) == {"A2": Decimal("493.00")}
    desk.load(payments=[line("0.00")])
    assert open_amounts(desk) == {"A1": Decimal("1000.00"), "A2": Decimal("493.00")}
    desk.load(payments=rows[:2])
    assert open_amounts(desk) == {"A2": Decimal("493.00")}
    with reader.session(current_snapshot(desk.store)) as connection:
        assert checks.broken(connection) == []


@pytest.mark.slow
def test_a_file_that_only_lacks_a_row_takes_it_back(desk: Desk) -> None:
    desk.load(invoices=INVOICES[1:], payments=[line("250.00", "", "P2", "A2")] * 2)
    report = desk.load(payments=[line("250.00", "", "P2", "A2")])
    assert (report.files[0].accepted, report.files[0].duplicate) == (0, 1)
    assert open_amounts(desk) == {"A2": Decimal("250.00")}


def test_the_same_rows_in_another_order_and_another_file_change_nothing(desk: Desk) -> None:
    rows = [line("980.00"), line("20.00", "discount"), line("-980.00", "reversal")]
    desk.load(invoices=INVOICES[:1], payments=rows)
    report = desk.load(payments=rows[::-1])
    assert (report.files[0].accepted, report.files[0].duplicate) == (0, 3)
    assert desk.rows("select count(*) from settlement") == [(3,)]


SHRINKING = (
    [("400.00", "payment"), ("30.00", "discount"), ("-5.00", "reversal")],
    [("450.00", "payment"), ("20.00", "discount")],
    [("500.00", "payment")],
)
GROWING_AGAIN = (
    [("400.00", "payment"), ("30.00", "discount")],
    [("450.00", "payment")],
    [("500.00", "payment"), ("20.00", "discount")],
)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For each order of three dated files two invoices of 1,000.00, whose payments shrink or grow again."""
    desk = Desk(tmp_path_factory.mktemp("sets"))
    documents = [f"{kind}{name(order)}" for kind in "SG" for order in orders(3)]
    desk.load(invoices=[(document, *INVOICES[0][1:]) for document in documents])
    for file, taking in loads(3):
        rows = [
            line(amount, what, f"P-{kind}{name(order)}", f"{kind}{name(order)}")
            for order in taking
            for kind, files in (("S", SHRINKING), ("G", GROWING_AGAIN))
            for amount, what in files[file]
        ]
        desk.load(source_date=(FIRST, SECOND, THIRD)[file], payments=rows)
    yield desk
    desk.close()


@pytest.mark.slow
@pytest.mark.parametrize("order", orders(3), ids=name)
def test_dated_files_give_the_set_of_the_newest_in_any_order(sets: Desk, order: Order) -> None:
    document = f"S{name(order)}"
    assert open_amounts(sets)[document] == Decimal("500.00")
    assert valid(sets, document) == [("payment", Decimal("500.00"))]


@pytest.mark.slow
@pytest.mark.parametrize("order", orders(3), ids=name)
def test_a_set_that_grows_again_is_whole_in_any_order(sets: Desk, order: Order) -> None:
    assert valid(sets, f"G{name(order)}") == [
        ("discount", Decimal("20.00")), ("payment", Decimal("500.00")),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_column_that_a_later_file_lacks_keeps_its_values(desk: Desk) -> None:
    desk.load(
        invoices=INVOICES[:1],
        payments=[line("1000.00", part="x", entity="N"), line("-400.00", "reversal", entity="N")],
    )
    plain = [
        ("P1", "S1", "A1", "2026-03-12", "EUR", "900.00"),
        ("P1", "S1", "A1", "2026-03-20", "EUR", "-400.00"),
    ]
    desk.load(payments=plain)
    rows = desk.rows("select kind, entity, part, amount from settlement_at(null) order by place")
    assert rows == [("payment", "N", "x", Decimal("900.00")), ("reversal", "N", None, Decimal("-400.00"))]


@pytest.mark.slow
def test_a_store_made_from_raw_answers_as_the_first_one_did(desk: Desk) -> None:
    desk.load(
        invoices=INVOICES, payments=[line("980.00"), line("20.00", "discount"), line("7.00", invoice="A2")]
    )
    before = desk.moment()
    desk.load(payments=[line("900.00")])
    answers = [open_amounts(desk), open_amounts(desk, before)]
    second = Desk(desk.home / "again")
    load(second.store, [desk.store / "raw"])
    assert [open_amounts(second), open_amounts(second, before)] == answers
    second.close()
