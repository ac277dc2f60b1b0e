"""A number on a screen opens the rows that add up to it, and the address names what is open."""

import pytest

from tests.apps import words

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


@pytest.mark.parametrize("opens", ["trend.2026-11-13.d61_90", "trend.<b>"])
def test_a_part_that_is_not_there_is_reported_and_left_out(open_on_three, opens):
    app = open_on_three("ageing", as_of=DAY, opens=opens)
    assert "asked for something that is not there (opens)" in words(app)
    assert "opens" not in app.query_params


def test_a_point_of_a_figure_opens_its_rows_as_of_the_day_of_the_point(open_on_three):
    app = open_on_three("kpi_trends", as_of=DAY, group="cash", opens="chart-overdue.2026-10-31")
    assert "1 row · together €1,210.00" in words(app)  # three weeks later €60.00 of another is overdue too
    app = open_on_three("kpi_trends", as_of=DAY, part="dso", opens="chart-methods.2026-10-31")
    assert "Each divides two amounts" in words(app)
