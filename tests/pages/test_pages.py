import ast
import math
from collections.abc import Callable
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.context import navigation
from pages.parts.data_quality import findings
from tests.apps import words
from tests.books import BOOKS, Desk
from tests.paths import ROOT
from tests.worklist_ledger import DAY, customer, invoice, payment

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")
# Beside the three invoices: money in the bank, a ledger that says 5.00 less than the books, and of C2 an
# invoice without a rate and one that was paid 20 days late.
FULLER = {
    **BOOKS,
    "invoices": [
        *BOOKS["invoices"],
        ("F9", "C2", "invoice", "2026-10-01", "2026-10-15", "GBP", "250.00"),
        ("G1", "C2", "invoice", "2026-09-01", "2026-10-01", "EUR", "1000.00"),
    ],
    "payments": [*BOOKS["payments"], ("P9", "C2", "G1", "2026-10-21", "EUR", "1000.00")],
    "bank_balances": [("NL01", "EUR", "2026-11-19", "2500.00")],
    "ledger_balances": [("2026-11-20", "", "EUR", "1870.00")],
    "turnover": [("2026-09-01", "2026-09-30", "", "EUR", "3210.50")],
}


@pytest.fixture(scope="module")
def fuller(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """No test writes to this store."""
    desk = Desk(tmp_path_factory.mktemp("fuller"))
    desk.load(**FULLER)
    return desk


@pytest.fixture
def open_on_fuller(fuller, open_page, monkeypatch) -> Callable[..., AppTest]:
    """Open a page on the fuller books."""
    monkeypatch.setenv("KASSTROOM_STORE", str(fuller.store))
    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_without_a_store_every_page_says_so_with_two_ways_on_and_no_command(open_page, name):
    app = open_page(name)
    assert "No books yet" in words(app)
    assert not app.error
    assert "kasstroom.py" not in words(app)
    assert app.button(key="see-demo").label == "See the demo company"
    links = [link.label for link in app.get("page_link")]
    assert "Load files" in links or name == "data"  # where the files are chosen right below


@pytest.mark.parametrize("name", ["cash_position", "ageing", "customer"])
def test_books_without_an_invoice_send_to_the_loading_of_data(desk, open_page, name):
    desk.load(customers=BOOKS["customers"])
    app = open_page(name)
    assert "No books yet" in words(app)
    assert [link.label for link in app.get("page_link")][-1] == "Load files"


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_on_three_invoices_without_an_apology(open_on_three, name):
    app = open_on_three(name)
    assert not app.error
    assert "could not be shown" not in words(app)


WITHOUT_CHARTS = [
    (screen.name, asked)
    for screen in navigation.SCREENS
    if not screen.has_charts
    for asked in {
        "bank": [{"part": part} for part in ("proposed", "statements")],
        "worklist": [{}, {"customer": "C1"}],
        "data": [{"part": part} for part in findings.PARTS],
        "settings": [{"part": part} for part in ("sender", "cash", "targets")],
        "definitions": [{}, {"figure": "receivables"}],
    }[screen.name]
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "asked"), WITHOUT_CHARTS)
def test_a_screen_that_is_said_to_have_no_charts_draws_none(open_on_fuller, name, asked):
    # The browser is not told to run their script, which would come as it is needed: late.
    app = open_on_fuller(name, as_of="2026-11-20", **asked)
    assert "something that is not there" not in words(app)
    assert not app.get("plotly_chart")


def test_charts_are_found_by_their_name(open_on_fuller):
    assert open_on_fuller("ageing", as_of="2026-11-20").get("plotly_chart")


def test_the_day_before_the_first_invoice_is_said_to_be_empty(open_on_three):
    app = open_on_three("ageing", as_of="2026-08-31")
    assert (
        "There is nothing on 31\u00a0Aug\u00a02026 yet: the first document is of 1\u00a0Sep\u00a02026."
        in words(app)
    )


@pytest.mark.slow
def test_the_tiles_carry_the_figures_of_the_books(open_on_fuller):
    app = open_on_fuller("", as_of="2026-11-20")
    # Open: 1,210 + 605 + (100 - 40) = 1,875; past due: 1,210 + 60 = 1,270, which is 67.7% of it.
    # The second tile is the forecast's: it stands on the Sunday before, when no bank balance was known yet.
    bank, _lowest, receivables, overdue = app.metric[:4]
    assert [metric.value for metric in (bank, receivables, overdue)] == ["€2,500", "€1,875", "€1,270"]
    assert overdue.label == "Overdue, 67.7%"
    # A week before F3 was open in full: 1,915, of which 1,310 late.
    assert [metric.delta for metric in (receivables, overdue)] == ["-€40", "-€40"]


def test_a_filter_that_leaves_nothing_is_named_and_can_be_cleared(open_on_three):
    app = open_on_three("ageing", as_of="2026-09-15", segment="Klein")
    assert "Nothing is open with these filters: 15 Sep 2026 · all entities · Klein · EUR." in words(app)
    app.button(key="clear-empty").click().run()
    assert "Overdue: " in words(app)


@pytest.mark.slow
def test_a_customer_over_its_limit_is_said_to_be(open_on_three):
    app = open_on_three("customer", customer="C1", as_of="2026-11-20")
    assert "Over the credit limit: €1,815.00 owed, the limit is €1,000, €815.00 too much." in words(app)


def test_the_turnover_of_the_ledger_stands_beside_the_invoices_of_the_month(open_on_fuller):
    app = open_on_fuller("data", part="ledger")
    assert not app.exception
    assert "In 1 of 1 months the invoices are not the turnover of the general ledger" in words(app)


def test_a_ledger_that_differs_from_the_books_raises_a_banner_with_the_amount(open_on_fuller):
    app = open_on_fuller("", as_of="2026-11-20")
    assert "EUR does not tie out: €5.00 against the general ledger on 20\u00a0Nov\u00a02026." in words(app)


@pytest.mark.slow
def test_a_day_to_come_is_said_to_be_and_the_books_of_today_are_offered(open_on_three):
    app = open_on_three("ageing", as_of="2026-12-24")
    assert "24\u00a0Dec\u00a02026 is still to come" in words(app)
    assert "Show 22\u00a0Nov\u00a02026" in [link.label for link in app.get("page_link")]
    assert "still to come" not in words(open_on_three("ageing", as_of="2026-11-20"))


def test_a_day_after_the_books_end_says_what_to_load(open_on_three):
    app = open_on_three("kpi_trends", as_of="2026-11-22")
    assert "The books end on 20\u00a0Nov\u00a02026, 2 days before 22\u00a0Nov\u00a02026." in words(app)


@pytest.mark.slow
def test_an_old_bank_balance_is_said_in_orange(desk, open_page):
    desk.load(**BOOKS, bank_balances=[("NL01", "EUR", "2026-10-01", "2500.00")])
    said = [warning.value.replace("\\", "") for warning in open_page("", as_of="2026-11-20").warning]
    assert "The bank balance holds one of 1\u00a0Oct\u00a02026, 50 days old." in said[0]


def test_by_invoice_date_nothing_is_called_late(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", basis="invoice")
    said = words(app)
    # F1 of 1 September and F3 of 20 October: 1,210 + 60 of 1,875.
    assert "€1,270 was invoiced more than 30 days ago, 67.7% of what is open" in said
    assert "Open: 3 documents of 2 customers" in said
    assert "overdue" not in said.lower()


def test_one_customer_is_whole_under_the_filter_of_another_segment(open_on_three):
    app = open_on_three("customer", customer="C1", as_of="2026-11-20", segment="Klein")
    assert [metric.value for metric in app.metric][:2] == ["€1,815.00", "€1,210.00"]
    assert app.dataframe[0].value["invoice_id"].to_list() == ["F1", "F2"]
    assert "the filter on segment Klein does not count here" in words(app)


@pytest.mark.slow
def test_what_a_customer_owes_without_a_rate_is_named_and_listed_in_its_own_currency(open_on_fuller):
    app = open_on_fuller("customer", customer="C2", as_of="2026-11-20")
    assert "£250.00 of this customer is not in the figures" in words(app)
    assert app.dataframe[0].value["invoice_id"].to_list() == ["F9"]
    assert "Left out of every figure" in words(app)
    assert "not in the figures" not in words(open_on_fuller("customer", customer="C1", as_of="2026-11-20"))


@pytest.mark.slow
def test_what_the_address_asks_in_vain_is_said_in_one_line(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20", bucket="d7", customer="C9")
    assert "something that is not there (bucket, customer)" in words(app)
    assert "something that is not there (colour)" in words(open_on_three("", colour="red"))
    app = open_on_three("kpi_trends", as_of="2026-11-20", part="customers", group="x")
    assert "something that is not there (group of figures)" in words(app)
    app = open_on_three("data", part="files", batch="99")
    assert "something that is not there (file)" in words(app)


@pytest.mark.slow
def test_a_day_on_which_nothing_is_open_offers_the_last_one_with_something(desk, open_page):
    paid = [("P1", "C2", "F3", "2026-11-09", "EUR", "100.00"), ("P2", "C2", "", "2026-11-20", "EUR", "1.00")]
    desk.load(**{**BOOKS, "invoices": BOOKS["invoices"][2:], "payments": paid})
    app = open_page("ageing", as_of="2026-11-20")
    assert "Nothing is open on 20\u00a0Nov\u00a02026." in words(app)
    labels = [link.label for link in app.get("page_link")]
    assert "Show 8\u00a0Nov\u00a02026, when something last was" in labels


@pytest.mark.slow
def test_the_claim_on_a_customer_is_told_with_its_method_and_that_it_is_no_advice(open_on_three):
    # 1,210.00 x 10.40% x 52 / 365 = 17.93; 15% of 1,210.00 = 181.50.
    said = words(open_on_three("customer", customer="C1", as_of="2026-11-22"))
    assert "€1,210.00 is overdue and €17.93 interest runs on it; nothing is up to the hand-over yet" in said
    assert "Collection costs of €181.50 come with the hand-over" in said
    for part in (
        "up to and including 22",
        "No legal advice.",
        "art. 6:44 BW",
        "Statutory commercial interest, 10.40%",
    ):
        assert part in said
    assert "overdue and" not in words(open_on_three("customer", customer="C1", as_of="2026-10-01"))


@pytest.mark.slow
def test_a_switch_shows_what_late_payments_cost(open_on_fuller):
    # 1,000.00 x 10.40% x 20 / 365 = 5.70, and 40.00.
    app = open_on_fuller("customer", customer="C2", as_of="2026-11-22")
    sentence = "€45.70 can be claimed on 1 invoice paid late: €5.70 interest, €40.00 compensation"
    assert sentence not in words(app)
    next(one for one in app.toggle if "paid late" in one.label).set_value(True).run()
    assert not app.exception
    assert sentence in words(app)


@pytest.mark.slow
def test_a_case_is_opened_on_the_customer_page(desk, open_page):
    desk.load(**BOOKS)
    app = open_page("customer", customer="C1", as_of="2026-11-22")
    next(one for one in app.text_input if one.label == "Collection agency").set_value("[x](http://a.example)")
    claimed = next(one for one in app.text_input if one.label.startswith("Claimed"))
    assert claimed.value == ""  # nothing is up to the hand-over, so nothing is ticked
    claimed.set_value("1,409.43")
    next(one for one in app.button if one.label == "Open a case").click().run()
    assert not app.exception
    assert desk.rows("select case_id, agency, claimed, status from collection_case_at(null)") == [
        ("C1-20261122", "[x](http://a.example)", Decimal("1409.43"), "open")
    ]
    assert "1 case at a collection agency: €0.00 recovered of €1,409.43" in words(app)


@pytest.mark.slow
def test_the_card_of_a_picked_invoice_tells_what_happened_with_it_signed_as_in_the_account(desk, open_page):
    """F1 of 900.00 has 250.00 paid on it; F2 of the same customer is none of its business."""
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 40, "900.00"), invoice("F2", "C1", 35, "60.00")],
        payments=[payment("F1", "C1", 10, "250.00")],
    )
    page = open_page("ageing", as_of=DAY.isoformat())
    (key,) = [
        one
        for one in page.session_state._state.filtered_state
        if str(one).startswith("items-") and "-page-" in one
    ]
    page.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    assert not page.exception
    assert "What happened with F1" in words(page)
    card = page.table[0].value
    assert [event.replace("\\", "") for event in card["Event"]] == [
        "Invoice F1",
        "Due F1",
        "Payment F1 · P-F1-10",
    ]
    assert [None if math.isnan(float(amount or "nan")) else float(amount) for amount in card["Amount"]] == [
        900.0, None, -250.0,
    ]  # fmt: skip
    assert "Called" in [one.label for one in page.button]


def test_no_callback_counts_on_the_key_of_its_widget():
    """Streamlit forgets it where the run that drew the widget was broken off, and calls back all the same."""
    counting = []
    for path in sorted((ROOT / "pages").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            keyword.value.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            for keyword in node.keywords
            if keyword.arg in {"on_change", "on_click", "on_select"} and isinstance(keyword.value, ast.Name)
        }
        assert path.name != "column_choice.py" or called
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name in called:
                counting += [
                    (path.name, function.name)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Subscript)
                    and isinstance(node.ctx, ast.Load)
                    and ast.unparse(node.value) == "st.session_state"
                ]
    assert counting == []
