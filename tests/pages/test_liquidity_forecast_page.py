"""The liquidity forecast on small books: its tabs, saving on it, and too little history."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from reports import language
from reports.answers.forecast.cash_forecast import CashForecast, cash_forecast
from reports.answers.forecast.variance import frozen_runs
from reports.codes import point_code
from reports.formats import about
from tests.apps import words
from tests.books import AS_OF, BOOKS, Desk
from tests.forecasts import MONDAY, PLAN_NAME, RUN_DAY, load_planned_lines, variance_book
from tests.ledger_forecasts import load_regular_ledger

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Three invoices, three planned lines and a credit line; no test writes to this store."""
    desk = Desk(tmp_path_factory.mktemp("planned"))
    third = ("L3", PLAN_NAME, PLAN_NAME, "-1.00", MONDAY, "none", "")
    return load_planned_lines(desk, **BOOKS, planned_cash=[third], settings=[("credit_line", "5.00")])


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("liquidity"))
    load_regular_ledger(desk)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def made(book) -> CashForecast:
    return cash_forecast(book.books(), as_of=AS_OF)


@pytest.fixture
def regular_page(book, made, open_page, monkeypatch):
    """Open a page on the regular ledger, on its last day; its history is fitted by then."""
    monkeypatch.setenv("KASSTROOM_STORE", str(book.store))
    return lambda name, **address: open_page(name, as_of=AS_OF.isoformat(), **address)


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_accuracy_part_says_how_good_it_was(regular_page):
    app = regular_page("liquidity_forecast", part="accuracy")
    assert not app.error
    assert "of weeks 1 to 4 was off by" in words(app)


def test_three_invoices_get_a_simpler_forecast_with_the_number_needed(open_on_three):
    app = open_on_three("liquidity_forecast", segment="Groot")
    said = words(app)
    assert "needs at least" in said
    assert "No bank balance is known on this day" in said
    assert "The forecast covers the whole company in EUR" in said
    app = open_on_three("liquidity_forecast", part="accuracy")
    assert "A backtest needs at least 30 paid invoices" in words(app)


@pytest.mark.slow
def test_the_cash_position_carries_the_low_point_of_the_forecast(regular_page, made):
    app = regular_page("")
    assert not app.error
    low = next(metric for metric in app.metric if metric.label.startswith("Lowest, wk"))
    assert low.value == about(made.lowest["closing"])


def test_the_part_plan_shows_lines_grid_and_settings_and_runs_no_name(planned, open_page, monkeypatch):
    monkeypatch.setenv("KASSTROOM_STORE", str(planned.store))
    app = open_page("liquidity_forecast", part="plan")
    assert not app.error
    said = words(app)
    assert "3 planned lines: " in said
    assert "No billing plan" in said
    limits = next(table.value for table in app.table if "Credit line" in table.value.to_string())
    assert limits["value"].str.replace("\\", "").to_list() == ["€0.00", "€5.00"]


@pytest.mark.slow
def test_the_plan_shows_the_limits_and_the_way_to_where_they_are_set(desk, open_page):
    load_planned_lines(desk, **BOOKS)
    app = open_page("liquidity_forecast", part="plan")
    assert "Minimum and credit line" in words(app)
    links = [link.proto.page for link in app.get("page_link") if "credit line" in link.proto.label]
    assert links == ["settings"]


def test_of_an_earlier_moment_nothing_can_be_changed(planned, open_page, monkeypatch):
    monkeypatch.setenv("KASSTROOM_STORE", str(planned.store))
    app = open_page("liquidity_forecast", part="plan", known_on="2030-01-01")
    assert "This is how it was known on an earlier day" in words(app)
    assert not [one for one in app.button if str(one.key).endswith("-save")]


@pytest.mark.slow
def test_the_page_compares_a_kept_forecast_and_links_to_the_customer(desk, open_page, monkeypatch):
    variance_book(desk)
    frozen_runs.freeze(desk.store, cash_forecast(desk.books(), as_of=RUN_DAY))
    app = open_page("liquidity_forecast", part="actual", as_of="2026-11-21")
    said = words(app)
    assert not app.error
    assert "Forecast of 1\u00a0Nov\u00a02026, kept on " in said
    assert "over 2 weeks" in said
    assert app.dataframe[0].value["received"].to_list() == [Decimal("100.00"), Decimal("9.50")]


def test_without_a_kept_forecast_the_page_says_how_and_makes_one_afterwards(open_on_three):
    app = open_on_three("liquidity_forecast", part="actual", as_of="2026-11-20")
    assert "with the button under Forecast" in app.info[0].value
    assert "re-run on the books as they stood: with the books of today" in words(app)
    assert app.selectbox(key="pick-run").options[0].startswith("18 Oct 2026 (")


@pytest.mark.slow
@pytest.mark.parametrize("place", ["fan", "headroom"])
def test_a_week_of_a_chart_opens_what_its_balance_is_made_of(regular_page, made, place):
    week = made.weeks.row(3, named=True)
    app = regular_page("liquidity_forecast", opens=f"{place}.{week['week_start'].isoformat()}")
    # No minimum and no credit line are set: the headroom is the balance.
    together = f"together {language.about(week['closing'], 'EUR')}"
    assert together in words(app)
    app.button(key="opened-back").click().run()
    assert "opens" not in app.query_params
    assert together not in words(app)


def test_a_step_of_the_bridge_opens_its_bills(regular_page):
    app = regular_page("liquidity_forecast", opens=f"bridge.{point_code('Suppliers')}")
    assert "Unpaid bills on their due date and planned lines until" in words(app)
    assert "together -€1,200.50" in words(app)
