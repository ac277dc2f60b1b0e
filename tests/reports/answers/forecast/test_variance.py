"""An earlier forecast held against what came: every difference has a cause and they add up to the cent."""

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
from reports.answers.forecast.cash_forecast import cash_forecast
from reports.answers.forecast.variance import causes, frozen_runs, variance, variance_text
from reports.answers.forecast.variance.frozen_runs import MONEY, ForecastRun
from reports.colours import LIGHT
from reports.formats import week
from tests.apps import words
from tests.books import AS_OF, BOOKS, Desk, weekly_book
from tests.data.store.test_any_order import FILES

pytestmark = pytest.mark.usefixtures("english")


F = date(2026, 11, 1)  # a Sunday
HOSTILE = "<b>$x$</b> [a](http://e.vil) `c`"


def cents(*values: str) -> pl.Series:
    return pl.Series([Decimal(value) for value in values], dtype=MONEY)


def run_of(
    day: date, documents: dict[str, tuple], *, from_open: list[str], future: list[str], out: list[str],
    opening: str = "1000.00", known: bool = True,
) -> ForecastRun:  # fmt: skip
    """A run made by hand: per document customer, date, open amount and what is expected per week."""
    rest = ["0.00"] * (13 - len(from_open))
    weeks = pl.DataFrame(
        {
            "week_start": [day + timedelta(days=1 + 7 * place) for place in range(13)],
            "from_open_invoices": cents(*from_open, *rest),
            "from_future_invoices": cents(*future, *rest),
            "payments": cents(*out, *rest),
        }
    ).with_columns(receipts=pl.col("from_open_invoices") + pl.col("from_future_invoices"))
    moved = (weeks["receipts"] - weeks["payments"]).to_list()
    closing = [Decimal(opening) + sum(moved[: place + 1], Decimal(0)) for place in range(13)]
    invoices = pl.DataFrame(
        [
            {"document_id": number, "instalment": 0, "customer_id": who, "segment": "Groot",
             "invoice_date": issued, "due_date": issued + timedelta(days=30), "open_amount": Decimal(amount),
             **{f"week_{n + 1}": Decimal(each[n]) if n < len(each) else Decimal(0) for n in range(13)}}
            for number, (who, issued, amount, *each) in documents.items()
        ],
        schema_overrides={"instalment": pl.Int16, "open_amount": MONEY}
        | {f"week_{n + 1}": MONEY for n in range(13)},
    )  # fmt: skip
    payments = pl.DataFrame(schema=frozen_runs._PAYMENTS)
    return ForecastRun(
        as_of=day, currency="EUR", opening_balance=Decimal(opening), opening_known=known,
        minimum=Decimal("0.00"), method="mixture",
        weeks=weeks.with_columns(closing=cents(*map(str, closing))),
        invoices=invoices, payments=payments,
    )  # fmt: skip


OLD = date(2026, 10, 1)
# A is paid in full though 80 was expected; of B 30 is credited and 20 still open; C, a credit note, is set
# off in full though 10 was expected; D is cancelled, and so is K, a credit note. D's week 1 is a cent more
# than the week itself has.
DOCUMENTS = {
    "A": ("C1", OLD, "100.00", "60.00", "20.00"),
    "B": ("C2", OLD, "50.00", "30.00", "20.00"),
    "C": ("C3", OLD, "-20.00", "-5.00", "-5.00"),
    "D": ("C1", OLD, "40.00", "15.01", "15.00"),
    "K": ("C3", OLD, "-15.00", "-9.00", "0.00"),
}
BOOK = {
    "customers": [(f"C{n}", HOSTILE if n == 2 else f"Klant {n}", "Groot", "NL", 30, "") for n in range(1, 6)],
    "invoices": [
        {"invoice_id": "A", "customer_id": "C1", "amount": "100.00"},
        {"invoice_id": "B", "customer_id": "C2", "amount": "50.00"},
        {"invoice_id": "C", "customer_id": "C3", "amount": "-20.00", "invoice_type": "credit_note"},
        {"invoice_id": "D", "customer_id": "C1", "amount": "40.00", "cancelled_date": "2026-11-05"},
        {"invoice_id": "E", "customer_id": "C4", "amount": "60.00", "invoice_date": "2026-11-04"},
        {"invoice_id": "G", "customer_id": "C4", "amount": "9.00"},
        {"invoice_id": "H", "customer_id": "C5", "amount": "12.00", "invoice_date": "2026-11-05"},
        {"invoice_id": "K", "customer_id": "C3", "amount": "-15.00", "invoice_type": "credit_note",
         "cancelled_date": "2026-11-06"},
    ],
    "payments": [
        ("P1", "C1", "A", "2026-11-03", "EUR", "100.00"),
        {"payment_id": "P2", "customer_id": "C2", "invoice_id": "B", "payment_date": "2026-11-04",
         "currency": "EUR", "amount": "30.00", "kind": "credit"},
        ("P3", "C3", "C", "2026-11-15", "EUR", "-20.00"),
        ("P4", "C4", "E", "2026-11-09", "EUR", "25.00"),
        ("P5", "C5", "", "2026-11-10", "EUR", "7.50"),
        ("P6", "C4", "G", "2026-10-20", "EUR", "9.00"),
        ("P7", "C4", "G", "2026-11-10", "EUR", "-3.00"),
        ("P9", "C5", "H", "2026-10-30", "EUR", "12.00"),  # cash from before, whatever the invoice says
        ("P8", "C2", "B", "2026-11-16", "EUR", "20.00"),  # a day late: not in the two weeks
    ],
    "bank_balances": [("N", "EUR", day, amount) for day, amount in
                      (("2026-11-01", "1000.00"), ("2026-11-08", "1050.00"), ("2026-11-15", "1000.00"))],
}  # fmt: skip


def book(desk: Desk, **changed: list) -> Books:
    basic = {"invoice_type": "invoice", "invoice_date": OLD, "due_date": "", "currency": "EUR"}
    invoices = [basic | row for row in BOOK["invoices"]]
    desk.load(**{**BOOK, "invoices": invoices, **changed})
    return desk.books()


def earlier() -> ForecastRun:
    return run_of(
        F, DOCUMENTS, from_open=["91.00", "50.00"], future=["10.00", "20.00"], out=["30.00", "40.00"]
    )


def test_every_difference_has_its_cause_to_the_cent(desk):
    found = variance.variance(book(desk), earlier(), as_of=date(2026, 11, 21))

    assert (found.weeks, found.until) == (2, date(2026, 11, 15))
    # Received 100 - 20 + 25 + 7.50 - 3 = 109.50, forecast 171; paid out 1000 + 109.50 - 1000, 70 planned.
    assert (found.received, found.paid, found.receipts_variance) == (
        Decimal("109.50"), Decimal("109.50"), Decimal("-61.50"),
    )  # fmt: skip
    assert found.amounts == {
        "timing": Decimal("-10.00"),  # A +20, B -20, C -10
        "permanent": Decimal("-51.01"),  # B -30, D -30.01, K +9
        "billing": Decimal("-5.00"),  # E 25, 30 forecast
        "on_account": Decimal("4.50"),  # 7.50, and 3.00 of G went back
        "payments": Decimal("-39.50"),
        "rounding": Decimal("0.01"),
    }
    assert sum(found.amounts.values()) == Decimal(1000) - Decimal(1101)
    rows = {row["document_id"]: row for row in found.receipts.invoices.to_dicts()}
    assert {key: (row["timing"], row["permanent"], row["why"]) for key, row in rows.items()} == {
        "A": (Decimal("20.00"), Decimal("0.00"), "earlier"),
        "B": (Decimal("-20.00"), Decimal("-30.00"), "settled"),
        "C": (Decimal("-10.00"), Decimal("0.00"), "later"),
        "D": (Decimal("0.00"), Decimal("-30.01"), "settled"),
        "K": (Decimal("0.00"), Decimal("9.00"), "settled"),
    }


def test_the_weeks_stand_beside_what_came(desk):
    found = variance.variance(book(desk), earlier(), as_of=date(2026, 11, 15))
    columns = ("forecast_receipts", "received", "forecast_payments", "paid_out", "forecast_closing", "closed")
    assert found.by_week.select(columns).rows() == [
        tuple(map(Decimal, ("101.00", "100.00", "30.00", "50.00", "1071.00", "1050.00"))),
        tuple(map(Decimal, ("70.00", "9.50", "40.00", "59.50", "1101.00", "1000.00"))),
    ]
    assert found.by_week["week"].to_list() == [week(date(2026, 11, 2)), week(date(2026, 11, 9))]


def test_without_a_bank_balance_payments_are_left_out_and_that_is_said(desk):
    balances = [("N", "EUR", "2026-11-01", "1000.00"), ("N", "EUR", "2026-11-08", "1050.00")]
    found = variance.variance(book(desk, bank_balances=balances), earlier(), as_of=date(2026, 11, 15))
    assert found.paid is None
    assert found.by_week["paid_out"].to_list() == [Decimal("50.00"), None]
    assert "payments" not in found.amounts
    assert sum(found.amounts.values()) == found.receipts_variance
    assert "what was really paid out is left out" in variance_text.notes(found)[0]


def test_a_forecast_from_an_unknown_balance_is_not_held_against_the_bank(desk):
    unknown = replace(earlier(), opening_known=False, opening_balance=Decimal(0))
    found = variance.variance(book(desk), unknown, as_of=date(2026, 11, 15))
    assert found.by_week["closed"].to_list() == [Decimal("1050.00"), Decimal("1000.00")]
    assert found.by_week["forecast_closing"].to_list() == [None, None]
    assert found.by_week["closing_difference"].to_list() == [None, None]
    assert found.by_week["receipts_difference"].to_list() == [Decimal("-1.00"), Decimal("-60.50")]


def test_what_was_booked_on_an_earlier_day_since_never_comes(desk):
    # A was paid before the forecast, as turned out later: it is not open, and no cash came since.
    payments = [
        ("P1", "C1", "A", "2026-10-30", "EUR", "100.00") if isinstance(row, tuple) and row[0] == "P1" else row
        for row in BOOK["payments"]
    ]
    found = variance.variance(book(desk, payments=payments), earlier(), as_of=date(2026, 11, 15))
    [row] = found.receipts.invoices.filter(pl.col("document_id") == "A").to_dicts()
    assert (row["permanent"], row["timing"], row["why"]) == (Decimal("-80.00"), Decimal("0.00"), "corrected")


def test_only_whole_weeks_count_and_at_most_thirteen():
    weeks = [variance.whole_weeks(F, F + timedelta(days=days)) for days in (-1, 6, 7, 13, 14, 91, 400)]
    assert weeks == [0, 0, 1, 1, 2, 13, 13]
    with pytest.raises(ValueError, match="No week"):
        variance.variance(None, earlier(), as_of=F + timedelta(days=6))  # type: ignore[arg-type]


def test_cash_since_a_day_is_what_the_days_received(desk):
    """Instalments, reversed rows, early payments, a second currency: documents and days say the same."""
    for grain, source_date, rows in FILES.values():
        load(desk.store, [desk.folder(**{grain: rows})], source_date=source_date)
    days = [date(2026, 2, 15), date(2026, 2, 25), date(2026, 3, 5), date(2026, 3, 10), date(2026, 5, 15)]
    for place, since in enumerate(days):
        for until in days[place + 1 :]:
            rows = desk.ask("settled_since", as_of=until, since=since)
            came = [one for one in desk.ask("receipt_days", as_of=until) if one["payment_date"] > since]
            assert sum(row["received_amount"] for row in rows) == sum(row["amount"] for row in came)
            keys = [(row["document_id"], row["instalment"]) for row in rows if row["document_id"]]
            assert len(keys) == len(set(keys))


def test_open_amounts_of_documents_are_those_of_the_books(desk):
    book(desk)
    rows = desk.ask("settled_since", as_of=date(2026, 11, 15), since=F)
    assert {row["document_id"]: row["open_amount"] for row in rows if row["open_amount"]} == {
        row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=date(2026, 11, 15))
    }
    assert {row["document_id"]: row["settled_otherwise"] for row in rows if row["settled_otherwise"]} == {
        "B": Decimal("30.00"), "D": Decimal("40.00"), "K": Decimal("-15.00"),
    }  # fmt: skip


def tied(books: Books, as_of: date, weeks: int) -> None:
    run = frozen_runs.from_forecast(cash_forecast(books, as_of=as_of - timedelta(days=7 * weeks)))
    found = variance.variance(books, run, as_of=as_of)
    assert found.weeks == weeks
    receipts = sum((found.amounts[cause] for cause in found.amounts if cause != "payments"), Decimal(0))
    assert receipts == found.receipts_variance
    days = books.ask("receipt_days", as_of=found.until).filter(pl.col("payment_date") > run.as_of)
    assert found.received == frozen_runs.amount_of(days, "amount")
    if found.paid is not None:
        last = found.by_week.row(-1, named=True)
        assert sum(found.amounts.values()) == last["closed"] - last["forecast_closing"]
    parts = found.receipts.invoices.select(pl.col("timing") + pl.col("permanent") - pl.col("variance"))
    assert set(parts.to_series()) <= {Decimal("0.00")}


@pytest.mark.parametrize("weeks", [4, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 13))])
def test_a_regular_ledger_ties_out(desk, weeks):
    desk.load(**weekly_book(until=AS_OF))
    tied(desk.books(), AS_OF, weeks)


@pytest.mark.slow
def test_the_demo_company_ties_out(tmp_path: Path):
    as_of = date(2026, 11, 22)
    write_company(tmp_path / "files", invoices=3_000, seed=2, as_of=as_of)
    load(tmp_path / "store", [tmp_path / "files"])
    with open_books(tmp_path / "store") as books:
        for weeks in (1, 5, 13):
            tied(books, as_of, weeks)


def test_the_words_name_the_largest_cause(desk):
    found = variance.variance(book(desk), earlier(), as_of=date(2026, 11, 15))
    assert variance_text.found(found) == (
        "€62 less came in than forecast over 2 weeks, mostly because of credits and write-offs"
    )
    assert variance_text.bridge_found(found) == "The bank is €101 below forecast"
    assert variance_text.method(found).startswith("Forecast as of 1\u00a0Nov\u00a02026, made afterwards")
    language.use("nl")
    assert variance_text.found(found).startswith("Er kwam €\u00a062 minder binnen dan voorspeld over 2 weken")


def test_the_bridge_adds_up_names_customers_and_runs_no_name(desk):
    books = book(desk)
    found = variance.variance(books, earlier(), as_of=date(2026, 11, 15))
    names = dict(books.ask("customers", as_of=found.until).select("customer_id", "customer_name").iter_rows())
    rows = causes.bridge(found.amounts, variance_text.details(found, names))
    assert sum(rows["amount"][:-1], Decimal(0)) == rows["amount"][-1] == Decimal("-101.00")
    assert rows["detail"][0] == f"Klant 1 +€20, {HOSTILE} -€20, Klant 3 -€10"
    assert rows["detail"][2] == "Still to be billed -€30, Klant 4 +€25"
    figure = figures.cash_changes(rows, theme=LIGHT)
    drawn = figure.to_json().replace("\\u003c", "<")
    assert "<b>$x$" not in drawn
    assert "Rounding" not in figures.alt(figure)  # a cent is not drawn
    assert "Together -€101" in figures.alt(figure)


def test_what_can_be_compared_starts_with_the_latest_kept():
    kept = [F, date(2026, 11, 15), date(2026, 11, 22)]
    offered = variance_text.options(kept, date(2026, 11, 22), date(2026, 10, 20))
    assert offered == ["2026-11-15", "2026-11-01", "2026-10-25"]
    assert variance_text.options([], F, None) == []


def test_the_page_compares_a_kept_forecast_and_links_to_the_customer(desk, open_page, monkeypatch):
    book(desk)
    frozen_runs.freeze(desk.store, cash_forecast(desk.books(), as_of=F))
    app = open_page("liquidity_forecast", part="actual", as_of="2026-11-21")
    said = words(app)
    assert not app.error
    assert "Forecast of 1\u00a0Nov\u00a02026, kept on " in said
    assert "over 2 weeks" in said
    assert app.dataframe[0].value["received"].to_list() == [Decimal("100.00"), Decimal("9.50")]


def test_without_a_kept_forecast_the_page_says_how_and_makes_one_afterwards(desk, open_page):
    desk.load(**BOOKS)
    app = open_page("liquidity_forecast", part="actual", as_of="2026-11-20")
    assert "`kasstroom.py forecast --freeze`" in app.info[0].value
    assert "made afterwards: with the books of today" in words(app)
    assert app.selectbox(key="pick-run").options[0].startswith("18 Oct 2026 (")
