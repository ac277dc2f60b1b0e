"""What the figures are compared with: the choice beside the day, the cells and tiles, the files."""

from datetime import date

import pytest
from streamlit.testing.v1.element_tree import ElementTree

from tests.apps import words

# As of 20 November F1 (1,210.00) and F2 (605.00) are open and 60.00 of F3; on 31 October it were F1 and F3
# (100.00), on 30 September F1 alone.


def said(app) -> str:
    return words(app).replace("\u00a0", " ")


@pytest.mark.slow
def test_cells_of_the_ageing_name_the_day_they_are_compared_with(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", compare="month")

    assert "+€505 vs 31 Oct" in said(app)  # F2 came (605), F3 fell due (100)
    assert "-€1,150 vs 31 Oct" in said(app)  # 1 to 30 days: F3's rest of 60 against F1 of 1,210
    assert "Customers owe €565 more than on 31 Oct 2026" in said(app)  # 1,875 against 1,310
    assert [b.label.replace("\u00a0", " ") for b in app.button if b.key == "extra-compare"] == ["vs 31 Oct"]


def test_nothing_is_compared_with_a_day_before_the_first_document(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", compare="2026-08-31")  # the first is of 1 September

    assert "– vs 31 Aug" in said(app)
    assert "2 customers owe €1,875" in said(app)


@pytest.mark.slow
def test_the_tiles_are_compared_with_the_same_day(open_on_three):
    app = open_on_three(as_of="2026-11-20", compare="month")
    [outstanding] = [tile for tile in app.metric if tile.value == "€1,875"]

    assert (outstanding.value, outstanding.delta) == ("€1,875", "+€565")
    assert outstanding.proto.delta_description.replace("\u00a0", " ") == "vs 31 Oct"
    assert "On 31 Oct 2026: €1,310." in outstanding.help.replace("\u00a0", " ")
    assert "Receivables have risen by €565 since 31 Oct 2026" in said(app)


@pytest.mark.parametrize("compare", ["fortnight", "2026-11-20", "2026-12-01"])
def test_a_comparison_that_is_none_is_reported_and_left_out(open_on_three, compare):
    app = open_on_three("ageing", as_of="2026-11-20", compare=compare)

    assert "asked for something that is not there (day to compare with)" in said(app)
    assert "vs 13 Nov" in said(app)
    assert "compare" not in app.query_params


@pytest.mark.slow
def test_a_day_that_no_longer_lies_before_the_as_of_day_is_dropped_and_reported(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", compare="2026-11-10")
    app.button(key="quick-month").click().run()  # today is 22 November: to 31 October

    assert app.query_params["as_of"] == "2026-10-31"
    assert "asked for something that is not there (day to compare with)" in said(app)
    assert "vs 24 Oct" in said(app)


@pytest.mark.slow
def test_the_choice_stands_in_the_address_until_its_chip_is_pressed(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20")
    app.radio(key="f_compare").set_value("quarter").run()
    assert app.query_params["compare"] == "quarter"
    assert "vs 30 Sep" in said(app)

    app.button(key="extra-compare").click().run()
    assert "compare" not in app.query_params
    assert "vs 13 Nov" in said(app)


def test_the_list_of_customers_has_what_was_open_then_and_the_change(open_on_three):
    app = open_on_three("customer", as_of="2026-11-20", compare="month")
    [table] = app.dataframe

    # Of C1 605 came; of C2 40 of 100 was paid.
    assert table.value["open_amount_then_2026-10-31"].astype(float).tolist() == [1210, 100]
    assert table.value["open_amount_change_2026-10-31"].astype(float).tolist() == [605, -40]


def test_groups_of_customers_have_both_days(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", group="country", compare="month")
    table = app.dataframe[-1].value

    assert table["total_then_2026-10-31"].astype(float).tolist() == [1310]
    assert table["total_change_2026-10-31"].astype(float).tolist() == [565]


@pytest.mark.slow
def test_figures_stand_beside_those_of_the_other_day(open_on_three):
    app = open_on_three("kpi_trends", as_of="2026-11-20", compare="month")
    table = app.table[0].value

    assert table.columns.tolist() == ["Figure", "20 Nov 2026", "31 Oct 2026", "Change"]
    assert table.iloc[0].tolist()[1:] == [1875, 1310, 565]  # receivables
    assert "than on 31 Oct 2026" in said(app)


def test_tiles_end_on_the_day_of_the_table_above_them(open_on_three):
    app = open_on_three("kpi_trends", as_of="2026-11-20")

    # 1,210 was open on 30 September; of the year before nothing is known.
    assert "Receivables: up from €1.2k to €1.9k" in said(app)
    assert "since 30 Sep 2026 · to 20 Nov 2026" in said(app)
    assert "20 Nov 2026 · €1,875" in app.selectbox(key="open-chart-receivables").options[0].replace(
        "\u00a0", " "
    )


@pytest.mark.slow
def test_dso_has_its_days_on_both_days(open_on_three):
    app = open_on_three("kpi_trends", part="dso", as_of="2026-11-20", compare="month")

    assert {"Days on 31 Oct 2026", "Days, change since 31 Oct 2026"} <= set(app.table[0].value.columns)
    # The bridge starts on the same day.
    assert app.date_input(key="pick-since-day").value.isoformat() == "2026-10-31"


def test_figures_per_customer_have_the_first_of_them_on_both_days(open_on_three):
    app = open_on_three("kpi_trends", part="customers", as_of="2026-11-20", compare="month")
    table = app.dataframe[0].value

    assert table["receivables_then_2026-10-31"].astype(float).tolist() == [1210, 100]


@pytest.mark.slow
def test_a_choice_of_columns_holds_for_another_day_too(open_on_three):
    choice = "customers~customer_name.open_amount_change"
    for as_of, column in (("2026-11-20", "2026-11-13"), ("2026-11-18", "2026-11-11")):
        app = open_on_three("customer", as_of=as_of, columns=choice, sort="customers~-open_amount_change")
        [table] = app.dataframe

        assert table.value.columns.tolist() == ["customer_name", f"open_amount_change_{column}"]
        assert app.query_params["columns"] == choice


@pytest.mark.slow
def test_the_bridge_of_dso_starts_on_the_day_that_is_chosen_until_it_has_its_own(open_on_three):
    app = open_on_three("kpi_trends", part="dso", as_of="2026-11-20")
    app.radio(key="f_compare").set_value("month").run()
    assert app.date_input(key="pick-since-day").value.isoformat() == "2026-10-31"
    assert "since" not in app.query_params

    app.date_input(key="pick-since-day").set_value(date(2026, 10, 1)).run()
    app.radio(key="f_compare").set_value("quarter").run()
    assert app.date_input(key="pick-since-day").value.isoformat() == "2026-10-01"
    assert app.query_params["since"] == "2026-10-01"


def test_what_a_run_that_was_broken_off_has_forgotten_comes_back_from_the_address(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", compare="month")
    del app.session_state["f_compare"]  # Streamlit forgets what it has not drawn
    app._tree = ElementTree()  # of which the browser sends nothing either
    app._tree._runner = app
    app.run()
    assert not app.error
    assert app.session_state["f_compare"] == "month"
