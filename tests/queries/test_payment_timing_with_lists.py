"""What only lists of open items say is settled is in no answer about when customers pay."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.store.load import load
from data.store.missing import FullLoad
from forecasting.arrays import number
from forecasting.warnings.rules import BY_NAME
from tests.books import Desk, weekly_book
from tests.forecasting.warnings.ledger_books import book
from tests.kpi_ledger import invoice, payment
from tests.ledger_forecasts import history

pytestmark = pytest.mark.slow

AS_OF = date(2026, 6, 28)
LISTS = (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 14))
# Documents that only lists settle, of customers who pay their other invoices themselves: 100.00 each.
LISTED = [
    invoice(f"X{place}", issued, due, "100.00", f"C{place % 3}")
    for place, (issued, due) in enumerate(
        [
            ("2026-03-02", "2026-04-01"),
            ("2026-04-06", "2026-05-06"),
            ("2026-04-13", "2026-05-13"),
            # Due after the list that shows it no longer: it was paid on time, and still nobody knows when.
            ("2026-04-20", "2026-06-20"),
        ]
    )
]
PROMISES = [("X0", "2026-04-10", "2026-05-15", "100.00"), ("X1", "2026-05-10", "2026-06-20", "100.00")]
TIMING = (
    "days_to_pay", "days_late", "on_time_share", "days_to_pay_with_open", "days_late_with_open",
)  # fmt: skip
# Answers that hold no row of a document that a list settled, and are else the same.
SAME = {
    "roll_rates": {}, "roll_rate_average": {}, "roll_rate_invoices": {}, "provision_matrix": {},
    "payments": {}, "recovery_curve": {}, "cohort_map": {}, "due_month_invoices": {}, "issued_invoices": {},
    "fallen_due": {}, "pay_days": {}, "receipt_days": {}, "payment_practices": {},
    "payment_behaviour": {"customer": "C1"}, "payment_terms_late": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Customers who pay on Thursdays."""
    desk = Desk(tmp_path_factory.mktemp("plain"))
    desk.load(**weekly_book(until=AS_OF, customers=3, start=date(2026, 1, 5)))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same customers with four invoices more, which are on a first list and then on no other."""
    desk = Desk(tmp_path_factory.mktemp("mixed"), shares_loads=False)
    ledger = weekly_book(until=AS_OF, customers=3, start=date(2026, 1, 5))
    desk.load(**{**ledger, "invoices": [*ledger["invoices"], *LISTED]}, promises=PROMISES)
    shown = [["X0", "X1", "X2", "X3"], ["X1", "X2"], ["X2"]]
    for day, names in zip(LISTS, shown, strict=True):
        rows = [(day, name, "EUR", "100.00" if name != "X2" else "0.00") for name in names]
        if day == LISTS[0]:
            rows[2] = (day, "X2", "EUR", "100.00")
        folder = desk.folder(open_items=rows)
        seen = load(desk.store, [folder], full=FullLoad())
        load(desk.store, [folder], full=FullLoad(cancel=seen.missing.height, shrunk=seen.shrunk))
    yield desk
    desk.close()


def test_the_lists_settled_all_four(mixed: Desk) -> None:
    rows = mixed.ask("listed_documents", as_of=AS_OF)
    settled = {
        row["invoice_id"]: (row["listed_date"], row["listed_amount"], row["open_amount"]) for row in rows
    }
    assert settled == {
        "X0": (LISTS[1], 100, 0), "X1": (LISTS[2], 100, 0),
        "X2": (LISTS[1], 100, 0), "X3": (LISTS[1], 100, 0),
    }  # fmt: skip
    [coverage] = mixed.ask("list_coverage", as_of=AS_OF)
    assert (coverage["listed_invoices"], coverage["list_date"]) == (4, LISTS[2])
    paid = {row["invoice_id"] for row in mixed.ask("payments", as_of=AS_OF, period=365)}
    assert coverage["received_invoices"] == len(paid)


def test_no_figure_about_when_customers_pay_counts_them(plain: Desk, mixed: Desk) -> None:
    for query in ("kpi", "kpi_customers"):
        expected, found = (
            sorted(
                [str(row.get("customer_id")), *(row[name] for name in TIMING)]
                for row in desk.ask(query, as_of=AS_OF)
            )
            for desk in (plain, mixed)
        )
        assert found == expected, query


def test_before_the_day_of_the_list_they_count_as_what_they_are(plain: Desk, mixed: Desk) -> None:
    # On the last day before the list X0, X1 and X2 are open and past due: 300.00 more fell due, none on time.
    day = LISTS[1] - timedelta(days=1)
    due, on_time = (
        sum(row[name] for row in plain.ask("fallen_due", as_of=day))
        for name in ("amount_due", "amount_on_time")
    )
    [kpi] = mixed.ask("kpi", as_of=day)
    assert kpi["on_time_share"] == pytest.approx(float(on_time / (due + 300)))


@pytest.mark.parametrize("name", SAME)
def test_an_answer_about_payments_is_the_same_without_them(plain: Desk, mixed: Desk, name: str) -> None:
    expected, found = (desk.ask(name, as_of=AS_OF, **SAME[name]) for desk in (plain, mixed))
    assert found == expected


def test_the_terms_that_customers_take_are_the_same_without_them(plain: Desk, mixed: Desk) -> None:
    columns = ("customer_id", "taken_days", "days_late", "recent_days_late", "share_outside_agreed",
               "paid_amount", "parts_due", "parts_on_time")  # fmt: skip
    expected, found = (
        [[row[name] for name in columns] for row in desk.ask("payment_terms", as_of=AS_OF)]
        for desk in (plain, mixed)
    )
    assert found == expected


def test_a_promise_that_only_a_later_list_shows_as_paid_is_neither_kept_nor_broken(mixed: Desk) -> None:
    # X0 was promised for 15 May and is gone on the list of 31 May: nobody knows. X1 was promised for 20 June
    # and is gone on the list of 14 June: kept.
    assert [(row["invoice_id"], row["is_kept"]) for row in mixed.ask("promises", as_of=AS_OF)] == [
        ("X1", True)
    ]
    [kpi] = mixed.ask("kpi", as_of=AS_OF)
    assert (kpi["promise_kept_share"], kpi["promise_kept_amount_share"]) == (1.0, 1.0)
    own = {row["customer_id"]: row["promise_kept_share"] for row in mixed.ask("kpi_customers", as_of=AS_OF)}
    assert (own["C0"], own["C1"]) == (None, 1.0)
    # On 20 May it was open and past the promised day.
    assert [row["is_kept"] for row in mixed.ask("promises", as_of="2026-05-20")] == [False]
    events = [
        row["event"]
        for row in mixed.ask("timeline", as_of=AS_OF, customer="C0")
        if row["document_id"] == "X0"
    ]
    assert events == ["listed", "promise", "due", "invoice"]
    kinds = [row["document_id"] for row in mixed.ask("arrangements", as_of=AS_OF)]
    assert kinds == ["X1"]


def test_the_forecast_learns_billings_from_them_and_no_days_of_payment(plain: Desk, mixed: Desk) -> None:
    expected, found = (history(desk) for desk in (plain, mixed))
    assert found.listed["document_id"].to_list() == ["X0", "X3", "X1", "X2"]
    for name in ("issued", "due", "closed", "by_cash", "amount"):
        assert getattr(found.documents, name).tolist() == getattr(expected.documents, name).tolist(), name
    assert found.receipts.tolist() == expected.receipts.tolist()
    day = number(date(2026, 4, 6)) - found.billings.first
    assert found.billings.daily[day] - expected.billings.daily[day] == pytest.approx(100.0)
    assert found.billings.daily.sum() - expected.billings.daily.sum() == pytest.approx(400.0)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same customers, and C0 had a hundred invoices long overdue that a list settled on the last day."""
    desk = Desk(tmp_path_factory.mktemp("many"), shares_loads=False)
    ledger = weekly_book(until=AS_OF, customers=3, start=date(2026, 1, 5))
    overdue = [invoice(f"Y{place:02}", "2026-01-12", "2026-01-19", "500.00", "C0") for place in range(100)]
    desk.load(**{**ledger, "invoices": [*ledger["invoices"], *overdue]})
    desk.load(open_items=[(AS_OF, row["invoice_id"], "EUR", "0.00") for row in overdue])
    yield desk
    desk.close()


@pytest.mark.parametrize("rule", sorted(BY_NAME))
def test_no_rule_of_early_warning_learns_from_them(plain: Desk, mixed: Desk, many: Desk, rule: str) -> None:
    results = []
    for desk in (plain, mixed, many):
        # On both days: limits follow from earlier ones.
        tested = [BY_NAME[rule].test(book(desk, AS_OF), number(AS_OF) - back) for back in (0, 35)]
        results.append(str([(result.value.tolist(), result.limit.tolist()) for result in tested]))
    assert results == [results[0]] * 3


def test_an_invoice_that_money_and_a_list_settled_is_left_out_as_a_whole_but_for_its_payment(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, shares_loads=False)
    desk.load(
        invoices=[
            invoice("A", "2026-05-01", "2026-05-31", "100.00"),
            invoice("B", "2026-05-01", "2026-05-31", "100.00"),
        ],
        payments=[payment("P1", "A", "2026-05-21", "100.00"), payment("P2", "B", "2026-06-10", "40.00")],
    )
    desk.load(open_items=[(date(2026, 6, 14), "B", "EUR", "0.00")])
    [kpi] = desk.ask("kpi", as_of=AS_OF)
    # A after 20 days, 10 early; of B the 40.00 after 40 days, 10 late: (100 x 20 + 40 x 40) / 140.
    assert kpi["days_to_pay"] == pytest.approx(3600 / 140)
    assert kpi["days_late"] == pytest.approx((-1000 + 400) / 140)
    # B fell due and nobody knows how much of it was on time; A was.
    assert (kpi["on_time_share"], kpi["days_to_pay_with_open"]) == (1.0, 20.0)
    [quality_a, quality_b] = sorted(
        desk.ask("invoice_quality", as_of=AS_OF), key=lambda row: row["invoice_id"]
    )
    assert (quality_a["paid_date"], quality_b["paid_date"]) == (date(2026, 5, 21), None)
    assert [row["invoice_id"] for row in desk.ask("payments", as_of=AS_OF)] == ["A", "B"]
    [practice, _suppliers] = desk.ask("payment_practices", as_of=AS_OF)
    assert (practice["documents"], practice["mean_days"]) == (1, 20.0)
    findings = {row["finding"]: row["count"] for row in desk.ask("findings", as_of=AS_OF)}
    assert "settled_by_lists_only" not in findings
    desk.close()


def test_the_medians_count_neither_the_day_of_a_list_nor_the_days_open_before_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, shares_loads=False)
    desk.load(
        invoices=[invoice(name, "2026-05-01", "2026-05-31", "100.00") for name in ("A", "B", "C")],
        payments=[payment("P1", "A", "2026-05-21", "100.00")],
    )
    desk.load(open_items=[(date(2026, 5, 11), name, "EUR", "0.00") for name in ("B", "C")])
    # A alone, after 20 days and 10 before it was due; closed by the list B and C would be two of three at 10
    # days, and open on the day the median would not be reached.
    for query in ("kpi", "kpi_customers"):
        [row] = desk.ask(query, as_of=AS_OF)
        assert (row["days_to_pay_with_open"], row["days_late_with_open"]) == (20.0, -10.0), query
    # The day before the list B and C are open: one of three is closed by the 21st.
    [before] = desk.ask("kpi", as_of="2026-05-10")
    assert before["days_to_pay_with_open"] is None
    desk.close()


def test_documents_that_only_lists_settled_are_a_finding(mixed: Desk) -> None:
    [odd] = [row for row in mixed.ask("findings", as_of=AS_OF) if row["finding"] == "settled_by_lists_only"]
    assert (odd["count"], odd["amount"], odd["example"]) == (4, 400, "X0")
