"""Published worked examples (tests/oracles/kpi_cases.json), asked of the real queries.

A case that gives totals becomes a small ledger with those totals; what no ledger can hold is asked of the
functions of `queries.worked`.
"""

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from forecasting.statistics.absorption import absorb
from queries.kpi.countback import countback
from tests import paths
from tests.oracles.published_arithmetic import collections, dso_crf3
from tests.shared_desk import SharedDesk

ORACLES = json.loads((paths.ORACLES / "kpi_cases.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in ORACLES["cases"]}
AGEING = {case["id"]: case for case in ORACLES["ageing_cases"]}
CENT = Decimal("0.01")
LATE, EARLY = date(2030, 1, 1), date(2000, 1, 1)


class Ledger:
    """Rows of one customer, and the load of them."""

    def __init__(self, desk: SharedDesk) -> None:
        self.desk = desk
        self.invoices: list[tuple] = []
        self.payments: list[tuple] = []

    def bill(
        self, amount: Decimal | int, issued: date, due: date, paid: Decimal | int = 0, on: date = LATE
    ) -> None:
        name = f"F{len(self.invoices)}"
        self.invoices.append((name, "C1", "invoice", issued, due, "EUR", _cents(amount)))
        if paid:
            self.pay(name, paid, on)

    def pay(self, name: str, amount: Decimal | int, on: date) -> None:
        self.payments.append((f"P{len(self.payments)}", "C1", name, on, "EUR", _cents(amount)))

    def ask(self, name: str, as_of: date) -> dict:
        self.desk.load(
            customers=[("C1", "One", "", "NL", 30, None)], invoices=self.invoices, payments=self.payments
        )
        return self.desk.ask(name, as_of=as_of)[0]


def of_kind(kpi: str) -> list:
    return [pytest.param(case["in"], case, id=name) for name, case in CASES.items() if case["kpi"] == kpi]


def near(found: float | Decimal, case: dict) -> bool:
    return abs(float(found) - case["expect"]) <= max(case["tol"], 1e-9)


def test_no_case_is_left_out():
    asked = {"cei", "dso_crf3", "dso_simple", "add", "countback", "weighted_avg", "collections", "absorb"}
    assert {case["kpi"] for case in CASES.values()} == asked
    assert set(AGEING) == {"OCA-383", "ODOO-16235", "ODOO-16016", "OCA-707"}


@pytest.mark.parametrize(("given", "case"), of_kind("cei"))
def test_collection_effectiveness_as_published(entity_desk, given, case):
    ledger = Ledger(entity_desk)
    # The opening balance is overdue, from long before. The month bills sales / n; the current part stays.
    day = date(2026, 4, 30)
    sales = (Decimal(given["credit_sales"]) / given["n"]).quantize(CENT, ROUND_HALF_UP)
    overdue = Decimal(given["end_ar"] - given["end_current"])
    ledger.bill(given["begin_ar"], EARLY, EARLY, given["begin_ar"] - overdue, date(2026, 4, 15))
    ledger.bill(sales, date(2026, 4, 2), LATE, sales - given["end_current"], date(2026, 4, 20))
    row = ledger.ask("kpi", day)
    assert (row["open_amount"], row["overdue"]) == (given["end_ar"], overdue)
    assert near(row["cei"], case)


@pytest.mark.parametrize(("given", "case"), of_kind("dso_simple"))
def test_dso_by_the_balance_method_as_published(entity_desk, given, case):
    ledger = Ledger(entity_desk)
    # Sales of so many days, as the sales of 90 days at that pace.
    day, sales = date(2026, 6, 30), Decimal(given["sales"]) * 90 / given["days"]
    ledger.bill(sales, day - timedelta(days=30), LATE, max(sales - given["ar"], 0), day)
    row = ledger.ask("kpi", day)
    assert row["open_amount"] == given["ar"]
    assert near(row["dso_balance_90"], case)


def test_days_delinquent_as_published(entity_desk):
    ledger = Ledger(entity_desk)
    # Receivables 15,000, of which 4,000 current; sales 10,000 in 30 days are 30,000 in 90.
    case, day = CASES["CG-ADD"], date(2026, 6, 30)
    ledger.bill(4000, day - timedelta(days=20), LATE)
    ledger.bill(26000, day - timedelta(days=80), day - timedelta(days=50), 15000, day)
    row = ledger.ask("kpi", day)
    assert (row["dso_balance_90"], row["best_possible_dso"]) == (case["in"]["dso"], case["in"]["bpdso"])
    assert near(row["average_days_delinquent"], case)


@pytest.mark.parametrize(("given", "case"), of_kind("countback"))
def test_countback_from_totals_as_published(given, case):
    assert near(countback(Decimal(given["ar"]), [(Decimal(b), days) for b, days in given["periods"]]), case)


@pytest.mark.parametrize("name", ["CB-HFM-corrected", "CB-HFM-printed"])
def test_countback_over_six_real_months_as_published(entity_desk, name):
    ledger = Ledger(entity_desk)
    # Months of 30, 31, 31, 30, 31 and 30 days, backwards: September to April. What was billed beyond the
    # receivables is paid on the oldest invoice.
    case, end = CASES[name], date(2026, 9, 30)
    billed = [Decimal(amount) for amount, _ in case["in"]["periods"]]
    for amount, (_, days) in zip(billed, case["in"]["periods"], strict=True):
        assert end.day == days
        ledger.bill(amount, end, LATE)
        end = end.replace(day=1) - timedelta(days=1)
    surplus = sum(billed) - case["in"]["ar"]
    assert surplus > 0
    ledger.pay("F5", surplus, date(2026, 9, 30))
    row = ledger.ask("kpi", date(2026, 9, 30))
    assert row["open_amount"] == case["in"]["ar"]
    assert near(row["dso_countback"], case)


def test_countback_of_212_000_over_real_months(entity_desk):
    ledger = Ledger(entity_desk)
    # 100,000 in June (30), 80,000 in May (31), 70,000 in April (30): 30 + 31 + 32/70 x 30 = 74.71.
    for amount, day in (
        (100_000, date(2026, 6, 30)),
        (80_000, date(2026, 5, 31)),
        (70_000, date(2026, 4, 30)),
    ):
        ledger.bill(amount, day, LATE)
    ledger.pay("F2", 38_000, date(2026, 6, 30))
    row = ledger.ask("kpi", date(2026, 6, 30))
    assert row["open_amount"] == CASES["CB-212k"]["in"]["ar"]
    assert row["dso_countback"] == pytest.approx(61 + 32 / 70 * 30)


@pytest.mark.parametrize(("given", "case"), of_kind("weighted_avg"))
def test_weighted_days_to_pay_as_published(entity_desk, given, case):
    ledger = Ledger(entity_desk)
    issued = date(2026, 5, 1)
    for amount, days in zip(given["amount"], given["days"], strict=True):
        ledger.bill(amount, issued, LATE, amount, issued + timedelta(days=days))
    assert near(ledger.ask("kpi", date(2026, 6, 30))["days_to_pay"], case)


@pytest.mark.parametrize(("given", "case"), of_kind("dso_crf3"))
def test_dso_of_the_survey_as_published(given, case):
    balances = [Decimal(balance) for balance in given["month_end_ar"]]
    assert near(dso_crf3(balances, Decimal(given["quarter_credit_sales"])), case)


def test_dso_of_the_survey_needs_a_whole_quarter():
    with pytest.raises(ValueError, match="there are 2"):
        dso_crf3([Decimal(1), Decimal(2)], Decimal(3))
    assert dso_crf3([Decimal(1), Decimal(2), Decimal(3)], Decimal(0)) is None


@pytest.mark.parametrize(("given", "case"), of_kind("collections"))
def test_collections_as_published(given, case):
    terms = [tuple(Decimal(str(part)) for part in term) for term in given["terms"]]
    assert near(collections(terms), case)


@pytest.mark.parametrize(("given", "case"), of_kind("absorb"))
def test_where_the_money_ends_as_published(given, case):
    ended = absorb(given["Q"], given["R"], given["v"])
    assert [
        abs(found - expected) <= case["tol"] for found, expected in zip(ended, case["expect"], strict=True)
    ] == [
        True,
        True,
    ]


def test_ageing_by_bucket_as_published(entity_desk):
    ledger = Ledger(entity_desk)
    # The published table ends at 120 days; ours at 90: the last two together.
    case = AGEING["OCA-383"]
    for issued, due, amount in case["invoices"]:
        ledger.bill(amount, date.fromisoformat(issued), date.fromisoformat(due))
    row = ledger.ask("ageing", date.fromisoformat(case["asof"]))
    expected = case["expect"]
    assert [row[name] for name in ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus", "total")] == [
        expected["not_due"],
        expected["1-30"],
        expected["31-60"],
        expected["61-90"],
        expected["91-120"] + expected[">120"],
        175_500,
    ]
    finer = ledger.desk.ask("ageing", as_of=case["asof"], limits=[30, 60, 90, 120])[0]
    assert (finer["b4"], finer["b5"]) == (expected["91-120"], expected[">120"])


@pytest.mark.parametrize("day", AGEING["ODOO-16235"]["expect"])
def test_ageing_of_part_payments_on_every_listed_day_as_published(entity_desk, day):
    ledger = Ledger(entity_desk)
    case = AGEING["ODOO-16235"]
    issued, due, amount = case["invoice"]
    ledger.bill(amount, date.fromisoformat(issued), date.fromisoformat(due))
    for on, paid in case["payments"]:
        ledger.pay("F0", paid, date.fromisoformat(on))
    row = ledger.ask("ageing", date.fromisoformat(day))
    columns = {
        "not_due": "not_due",
        "1-30": "d1_30",
        "31-60": "d31_60",
        "unapplied": "unapplied",
        "ledger": "total",
    }
    expected = case["expect"][day]
    for name, value in expected.items():
        if name == "open":
            assert row["total"] - row["unapplied"] == value
        else:
            assert row[columns[name]] == value
    named = {columns[name] for name in expected if name in columns} | {"total"}
    assert [
        row[name] for name in ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus") if name not in named
    ] == [0] * (5 - len(named - {"total", "unapplied"}))


@pytest.mark.parametrize("name", ["ODOO-16016", "OCA-707"])
def test_an_invoice_paid_later_is_open_until_then_as_published(entity_desk, name):
    ledger = Ledger(entity_desk)
    case = AGEING[name]
    issued, due, amount = case["invoice"]
    ledger.invoices.append(("F0", "C1", "invoice", issued, due, "EUR", _cents(amount)))
    for on, paid in case["payments"]:
        ledger.pay("F0", paid, date.fromisoformat(on))
    open_day, closed_day = case["expect"]
    row = ledger.ask("ageing", date.fromisoformat(open_day))
    # Without a due date the customer's 30 days count: due 30 May, one day overdue on the 31st.
    assert (row["d1_30"], row["total"]) == (amount, amount)
    assert ledger.desk.ask("ageing", as_of=closed_day) == []


def _cents(amount: Decimal | int) -> str:
    return str(Decimal(amount).quantize(CENT))
