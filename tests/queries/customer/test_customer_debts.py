"""For drawn ledgers: what is owed is the customer's balance, and no more than that is asked."""

from collections import defaultdict
from dataclasses import dataclass, field
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
START = date(2026, 1, 1)
BACK = Decimal(10)  # money due back on an invoice in instalments


@dataclass
class Rows:
    """The rows of some ledgers, per file."""

    invoices: list[dict] = field(default_factory=list)
    instalments: list[tuple[str, str, str]] = field(default_factory=list)
    payments: list[dict] = field(default_factory=list)

    def __add__(self, other: "Rows") -> "Rows":
        return Rows(
            self.invoices + other.invoices,
            self.instalments + other.instalments,
            self.payments + other.payments,
        )


@st.composite
def ledgers(draw: st.DrawFn) -> Rows:
    """Draw some ledgers and put them together."""
    return sum((draw(ledger(f"{place}")) for place in range(LEDGERS)), Rows())


@st.composite
def ledger(draw: st.DrawFn, place: str) -> Rows:
    """Draw documents, some in instalments, and what was settled: money in and back, and written off."""
    start = START
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
    instalments = [row for invoice in invoices if draw(st.booleans()) for row in in_parts(draw, invoice)]
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
    for number, paid in enumerate(list(payments)):
        if draw(st.integers(0, 3)) == 0:
            after = date.fromisoformat(paid["payment_date"]) + timedelta(draw(st.integers(0, 20)))
            back = {"payment_id": f"R{place}{number}", "payment_date": after.isoformat()}
            payments.append({**paid, **back, "amount": str(-Decimal(paid["amount"]))})
    for of in draw(st.lists(st.sampled_from(invoices), max_size=1)):
        if of["invoice_type"] == "invoice":
            day = (start + timedelta(draw(DAYS))).isoformat()
            lost = payment(
                f"W{place}", of["customer_id"], of["invoice_id"], day, draw(SMALL), entity=of["entity"]
            )
            payments.append({**lost, "kind": "write_off", "waived": "no"})
    return Rows(invoices, instalments, [{"kind": "", "waived": "", **row} for row in payments])


def in_parts(draw: st.DrawFn, invoice: dict) -> list[tuple[str, str, str]]:
    """Return two instalments, or three of which the last is money due back."""
    half, back = Decimal(invoice["amount"]) / 2, draw(st.sampled_from([Decimal(0), BACK]))
    first = date.fromisoformat(invoice["due_date"])
    days = [(first + timedelta(20 * place)).isoformat() for place in range(3)]
    parts = zip(days, (half, half + back, -back), strict=True)
    return [(invoice["invoice_id"], day, f"{part:.2f}") for day, part in parts if part]


Sums = dict[tuple[str, str], Decimal]


def balances(
    known: list[dict], instalments: list[tuple[str, str, str]], paid: list[dict]
) -> tuple[Sums, Sums]:
    """Add up plainly what a customer owes in an administration, money that names a later document apart.

    Beside it what that balance cannot tell: what was written off, and what is due back on a day to come.
    """
    balance, beside = defaultdict(Decimal), defaultdict(Decimal)
    numbers = {row["invoice_id"] for row in known}
    for row in known:
        key = row["customer_id"], row["entity"]
        balance[key] += Decimal(row["amount"])
        parts = [Decimal(amount) for number, _day, amount in instalments if number == row["invoice_id"]]
        beside[key] -= sum(part for part in parts if part < 0)
    for row in paid:
        key = row["customer_id"], row["entity"]
        if not row["invoice_id"] or row["invoice_id"] in numbers:
            balance[key] -= Decimal(row["amount"])
            beside[key] += Decimal(row["amount"]) if row["kind"] == "write_off" else 0
    return balance, beside


@pytest.mark.slow
@asks_many_queries
@given(ledgers(), DAYS)
def test_what_is_owed_is_the_customers_balance_and_no_more_is_asked(
    tmp_path_factory: pytest.TempPathFactory, rows: Rows, day: int
) -> None:
    as_of = START + timedelta(day)
    known = [row for row in rows.invoices if date.fromisoformat(row["invoice_date"]) <= as_of]
    numbers = {row["invoice_id"]: Decimal(row["amount"]) for row in known}
    paid = [row for row in rows.payments if date.fromisoformat(row["payment_date"]) <= as_of]
    balance, beside = balances(known, rows.instalments, paid)

    def answers(desk: Desk) -> tuple[list[dict], list[dict]]:
        return desk.ask("open_items", as_of=as_of), desk.ask("worklist_items", as_of=as_of)

    whole, dated = (Desk(tmp_path_factory.mktemp("owed")) for _ in range(2))
    customers = [customer(f"{who}{place}") for place in range(LEDGERS) for who in "XY"]
    whole.load(
        customers=customers, invoices=rows.invoices, instalments=rows.instalments, payments=rows.payments
    )
    dated.load(
        customers=customers, invoices=known, payments=paid,
        instalments=[row for row in rows.instalments if row[0] in numbers],
    )  # fmt: skip
    items, work = answers(whole)
    assert (items, work) == answers(dated)
    whole.close()
    dated.close()
    debts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    of_invoice: dict[str, Decimal] = defaultdict(Decimal)
    for row in items:
        if row["open_amount"] > 0:
            assert 0 <= row["owed_amount"] <= row["open_amount"]
            debts[row["customer_id"], row["entity"]] += row["owed_amount"]
            of_invoice[row["invoice_id"]] += row["owed_amount"]
        else:
            assert row["open_amount"] <= row["owed_amount"] <= 0
    for key in {*debts, *balance}:
        assert max(Decimal(0), balance[key]) <= debts[key] <= max(Decimal(0), balance[key]) + beside[key]
        if beside[key] == 0:
            assert debts[key] == max(Decimal(0), balance[key])
    # A refund of more than was paid is owed beside the invoice, so only those without one are compared.
    refunded = {row["invoice_id"] for row in paid if Decimal(row["amount"]) < 0}
    for number in of_invoice.keys() - refunded:
        assert of_invoice[number] <= numbers[number]
    for row in work:
        set_off = row["open_amount"] - row["owed_amount"]
        waiting = row["owed_amount"] - row["asked_amount"] if row["waits"] is None else row["owed_amount"]
        asked = row["asked_amount"] if row["waits"] is None else Decimal(0)
        assert asked + set_off + waiting == row["open_amount"]
        assert row["asked_amount"] <= row["owed_amount"]
