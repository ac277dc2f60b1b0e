"""Saved views are written once and opened by a link; a wide table has columns and order of choice."""

from datetime import date

import pytest

from reports.answers.shared import saved_views
from tests.books import BOOKS

HOSTILE = "[x](http://evil.example) <b>&"


def open_dialog(app):
    app.button(key="views-open").click().run()
    assert not app.exception
    return app


def press(app, key: str):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_an_address_leaves_out_the_newest_day_and_comes_back_with_it():
    newest = date(2026, 11, 20)
    asked = {"as_of": "2026-11-20", "bucket": "d90_plus", "segment": "A&B=C", "lang": "nl"}
    address = saved_views.view_address("ageing", asked, newest)
    assert address == "ageing?bucket=d90_plus&segment=A%26B%3DC"
    assert saved_views.parameters(address, date(2026, 12, 1)) == (
        "ageing",
        {"as_of": "2026-12-01", "bucket": "d90_plus", "segment": "A&B=C"},
    )
    earlier = saved_views.view_address("ageing", {"as_of": "2026-10-31"}, newest)
    assert saved_views.parameters(earlier, newest) == ("ageing", {"as_of": "2026-10-31"})


@pytest.mark.slow
def test_a_view_is_saved_once_renamed_and_removed(desk, open_page):
    desk.shares_loads = False
    desk.load(**BOOKS)
    app = open_dialog(open_page("definitions", part="questions", search="plan", as_of="2026-10-31"))
    app.text_input(key="view-name").set_value(HOSTILE)
    press(app, "view-save")
    open_dialog(app).text_input(key="view-name").set_value(HOSTILE)
    press(app, "view-save")
    address = "definitions?as_of=2026-10-31&part=questions&search=plan"
    assert desk.ask("saved_views") == [{"name": HOSTILE, "address": address}]
    assert desk.rows("select count(*) from journal.saved_view") == [(1,)]

    other = open_dialog(open_page("definitions", search="plan"))
    open_dialog(press(other, "view-rename-0"))
    other.text_input(key="view-name-0").set_value("Month end")
    press(other, "view-rename-0-yes")
    assert desk.ask("saved_views") == [{"name": "Month end", "address": address}]
    press(open_dialog(press(open_dialog(other), "view-ask-0")), "view-remove-0")
    assert desk.ask("saved_views") == []


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "Give the view a name."), ("x" * 61, "A name has 60 letters at most."), ("Old", "saved already")],
)
def test_a_name_that_cannot_be_given_is_refused_with_its_reason(english, typed, problem):
    assert problem in (saved_views.name_problem(typed, {"Old": "ageing"}) or "")


def test_a_wide_table_shows_the_columns_and_the_order_that_its_address_asks_for(open_on_three):
    app = open_on_three("ageing", bucket="all", as_of="2026-11-20")
    chosen = next(box for box in app.multiselect if "Invoice" in box.options)
    key = str(chosen.key).removesuffix("-chosen")
    wide = next(table.value for table in app.dataframe if len(table.value.columns) == len(chosen.options))
    amounts = list(wide["open_amount"])
    assert amounts == sorted(amounts, reverse=True)
    chosen.set_value(["open_amount", "invoice_id"]).run()
    assert app.query_params["columns"] in ([f"{key}~open_amount.invoice_id"], f"{key}~open_amount.invoice_id")
    app.toggle(key=f"{key}-falling").set_value(False)
    app.selectbox(key=f"{key}-sorted").set_value("open_amount").run()
    assert not app.exception
    [narrow] = [
        table.value for table in app.dataframe if list(table.value.columns) == ["invoice_id", "open_amount"]
    ]
    assert list(narrow["open_amount"]) == amounts[::-1]
