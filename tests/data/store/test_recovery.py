"""Money after a write-off takes the write-off back first: the books do not turn negative."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cases import Case, Cases, Loaded
from tests.worklist_ledger import customer

D = Decimal
cases = Cases(by_administration=True)


def bill(name: str = "F1", amount: str = "1000.00", **more: str) -> tuple:
    return (name, "C1", "invoice", "2025-01-01", "2025-01-31", more.get("currency", "EUR"), amount)


def lines(*rows: str) -> list[dict]:
    """Return payment lines from texts such as `write_off 03-01 1000.00 W1 yes`."""
    fields = [(*row.split(" "), "", "")[:5] for row in rows]
    return [
        {
            "payment_id": number or f"N{place}", "customer_id": "C1", "invoice_id": "F1", "currency": "EUR",
            "payment_date": f"2025-{day}", "amount": amount, "kind": kind, "waived": waived,
        }
        for place, (kind, day, amount, number, waived) in enumerate(fields)
    ]  # fmt: skip


def booked(case: Case) -> list[tuple]:
    return case.rows(
        f"select event_date, sum(amount) from item where kind = 'recovered' and {case.owns('document_id')} "
        "group by 1 having sum(amount) <> 0 order by 1"
    )


def open_amount(case: Case) -> Decimal:
    return sum((row["open_amount"] for row in case.ask("open_items", as_of="2025-12-31")), D(0))


def ties(case: Case) -> dict:
    [row] = case.sums("tie_out", as_of="2025-12-31", opening_date="2024-12-31")
    assert row["is_tied"]
    assert row["difference"] == 0
    return row


WRITTEN_OFF = [
    # Written off whole, then 300.00 and 700.00 come: each takes as much back.
    (["write_off 03-01 1000.00", "payment 04-01 300.00"], [("04-01", "300.00")], "0.00"),
    (
        ["write_off 03-01 1000.00", "payment 04-01 300.00", "payment 05-01 700.00"],
        [("04-01", "300.00"), ("05-01", "700.00")],
        "0.00",
    ),
    # 1,100.00 for 1,000.00: the 100.00 is overpaid.
    (["write_off 03-01 1000.00", "payment 04-01 1100.00"], [("04-01", "1000.00")], "-100.00"),
    # 400.00 written off of 1,000.00: of 500.00 it takes 400.00, and 100.00 pays; 500.00 stays open.
    (["write_off 03-01 400.00", "payment 04-01 500.00"], [("04-01", "400.00")], "500.00"),
    # Paid before the write-off: nothing to take back.
    (["payment 02-01 400.00", "write_off 03-01 600.00"], [], "0.00"),
    (
        ["payment 02-01 400.00", "write_off 03-01 600.00", "payment 04-01 600.00"],
        [("04-01", "600.00")],
        "0.00",
    ),
    # Waived, or too small to be a claim: the money is overpaid.
    (["write_off 03-01 1000.00 W yes", "payment 04-01 300.00"], [], "-300.00"),
    (["write_off 03-01 4.99", "payment 04-01 1000.00"], [], "-4.99"),
    (["write_off 03-01 4.99 W no", "payment 04-01 1000.00"], [("04-01", "4.99")], "0.00"),
    # The payment bounces: the write-off stands again.
    (
        ["write_off 03-01 1000.00", "payment 04-01 300.00 P", "reversal 04-05 -300.00 P"],
        [("04-01", "300.00"), ("04-05", "-300.00")],
        "0.00",
    ),
    # 1,100.00 come and 1,000.00 go back, whatever their numbers: what is beyond the write-off goes first.
    (
        ["write_off 03-01 1000.00", "payment 04-01 1100.00", "payment 04-05 -1000.00"],
        [("04-01", "1000.00"), ("04-05", "-900.00")],
        "0.00",
    ),
    (
        [
            "write_off 03-01 1000.00", "payment 04-01 1000.00 P", "payment 04-02 100.00",
            "reversal 04-05 -1000.00 P",
        ],
        [("04-01", "1000.00"), ("04-05", "-900.00")],
        "0.00",
    ),
    # One from before the write-off bounces: 400.00 is open again, what came after stays recovered.
    (
        [
            "payment 02-01 400.00 P", "write_off 03-01 600.00", "payment 04-01 600.00 Q",
            "reversal 04-05 -400.00 P",
        ],
        [("04-01", "600.00")],
        "400.00",
    ),
    # The books take the write-off back themselves, before or after the money.
    (["write_off 03-01 1000.00", "write_off 04-01 -1000.00", "payment 04-02 1000.00"], [], "0.00"),
    (
        ["write_off 03-01 1000.00", "payment 04-01 1000.00", "write_off 04-02 -1000.00"],
        [("04-01", "1000.00"), ("04-02", "-1000.00")],
        "0.00",
    ),
    # Two small sums are no small sum, from the day of the second one.
    (["write_off 03-01 3.00", "payment 04-01 1000.00", "write_off 05-01 3.00"], [], "-6.00"),
    (
        ["write_off 03-01 3.00", "write_off 03-02 3.00", "payment 04-01 1000.00"],
        [("04-01", "6.00")],
        "0.00",
    ),
]  # fmt: skip
for rows_of_one, _recovered, _left in WRITTEN_OFF:
    cases.add(
        "; ".join(rows_of_one),
        {"customers": [customer("C1")], "invoices": [bill()], "payments": lines(*rows_of_one)},
    )


@pytest.mark.parametrize(("rows", "recovered", "left"), WRITTEN_OFF)
def test_money_after_a_write_off_takes_it_back_first(
    loaded_cases: Loaded, rows: list[str], recovered: list[tuple[str, str]], left: str
) -> None:
    case = loaded_cases.case("; ".join(rows))
    assert booked(case) == [(date.fromisoformat(f"2025-{day}"), D(amount)) for day, amount in recovered]
    assert open_amount(case) == D(left)
    tied = ties(case)
    assert tied["recovered"] == sum((D(amount) for _day, amount in recovered), D(0))
    assert tied["receivables"] == D(left)


@cases.rows(
    customers=[customer("C1")],
    invoices=[bill()],
    payments=lines("write_off 03-01 1000.00", "payment 04-01 300.00"),
)
def test_the_day_before_the_money_nothing_is_recovered(case: Case) -> None:
    [before] = case.sums("tie_out", as_of="2025-03-31")
    assert (before["recovered"], before["written_off"], before["receivables"]) == (0, 1000, 0)
    # Claimed: 1,000.00 until the money comes; then 150.00 of it pays the costs and 18.33 the interest
    # (1,000 x 11.15% x 60 / 365), so that 131.67 pays principal and 868.33 is left.
    [claim] = case.ask("claims", as_of="2025-03-31")
    assert (claim["principal"], claim["written_off_amount"]) == (1000, 1000)
    [claim] = case.ask("claims", as_of="2025-04-01")
    assert (claim["principal"], claim["written_off_amount"], claim["open_amount"]) == (D("868.33"), 700, 0)
    assert case.ask("worklist_items", as_of="2025-04-01") == []


@cases.rows(
    customers=[customer("C1")],
    invoices=[bill()],
    payments=lines("write_off 03-01 1000.00", "payment 04-01 1000.00"),
)
def test_a_debt_written_off_and_paid_after_all_is_claimed_no_more(case: Case) -> None:
    assert case.ask("claims", as_of="2025-04-01") == []


@cases.rows(
    customers=[customer("C1")],
    invoices=[bill()],
    instalments=[("F1", "2025-01-31", "400.00"), ("F1", "2025-02-28", "600.00")],
    payments=lines("write_off 03-01 1000.00", "payment 04-01 700.00"),
)
def test_of_instalments_the_books_close_as_they_were_closed(case: Case) -> None:
    assert case.ask("open_items", as_of="2025-12-31") == []
    assert ties(case)["recovered"] == 700
