"""A figure of a day is that of a store which holds nothing dated after it: claims, late payments, VAT."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.books import Desk
from tests.worklist_ledger import customer

START = date(2025, 1, 1)
QUERIES = (
    "claims", "claim_periods", "claim_payments", "late_payment_claims", "worklist_items", "vat_on_bad_debts",
    "tie_out", "open_items", "timeline",
)  # fmt: skip
COMPARED = range(4)


def drawn_ledger(seed: int) -> dict[str, list[dict]]:
    """Draw invoices that are paid, bounce, are written off, waived, written back and paid after all.

    Customers, documents and administrations bear the seed, so that ledgers can be put together.
    """
    draw = random.Random(seed)
    invoices, payments, contacts = [], [], []
    entities = [f"{seed}A", f"{seed}B"]
    for number in range(24):
        who = f"{seed}C{number % 4}"
        issued = START + timedelta(days=draw.randint(0, 200))
        amount = Decimal(draw.choice([300, 1000, 12500, 20000])) / 10
        invoices.append({
            "invoice_id": f"{seed}F{number}", "customer_id": who, "invoice_type": "invoice",
            "invoice_date": issued, "due_date": issued + timedelta(days=14),
            "currency": "EUR", "amount": amount,
            "vat_amount": (amount * 21 / 121).quantize(Decimal("0.01")), "entity": draw.choice(entities),
        })  # fmt: skip
        for place in range(draw.randint(0, 5)):
            share = draw.choice(["1", "0.5", "0.3", "-0.3", "0.004", "-1"])
            kind = draw.choice(["payment", "payment", "write_off", "write_off", "credit", "reversal"])
            value = (amount * Decimal(share)).quantize(Decimal("0.01"))
            row = {
                "payment_id": f"{seed}P{number}-{draw.randint(0, 2)}-{place}", "customer_id": who,
                "invoice_id": f"{seed}F{number}",
                "payment_date": issued + timedelta(days=draw.randint(1, 500)),
                "currency": "EUR", "amount": abs(value) if kind == "write_off" else value, "kind": kind,
                "waived": draw.choice(["", "", "yes", "no"]) if kind == "write_off" else "",
            }  # fmt: skip
            payments.append(row)
            if kind == "write_off" and draw.random() < 0.2:  # taken back by hand
                later = row["payment_date"] + timedelta(days=draw.randint(0, 90))
                payments.append(
                    {
                        **row,
                        "payment_id": f"{seed}B{number}-{place}",
                        "payment_date": later,
                        "amount": -row["amount"],
                    }
                )
        for _contact in range(draw.randint(0, 3)):
            sent = issued + timedelta(days=draw.randint(10, 120))
            contacts.append({
                "customer_id": who, "invoice_id": draw.choice(["", f"{seed}F{number}"]), "contact_date": sent,
                "channel": draw.choice(["letter", "email", "post", "call"]), "direction": "out",
                "kind": draw.choice(["notice_14_days", "final_demand", "friendly_reminder"]),
            })  # fmt: skip
    for number in range(6):
        day = START + timedelta(days=draw.randint(0, 400))
        amount = Decimal(draw.choice([50, 400, 3000]))
        invoices.append({
            "invoice_id": f"{seed}K{number}", "customer_id": f"{seed}C{number % 4}",
            "invoice_type": "credit_note", "invoice_date": day, "due_date": day,
            "currency": "EUR", "amount": -amount, "entity": draw.choice(entities),
            "original_invoice_id": draw.choice(["", f"{seed}F{draw.randint(0, 23)}"]),
        })  # fmt: skip
        payments.append({
            "payment_id": f"{seed}A{number}", "customer_id": f"{seed}C{number % 4}", "invoice_id": "",
            "payment_date": day, "currency": "EUR", "amount": amount / 2, "kind": "payment",
            "entity": draw.choice(entities),
        })  # fmt: skip
    contacts = [dict(row) for row in {tuple(row.items()) for row in contacts}]
    kinds = ["consumer", "business", "public", "consumer"]
    return {
        "customers": [customer(f"{seed}C{n}", customer_type=kind) for n, kind in enumerate(kinds)],
        "invoices": invoices, "payments": payments, "contacts": contacts,
    }  # fmt: skip


def joined(seeds: range) -> dict[str, list[dict]]:
    """Put the ledgers of some seeds together: none has a customer or an administration of another."""
    ledgers = [drawn_ledger(seed) for seed in seeds]
    return {grain: [row for ledger in ledgers for row in ledger[grain]] for grain in ledgers[0]}


def until(rows: list[dict], column: str, day: date) -> list[dict]:
    return [row for row in rows if row[column] <= day]


def answers(desk: Desk, day: date) -> dict[str, list[dict]]:
    own = {"tie_out": {"opening_date": "2024-12-31"}}
    found = {name: desk.ask(name, as_of=day, **own.get(name, {})) for name in QUERIES if name != "timeline"}
    timelines = (desk.ask("timeline", as_of=day, customer=f"{seed}C0") for seed in COMPARED)
    # When a store was loaded is its own, and no figure of a day.
    events = [
        [{name: value for name, value in row.items() if name != "contact_recorded_at"} for row in timeline]
        for timeline in timelines
    ]
    return {**found, "timeline": events}


@pytest.mark.slow
@pytest.mark.parametrize("days", [150, 380])
def test_what_is_dated_later_changes_no_figure_of_a_day(tmp_path, days):
    ledger = joined(COMPARED)
    day = START + timedelta(days=days)
    whole, cut = Desk(tmp_path / "whole"), Desk(tmp_path / "cut")
    whole.load(**ledger)
    cut.load(
        customers=ledger["customers"],
        invoices=until(ledger["invoices"], "invoice_date", day),
        payments=until(ledger["payments"], "payment_date", day),
        contacts=until(ledger["contacts"], "contact_date", day),
    )
    expected, answer = answers(cut, day), answers(whole, day)
    for name in QUERIES:
        assert answer[name] == expected[name], name
    # No line is empty by accident, and the books tie out in both.
    assert {row["customer_id"].split("C")[0] for row in answer["claims"]} == {str(seed) for seed in COMPARED}
    assert all(row["is_tied"] for row in answer["tie_out"])
    cut.close()
    whole.close()


def test_what_is_claimed_is_what_fell_due_less_credits_waivers_and_payments(desk):
    """By plain loops: principal is not below the debt, and the debt is what is open plus what is unwaived."""
    ledger = joined(range(4, 8))
    desk.load(**ledger, settings=[{"key": "set_off", "value": "none"}])
    day = START + timedelta(days=400)
    rows = {row["invoice_id"]: row for row in desk.ask("claims", as_of=day)}
    for invoice in until(ledger["invoices"], "due_date", day - timedelta(days=1)):
        if invoice["invoice_type"] == "credit_note":
            continue
        lines = [
            row for row in ledger["payments"]
            if row["invoice_id"] == invoice["invoice_id"] and row["payment_date"] <= day
        ]  # fmt: skip
        unmarked = sum(row["amount"] for row in lines if row["kind"] == "write_off" and not row["waived"])
        debt = invoice["amount"] - sum(
            row["amount"] for row in lines
            if row["kind"] != "write_off" or row["waived"] == "yes" or (not row["waived"] and unmarked < 5)
        )  # fmt: skip
        row = rows.get(invoice["invoice_id"])
        if row is None:
            assert debt <= 0, invoice["invoice_id"]
        else:
            assert row["open_amount"] + row["written_off_amount"] == debt, invoice["invoice_id"]
            assert row["principal"] >= debt


@pytest.mark.slow
def test_no_more_is_claimed_than_the_customer_owes_and_what_was_written_off(desk):
    """Per customer and administration: debts less set-off against receivables and unwaived write-offs."""
    seeds = range(8, 12)
    desk.load(**joined(seeds))
    day = START + timedelta(days=400)
    claimed: dict[tuple, Decimal] = {}
    written_off: dict[tuple, Decimal] = {}
    for row in desk.ask("claims", as_of=day):
        key = row["customer_id"], row["entity"]
        debt = row["open_amount"] + row["written_off_amount"] - row["set_off_amount"]
        assert debt > 0
        claimed[key] = claimed.get(key, Decimal(0)) + debt
        written_off[key] = written_off.get(key, Decimal(0)) + row["written_off_amount"]
    entities = {entity for _who, entity in claimed}
    assert {entity[:-1] for entity in entities} == {str(seed) for seed in seeds}
    balances = {
        (row["customer_id"], entity): row["total"]
        for entity in entities
        for row in desk.ask("ageing", as_of=day, entity=entity)
    }
    for (who, entity), amount in claimed.items():
        balance = balances.get((who, entity), Decimal(0))
        assert amount <= max(Decimal(0), balance + written_off[who, entity]), (who, entity)
