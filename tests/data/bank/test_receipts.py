"""What a receipt pays: each kind of evidence, and each trap, in books of a few rows."""

from datetime import date
from typing import Any

import pytest

from data.bank.application import apply_cash
from tests.data.bank.small_books import Row, books, invoice, receipt

BAKKER, VISSER = "Bakker Techniek B.V.", "Visser Bouw BV"
IBAN = "NL91ABNA0417164300"
Lines = list[tuple[str | None, str, str, str]]


def lines(entries: list[Row], documents: list[Row], **more: Any) -> Lines:
    """Invoice, kind, amount and status of each row."""
    rows = apply_cash(books(entries, documents, **more)).rows
    return [
        (row["invoice_id"], row["kind"], str(row["applied_amount"]), row["status"])
        for row in rows.iter_rows(named=True)
    ]


def one(amount: str, text: str, documents: list[Row], payer: str | None = None, **more: Any) -> Lines:
    entry = {
        name: more.pop(name)
        for name in ("counterparty_account", "reference", "end_to_end_id")
        if name in more
    }
    return lines([receipt("1", amount, text, counterparty=payer, **entry)], documents, **more)


A, B, C = (invoice(f"2026-10{n}", "C1", amount) for n, amount in ((1, "121.00"), (2, "250.00"), (3, "80.00")))
OF_VISSER = invoice("2026-110", "C2", "121.00")


@pytest.mark.parametrize(
    "text",
    [
        "Factuur 2026-101",
        "2026101",
        "fact. 2026/101",
        "RF762026101",
        "+++000/2026/10162+++",
        "2026 101 bedankt",
    ],
)
def test_a_number_and_the_amount_are_certain_whoever_pays(text: str) -> None:
    assert one("121.00", text, [A, B, C]) == [("2026-101", "invoice", "121.00", "applied")]


def test_a_reference_or_an_end_to_end_id_names_the_invoice_too() -> None:
    assert one("121.00", "", [A, B], reference="3000000002026101") == [
        ("2026-101", "invoice", "121.00", "applied")
    ]
    assert one("121.00", "", [A, B], end_to_end_id="2026-101") == [
        ("2026-101", "invoice", "121.00", "applied")
    ]


@pytest.mark.parametrize(
    "text", ["2026-101 en 2026-103", "2026-101, 103", "2026101/2026103", "2026103 2026101"]
)
def test_several_numbers_make_the_sum(text: str) -> None:
    assert sorted(one("201.00", text, [A, B, C])) == [
        ("2026-101", "invoice", "121.00", "applied"),
        ("2026-103", "invoice", "80.00", "applied"),
    ]


def test_a_range_makes_the_sum() -> None:
    assert [row[0] for row in one("451.00", "2026-101 t/m 103", [A, B, C])] == [
        "2026-101",
        "2026-102",
        "2026-103",
    ]


def test_one_of_the_numbers_may_be_something_else() -> None:
    assert one("121.00", "2026-101 zie ook 2026-102", [A, B, C]) == [
        ("2026-101", "invoice", "121.00", "applied")
    ]


@pytest.mark.parametrize("typed", ["2026-1001", "2026-1O1", "2026-011", "2062-101", "206-101", "2026-171"])
def test_a_typing_error_of_a_customer_by_name_is_mended(typed: str) -> None:
    assert one("121.00", typed, [A, B, C], "BAKKER TECHNIEK") == [
        ("2026-101", "invoice", "121.00", "applied")
    ]


def test_a_number_that_is_another_invoice_is_never_a_typing_error() -> None:
    [row] = one("121.00", "2026-102", [A, B], BAKKER)
    assert row[3] == "proposed"
    [row] = one("121.00", "2026-111", [A, invoice("2026-111", "C2", "75.00")], BAKKER)
    assert row[3] == "proposed"


def test_an_amount_alone_is_never_certain() -> None:
    [row] = one("121.00", "betaling", [A, B])
    assert row[3] == "proposed"


@pytest.mark.parametrize("name", ["Bakker Techniek BV", "BAKKER TECHNIEK B.V."])
def test_an_exact_name_and_the_only_invoice_of_the_amount_are_certain(name: str) -> None:
    assert one("121.00", "betaling", [A, B, OF_VISSER], name) == [
        ("2026-101", "invoice", "121.00", "applied")
    ]


def test_a_name_that_only_looks_like_it_is_not() -> None:
    [row] = one("121.00", "betaling", [A, B], "Bakker Techniek")
    assert row == ("2026-101", "invoice", "121.00", "proposed")


def test_an_account_tells_the_customer() -> None:
    known = {"counterparty_account": IBAN, "accounts": [("NL91 ABNA 0417 1643 00", "C2")]}
    assert one("121.00", "", [A, OF_VISSER], "Piet", **known) == [
        ("2026-110", "invoice", "121.00", "applied")
    ]


def test_a_name_and_an_account_of_two_customers_tell_nothing() -> None:
    known = {"counterparty_account": IBAN, "accounts": [(IBAN, "C2")]}
    [row] = one("121.00", "", [A, OF_VISSER], BAKKER, **known)
    assert row[3] == "proposed"


def test_two_customers_of_one_name_are_told_apart_by_the_number_only() -> None:
    twins = {"customers": [("C1", BAKKER, ""), ("C2", "BAKKER TECHNIEK BV", "")]}
    [row] = one("121.00", "betaling", [A], BAKKER, **twins)
    assert row[3] == "proposed"
    assert one("121.00", "2026-101", [A], BAKKER, **twins) == [("2026-101", "invoice", "121.00", "applied")]


def test_of_equal_invoices_the_oldest_is_paid() -> None:
    older = invoice("2025-900", "C1", "121.00", date(2025, 12, 1))
    assert one("121.00", "", [A, older], BAKKER) == [("2025-900", "invoice", "121.00", "applied")]


def test_the_only_pair_of_a_known_customer_is_certain_and_one_with_a_rival_is_not() -> None:
    assert [row[0] for row in one("371.00", "", [A, B, C], BAKKER)] == ["2026-101", "2026-102"]
    rivals = [invoice("2026-104", "C1", "170.00")]  # 121 + 80 + 170 = 371
    assert {row[3] for row in one("371.00", "", [A, B, C, *rivals], BAKKER)} == {"proposed"}


def test_three_without_a_number_are_proposed() -> None:
    assert {row[3] for row in one("451.00", "", [A, B, C], BAKKER)} == {"proposed"}


def test_a_discount_within_its_days_explains_the_amount() -> None:
    terms = {"discount_percent": "2", "discount_days": 60}
    dear = invoice("2026-101", "C1", "121.00", **terms)
    answer = apply_cash(books([receipt("1", "118.58", "2026-101")], [dear, B]))  # 2% of 121.00 is 2.42
    assert [str(amount) for amount in answer.rows["applied_amount"]] == ["118.58"]
    assert answer.rows["status"].to_list() == ["applied"]
    assert answer.settlements.select("document_id", "kind", "status").rows() == [
        ("2026-101", "discount", "applied")
    ]
    assert str(answer.settlements["amount"][0]) == "2.42"


def test_a_discount_after_its_days_explains_nothing() -> None:
    late = invoice("2026-101", "C1", "121.00", discount_percent="2", discount_days=8)
    [row] = one("118.58", "2026-101", [late, B])
    assert row[3] == "proposed"


def test_a_credit_note_of_the_invoice_explains_the_amount() -> None:
    note = invoice("2026-105", "C1", "-21.00", original_invoice_id="2026-101")
    answer = apply_cash(books([receipt("1", "100.00", "2026-101")], [A, B, note]))
    assert answer.rows.select("invoice_id", "status").rows() == [("2026-101", "applied")]
    assert [(row[2], row[4], str(row[5])) for row in answer.settlements.rows()] == [
        ("2026-101", "credit", "21.00"),
        ("2026-105", "credit", "-21.00"),
    ]


def test_a_charge_that_the_text_states_explains_the_amount_and_another_does_not() -> None:
    assert one("113.50", "2026-101 kosten EUR 7,50", [A, B])[0][3] == "applied"
    answer = apply_cash(books([receipt("1", "113.50", "2026-101 kosten EUR 7,50")], [A, B]))
    assert [(row[2], row[4], str(row[5])) for row in answer.settlements.rows()] == [
        ("2026-101", "write_off", "7.50")
    ]
    assert one("113.50", "2026-101", [A, B])[0][3] == "proposed"


def test_a_group_company_pays_for_another() -> None:
    group = {"customers": [("C1", BAKKER, "G"), ("C2", VISSER, "G")]}
    assert one("121.00", "2026-101", [A, B], VISSER, **group) == [
        ("2026-101", "invoice", "121.00", "applied")
    ]
    [row] = one("121.00", "betaling", [A, B], VISSER, **group)
    assert row == ("2026-101", "invoice", "121.00", "proposed")


def test_what_the_text_calls_a_part_is_one() -> None:
    assert one("100.00", "Deelbetaling 2026-102", [A, B], BAKKER) == [
        ("2026-102", "invoice", "100.00", "applied")
    ]


def test_half_an_invoice_is_an_instalment() -> None:
    text = "2026-101 en 2026-102"
    assert one("246.00", text, [A, B], "Bakker Techniek") == [
        ("2026-101", "invoice", "121.00", "applied"),
        ("2026-102", "invoice", "125.00", "applied"),
    ]


def test_two_receipts_that_fill_an_invoice_together_are_applied_when_the_second_comes() -> None:
    first = receipt("1", "101.37", "2026-102", counterparty="Bakker Techniek")
    second = receipt(
        "2", "148.63", "rest 2026-102", counterparty="Bakker Techniek", entry_date=date(2026, 4, 1)
    )
    assert lines([first], [B])[0][3] == "proposed"
    answer = apply_cash(books([first, second], [B])).rows
    assert answer.select("entry_id", "invoice_id", "status", "applied_date").rows() == [
        ("1", "2026-102", "applied", date(2026, 4, 1)),
        ("2", "2026-102", "applied", date(2026, 4, 1)),
    ]


def test_amounts_stated_per_invoice_are_followed() -> None:
    text = "2026-101 100,00 2026-102 33,30"
    assert one("133.30", text, [A, B], "onbekend") == [
        ("2026-101", "invoice", "100.00", "applied"),
        ("2026-102", "invoice", "33.30", "applied"),
    ]


def test_paid_twice_goes_on_account() -> None:
    twice = [receipt(n, "121.00", "2026-101", counterparty=BAKKER) for n in ("1", "2")]
    assert lines(twice, [A, B]) == [
        ("2026-101", "invoice", "121.00", "applied"),
        (None, "on_account", "121.00", "applied"),
    ]


def test_more_than_is_open_is_never_on_the_invoice() -> None:
    assert one("150.00", "2026-101", [A], BAKKER) == [
        ("2026-101", "invoice", "121.00", "proposed"),
        (None, "on_account", "29.00", "proposed"),
    ]


def test_a_number_of_another_customer_with_another_amount_is_not_applied() -> None:
    # Bakker writes its own number, which is one of ours of Visser; 250.00 it owes itself.
    [row] = one("250.00", "2026-110", [A, B, OF_VISSER], BAKKER)
    assert row == ("2026-102", "invoice", "250.00", "proposed")


def test_a_payer_that_owes_the_same_amount_itself_is_not_sure_to_pay_for_another() -> None:
    [row] = one("121.00", "2026-110", [A, OF_VISSER], BAKKER)
    assert row[3] == "proposed"


def test_a_number_of_our_series_that_is_not_in_the_books_makes_an_amount_uncertain() -> None:
    [row] = one("121.00", "Factuur 2026-955", [A, B], BAKKER)
    assert row == ("2026-101", "invoice", "121.00", "proposed")


def test_an_invoice_of_later_is_paid_on_its_own_day_if_it_was_named() -> None:
    later = invoice("2026-200", "C1", "99.00", date(2026, 3, 20))
    answer = apply_cash(books([receipt("1", "99.00", "proforma 2026-200")], [later])).rows
    assert answer.select("invoice_id", "status", "applied_date").rows() == [
        ("2026-200", "applied", date(2026, 3, 20))
    ]


def test_an_invoice_of_later_is_not_guessed() -> None:
    later = invoice("2026-200", "C1", "99.00", date(2026, 3, 20))
    [row] = one("99.00", "", [later], BAKKER)
    assert row[3] == "proposed"


def test_what_others_settled_is_no_longer_open() -> None:
    settled = [{"document_id": "2026-101", "day": date(2026, 2, 1), "amount": "21.00"}]
    assert one("100.00", "2026-101", [A], settled=settled) == [("2026-101", "invoice", "100.00", "applied")]


def test_a_cancelled_invoice_is_not_paid() -> None:
    gone = invoice("2026-101", "C1", "121.00", cancelled_date=date(2026, 2, 1))
    assert one("121.00", "2026-101", [gone], BAKKER)[0][0] is None


def test_another_currency_is_another_debt() -> None:
    dollars = invoice("2026-101", "C1", "121.00", currency="USD")
    assert one("121.00", "2026-101", [dollars], BAKKER)[0][0] is None


@pytest.mark.parametrize(("entity", "day"), [("", date(2026, 4, 1)), ("Noord", date(2026, 5, 1))])
def test_nothing_is_dated_into_a_closed_period(entity: str, day: date) -> None:
    own = invoice("2026-101", "C1", "121.00", entity=entity)
    closed = {"": date(2026, 3, 31), "Noord": date(2026, 4, 30)}
    rows = apply_cash(books([receipt("1", "121.00", "2026-101")], [own], closed_until=closed)).rows
    assert rows["applied_date"].to_list() == [day]
