"""The liquidity screens: rows, words and figures of the forecast, and the page on small books."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from forecasting.receipts.backtest import KNOWN, OURS, Origin
from forecasting.sentences import FEW_PAID
from reports import figures, language
from reports.answers.forecast import backtest_text
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.backtest import Accuracy, verdict, weeks_without_data
from reports.answers.forecast.cash_forecast import CashForecast, as_json, cash_forecast
from reports.colours import DARK, LIGHT
from reports.figures import Ahead
from reports.formats import about, chance, rounded
from tests.apps import words
from tests.books import AS_OF, Desk, weekly_book

pytestmark = pytest.mark.usefixtures("english")


NBSP = "\u00a0"
HOSTILE = '<a href="https://evil.example">Pay</a> %{x} <b>B</b>'
SUNDAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("liquidity"))
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[
            ("B1", "Supplier", AS_OF - timedelta(days=3), AS_OF + timedelta(days=9), "EUR", "1200.50", "")
        ],
    )
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def made(book) -> CashForecast:
    return cash_forecast(book.books(), as_of=AS_OF)


@pytest.fixture
def regular_page(book, open_page, monkeypatch):
    """Open a page on the regular ledger, on its last day."""
    monkeypatch.setenv("KASSTROOM_STORE", str(book.store))
    return lambda name, **address: open_page(name, as_of=AS_OF.isoformat(), **address)


@pytest.fixture(scope="module")
def names(book) -> pl.DataFrame:
    return book.books().ask("customers", as_of=AS_OF)


def forecast(*closings: int, opening: int = 1_000, risks: tuple[float, ...] = (), **changed) -> CashForecast:
    """A forecast with these closings; receipts of 100 a week from an invoice, the rest is paid out."""
    rows, before = [], opening
    for place, closing in enumerate(closings):
        start = SUNDAY + timedelta(days=7 * place + 1)
        levels = {
            name: Decimal(closing + gap)
            for name, gap in zip(
                ("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5"), range(-300, 400, 100), strict=True
            )
        }
        rows.append(
            {
                "week_start": start,
                "week_end": start + timedelta(days=6),
                "receipts": Decimal(100),
                "from_open_invoices": Decimal(60),
                "from_future_invoices": Decimal(40),
                **{f"receipts_{name}": Decimal(100) for name in levels},
                "payments": Decimal(100 - closing + before),
                "closing": Decimal(closing),
                **{f"closing_{name}": value for name, value in levels.items()},
                "probability_below_minimum": risks[place] if risks else 0.0,
            }
        )
        before = closing
    payments = pl.DataFrame(
        {
            "pay_date": [row["week_start"] for row in rows],
            "source": ["planned"] * len(rows),
            "line_id": [f"L{place}" for place in range(len(rows))],
            "label": [HOSTILE] * len(rows),
            "category": ["payroll"] * len(rows),
            "amount": pl.Series([row["payments"] for row in rows], dtype=pl.Decimal(38, 2)),
        }
    )
    invoices = pl.DataFrame(
        {
            "segment": ["Groot", "Groot", None],
            "customer_id": ["A", "B", "C"],
            **{
                f"week_{place + 1}": [Decimal("30.00"), Decimal("20.00"), Decimal("10.00")]
                for place in range(len(rows))
            },
        }
    )
    values = {
        "as_of": SUNDAY,
        "currency": "EUR",
        "opening_balance": Decimal(opening),
        "opening_known": True,
        "method": {
            "name": "mixture",
            "shares": {"model": [1.0, 0.8, 0.8], "mean_13": [0.0, 0.2, 0.2]},
            "planned": [0.0, 0.0, 0.0],
        },
        "weeks": pl.DataFrame(rows),
        "invoices": invoices,
        "payments": payments,
        "minimum": Decimal(0),
        "short_of": None,
        "holes": (),
        "left_out": pl.DataFrame(),
    }
    return CashForecast(**{**values, **changed})


CALLED = pl.DataFrame({"customer_id": ["A", "B", "C"], "customer_name": [HOSTILE, "De Linde", "Bakker"]})


def test_a_currency_without_a_rate_is_named_with_what_it_needs_and_its_due_dates(tmp_path):
    desk = Desk(tmp_path)
    rows = weekly_book(until=AS_OF)
    near, far = AS_OF + timedelta(days=91), AS_OF + timedelta(days=92)
    issued = AS_OF - timedelta(days=10)
    rows["invoices"] = [
        *rows["invoices"],
        ("U1", "C1", "invoice", issued, near, "USD", "100.00"),
        ("U2", "C1", "invoice", AS_OF - timedelta(days=5), far, "USD", "30.25"),
    ]
    desk.load(**rows, settings=[("reporting_currency", "EUR")])
    made = cash_forecast(desk.books(), as_of=AS_OF)
    assert made.short_of is None
    assert not set(made.invoices["document_id"]) & {"U1", "U2"}
    (sentence,) = forecast_text.left_out(made)
    said = sentence.replace(NBSP, " ")
    assert "2 open documents in USD ($130.25)" in said
    assert "at least 1 exchange rate of 18 Jun 2026 or before" in said
    assert "$100.00 of it comes in these 13 weeks" in said
    assert sentence in forecast_text.notes(made, is_filtered=False)
    (alone,) = forecast_text.left_out(replace(made, left_out=made.left_out.with_columns(documents=1)))
    assert "1 open document in USD ($130.25) is not in the forecast" in alone.replace(NBSP, " ")
    desk.close()


def test_a_forecast_stands_on_the_last_sunday():
    assert [forecast_rows.run_day(SUNDAY + timedelta(days=n)) for n in (0, 1, 6)] == [SUNDAY] * 3
    assert forecast_rows.run_day(date(2026, 11, 21)) == date(2026, 11, 15)


def test_a_week_opens_with_the_closing_of_the_one_before_to_the_cent(made):
    rows = forecast_rows.week_rows(made)
    assert rows["opening"].to_list() == [Decimal("50000.00"), *made.weeks["closing"].to_list()[:-1]]
    moved = rows["opening"] + rows["receipts"] - rows["payments"]
    assert moved.to_list() == rows["closing"].to_list()


def test_headroom_is_what_is_above_the_minimum():
    rows = forecast_rows.week_rows(forecast(900, 400, minimum=Decimal("500.25")))
    assert rows["headroom"].to_list() == [Decimal("399.75"), Decimal("-100.25")]


def test_the_credit_line_counts_in_the_headroom_and_in_no_balance():
    made = forecast(900, 400, minimum=Decimal("500.25"), credit_line=Decimal("250.50"))
    rows = forecast_rows.week_rows(made)
    # 900 + 250.50 - 500.25 and 400 + 250.50 - 500.25; the bad outcomes are 200 below.
    assert rows["headroom"].to_list() == [Decimal("650.25"), Decimal("150.25")]
    assert rows["headroom_p10"].to_list() == [Decimal("450.25"), Decimal("-49.75")]
    assert rows["closing"].to_list() == [Decimal(900), Decimal(400)]
    assert forecast_text.headroom_found(rows, made) == (
        "Least headroom in week 49: €150, the credit line of €251 counted in; one time in ten -€50 or less"
    )
    assert "leaves the credit line of €251 out" in forecast_text.fan_method(made)
    deep = forecast(-900, minimum=Decimal(0), credit_line=Decimal(500))
    found = forecast_text.headroom_found(forecast_rows.week_rows(deep), deep)
    assert found.startswith("Week 48 is €400 short of the minimum, even with the credit line of €500; ")
    assert "credit line" not in forecast_text.fan_method(forecast(900))


def test_the_credit_line_is_a_setting_and_the_chance_below_the_minimum_leaves_it_out(desk):
    from tests.books import BOOKS  # noqa: PLC0415

    desk.load(**BOOKS, bank_balances=[("NL1", "EUR", date(2026, 11, 20), "100.00")])
    without = cash_forecast(desk.books(), as_of=SUNDAY)
    desk.load(settings=[("credit_line", "2500.00")])
    made = cash_forecast(desk.books(), as_of=SUNDAY)
    assert (without.credit_line, made.credit_line) == (Decimal("0.00"), Decimal("2500.00"))
    assert as_json(made)["credit_line"] == Decimal("2500.00")
    assert made.weeks.equals(without.weeks)


@pytest.mark.parametrize("line", [0, 700])
def test_the_fan_draws_where_the_credit_line_ends(line):
    made = forecast(900, 400, credit_line=Decimal(line))
    past = pl.DataFrame(schema={"as_of": pl.Date, "bank_balance": pl.Decimal(38, 2)})
    ahead = Ahead(made.weeks, SUNDAY, made.opening_balance, made.minimum, past, credit_line=made.credit_line)
    fan = figures.fan(ahead, theme=LIGHT)
    texts = [note.text for note in fan.layout.annotations]
    assert ("Credit line €700" in texts) == bool(line)
    assert ([shape.y0 for shape in fan.layout.shapes].count(-700)) == bool(line)
    assert fan.layout.yaxis.range[0] <= -line


def test_the_weeks_of_a_new_year_are_iso_weeks():
    rows = forecast_rows.week_rows(forecast(*[900] * 7))
    assert rows["week"].to_list()[-3:] == [f"wk{NBSP}52", f"wk{NBSP}53", f"wk{NBSP}1"]


def test_the_invoices_of_a_week_add_up_to_its_receipts_from_open_invoices(made, names, book):
    states = book.books().ask("open_items", as_of=AS_OF)
    for number in (1, 2, 5):
        rows = forecast_rows.week_invoices(made, number, names, states)
        together = sum(rows["expected_amount"], Decimal(0))
        expected = made.weeks["from_open_invoices"][number - 1]
        assert together == expected
        assert rows["expected_amount"].is_sorted(descending=True)
        assert rows["probability_in_week"].is_between(0, 1).all()


def test_a_bill_is_a_payment_of_the_week_it_falls_due_in(made):
    assert forecast_rows.week_payments(made, 1).is_empty()
    rows = forecast_rows.week_payments(made, 2)
    assert rows.select("label", "category", "source", "amount").rows() == [
        ("Supplier", "suppliers", "bill", Decimal("1200.50"))
    ]


@pytest.mark.parametrize("weeks", [1, 4, 13])
def test_the_bridge_ends_on_the_closing_balance_to_the_cent(made, names, weeks):
    rows = forecast_rows.bridge(made, names, weeks=weeks)
    assert sum(rows["amount"][:-1], Decimal(0)) == rows["amount"][-1] == made.weeks["closing"][weeks - 1]


def test_the_bridge_names_the_largest_customers_and_leaves_rounding_to_the_largest_segment():
    rows = forecast_rows.bridge(forecast(900, 800), CALLED, weeks=2)
    assert rows.select("cause", "amount").rows() == [
        ("Opening balance", Decimal(1000)),
        ("Open invoices, Groot", Decimal("100.00")),  # 100.02 by invoice, 120 in all
        ("Open invoices, No segment", Decimal("20.00")),
        ("Still to be billed", Decimal(80)),
        ("Payroll", Decimal(-400)),
        ("Closing balance", Decimal(800)),
    ]
    assert rows["detail"][1] == f"{HOSTILE} €60, De Linde €40"


def test_the_week_asked_for_is_opened_else_the_lowest():
    made = forecast(900, 400, 600)
    assert forecast_rows.week_number(made, "2026-12-07") == 3
    assert [forecast_rows.week_number(made, asked) for asked in (None, "soon", "2026-12-08")] == [2, 2, 2]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("412345.67", "412000"), ("-98765", "-98800"), ("1234", "1230"), ("87.5", "88"), ("0", "0")],
)
def test_a_forecast_amount_is_written_no_finer_than_it_is(amount, shown):
    assert rounded(Decimal(amount)) == Decimal(shown)


def test_a_chance_is_never_written_as_certain():
    assert [chance(share) for share in (0.0, 0.004, 0.47, 0.999, 1.0)] == [
        "less than 1%", "less than 1%", "47%", "more than 99%", "more than 99%",
    ]  # fmt: skip


LOW = "Lowest point in week 49: {amount} expected, chance below the minimum 2%"
TIGHT = "Week 49 is tight: {amount} expected, 47% chance of less than the minimum"
LATER = "Week 50 gets tight: 30% chance of less than the minimum; lowest point {amount} in week 49"


@pytest.mark.parametrize(
    ("risks", "said"),
    [((0.0, 0.02, 0.0), LOW), ((0.0, 0.47, 0.0), TIGHT), ((0.0, 0.05, 0.3), LATER)],
)
def test_the_heading_says_where_it_gets_tight(risks, said):
    assert forecast_text.finding(forecast(900, 400, 600, risks=risks)) == said.format(amount="€400")


def test_what_a_reader_must_know_is_said():
    made = forecast(
        900,
        opening_known=False,
        short_of=FEW_PAID(needed=30, found=2),
        holes=(date(2026, 3, 2),),
    )
    said = forecast_text.notes(made, is_filtered=True)
    assert [note.split(" ")[0] for note in said] == ["No", "The", "No", "The"]
    assert said[-1] == "The forecast covers the whole company in EUR: the filters above do not change it."
    language.use("nl")
    dutch = forecast_text.notes(made, is_filtered=True)
    assert dutch[1].startswith("Het betaalmodel heeft minstens 30 betaalde facturen nodig")
    assert forecast_text.notes(forecast(900), is_filtered=False) == []


def test_a_balance_that_counts_receipts_alone_says_so():
    (said,) = forecast_text.notes(forecast(1_100, 1_200), is_filtered=False)  # 100 in and nothing out, twice
    assert said.startswith("No bills or planned payments are known for these weeks")
    assert forecast_text.notes(forecast(1_100, 1_190), is_filtered=False) == []


def test_one_week_without_receipts_is_one_week():
    one, two = date(2026, 3, 2), date(2026, 3, 9)
    said = [str(weeks_without_data(days)).replace(NBSP, " ") for days in ((one,), (one, two))]
    assert "for the week from 2 Mar 2026; it is not scored" in said[0]
    assert "for the weeks from 2 Mar 2026, 9 Mar 2026; they are" in said[1]


def invoice(**changed) -> dict:
    return {
        "invoice_type": "invoice",
        "paid_before": 24,
        "usual_days_late": 6.2,
        "recent_days_late": 6.0,
        "days_overdue": -3,
        "state": "",
        "probability_30_days_late": 0.1,
        "probability_never": 0.01,
    } | changed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ["Usually pays 6 days after the due date (24 paid invoices)."]),
        ({"usual_days_late": -1.0, "recent_days_late": -1.0},
         ["Usually pays 1 day before the due date (24 paid invoices)."]),
        ({"recent_days_late": 14.2}, ["Usually pays 6 days after the due date (24 paid invoices).",
                                      "Lately it pays 8 days later than it used to."]),
        ({"days_overdue": 20}, ["Usually pays 6 days after the due date (24 paid invoices).",
                                "Now 20 days past due, 14 more than usual."]),
        ({"paid_before": 0},
         ["This customer has paid nothing yet: the chance is that of customers like it."]),
        ({"paid_before": 2, "recent_days_late": 30.0, "state": "disputed"},
         ["Only 2 paid invoices so far: the chance leans on customers like it.",
          "In dispute: until that ends it is expected to be paid less often."]),
        ({"invoice_type": "credit_note"},
         ["A credit note: it is set off against what this customer pays."]),
    ],
)  # fmt: skip
def test_the_reasons_say_what_is_usual_and_what_is_different_now(changed, said):
    assert forecast_text.reasons(invoice(**changed)) == said


def test_the_reasons_are_dutch_as_well():
    language.use("nl")
    assert forecast_text.reasons(invoice(days_overdue=20, probability_never=0.2)) == [
        "Betaalt meestal 6 dagen na de vervaldatum (24 betaalde facturen).",
        "Nu 20 dagen te laat, 14 meer dan gebruikelijk.",
        "Kans dat ze nooit wordt betaald: 20%.",
    ]


def test_the_method_that_is_used_is_named_with_its_shares():
    assert "weeks 5–8 80% payment model alone, 20% mean of 13 weeks" in forecast_text.method_used(
        forecast(900)
    )
    shares = {"model": [1.0, 1.0, 1.0]}
    planned = forecast(900, method={"name": "mixture", "shares": shares, "planned": [0.0, 0.25, 0.9]})
    assert "0%, 25% and 90% of the receipts of these weeks" in forecast_text.method_used(planned)


def test_an_invoice_that_is_likely_never_paid_has_no_day():
    row = {
        "expected_date": None,
        "probability_in_week": 0.02,
        "days_overdue": 400,
        "probability_paid_by_due": 0.0,
    }
    assert forecast_text.invoice_found(row) == "As likely never paid as ever; 2% chance in this week"


def test_money_on_account_is_told_from_a_hundredth_of_the_receipts_on():
    def said(amount: str) -> list[str]:
        return forecast_text.notes(forecast(900, on_account=Decimal(amount)), is_filtered=False)  # of 100.00

    assert said("1.01")[0].startswith("€1.01 was received on account")
    assert said("1.00") == said("0.00") == []


@pytest.mark.parametrize(
    ("days", "told"), [(6, "No payment to suppliers is known after 28 Nov 2026"), (7, None)]
)
def test_weeks_without_a_bill_are_told_to_be_too_high(days, told):
    paid = pl.DataFrame(
        {"pay_date": [SUNDAY + timedelta(days=days)], "category": ["suppliers"], "amount": [Decimal(5)]}
    )
    said = forecast_text.notes(forecast(900, 800, 700, payments=paid), is_filtered=False)  # ends on day 21
    assert [note.replace(NBSP, " ").startswith(told or "-") for note in said] == ([True] if told else [])


def backtest() -> Accuracy:
    nan = float("nan")
    origins = [
        Origin(
            SUNDAY - timedelta(days=7 * back),
            np.array([100.0, nan if back == 1 else 200.0]),
            {OURS: np.array([110.0, 180.0]), "mean_13": np.array([130.0, 150.0])},
            {"coverage_80": np.array([1.0, nan if back == 1 else 0.0]),
             "coverage_95": np.array([1.0, nan if back == 1 else 1.0])},
        )
        for back in (1, 2)
    ]  # fmt: skip
    scores = {"wape_1_4": 0.1, "wape_1": 0.1, "wape_5_8": None, "wape_9_13": None, "cumulative_13": None}
    scores |= {"bias": -0.02, "coverage_80": 2 / 3, "coverage_95": 1.0}
    simple = scores | {"wape_1_4": 0.25, "coverage_80": None, "coverage_95": None}
    judged = pl.DataFrame(
        {
            "question": ["paid_by_due", "paid_by_due", "late_30"],
            "said": [0.2, 0.8, 0.1],
            "came": [0.25, 0.7, 0.1],
            "count": [100, 50, 80],
        }
    )
    gaps = {"paid_by_due": 0.067, "late_30": 0.0}
    model = scores | {"wape_1_4": 0.12, "wape_5_8": 0.14}
    known = model | {"wape_1_4": 0.11, "wape_5_8": 0.05}
    methods = {"mean_13": simple, "model": model, KNOWN: known, OURS: scores | {"wape_5_8": 0.14}}
    return Accuracy(SUNDAY, methods, origins, (), "", judged, gaps)


@pytest.mark.parametrize(
    ("weeks", "named"), [(1, "of week 1 was"), (2, "of weeks 1 to 2 was"), (13, "of weeks 1 to 4 was")]
)
def test_the_verdict_names_the_weeks_that_were_looked_at(weeks, named):
    made = backtest()
    origins = [replace(one, received=np.full(weeks, 100.0)) for one in made.origins]
    said = verdict({name: made.methods[name] for name in (OURS, "mean_13")}, origins)
    assert f"Over 2 past weeks the forecast {named} off by 10.0%" in said


def test_past_weeks_that_are_not_over_are_not_compared():
    rows = backtest_text.past_weeks(backtest(), 2)
    assert rows.rows() == [
        (date(2026, 11, 8), date(2026, 11, 16), Decimal(200), Decimal(180), Decimal(150)),
    ]
    assert (
        backtest_text.past_found(rows, 2) == "Forecast 2 weeks ahead, receipts were off by 10.0% on average"
    )


def test_coverage_counts_the_weeks_inside_the_bands():
    first = backtest_text.coverage_rows(backtest()).row(0, named=True)
    assert (first["weeks"], first["coverage_95"], first["count"]) == ("Weeks 1–4", 1.0, 3)
    assert first["coverage_80"] == pytest.approx(2 / 3)
    assert backtest_text.coverage_found(backtest()).startswith("The bands were too narrow: 67%")


def test_our_own_forecast_stands_first_among_the_methods():
    assert backtest_text.method_rows(backtest())["method"].to_list() == [
        "Kasstroom's forecast",
        "the forecast with the true billings",
        "payment model alone",
        "mean of 13 weeks",
    ]


def test_what_a_billing_plan_can_help_at_most_is_said():
    found = backtest()
    assert "5.0% in weeks 5 to 8 instead of 14.0%" in backtest_text.plan_helps(found).replace("off by ", "")
    found.methods[KNOWN]["wape_5_8"] = 0.2
    assert backtest_text.plan_helps(found) is None


def test_the_question_with_the_widest_gap_is_named():
    assert backtest_text.calibration_found(backtest()) == (
        "The chances of single invoices were off by 6.7% on average (paid by the due date)"
    )
    figure = figures.calibration(backtest_text.calibration_rows(backtest()), theme=LIGHT)
    assert [list(trace.x) for trace in figure.data] == [[0, 1], [0.2, 0.8], [0.1]]
    assert [list(trace.y) for trace in figure.data] == [[0, 1], [0.25, 0.7], [0.1]]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("compact", [False, True])
def test_the_figures_say_their_numbers_and_run_no_name(theme, compact):
    made = forecast(900, 400, 600, risks=(0.0, 0.47, 0.1))
    past = pl.DataFrame(
        {"as_of": [SUNDAY - timedelta(days=7), SUNDAY], "bank_balance": [None, Decimal(1000)]},
        schema={"as_of": pl.Date, "bank_balance": pl.Decimal(38, 2)},
    )
    ahead = Ahead(made.weeks, SUNDAY, made.opening_balance, made.minimum, past)
    fan = figures.fan(ahead, theme=theme, compact=compact)
    assert f"lowest €400 in wk{NBSP}49" in figures.alt(fan)
    low, high = fan.layout.yaxis.range
    assert low <= 0
    assert high >= 1200
    bridge = figures.cash_bridge(forecast_rows.bridge(made, CALLED, weeks=3), theme=theme, compact=compact)
    room = figures.headroom(forecast_rows.week_rows(made), theme=theme, compact=compact)
    weeks = backtest_text.past_weeks(backtest(), 1)
    actual = figures.against_actual(weeks, simple="mean", theme=theme, compact=compact)
    coverage = figures.coverage(backtest_text.coverage_rows(backtest()), theme=theme)
    assert "Payroll" in figures.alt(bridge)
    assert "€400" in figures.alt(room)
    for figure in (fan, bridge, room, actual, coverage):
        assert "<a " not in figure.to_json().replace("\\u003c", "<")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Liquidity forecast", "Lowest point in week")),
        ("nl", ("Liquiditeitsprognose", "Laagste stand in week")),
    ],
)
def test_the_page_opens_on_a_regular_ledger(regular_page, lang, said):
    language.use(lang)
    app = regular_page("liquidity_forecast", lang=lang)
    assert not app.error
    assert app.title[0].value == said[0]
    assert said[1] in words(app)
    table = app.dataframe[0].value
    assert table["opening"].iloc[0] == Decimal("50000.00")
    assert len(table) == 13


def test_the_accuracy_part_says_how_good_it_was(regular_page):
    app = regular_page("liquidity_forecast", part="accuracy")
    assert not app.error
    assert "of weeks 1 to 4 was off by" in words(app)


def test_three_invoices_get_a_simpler_forecast_with_the_number_needed(desk, open_page):
    from tests.books import BOOKS  # noqa: PLC0415

    desk.load(**BOOKS)
    app = open_page("liquidity_forecast", segment="Groot")
    said = words(app)
    assert "needs at least" in said
    assert "No bank balance is known on this day" in said
    assert "The forecast covers the whole company in EUR" in said
    app = open_page("liquidity_forecast", part="accuracy")
    assert "A backtest needs at least 30 paid invoices" in words(app)


def test_the_cash_position_carries_the_low_point_of_the_forecast(regular_page, made):
    app = regular_page("")
    assert not app.error
    low = next(metric for metric in app.metric if metric.label.startswith("Lowest, wk"))
    assert low.value == about(made.lowest["closing"])
