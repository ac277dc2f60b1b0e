"""The forecast of receipts and liquidity: identities, reproducibility, refusals, plain ledgers."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from cli.parser import main
from data.errors import NotEnoughHistoryError
from forecasting.receipts import backtest as rolling_origins
from forecasting.receipts.forecast import expected_receipts
from forecasting.receipts.history import ledger_history
from reports.answers.forecast import cash_forecast
from reports.packs.plain_text import json_text
from tests.books import AS_OF, Desk, weekly_book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("forecast"))
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[
            ("B1", "Supplier", AS_OF - timedelta(days=3), AS_OF + timedelta(days=9), "EUR", "1200.50", ""),
            ("B2", "Supplier", AS_OF - timedelta(days=60), AS_OF - timedelta(days=30), "EUR", "99.50", ""),
            ("B3", "Supplier", AS_OF - timedelta(days=60), AS_OF - timedelta(days=30), "EUR", "7.00",
             AS_OF - timedelta(days=20)),
        ],
    )  # fmt: skip
    yield desk
    desk.close()


def forecast(desk: Desk, as_of: date = AS_OF, weeks: int = 13) -> cash_forecast.CashForecast:
    return cash_forecast.cash_forecast(desk.books(), as_of=as_of, weeks=weeks)


def text(desk: Desk, as_of: date = AS_OF) -> str:
    return json_text(cash_forecast.as_json(forecast(desk, as_of)))


def history(desk: Desk, weeks: int = 13):
    return cash_forecast.history(desk.books(), as_of=AS_OF, weeks=weeks)


def test_every_closing_is_the_one_before_plus_receipts_less_payments(book):
    found = forecast(book)
    balance = found.opening_balance
    assert balance == Decimal("50000.00")
    for row in found.weeks.iter_rows(named=True):
        assert row["receipts"] == row["from_open_invoices"] + row["from_future_invoices"]
        balance += row["receipts"] - row["payments"]
        assert row["closing"] == balance


def test_an_overdue_bill_is_paid_in_week_one_one_not_due_on_its_day_and_a_paid_one_never(book):
    payments = forecast(book).weeks["payments"].to_list()
    assert payments[:3] == [Decimal("99.50"), Decimal("1200.50"), Decimal("0.00")]
    assert sum(payments) == Decimal("1300.00")


def test_of_every_invoice_the_weeks_what_comes_later_and_never_add_up_to_what_is_open(book):
    made = expected_receipts(history(book))
    whole = made.by_week.sum(axis=1) + made.invoices["after_horizon"].to_numpy() + (
        made.invoices["probability_never"].to_numpy()
    )  # fmt: skip
    assert whole == pytest.approx(np.ones(len(whole)), abs=1e-9)
    amounts = made.outlook.open_amounts
    assert (amounts @ made.by_week) == pytest.approx(made.from_open, abs=1e-6)
    assert float(made.invoices["open_amount"].sum()) == pytest.approx(amounts.sum(), abs=1e-6)


def test_chances_are_between_nought_and_one_and_late_ones_are_not_paid_by_due(book):
    invoices = expected_receipts(history(book)).invoices
    for name in ("probability_paid_by_due", "probability_30_days_late", "probability_never"):
        assert invoices[name].is_between(0, 1).all()
    overdue = invoices.filter(invoices["due_date"] <= AS_OF)
    assert overdue.height > 0
    assert (overdue["probability_paid_by_due"] == 0).all()


def test_a_longer_horizon_leaves_the_earlier_weeks_as_they_are(book):
    short, long = forecast(book, weeks=13), forecast(book, weeks=20)
    names = ["receipts", "receipts_p10", "receipts_p90", "closing", "closing_p50"]
    assert short.weeks.select(names).equals(long.weeks.head(13).select(names))
    for weeks in (1, 4, 6, 11):
        assert forecast(book, weeks=weeks).weeks.select(names).equals(short.weeks.head(weeks).select(names))
    chances = ["expected_date", "probability_paid_by_due", "probability_30_days_late", "probability_never"]
    assert short.invoices.select(chances).equals(forecast(book, weeks=4).invoices.select(chances))


@pytest.mark.usefixtures("fresh_histories")
def test_the_same_day_gives_the_same_bytes_whatever_is_loaded_later(tmp_path):
    desk = Desk(tmp_path)
    day = AS_OF - timedelta(days=21)
    everything = weekly_book(until=AS_OF, customers=3)
    early = {
        "customers": everything["customers"],
        "invoices": [row for row in everything["invoices"] if row[3] <= day],
        "payments": [row for row in everything["payments"] if row[3] <= day],
    }
    desk.load(**early)
    before = text(desk, day)
    late = {
        "customers": [*everything["customers"], ("A0", "Earlier in the alphabet", "Groot", "NL", 30, "")],
        "invoices": [
            *(row for row in everything["invoices"] if row[3] > day),
            ("A1", "A0", "invoice", day + timedelta(days=1), day + timedelta(days=31), "EUR", "999999.00"),
        ],
        "payments": [row for row in everything["payments"] if row[3] > day],
    }
    desk.load(**late)
    assert text(desk, day) == before
    assert text(desk, AS_OF) != before
    desk.close()


def test_who_pays_on_thursdays_is_expected_on_thursdays(book):
    made = history(book).outlook((AS_OF - date(1970, 1, 1)).days)
    daily = made.open_amounts @ made.open_payments.by_day
    first = AS_OF + timedelta(days=1)
    weekday = np.array([(first + timedelta(days=n)).weekday() for n in range(len(daily))])
    assert daily[weekday == 3].sum() > 0.9 * daily.sum()
    assert daily[weekday >= 5].sum() < 0.01 * daily.sum()


def test_a_regular_ledger_is_forecast_better_than_by_any_simple_method(book):
    scored = rolling_origins.scores(rolling_origins.backtest(history(book), origins=8))
    ours = scored["forecast"]["wape_1_4"]
    for name in ("mean_13", "lateness", "due_dates", "dso", "ets"):
        assert ours < scored[name]["wape_1_4"]


def test_the_courses_average_to_what_is_expected_and_widen_with_the_balance(book):
    made = expected_receipts(history(book))
    assert made.courses.mean(axis=0) == pytest.approx(made.expected, rel=1e-9)
    weeks = forecast(book).weeks
    width = (weeks["closing_p90"] - weeks["closing_p10"]).to_list()
    assert width[0] < width[6] < width[12]


def test_too_little_history_says_how_much_is_needed_and_still_forecasts(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "130.00"),
                  ("F2", "C", "invoice", date(2026, 6, 20), "", "EUR", "70.00")],
        payments=[("P1", "C", "F1", date(2026, 6, 25), "EUR", "130.00"),
                  ("P2", "C", "", AS_OF, "EUR", "12.50")],
    )  # fmt: skip
    found = forecast(desk)
    assert found.on_account == Decimal("12.50")
    assert found.short_of == (
        "The payment model needs at least 30 paid invoices dated eight weeks or more before this day; "
        "there are 0."
    )
    # Four whole weeks of history (1 to 28 June) bill 50.00 a week. Paid 6 days early once, and five assumed
    # payments 0, 7, 14, 30 and 60 days late: a sixth each. F2, due 22 days from now, comes after 16, 22, 29,
    # 36, 52 and 82 days. Of 100 billed in a week, 65 on its Monday and 35 on its Saturday, all at 30 days,
    # 65/6 come 24, 30, 37, 44, 60 and 90 days after the Monday and 35/6 each five days later.
    assert found.weeks["from_open_invoices"].to_list() == [
        Decimal(text) for text in ("0", "0", *["11.67"] * 4, "0", "11.67", "0", "0", "0", "11.67", "0")
    ]
    assert found.weeks["from_future_invoices"].to_list() == [
        Decimal(text)
        for text in (
            *["0"] * 3,
            "5.42",
            "13.75",
            "22.08",
            "30.42",
            "33.33",
            "38.75",
            "41.67",
            "41.67",
            "41.67",
            "47.08",
        )
    ]
    (f2,) = cash_forecast.as_json(found)["invoices"]
    assert (f2["invoice_id"], f2["expected_date"]) == ("F2", date(2026, 7, 27))
    assert f2["probability_paid_by_due"] is f2["probability_30_days_late"] is f2["probability_never"] is None
    bands = found.weeks.filter(pl.col("receipts") > 0)
    assert (bands["receipts_p97_5"] > bands["receipts_p2_5"]).all()
    assert not found.opening_known
    with pytest.raises(NotEnoughHistoryError, match="at least 30 paid invoices"):
        rolling_origins.backtest(history(desk), origins=4)
    desk.close()


def test_what_is_agreed_counts_where_history_is_short_too(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "100.00"),
                  ("F2", "C", "invoice", date(2026, 6, 2), "", "EUR", "70.00"),
                  ("F3", "C", "invoice", date(2025, 6, 2), "", "EUR", "60.00")],
        expected_dates=[("F1", AS_OF, date(2026, 7, 15)), ("F3", AS_OF, date(2027, 3, 1))],
        payment_plans=[("F2", date(2026, 6, 20), date(2026, 7, 1), "28.00"),
                       ("F2", date(2026, 6, 20), date(2026, 9, 30), "42.00")],
    )  # fmt: skip
    rows = {row["document_id"]: row for row in forecast(desk).invoices.to_dicts()}
    weeks = {name: [float(row[f"week_{week}"]) for week in range(1, 14)] for name, row in rows.items()}
    assert weeks["F1"] == [0, 0, 100, *[0] * 10]
    assert rows["F1"]["expected_date"] == date(2026, 7, 15)
    assert rows["F3"]["expected_date"] == date(2027, 3, 1)
    assert sum(weeks["F3"]) == 0
    # Half of such plans are kept before any was due: half of 28.00 on 1 July beside half of the usual curve.
    assert weeks["F2"][0] >= 14.0
    desk.close()


def test_an_account_and_a_bill_without_a_rate_are_told_on_the_command_line(tmp_path, capsys):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "100.00")],
        bank_balances=[("NL1", "EUR", AS_OF, "500.00"), ("US1", "USD", AS_OF, "90000.00")],
        bills=[("B1", "Supplier", AS_OF, AS_OF + timedelta(days=9), "USD", "50000.00", "")],
        settings=[("reporting_currency", "EUR")],
    )
    desk.close()
    main(
        [
            "forecast",
            "--store",
            str(desk.store),
            "--as-of",
            AS_OF.isoformat(),
            "--format",
            "json",
            "--lang",
            "en",
        ]
    )
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["opening_balance"] == "500.00"
    assert [row["account"] for row in found["unrated_accounts"]] == ["US1"]
    assert found["payments_without_rate"] == 1
    assert "The balance of account US1, $90,000.00, has no exchange rate" in err
    assert "1 payment is left out: its exchange rate is missing." in err


def test_one_invoice_brings_no_more_than_is_open_in_any_course(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", AS_OF - timedelta(days=200), "", "EUR", "1000.00")],
        billing_plan=[(AS_OF + timedelta(days=1 + 7 * week), "", "0.00") for week in range(13)],
    )
    found = cash_forecast.basis(desk.books(), as_of=AS_OF)
    assert found.courses.max() <= 1000.0 + 1e-6
    assert found.courses.mean(axis=0) == pytest.approx(
        [float(value) for value in found.forecast.weeks["receipts"]], abs=0.01
    )
    desk.close()


def test_the_json_lets_the_open_amount_be_added_up(book):
    found = cash_forecast.as_json(forecast(book))
    here = sum(
        float(row["open_amount"]) * (1 - row["probability_after_horizon"] - row["probability_never"])
        for row in found["invoices"]
    )
    weeks = sum(float(week["receipts"]["from_open_invoices"]) for week in found["weeks"])
    assert here == pytest.approx(weeks, abs=0.01 * 13)


def test_an_empty_store_of_customers_forecasts_nothing(tmp_path):
    desk = Desk(tmp_path)
    desk.load(customers=[("C", "Klant", "", "NL", 30, "")])
    found = forecast(desk)
    assert found.weeks["receipts"].to_list() == [Decimal("0.00")] * 13
    desk.close()


def test_weeks_without_data_are_named_and_not_scored(tmp_path):
    desk = Desk(tmp_path)
    everything = weekly_book(until=AS_OF)
    gap = (date(2026, 3, 30), date(2026, 4, 12))
    everything["payments"] = [row for row in everything["payments"] if not gap[0] <= row[3] <= gap[1]]
    desk.load(**everything)
    past = history(desk)
    assert past.holes() == [date(2026, 3, 30), date(2026, 4, 6)]
    day = (date(2026, 3, 29) - date(1970, 1, 1)).days
    received = past.received(day, past.as_of)
    assert np.isnan(received).tolist() == [True, True, *[False] * 11]
    desk.close()


def test_a_part_payment_leaves_the_rest_open_on_every_earlier_day(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 1, 5), "", "EUR", "100.00")],
        payments=[("P1", "C", "F1", date(2026, 2, 2), "EUR", "40.00"),
                  ("P2", "C", "F1", date(2026, 3, 2), "EUR", "60.00")],
    )  # fmt: skip
    past = history(desk)
    days = [(day - date(1970, 1, 1)).days for day in (date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 2))]
    assert [past.open_amounts(day).tolist() for day in days] == [[100.0], [60.0], [0.0]]
    desk.close()


def test_one_part_payment_leaves_only_the_rest_open(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 1, 5), "", "EUR", "100.00")],
        payments=[("P1", "C", "F1", date(2026, 2, 2), "EUR", "40.00")],
    )
    past = history(desk)
    days = [(day - date(1970, 1, 1)).days for day in (date(2026, 2, 1), date(2026, 2, 2), AS_OF)]
    assert [past.open_amounts(day).tolist() for day in days] == [[100.0], [60.0], [60.0]]
    desk.close()


def test_a_billing_plan_takes_the_place_of_the_level(book, tmp_path):
    desk = Desk(tmp_path)
    rows = weekly_book(until=AS_OF)
    desk.load(**rows)
    usual = forecast(desk)
    folder = tmp_path / "plan"
    folder.mkdir()
    monday = AS_OF + timedelta(days=1)
    lines = [f"{monday + timedelta(days=7 * week)},,0.00" for week in range(13)]
    (folder / "billing_plan.csv").write_text("week_start,segment,amount\n" + "\n".join(lines) + "\n")
    from data.store.load import load  # noqa: PLC0415 - the desk writes no plan

    load(desk.store, [folder])
    planned = forecast(desk)
    assert planned.method["planned"] == [0.0, 0.0, 0.0]
    assert sum(planned.weeks["from_future_invoices"]) == 0
    assert sum(usual.weeks["from_future_invoices"]) > 0
    desk.close()


@pytest.mark.slow
def test_a_plan_of_a_late_week_leaves_the_weeks_before_it_as_they_were(tmp_path):
    desk = Desk(tmp_path)
    desk.load(**weekly_book(until=AS_OF))
    usual = forecast(desk)
    week = AS_OF + timedelta(days=1 + 7 * 8)
    desk.load(billing_plan=[(week, "", "123456.00")])
    planned = forecast(desk)
    assert planned.weeks["from_open_invoices"].to_list() == usual.weeks["from_open_invoices"].to_list()
    assert planned.weeks["receipts"].head(8).to_list() == usual.weeks["receipts"].head(8).to_list()
    # Invoices at 30 days, paid 3 to 16 days late, come in the fifth to seventh week after.
    assert (planned.weeks["receipts"] - usual.weeks["receipts"]).tail(2).max() > 0
    assert planned.method["planned"][1] == 0.0 < planned.method["planned"][2]
    desk.close()


def test_the_chance_of_falling_below_the_minimum_follows_the_setting(tmp_path):
    desk = Desk(tmp_path)
    desk.load(**weekly_book(until=AS_OF), bank_balances=[("NL1", "EUR", AS_OF, "50000.00")])
    folder = tmp_path / "chosen"
    folder.mkdir()
    from data.store.load import load  # noqa: PLC0415 - the desk writes no settings

    (folder / "settings.csv").write_text("key,value\nminimum_cash,49999.99\n")
    load(desk.store, [folder])
    low = forecast(desk)
    assert low.minimum == Decimal("49999.99")
    assert set(low.weeks["probability_below_minimum"]) == {0.0}
    (folder / "settings.csv").write_text("key,value\nminimum_cash,999999999\n")
    load(desk.store, [folder])
    assert set(forecast(desk).weeks["probability_below_minimum"]) == {1.0}
    desk.close()


def test_absolute_errors_over_receipts_make_the_wape():
    said = np.array([[10.0, 20.0], [30.0, 40.0]])
    came = np.array([[8.0, 25.0], [np.nan, 40.0]])
    assert rolling_origins.wape(said, came) == pytest.approx((2 + 5 + 0) / (8 + 25 + 40))
    assert rolling_origins.wape(said, np.full((2, 2), np.nan)) is None


def test_rolling_needs_no_sorted_receipts(book):
    past = history(book)
    receipts = book.books().ask("receipt_days", as_of=AS_OF)
    again = ledger_history(
        past.frame,
        book.books().ask("settled_in_parts", as_of=AS_OF),
        receipts.reverse(),
        book.books().ask("arrangements", as_of=AS_OF),
        as_of=AS_OF,
    )
    assert again.receipts.tolist() == past.receipts.tolist()
