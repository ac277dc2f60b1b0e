"""Entries that are no receipts: transfers, charges, returns, refunds, payouts, supplier bills."""

from datetime import date
from typing import Any

from data.bank.application import apply_cash
from tests.data.bank.small_books import Row, books, invoice, receipt

A = invoice("2026-101", "C1", "121.00")
BAKKER = "Bakker Techniek B.V."


def kinds(entries: list[Row], documents: list[Row] | None = None, **more: Any) -> list[tuple[Any, ...]]:
    rows = apply_cash(books(entries, [A] if documents is None else documents, **more)).rows
    return [
        (row["entry_id"], row["kind"], row["invoice_id"], str(row["applied_amount"]), row["status"])
        for row in rows.iter_rows(named=True)
    ]


def test_money_between_own_accounts_is_no_receipt() -> None:
    own = {"own_accounts": frozenset({"NL00 KASS 0000 0000 02"})}
    entries = [
        receipt(number, amount, "2026-101", counterparty_account="NL00KASS0000000002")
        for number, amount in (("1", "121.00"), ("2", "-50.00"))
    ]
    assert kinds(entries, **own) == [
        ("1", "transfer", None, "121.00", "applied"),
        ("2", "transfer", None, "-50.00", "applied"),
    ]


def test_a_charge_of_the_bank_by_its_code_or_its_words() -> None:
    entries = [
        receipt("1", "-9.95", "Kosten betaalpakket"),
        receipt("2", "-3.00", "x", bank_code="PMNT-MCOP-CHRG"),
    ]
    assert [row[:2] for row in kinds(entries)] == [("1", "charge"), ("2", "charge")]


def test_an_ordinary_debit_is_left_out() -> None:
    assert kinds([receipt("1", "-500.00", "Salaris maart", counterparty="J. Jansen")]) == []


def test_a_return_opens_its_invoice_again_and_the_charge_stands_apart() -> None:
    entries = [
        receipt("1", "121.00", "Incasso 2026-101", end_to_end_id="E1"),
        receipt("2", "-126.00", "STORNO", end_to_end_id="E1", return_reason="AM04"),
        receipt("3", "121.00", "2026-101"),
    ]
    assert kinds(entries) == [
        ("1", "invoice", "2026-101", "121.00", "applied"),
        ("2", "return", "2026-101", "-121.00", "applied"),
        ("2", "charge", None, "-5.00", "applied"),
        ("3", "invoice", "2026-101", "121.00", "applied"),
    ]


def test_a_return_takes_its_discount_back() -> None:
    dear = invoice("2026-101", "C1", "121.00", discount_percent="2", discount_days=90)
    entries = [
        receipt("1", "118.58", "2026-101"),
        receipt("2", "-118.58", "STORNO 2026-101", return_reason="MD06"),
    ]
    settlements = apply_cash(books(entries, [dear])).settlements
    assert [str(amount) for amount in settlements["amount"]] == ["2.42", "-2.42"]


def test_a_return_of_nothing_we_know_is_for_a_person() -> None:
    assert kinds([receipt("1", "-77.00", "STORNO", return_reason="AM04")]) == [
        ("1", "return", None, "-77.00", "unmatched")
    ]


def test_what_was_paid_twice_is_refunded() -> None:
    entries = [receipt(n, "121.00", "2026-101", counterparty=BAKKER) for n in ("1", "2")]
    entries.append(receipt("3", "-121.00", "terugbetaling", counterparty=BAKKER))
    assert kinds(entries)[-1] == ("3", "refund", None, "-121.00", "applied")


def test_a_credit_note_is_paid_out() -> None:
    note = invoice("2026-105", "C1", "-40.00")
    assert kinds([receipt("1", "-40.00", "creditnota 2026-105")], [A, note]) == [
        ("1", "refund", "2026-105", "-40.00", "applied")
    ]


def test_a_payout_of_a_provider_waits_for_its_settlement_file() -> None:
    entry = receipt("1", "121.00", "Uitbetaling 8472", counterparty="Stichting Mollie Payments")
    assert kinds([entry]) == [("1", "other", None, "121.00", "unmatched")]


def test_a_payment_pays_the_bill_it_names_once() -> None:
    bill = {
        "bill_id": "B-778", "supplier": "Staal BV", "bill_date": date(2026, 2, 1),
        "currency": "EUR", "amount": "60.00",
    }  # fmt: skip
    entries = [receipt(n, "-60.00", "B-778", counterparty="Staal BV") for n in ("1", "2")]
    answer = apply_cash(books(entries, [A], bills=[bill]))
    assert answer.bill_payments.select("entry_id", "bill_id").rows() == [("1", "B-778")]
    assert answer.rows.is_empty()


def test_money_of_the_tax_authority_and_pay_are_no_customers_even_if_an_amount_fits() -> None:
    """One invoice of 121.00 is open: by name, by account and by the code of the bank."""
    ways = [
        {"counterparty": "Finanzamt Köln-Mitte"},
        {"counterparty": "URSSAF Ile de France"},
        {"counterparty": "B/CA", "counterparty_account": "NL86 INGB 0002 4455 88"},
        {"counterparty": "X", "bank_code": "PMNT-RCDT-SALA"},
        {"counterparty": "X", "description": "/PURP/CD/TAXS/REMI/teruggaaf"},
    ]
    for way in ways:
        [row] = kinds([receipt("1", "121.00", **{"description": "teruggave", **way})])
        assert row == ("1", "other", None, "121.00", "unmatched")


def test_a_tax_authority_that_is_a_customer_pays_its_invoice() -> None:
    customers = [("C1", "Belastingdienst", "")]
    [row] = kinds([receipt("1", "121.00", "", counterparty="Belastingdienst")], customers=customers)
    assert row == ("1", "invoice", "2026-101", "121.00", "applied")


def test_pay_of_somebody_who_is_a_customer_too_is_no_refund() -> None:
    entries = [
        receipt("1", "121.00", "2026-101", counterparty=BAKKER),
        receipt("2", "121.00", "2026-101", counterparty=BAKKER),
        receipt("3", "-121.00", "salaris maart", counterparty=BAKKER),
    ]
    assert [row[0] for row in kinds(entries)] == ["1", "2"]
