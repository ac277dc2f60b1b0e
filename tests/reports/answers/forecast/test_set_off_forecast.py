"""What is set off brings no receipts: neither an invoice with its credit note, nor one that was prepaid."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.store.load import load
from reports.answers.cash import actions
from reports.answers.forecast.cash_forecast import as_json
from reports.answers.warnings import warnings
from tests import paths
from tests.books import AS_OF, Desk
from tests.credit_rows import customer, document, payment
from tests.exhaustive import exhaustive
from tests.ledger_forecasts import forecast, load_regular_ledger

pytestmark = pytest.mark.usefixtures("english")
WEEKS = ("from_open_invoices", "receipts", "closing", "closing_p10", "closing_p90")


def weeks(desk: Desk, as_of: date = AS_OF) -> list[tuple]:
    return forecast(desk, as_of).weeks.select(WEEKS).rows()


def invoice_of(desk: Desk, number: str) -> dict:
    return next(row for row in as_json(forecast(desk))["invoices"] if row["invoice_id"] == number)


def day(ahead: int) -> str:
    return (AS_OF + timedelta(days=ahead)).isoformat()


@pytest.mark.slow
def test_an_invoice_and_the_note_that_names_it_change_no_week(desk):
    load_regular_ledger(desk)
    before = weeks(desk)
    warned = warnings.run_rules(desk.books(), as_of=AS_OF).signals.rows.rows()
    amounts = {"Y": "90000.00", "Z": "100.00"}
    desk.load(
        customers=[customer(who) for who in amounts],
        invoices=[
            row
            for who, amount in amounts.items()
            for row in (
                document(f"{who}1", who, day(-20), day(40), amount),
                document(f"{who}2", who, day(-2), "", f"-{amount}", original_invoice_id=f"{who}1"),
            )
        ],
    )
    assert weeks(desk) == before
    assert warnings.run_rules(desk.books(), as_of=AS_OF).signals.rows.rows() == warned
    for who, amount in amounts.items():
        row = invoice_of(desk, f"{who}1")
        assert (row["open_amount"], row["expected_amount"]) == (Decimal(amount), Decimal("0.00"))
        dates = [row[name] for name in ("expected_date", "probability_paid_by_due", "probability_never")]
        assert dates == [None, None, None]


@pytest.mark.slow
def test_an_invoice_and_a_note_that_the_books_set_off_change_no_week(desk):
    load_regular_ledger(desk)
    before = weeks(desk)
    amounts = {"Y": "90000.00", "Z": "100.00"}
    desk.load(
        customers=[customer(who) for who in amounts],
        invoices=[
            row
            for who, amount in amounts.items()
            for row in (
                document(f"{who}1", who, day(-20), day(40), amount),
                document(f"{who}2", who, day(-2), "", f"-{amount}"),
            )
        ],
        payments=[
            row
            for who, amount in amounts.items()
            for row in (
                payment(f"X{who}", who, f"{who}1", day(-1), amount, kind="credit"),
                payment(f"X{who}", who, f"{who}2", day(-1), f"-{amount}", kind="credit"),
            )
        ],
    )
    assert weeks(desk) == before


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The regular ledger, an invoice of Z that is partly credited and one of Y that is paid on account."""
    desk = Desk(tmp_path_factory.mktemp("credited"))
    load_regular_ledger(desk)
    desk.load(
        customers=[customer("Y"), customer("Z")],
        invoices=[
            document("Z1", "Z", day(-20), day(10), "1000.00"),
            document("Z2", "Z", day(-2), "", "-400.00", original_invoice_id="Z1"),
            document("Y1", "Y", day(-60), day(-30), "5000.00"),
        ],
        payments=[payment("PY", "Y", "", day(-40), "5000.00")],
    )
    yield desk
    desk.close()


@pytest.mark.slow
def test_what_is_left_of_a_partly_credited_invoice_is_expected(credited):
    row = invoice_of(credited, "Z1")
    assert (row["open_amount"], row["expected_amount"]) == (Decimal("1000.00"), Decimal("600.00"))
    own = forecast(credited).invoices.filter(document_id="Z1")
    expected = sum((own[f"week_{number}"][0] for number in range(1, 14)), Decimal(0))
    assert Decimal("0.00") < expected <= Decimal("600.00")


@pytest.mark.slow
def test_nothing_is_expected_of_an_invoice_paid_on_account_nor_proposed_to_be_collected(credited):
    row = invoice_of(credited, "Y1")
    assert (row["expected_amount"], row["expected_date"]) == (Decimal("0.00"), None)
    books = credited.books()
    proposed = actions.propose(
        forecast(credited), books.ask("open_items", as_of=AS_OF), books.ask("disputes", as_of=AS_OF)
    )
    assert [action for action in proposed if action.customer_id == "Y"] == []


@pytest.mark.slow
@pytest.mark.skipif(not paths.CASES.exists(), reason="../shared/cases is not here")
@pytest.mark.parametrize("case", ["in_applied", *exhaustive(["in", "in_small"])])
def test_the_case_of_a_credited_invoice(desk, case):
    from cli.parser import main  # noqa: PLC0415 - only the slow run needs the command line

    on = date(2026, 5, 31)
    assert main(["--store", str(desk.store), "demo", "--invoices", "4000", "--as-of", on.isoformat()]) == 0
    before = weeks(desk, on)
    load(desk.store, [paths.CASES / "c12_forecast_credit_note" / case])
    assert weeks(desk, on) == before
