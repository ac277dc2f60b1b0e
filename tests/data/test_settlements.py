"""The kinds of settlement: one table, which macros and queries read."""

import re
from decimal import Decimal

import pytest

from data.grains import BY_NAME, SETTLEMENTS
from tests.books import Desk
from tests.cases import Case, Cases, Loaded
from tests.paths import ROOT

D = Decimal
cases = Cases(by_administration=True)
INVOICE = ("F1", "C1", "invoice", "2026-04-01", "2026-05-01", "EUR", "1000.00")


def paid(number: str, amount: str, kind: str, day: str = "2026-05-05", invoice: str = "F1") -> dict:
    return {
        "payment_id": number, "customer_id": "C1", "invoice_id": invoice, "payment_date": day,
        "currency": "EUR", "amount": amount, "kind": kind,
    }  # fmt: skip


def test_the_macros_say_of_each_kind_what_the_table_says(desk: Desk) -> None:
    desk.load(invoices=[INVOICE])
    for kind in SETTLEMENTS:
        name = repr(kind.name)
        (row,) = desk.rows(
            f"select is_receipt({name}), is_settlement({name}), keeps_promise({name}), tie_out_line({name})"
        )
        assert row == (kind.is_cash, kind.settles, kind.keeps_promise, kind.line)
    (lines,) = desk.rows(
        "select tie_out_line('invoice'), tie_out_line('credit_note'), tie_out_line('cancellation')"
    )
    assert lines == ("invoiced", "credited", "credited")


def test_a_file_states_the_kinds_that_are_not_derived() -> None:
    assert BY_NAME["payments"].column("kind").choices == (
        "payment", "credit", "discount", "write_off", "reversal", "exchange",
    )  # fmt: skip


def test_no_statement_lists_kinds_of_settlement_of_its_own() -> None:
    names = "|".join(kind.name for kind in SETTLEMENTS)
    listed = re.compile(rf"in \(\s*'(?:{names})'\s*,\s*'(?:{names})'")
    files = [*(ROOT / "data" / "store" / "sql").rglob("*.sql"), *(ROOT / "queries").rglob("*.sql")]
    assert [file.name for file in files if listed.search(file.read_text(encoding="utf-8"))] == []


@cases.rows(
    invoices=[INVOICE],
    payments=[
        paid("P1", "500.00", "payment"), paid("P2", "100.00", "credit"), paid("P3", "20.00", "discount"),
        paid("P4", "3.00", "write_off"), paid("P5", "-50.00", "reversal", "2026-05-09"),
        paid("P6", "7.00", "exchange"),
    ],
)  # fmt: skip
def test_each_kind_has_its_line_of_the_tie_out_and_of_the_change_of_receivables(case: Case) -> None:
    # 1,000 - 100 - 20 - (500 - 50) - 3 - 7 = 420.
    lines = {
        "invoiced": D("1000.00"), "credited": D("100.00"), "discounts": D("20.00"), "received": D("450.00"),
        "written_off": D("3.00"), "listed": D("0.00"), "exchange": D("-7.00"), "recovered": D("0.00"),
    }  # fmt: skip
    (tie,) = case.sums("tie_out", as_of="2026-05-31")
    assert {name: tie[name] for name in lines} == lines
    assert (tie["receivables"], tie["difference"]) == (D("420.00"), D("0.00"))
    (moved,) = case.sums("receivables_moved", as_of="2026-05-31", days=90)
    assert {name: moved[name] for name in lines} == lines
    assert moved["closing"] == D("420.00")


PROMISED = [
    ([paid("P1", "980.00", "payment"), paid("P1", "20.00", "discount")], True),
    ([paid("P1", "980.00", "payment"), paid("P1", "20.00", "credit")], True),
    ([paid("P1", "980.00", "payment"), paid("P1", "20.00", "write_off")], False),
    ([paid("P1", "20.00", "discount")], False),
    ([paid("P1", "1000.00", "payment"), paid("R1", "-20.00", "reversal")], False),
]
for number_of_case, (rows_of_case, _is_kept) in enumerate(PROMISED):
    cases.add(
        f"promise {number_of_case}",
        {
            "invoices": [INVOICE],
            "promises": [("F1", "2026-05-02", "2026-05-10", "1000.00")],
            "payments": rows_of_case,
        },
    )


@pytest.mark.parametrize("number", range(len(PROMISED)))
def test_a_promise_is_kept_by_money_credits_and_discounts_and_by_no_write_off(
    loaded_cases: Loaded, number: int
) -> None:
    (promise,) = loaded_cases.case(f"promise {number}").ask("promises", as_of="2026-05-31")
    assert promise["is_kept"] is PROMISED[number][1]


@cases.rows(invoices=[INVOICE], payments=[paid("P1", "980.00", "payment"), paid("P1", "20.00", "discount")])
def test_a_discount_is_no_cash_and_leaves_what_was_to_be_collected(case: Case) -> None:
    (day,) = case.sums("receipt_days", as_of="2026-05-31")
    assert day["amount"] == D("980.00")
    (kpi,) = case.sums("kpi", as_of="2026-05-31")
    # Days late of the 980 alone: 4.
    assert (kpi["days_late"], kpi["receivables"]) == (4.0, D("0.00"))
    curve = case.sums("recovery_curve", as_of="2026-12-31")
    assert {(row["amount_due"], row["share_collected"]) for row in curve if row["days_since_due"] == 4} == {
        (D("980.00"), 1.0)
    }
