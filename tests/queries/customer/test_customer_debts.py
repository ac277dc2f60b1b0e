"""For drawn ledgers: what is owed is the customer's balance, and no more than that is asked."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import Desk
from tests.credit_rows import customer, document, payment
from tests.properties import asks_many_queries

SMALL = st.integers(1, 9).map(lambda tens: f"{tens * 10}.00")
DAYS = st.integers(0, 60)


LEDGERS = 5  # of an example: each of two customers of its own


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    """Draw some ledgers and put them together."""
    drawn = [draw(ledger(f"{place}")) for place in range(LEDGERS)]
    return [row for invoices, _ in drawn for row in invoices], [row for _, paid in drawn for row in paid]


@st.composite
def ledger(draw: st.DrawFn, place: str) -> tuple[list[dict], list[dict]]:
    start = date(2026, 1, 1)
    invoices, payments = [], []
    for number in range(draw(st.integers(1, 6))):
        issued = start + timedelta(draw(DAYS))
        invoices.append(
            document(
                f"I{place}{number}", draw(st.sampled_from([f"X{place}", f"Y{place}"])),
                issued.isoformat(),
                (issued + timedelta(draw(st.sampled_from([0, 14, 90])))).isoformat(), draw(SMALL),
                entity=draw(st.sampled_from(["North", "South"])),
            )
        )  # fmt: skip
    for number in range(draw(st.integers(0, 3))):
        of = draw(st.sampled_from(invoices))
        invoices.append(
            document(
                f"N{place}{number}", of["customer_id"], (start + timedelta(draw(DAYS))).isoformat(), "",
                f"-{draw(SMALL)}", entity=of["entity"],
                original_invoice_id=of["invoice_id"] if draw(st.booleans()) else "",
            )
        )  # fmt: skip
    for number in range(draw(st.integers(0, 4))):
        of = draw(st.sampled_from(invoices))
        sign = "-" if of["amount"].startswith("-") else ""
        names = draw(st.booleans())
        payments.append(
            payment(
                f"P{place}{number}", of["customer_id"], of["invoice_id"] if names else "",
                (start + timedelta(draw(DAYS))).isoformat(), f"{sign if names else ''}{draw(SMALL)}",
                entity=of["entity"],
            )
        )  # fmt: skip
    return invoices, payments


@asks_many_queries
@given(ledgers(), DAYS)
def test_what_is_owed_is_the_customers_balance_and_no_more_is_asked(
    tmp_path_factory: pytest.TempPathFactory, rows: tuple[list[dict], list[dict]], day: int
) -> None:
    invoices, payments = rows
    as_of = date(2026, 1, 1) + timedelta(day)
    known = [row for row in invoices if date.fromisoformat(row["invoice_date"]) <= as_of]
    numbers = {row["invoice_id"] for row in known}
    paid = [row for row in payments if date.fromisoformat(row["payment_date"]) <= as_of]
    # Plain sums: what a customer owes in an administration, money that names a later document apart.
    balance: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in known:
        balance[row["customer_id"], row["entity"]] += Decimal(row["amount"])
    for row in paid:
        if not row["invoice_id"] or row["invoice_id"] in numbers:
            balance[row["customer_id"], row["entity"]] -= Decimal(row["amount"])

    def answers(desk: Desk) -> tuple[list[dict], list[dict]]:
        return desk.ask("open_items", as_of=as_of), desk.ask("worklist_items", as_of=as_of)

    whole, dated = (Desk(tmp_path_factory.mktemp("owed")) for _ in range(2))
    customers = [customer(f"{who}{place}") for place in range(LEDGERS) for who in "XY"]
    whole.load(customers=customers, invoices=invoices, payments=payments)
    dated.load(customers=customers, invoices=known, payments=paid)
    items, work = answers(whole)
    assert (items, work) == answers(dated)
    whole.close()
    dated.close()
    debts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in items:
        if row["open_amount"] > 0:
            assert 0 <= row["owed_amount"] <= row["open_amount"]
            debts[row["customer_id"], row["entity"]] += row["owed_amount"]
        else:
            assert row["open_amount"] <= row["owed_amount"] <= 0
    for key in {*debts, *balance}:
        assert debts[key] == max(Decimal(0), balance[key])
    for row in work:
        set_off = row["open_amount"] - row["owed_amount"]
        waiting = row["owed_amount"] - row["asked_amount"] if row["waits"] is None else row["owed_amount"]
        asked = row["asked_amount"] if row["waits"] is None else Decimal(0)
        assert asked + set_off + waiting == row["open_amount"]
        assert row["asked_amount"] <= row["owed_amount"]
