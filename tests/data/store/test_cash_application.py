"""Money of the bank applied by a load: as payments that follow from the whole of the books."""

import random
from datetime import date

import pytest

from tests.books import Desk

DAY = date(2026, 3, 31)
BOOKS = {
    "customers": [
        ("C1", "Bakkerij Jansen", "retail", "NL", 30, ""), ("C2", "Smederij Smit", "retail", "NL", 30, ""),
    ],
    "invoices": [
        ("F2026-101", "C1", "invoice", date(2026, 1, 5), date(2026, 2, 4), "EUR", "121.00"),
        ("F2026-102", "C1", "invoice", date(2026, 1, 9), date(2026, 2, 8), "EUR", "60.50"),
        ("F2026-103", "C2", "invoice", date(2026, 1, 9), date(2026, 2, 8), "EUR", "300.00"),
    ],
}  # fmt: skip


def entry(name, day, amount, counterparty, description):
    return {
        "entry_id": name, "account": "NL01BANK", "currency": "EUR", "entry_date": day, "amount": amount,
        "counterparty": counterparty, "description": description,
    }  # fmt: skip


ENTRIES = [
    entry("E1", date(2026, 2, 2), "121.00", "BAKKERIJ JANSEN", "Factuur F2026-101"),
    entry("E2", date(2026, 2, 3), "100.00", "SMEDERIJ SMIT", "deel F2026-103"),
    entry("E3", date(2026, 2, 4), "75.00", "IEMAND ANDERS", "voor de moeite"),
    entry("E4", date(2026, 2, 5), "-9.95", "DE BANK", "kosten februari"),
]


def still_open(desk, day=DAY, **values):
    return {row["invoice_id"]: str(row["open_amount"]) for row in desk.ask("open_items", as_of=day, **values)}


def payments(desk):
    return [
        (number, document, str(amount), entry_id)
        for number, document, amount, entry_id in desk.rows(
            "select payment_id, invoice_id, amount, bank_entry from settlement_at(null) order by payment_id"
        )
    ]


@pytest.mark.slow
def test_a_number_that_fits_is_applied_by_the_load_and_what_nobody_knows_is_not(desk):
    desk.load(**BOOKS)
    desk.load(bank_entries=ENTRIES)
    assert ("bank NL01BANK E1", "F2026-101", "121.00", "E1") in payments(desk)
    assert all(entry_id in {"E1", "E2"} for *_rest, entry_id in payments(desk))
    assert "F2026-101" not in still_open(desk)
    # As of the day before it came, it was open.
    assert still_open(desk, date(2026, 2, 1))["F2026-101"] == "121.00"


@pytest.mark.slow
def test_what_was_known_before_the_statement_stays_known(desk):
    report = desk.load(**BOOKS)
    before = max(each.recorded_at for each in report.files)
    desk.load(bank_entries=ENTRIES)
    assert still_open(desk, known_on=before)["F2026-101"] == "121.00"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_loads_makes_no_difference_and_a_repeat_none(tmp_path, seed):
    parts = [{"customers": BOOKS["customers"]}, {"invoices": BOOKS["invoices"]},
             {"bank_entries": ENTRIES[:1]}, {"bank_entries": ENTRIES[1:]}]  # fmt: skip
    once = Desk(tmp_path / "once")
    once.load(**BOOKS, bank_entries=ENTRIES)
    random.Random(seed).shuffle(parts)
    other = Desk(tmp_path / "other")
    for part in [*parts, *parts]:
        other.load(**part)
    assert payments(other) == payments(once)
    assert still_open(other) == still_open(once)


@pytest.mark.slow
def test_with_payments_of_the_bookkeeping_the_bank_proposes_until_a_setting_says_otherwise(desk):
    desk.load(**BOOKS, bank_entries=ENTRIES)
    assert payments(desk) != []
    booked = [("P9", "C2", "F2026-103", date(2026, 2, 3), "EUR", "100.00")]
    desk.load(payments=booked)
    assert payments(desk) == [("P9", "F2026-103", "100.00", None)]
    assert still_open(desk)["F2026-101"] == "121.00"
    desk.load(settings=[("cash_source", "bank")])
    assert ("bank NL01BANK E1", "F2026-101", "121.00", "E1") in payments(desk)
    desk.load(settings=[("cash_source", "bookkeeping")])
    assert payments(desk) == [("P9", "F2026-103", "100.00", None)]


@pytest.mark.slow
def test_what_the_bookkeeping_booked_is_said_to_be_so_and_the_rest_is_proposed(desk):
    desk.load(**BOOKS, payments=[("P9", "C1", "F2026-101", date(2026, 2, 3), "EUR", "121.00")])
    desk.load(bank_entries=ENTRIES)
    assert [number for number, *_rest in payments(desk)] == ["P9"]
    rows = {row["entry_id"]: row for row in desk.ask("cash_application", as_of=DAY)}
    booked, waits = rows["E1"], rows["E2"]
    assert (booked["invoice_id"], booked["status"], booked["decided_by"]) == (
        "F2026-101", "applied", "bookkeeping",
    )  # fmt: skip
    assert (waits["invoice_id"], waits["status"]) == ("F2026-103", "proposed")
    # A person may say that it is right; the payment is the bookkeeping's to book.
    desk.load(cash_decisions=[("NL01BANK", "E2", "confirmed", "C2", "F2026-103", "100.00")])
    assert [number for number, *_rest in payments(desk)] == ["P9"]


@pytest.mark.slow
def test_a_decision_stands_above_what_was_found_and_can_be_withdrawn(desk):
    desk.load(**BOOKS, bank_entries=ENTRIES)
    found = payments(desk)
    for_c2 = ("NL01BANK", "E3", "confirmed", "C2", "F2026-103", "75.00")
    desk.load(cash_decisions=[for_c2, ("NL01BANK", "E1", "rejected", "", "", "121.00")])
    assert ("bank NL01BANK E3", "F2026-103", "75.00", "E3") in payments(desk)
    assert "E1" not in {entry_id for *_rest, entry_id in payments(desk)}
    assert still_open(desk)["F2026-101"] == "121.00"
    desk.load(
        cash_decisions=[("NL01BANK", "E3", "withdrawn", "C2", "F2026-103", "75.00"),
                        ("NL01BANK", "E1", "withdrawn", "", "", "121.00")]
    )  # fmt: skip
    assert payments(desk) == found


@pytest.mark.slow
def test_nothing_is_dated_into_a_closed_period(desk):
    desk.load(**BOOKS, settings=[("closed_until", "2026-02-28")])
    desk.load(bank_entries=ENTRIES)
    days = {day for (day,) in desk.rows("select payment_date from settlement_at(null)")}
    assert all(day > date(2026, 2, 28) for day in days)


@pytest.mark.slow
def test_the_query_says_of_each_entry_what_it_is_and_who_decided(desk):
    desk.load(**BOOKS)
    desk.load(bank_entries=ENTRIES)
    rows = {row["entry_id"]: row for row in desk.ask("cash_application", as_of=DAY)}
    first = rows["E1"]
    assert (first["invoice_id"], first["status"], first["kind"]) == ("F2026-101", "applied", "invoice")
    assert (str(first["applied_amount"]), first["customer_id"], first["decided_by"]) == (
        "121.00", "C1", "Kasstroom",
    )  # fmt: skip
    assert first["decided_at"] is not None
    assert rows["E3"]["status"] == "unmatched"
    assert [row["entry_id"] for row in desk.ask("cash_application", as_of=date(2026, 2, 2))] == ["E1"]


@pytest.mark.slow
def test_a_confirmed_proposal_settles_what_it_showed_until_it_is_withdrawn(desk):
    """300.00 less 2% taken months late by somebody nobody knows, confirmed with the 6.00."""
    desk.load(**BOOKS)
    desk.load(bank_entries=[entry("E9", date(2026, 2, 20), "294.00", "EEN HOLDING", "dank")])
    decided = ("NL01BANK", "E9", "confirmed", "C2", "F2026-103", "294.00")
    columns = ("account", "entry_id", "decision", "customer_id", "invoice_id", "amount")
    row = dict(zip(columns, decided, strict=True))
    desk.load(cash_decisions=[{**row, "settles": "discount", "settled_amount": "6.00"}])
    assert "F2026-103" not in still_open(desk)
    [beside] = desk.ask("cash_settlements", as_of=DAY)
    assert (beside["invoice_id"], beside["settles"], str(beside["settled_amount"]), beside["status"]) == (
        "F2026-103", "discount", "6.00", "confirmed",
    )  # fmt: skip
    [standing] = desk.ask("cash_decisions")
    assert (standing["settles"], str(standing["settled_amount"])) == ("discount", "6.00")
    # A file without the columns says nothing of them; empty cells say that what is short stays open.
    desk.load(cash_decisions=[{**row, "settles": "", "settled_amount": ""}])
    assert still_open(desk)["F2026-103"] == "6.00"
    desk.load(cash_decisions=[{**row, "decision": "withdrawn"}])
    assert still_open(desk)["F2026-103"] == "300.00"


@pytest.mark.slow
@pytest.mark.parametrize(
    "order", [("bank_entries", "provider_payments"), ("provider_payments", "bank_entries")]
)
def test_a_payout_pays_what_its_settlement_file_names_in_any_order(desk, order):
    """121.00 less 3.00 and 60.50 less 1.50: 177.00 on the account."""
    line = {
        "provider": "Mollie", "payout_id": "set_5", "payout_date": "2026-02-19", "kind": "charge",
        "created_date": "2026-02-16", "currency": "EUR",
    }  # fmt: skip
    files = {
        "bank_entries": [entry("E9", date(2026, 2, 20), "177.00", "Stichting Mollie Payments", "set_5")],
        "provider_payments": [
            {**line, "line_id": "1", "gross": "121.00", "fee": "-3.00", "net": "118.00",
             "invoice_number": "F2026-101"},
            {**line, "line_id": "2", "gross": "60.50", "fee": "-1.50", "net": "59.00",
             "reference": "order F2026-102"},
        ],
    }  # fmt: skip
    desk.load(**BOOKS)
    for name in order:
        desk.load(**{name: files[name]})
    assert still_open(desk) == {"F2026-103": "300.00"}
    kept = [str(row["settled_amount"]) for row in desk.ask("cash_settlements", as_of=DAY)]
    assert kept == ["3.00", "1.50"]
