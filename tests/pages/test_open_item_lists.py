"""Lists of open items on the screens: settled after two questions, named where they leave days unknown."""

import pytest

from tests.apps import words
from tests.books import Desk
from tests.open_item_ledger import F1, F2, FEBRUARY, K1, is_open, load_complete, load_list
from tests.open_item_ledger import JANUARY as DAY

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("english")]

LIST = b"list_date,invoice_id,currency,open_amount\n2026-02-28,F2,EUR,200.00\n"


@pytest.fixture(autouse=True)
def own_loads(desk: Desk) -> None:
    desk.shares_loads = False


def test_what_is_on_a_list_no_longer_is_settled_after_both_questions(desk: Desk, open_page) -> None:
    desk.load(invoices=[F1, F2, K1])
    load_list(desk, DAY, F1="100.00", F2="200.00", K1="-50.00")
    app = open_page("data", part="upload")
    app.file_uploader[0].set_value([("open_items.csv", LIST, "text/csv")]).run()
    app.checkbox(key="upload-full").check().run()
    assert "2 documents are on their list of open items no longer and open in the books: €50" in words(app)
    app.checkbox(key="upload-cancel-2").check().run()
    # 1 of 3 documents is left: nothing is settled without a look at number and sum.
    app.button(key="upload-publish").click().run()
    assert is_open(desk, FEBRUARY) == {"F1": 100, "F2": 200, "K1": -50}

    app = open_page("data", part="upload")
    app.file_uploader[0].set_value([("open_items.csv", LIST, "text/csv")]).run()
    app.checkbox(key="upload-full").check().run()
    app.checkbox(key="upload-cancel-2").check().run()
    app.checkbox(key="upload-shrunk-2 EUR 50.00").check().run()
    app.button(key="upload-publish").click().run()
    assert "2 documents that are on their list no longer were settled." in words(app)
    assert is_open(desk, FEBRUARY) == {"F2": 200}


def test_the_data_page_lists_what_lists_settled_and_the_key_figures_say_what_they_leave_out(
    desk: Desk, open_page
) -> None:
    desk.load(invoices=[F1, F2])
    load_list(desk, DAY, F1="100.00", F2="200.00")
    app = open_page("kpi_trends", as_of="2026-01-31")
    assert "settled by a list" not in words(app)
    load_complete(desk, FEBRUARY, F2="200.00")
    app = open_page("data", as_of="2026-02-28")
    assert "Lists of open items settled €100" in words(app)
    app = open_page("kpi_trends", as_of="2026-02-28")
    assert "1 invoice of the past 12 months was settled by a list of open items" in words(app)
    app = open_page("liquidity_forecast", as_of="2026-03-01")
    assert "Of 1 settled document only a list of open items is known" in words(app)
