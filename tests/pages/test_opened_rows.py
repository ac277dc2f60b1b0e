"""A number on a screen opens the rows that add up to it, and the address names what is open."""

import ast
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from pages.parts.widgets import opened_rows
from reports.codes import point_code
from tests.apps import words
from tests.books import BOOKS
from tests.paths import ROOT

DAY = "2026-11-20"


def test_an_address_opens_the_rows_of_a_bar_as_of_its_own_day(open_on_three):
    app = open_on_three("ageing", as_of=DAY, opens="trend.2026-11-13.d31_60")
    assert "Open on invoices at the end of that day" in words(app)
    assert "1 row · together €1,210.00 open" in words(app)
    app.button(key="opened-back").click().run()
    assert "opens" not in app.query_params
    assert "Open on invoices at the end of that day" not in words(app)


def test_the_list_beside_a_chart_opens_what_a_click_on_a_bar_opens(open_on_three):
    app = open_on_three("ageing", as_of=DAY)
    choice = app.selectbox(key="open-trend")
    assert "20 Nov 2026 · 1–30 days · €60" in choice.options
    choice.select("2026-11-20.d1_30").run()
    assert app.query_params["opens"] == "trend.2026-11-20.d1_30"
    assert "1 row · together €60.00 open" in words(app)


def test_another_dialog_asked_for_over_opened_rows_takes_their_place(open_on_three):
    app = open_on_three("ageing", as_of=DAY, opens="trend.2026-11-13.d31_60")
    next(button for button in app.button if button.label == "Saved views").click().run()
    assert not app.exception
    assert not app.error
    assert "opens" not in app.query_params
    assert "Open on invoices at the end of that day" not in words(app)


def test_the_second_of_two_clicks_on_a_chart_is_left_alone():
    """It comes from a chart that has another key by then, and of which nothing is kept."""
    opened_rows.select("trend", "trend-0", go.Figure())


@pytest.mark.parametrize("opens", ["trend.2026-11-13.d61_90", "trend.<b>"])
def test_a_part_that_is_not_there_is_reported_and_left_out(open_on_three, opens):
    app = open_on_three("ageing", as_of=DAY, opens=opens)
    assert "asked for something that is not there (what to open)" in words(app)
    assert "opens" not in app.query_params


def test_a_point_of_a_figure_opens_its_rows_as_of_the_day_of_the_point(open_on_three):
    app = open_on_three("kpi_trends", as_of=DAY, group="cash", opens="chart-overdue.2026-10-31")
    assert "1 row · together €1,210.00" in words(app)  # three weeks later €60.00 of another is overdue too
    app = open_on_three("kpi_trends", as_of=DAY, part="dso", opens="chart-methods.2026-10-31")
    assert "Each divides two amounts" in words(app)


def test_a_cell_of_the_cohort_map_opens_its_invoices(open_on_three):
    app = open_on_three("kpi_trends", as_of=DAY, part="recovery", opens="chart-cohorts.2026-10-01.0")
    cells = app.selectbox(key="open-chart-cohorts").options
    assert cells == ["Due in Oct 2026, 0 months later: 0.0% collected"]
    assert "€0.00 of €1,210.00" in words(app)


def test_a_cell_of_the_roll_rates_opens_the_invoices_that_moved(open_on_three):
    # On 30 September F1 was not due; on 31 October it was 30 days over.
    app = open_on_three("kpi_trends", as_of=DAY, part="flow", opens="chart-roll.not_due.d1_30")
    assert not app.error
    assert app.selectbox(key="open-chart-roll").options == ["Not due → 1–30 days: 100.0%"]
    assert "1 row · together €1,210.00" in words(app)


# Charts whose marks are no sum of rows, or are rows themselves: why nothing opens, by the name of the chart.
OPENS_NOTHING = {
    "bank-curve": "a share against an error at each score; the list of proposals opens the entries",
    "calibration": "a share of chances that came true; no amount",
    "coverage": "a share of weeks inside the bands; no amount",
    "forecast-against-actual": "forecasts made for the test of the method; the tab Against actual opens rows",
    "recovery-curve": "a share per day; the cells of the map below open the invoices",
}


def chart_calls():
    """Yield file and keyword arguments of every call that draws a chart on a screen."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "blocks.chart":
                yield path, {keyword.arg: keyword.value for keyword in node.keywords}


def test_every_chart_opens_the_rows_behind_it_or_a_reason_stands_here():
    calls = list(chart_calls())
    silent = {
        ast.literal_eval(words["name"]): path.name
        for path, words in calls
        if not {"opens", "select"} & set(words)
    }
    assert set(silent) == set(OPENS_NOTHING), silent
    assert len(calls) > 20
    drawn = {path for path in (ROOT / "pages").rglob("*.py") if "st.plotly_chart(" in path.read_text()}
    # No chart is drawn past `blocks.chart`; the other is its picture.
    assert {path.name for path in drawn} == {"blocks.py", "chart_export.py"}


def test_no_table_of_a_page_has_the_key_of_the_rows_that_open_over_it():
    """Streamlit draws neither of two elements with one key."""
    users = {
        path.name
        for path in (ROOT / "pages").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg in {"key", "table_key"}
        and isinstance(word.value, ast.Constant)
        and word.value.value == "behind"
    }
    assert users == {"opened_rows.py"}


@pytest.mark.slow
def test_a_customer_that_is_open_on_the_page_stays_while_a_point_of_the_map_opens(desk, open_page):
    """An invoice a month, paid 10 days late for nine months and 40 since: level and change are known."""
    invoices, payments = [], []
    for month in range(14):
        due = date(2025, 9, 1) + timedelta(days=30 * month)
        number = f"F{month:02}"
        issued = due - timedelta(days=30)
        invoices.append((number, "C1", "invoice", issued.isoformat(), due.isoformat(), "EUR", "100.00"))
        paid = due + timedelta(days=10 if month < 9 else 40)
        if paid < date(2026, 11, 1):
            payments.append((f"P{month:02}", "C1", number, paid.isoformat(), "EUR", "100.00"))
    desk.load(customers=BOOKS["customers"], invoices=invoices, payments=payments)
    code = point_code("C1")
    app = open_page("early_warning", as_of=DAY, customer="C1", opens=f"map.{code}")
    assert "Open at the end of that day, largest first" in words(app)
    assert not app.error
    assert not app.exception
    assert app.query_params["customer"] == ["C1"] or app.query_params["customer"] == "C1"
    opened = [set(table.value["invoice_id"]) for table in app.dataframe if "invoice_id" in table.value]
    assert len(opened) == 2
