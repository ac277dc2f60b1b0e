"""Entries of the bank as listed, and the figures above the list."""

from datetime import date
from decimal import Decimal

import polars as pl

from data.store.cash_application import CashSources
from reports.answers.bank import entries

DAY = date(2026, 3, 10)
_SCHEMA = pl.Schema({
    "account": pl.String(), "entry_id": pl.String(), "entry_date": pl.Date(), "amount": pl.Decimal(18, 2),
    "currency": pl.String(), "counterparty": pl.String(), "description": pl.String(), "kind": pl.String(),
    "customer_id": pl.String(), "customer_name": pl.String(), "invoice_id": pl.String(),
    "applied_amount": pl.Decimal(18, 2), "status": pl.String(), "score": pl.Float64(),
    "decided_by": pl.String(),
})  # fmt: skip


def row(entry, amount, applied, status, **more):
    by = "Kasstroom" if status == "applied" else None
    return {
        "account": "A", "entry_id": entry, "entry_date": DAY, "amount": Decimal(amount), "currency": "EUR",
        "counterparty": "X", "description": None, "kind": "invoice", "customer_id": "C1",
        "customer_name": "Jansen", "invoice_id": "F1", "applied_amount": Decimal(applied), "status": status,
        "score": 0.5, "decided_by": by, **more,
    }  # fmt: skip


def rows(*given):
    return pl.DataFrame(list(given), schema=_SCHEMA)


CASH = rows(
    row("1", "100", "100", "applied"),
    row("2", "80", "50", "applied"),
    row("2", "80", "30", "unmatched", kind="other", invoice_id=None, customer_id=None),
    row("3", "20", "12", "proposed", score=0.9),
    row("3", "20", "8", "proposed", score=0.6, invoice_id="F2"),
    row("4", "1000", "1000", "applied", kind="transfer", invoice_id=None, customer_id=None),
    row("5", "500", "500", "applied", kind="other", invoice_id=None, customer_id=None),
    row("6", "-7", "-7", "applied", kind="charge", invoice_id=None, customer_id=None),
    row("7", "40", "40", "rejected", kind="other", invoice_id=None, customer_id=None),
    row("8", "60", "60", "confirmed", decided_by="Ann"),
)


def test_an_entry_waits_for_as_long_as_a_part_of_it_does():
    listed = entries.entries(CASH)
    assert dict(listed.select("entry_id", "state").iter_rows()) == {
        "1": "applied", "2": "unmatched", "3": "proposed", "4": "applied", "5": "applied", "6": "applied",
        "7": "applied", "8": "applied",
    }  # fmt: skip
    third = listed.filter(entry_id="3").row(0, named=True)
    assert (third["invoices"], third["score"]) == (["F1", "F2"], 0.6)
    # 30 of the second and all of the third.
    assert entries.waiting(listed, CASH, "EUR") == entries.Waiting(2, Decimal(50))


def test_what_was_turned_down_for_an_invoice_is_not_what_it_is_for():
    listed = entries.entries(
        rows(
            row("1", "100", "0", "rejected", kind="other"),
            row("1", "100", "100", "proposed", invoice_id="F9", customer_id="C9"),
        )
    )
    assert listed["invoices"].to_list() == [["F9"]]
    assert listed["customer_id"].to_list() == ["C9"]


def test_received_is_money_of_customers_and_by_itself_what_the_program_applied():
    # 100 + 80 + 20 + 60: no transfer, no tax or payout, nothing that somebody said is not ours.
    got = entries.received(CASH, "EUR", None, DAY)
    assert got == entries.Received(Decimal(260), Decimal(150))
    assert got.share == Decimal(150) / Decimal(260)
    assert entries.received(CASH, "EUR", DAY, DAY) == entries.Received(Decimal(0), Decimal(0))
    assert entries.received(CASH, "USD", None, DAY).share is None


def test_what_people_contradict_is_part_of_all_that_was_applied():
    many = rows(*(row(f"{n}", "10", "10", "applied") for n in range(30)))
    contradicted = pl.DataFrame(
        {"account": ["A", "A"], "entry_id": ["0", "1"], "currency": ["EUR", "EUR"],
         "applied_amount": [Decimal(10), Decimal(10)], "contradicted_amount": [Decimal(6), Decimal(0)]}
    )  # fmt: skip
    error = entries.measured_error(many, contradicted, "EUR")
    # 6 of 28 × 10 that stand and the 20 that were judged.
    assert (error.contradicted, error.applied, error.cases) == (Decimal(6), Decimal(300), 1)


def test_sources_say_where_the_bank_only_proposes():
    given = pl.DataFrame(
        {"entity": ["N", "Z", ""], "bookkeeping_payments": [3, 2, 0], "cash_source": ["bank", None, None]},
        schema={"entity": pl.String, "bookkeeping_payments": pl.Int64, "cash_source": pl.String},
    )
    sources = entries.sources_of(given)
    assert sources == CashSources({"N": "bank"}, frozenset({"N", "Z"}))
    assert entries.proposing_only(sources, given) == ["Z"]
    assert entries.undecided(sources) == ["Z"]
