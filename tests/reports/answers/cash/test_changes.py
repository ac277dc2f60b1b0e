"""What changed since an earlier forecast, and why: every cause by hand, the sum to the cent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.demo import write_company
from data.store.load import load
from queries import Books, open_books
from reports import figures, language
from reports.answers.cash import changes, changes_text
from reports.answers.cash.changes import BalanceChange
from reports.answers.forecast.cash_forecast import cash_forecast
from reports.answers.forecast.variance import causes, frozen_runs
from reports.answers.forecast.variance.frozen_runs import ForecastRun
from reports.colours import DARK
from tests.apps import words
from tests.books import AS_OF, BOOKS, weekly_book
from tests.forecasts import DOCUMENTS, OLD, RUN_DAY, RUN_NAME, run_of, variance_book

pytestmark = pytest.mark.usefixtures("english")


NOW = date(2026, 11, 15)  # two weeks after RUN_DAY
NAMES = {"C1": "Klant 1", "C2": RUN_NAME, "C4": "Klant 4", "C5": "Klant 5"}


def before(opening: str | None = "1000.00") -> ForecastRun:
    return run_of(
        RUN_DAY, DOCUMENTS, from_open=["91.00", "50.00", "0.00"], future=["10.00", "20.00", "0.00"],
        out=["30.00", "40.00", "5.00"],
        opening=opening or "0.00", known=opening is not None,
    )  # fmt: skip


def now(opening: str | None = "980.00") -> ForecastRun:
    """By hand, in the eleven weeks both have: 35.00 is expected of E, 12.00 of B, 4.00 of G; 8.00 is to be
    billed, 25.00 to be paid. In its twelfth week, which the earlier one does not have, a thousand of B."""
    later = {
        "B": ("C2", OLD, "20.00", "2.00", "10.00", *["0.00"] * 9, "1000.00"),
        "E": ("C4", date(2026, 11, 4), "35.00", "35.00"),
        "G": ("C4", OLD, "3.00", "4.00"),
    }
    return run_of(
        NOW, later, from_open=["41.00", "10.02", *["0.00"] * 9, "1000.00"], future=["8.00"] + ["0.00"] * 11,
        out=["25.00"] + ["0.00"] * 11, opening=opening or "0.00", known=opening is not None,
    )  # fmt: skip


def compared(desk, earlier: ForecastRun | None = None, later: ForecastRun | None = None) -> BalanceChange:
    return changes.balance_change(variance_book(desk), earlier or before(), later or now())


def test_every_cause_is_worked_out_and_the_sum_is_the_change(desk):
    found = compared(desk)

    assert (found.weeks, found.weeks_past) == (11, 2)
    # Then 1000 + 171 - 75 = 1096; now 980 + 51.02 + 8 - 25 = 1014.02.
    assert (found.then_closing, found.now_closing) == (Decimal("1096.00"), Decimal("1014.02"))
    assert found.amounts == {
        # A +20, C -10; B has 12 left of 50, and 30 of it are credited: -8.
        "timing": Decimal("2.00"),
        "permanent": Decimal("-51.01"),  # B -30, D -30.01, K +9
        "billing": Decimal("38.00"),  # E 25 + 35 now, to be billed 8 now and 30 then
        "on_account": Decimal("8.50"),  # 7.50; of G 3.00 went back and 4.00 is expected again
        # 109.50 came in and the bank went from 1000 to 980: 129.50 out; 25 planned now, 75 then.
        "payments": Decimal("-79.50"),
        "rounding": Decimal("0.03"),  # weeks now 0.02 above their documents, then 0.01 below
    }
    assert sum(found.amounts.values()) == found.change == Decimal("-81.98")


def test_the_rows_add_up_to_the_change_and_name_whom_they_are_about(desk):
    found = compared(desk)
    rows = changes.rows(found, NAMES)
    assert frozen_runs.amount_of(rows, "amount") == found.change
    for row in rows.iter_rows(named=True):
        if row["invoice_id"] is None:
            assert row["received"] + row["expected_now"] - row["expected"] == row["amount"]
    by_cause = dict(rows.group_by("cause").agg(pl.col("amount").sum()).iter_rows())
    assert by_cause == {causes.cause_name(cause): amount for cause, amount in found.amounts.items() if amount}
    assert RUN_NAME in rows["customer_name"]
    assert rows.filter(pl.col("invoice_id") == "C")["customer_name"].to_list() == ["C3"]  # a name unknown


@pytest.mark.parametrize("which", ["then", "now"])
def test_without_a_bank_balance_what_was_paid_is_taken_as_planned_and_that_is_said(desk, which):
    found = compared(
        desk, before(None if which == "then" else "1000.00"), now(None if which == "now" else "980.00")
    )
    assert found.paid is None
    assert found.amounts["payments"] == Decimal("-20.00")  # 75 planned then; 70 taken as paid, 25 planned now
    assert sum(found.amounts.values()) == found.change
    assert "taken as planned" in changes_text.notes(found)[0]


@pytest.mark.slow
def test_the_week_before_is_compared_with_else_the_latest_kept_one(desk):
    books = variance_book(desk)
    assert changes.day_before(books, NOW) == (NOW - timedelta(days=7), False)
    frozen_runs.freeze(desk.store, cash_forecast(books, as_of=NOW))
    frozen_runs.freeze(desk.store, cash_forecast(books, as_of=RUN_DAY))
    assert changes.day_before(desk.books(), NOW) == (RUN_DAY, True)
    assert changes.day_before(desk.books(), RUN_DAY + timedelta(days=84)) == (NOW, True)
    assert changes.day_before(desk.books(), NOW + timedelta(days=91)) == (NOW + timedelta(days=84), False)


def test_two_forecasts_without_a_week_in_common_are_not_compared():
    for later in (RUN_DAY, RUN_DAY + timedelta(days=91)):
        with pytest.raises(ValueError, match="share no week"):
            changes.compare(before(), replace(now(), as_of=later), pl.DataFrame({"received_amount": []}))


def tied(books: Books, later: date, weeks: int) -> None:
    runs = [
        frozen_runs.from_forecast(cash_forecast(books, as_of=day))
        for day in (later - timedelta(days=7 * weeks), later)
    ]
    found = changes.balance_change(books, *runs)
    assert sum(found.amounts.values()) == found.change
    assert frozen_runs.amount_of(changes.rows(found, {}), "amount") == found.change
    if found.paid is not None:
        assert found.change == runs[1].weeks["closing"][12 - weeks] - runs[0].weeks["closing"][12]


@pytest.mark.slow
@pytest.mark.parametrize("weeks", [1, 12])
def test_a_regular_ledger_ties_out(desk, weeks):
    desk.load(**weekly_book(until=AS_OF))
    tied(desk.books(), AS_OF, weeks)


@pytest.mark.slow
def test_the_demo_company_ties_out(tmp_path: Path):
    as_of = date(2026, 11, 22)
    write_company(tmp_path / "files", invoices=3_000, seed=3, as_of=as_of)
    load(tmp_path / "store", [tmp_path / "files"])
    with open_books(tmp_path / "store") as books:
        tied(books, as_of, 1)
        tied(books, as_of, 4)


def test_the_words_say_by_how_much_by_when_and_mostly_why(desk):
    small = compared(desk)  # both balances are 1,000 to the thousand
    assert changes_text.finding(small).title == "The balance expected for the end of week 4 did not change"
    found = replace(small, then_closing=small.then_closing - 500, now_closing=small.now_closing - 500)
    assert changes_text.finding(found).title == (
        "€90 less expected by the end of week 4, mostly because more is paid out"
    )
    assert changes_text.finding(found).method == (
        "Forecast of 15\u00a0Nov\u00a02026 against the one of 1\u00a0Nov\u00a02026, re-run on the books "
        "as they stood: €600 became €510."
    )
    told = changes_text.details(found, NAMES)
    assert told["billing"] == "Still to be billed -€22, Klant 4 +€60"
    assert told["payments"] == "€75 planned then; €130 paid since, €25 planned now"
    language.use("nl")
    assert changes_text.finding(found).title.endswith("vooral doordat er meer wordt uitgegeven")


def test_the_steps_add_up_and_run_no_name(desk):
    found = compared(desk)
    rows = causes.bridge(found.amounts, changes_text.details(found, NAMES))
    assert sum(rows["amount"][:-1], Decimal(0)) == rows["amount"][-1] == found.change
    drawn = figures.cash_changes(rows, theme=DARK, narrow=True)
    assert "<b>$x$" not in drawn.to_json().replace("\\u003c", "<")
    assert "Payments -€80" in figures.alt(drawn)


@pytest.mark.slow
def test_the_cash_position_says_what_changed(desk, open_page):
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[
            ("NL1", "EUR", AS_OF - timedelta(days=7), "45000.00"), ("NL1", "EUR", AS_OF, "50000.00"),
        ],
    )  # fmt: skip
    app = open_page("", as_of=AS_OF.isoformat())
    assert not app.error
    said = words(app)
    assert "against the one of 21\u00a0Jun\u00a02026, re-run on the books" in said
    # Both forecasts are compared at the lowest point.
    assert "Lowest point in week 27" in said
    assert "expected by the end of week 27, mostly" in said
    earlier = cash_forecast(desk.books(), as_of=AS_OF - timedelta(days=7))
    frozen_runs.freeze(desk.store, earlier)
    assert "against the one of 21\u00a0Jun\u00a02026, kept on " in words(
        open_page("", as_of=AS_OF.isoformat())
    )


@pytest.mark.slow
def test_books_too_young_for_an_earlier_forecast_say_so(desk, open_page):
    desk.load(**BOOKS)
    app = open_page("", as_of="2026-09-06")
    assert not app.error
    assert "There is no earlier forecast to compare with yet" in words(app)


PAYMENTS = [  # pay_date, source, line, label, category, amount
    (date(2026, 11, 10), "bill", "B1", "Staal BV", "suppliers", "100.00"),
    (date(2026, 11, 12), "bill", "B2", "Gas BV", "suppliers", "40.00"),
    (date(2026, 11, 24), "planned", "L1", "Salarissen", "payroll", "500.00"),
    (date(2026, 12, 24), "planned", "L1", "Salarissen", "payroll", "500.00"),
]
LATER = [
    (date(2026, 11, 16), "bill", "B1", "Staal BV", "suppliers", "100.00"),  # not paid yet: nothing changes
    (date(2026, 11, 20), "bill", "B3", "Hout BV", "suppliers", "70.00"),  # new; B2 is gone, so it was paid
    (date(2026, 11, 24), "planned", "L1", "Salarissen", "payroll", "520.00"),
    (date(2026, 12, 24), "planned", "L1", "Salarissen", "payroll", "520.00"),
]


def with_payments(run: ForecastRun, lines: list[tuple]) -> ForecastRun:
    columns = ("pay_date", "source", "line_id", "label", "category")
    frame = pl.DataFrame(
        {name: [line[at] for line in lines] for at, name in enumerate(columns)}
        | {"amount": pl.Series([Decimal(line[5]) for line in lines], dtype=frozen_runs.MONEY)}
    )
    return replace(run, payments=frame)


def test_payments_are_compared_line_by_line_up_to_the_week_that_is_low(desk):
    earlier, later = with_payments(before(), PAYMENTS), with_payments(now(), LATER)
    books = variance_book(desk)
    low = changes.balance_change(books, earlier, later, week=2)  # up to 29 November
    assert (low.weeks, low.weeks_then) == (2, 4)
    assert low.lines.select("line_id", "expected", "expected_now", "amount").rows() == [
        ("B3", Decimal("0.00"), Decimal("-70.00"), Decimal("-70.00")),
        ("L1", Decimal("-500.00"), Decimal("-520.00"), Decimal("-20.00")),
    ]
    assert (low.amounts["pay_suppliers"], low.amounts["pay_payroll"]) == (Decimal(-70), Decimal(-20))
    assert sum(low.amounts.values()) == low.change
    whole = changes.balance_change(books, earlier, later)
    assert whole.amounts["pay_payroll"] == Decimal(-40)  # December's too
    assert sum(whole.amounts.values()) == whole.change


def test_every_bar_of_the_bridge_opens_the_rows_that_add_up_to_it(desk):
    earlier, later = with_payments(before(), PAYMENTS), with_payments(now(), LATER)
    found = changes.balance_change(variance_book(desk), earlier, later, week=2)
    parts = {part.code: part.rows() for part in changes.parts(found, NAMES)}
    rows = causes.bridge(found.amounts, changes_text.details(found, NAMES))
    bars = figures.cash_changes(rows, theme=DARK, narrow=True).data[0]
    lengths = {code: length for code, length in zip(bars.ids, bars.x, strict=True) if code.strip()}
    assert len(lengths) > 4
    for code, length in lengths.items():
        assert float(frozen_runs.amount_of(parts[code].rows, "amount")) == pytest.approx(length), code
