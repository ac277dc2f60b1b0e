"""The Payment terms screen."""

import pytest

from tests.apps import words
from tests.markup import HOSTILE_NAMES, LIVE
from tests.terms_ledger import BOOK, bill, customer

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_the_screen_opens_a_customer_and_narrows_to_who_pays_outside(desk, open_page):
    desk.load(
        customers=[customer(), customer("C2")],
        invoices=[*BOOK["invoices"], ("G1", "C2", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00")],
        payments=[*BOOK["payments"], ("P3", "C2", "G1", "2026-01-12", "EUR", "1000.00")],
    )
    page = open_page("payment_terms", as_of="2026-06-30", customer="C1")
    assert "C1: on average €706.84 beyond the agreed term, €71.74 interest" in words(page)
    assert [
        table.value["invoice_id"].to_list() for table in page.dataframe if "invoice_id" in table.value
    ] == [["F2", "F1"]]
    page = open_page("payment_terms", as_of="2026-06-30", outside="agreed")
    named = [table.value["customer_name"].to_list() for table in page.dataframe if "outside" in table.value]
    assert named == [["C1"]]
    page = open_page("payment_terms", as_of="2026-06-30", customer="C9")
    assert "The address asked for something that is not there (customer)" in words(page)


@pytest.mark.slow
def test_an_old_link_with_part_narrows_as_the_address_does_now(desk, open_page):
    desk.load(
        customers=[customer(), customer("C2")],
        invoices=[*BOOK["invoices"], ("G1", "C2", "invoice", "2026-01-01", "2026-01-31", "EUR", "1000.00")],
        payments=[*BOOK["payments"], ("P3", "C2", "G1", "2026-01-12", "EUR", "1000.00")],
    )
    page = open_page("payment_terms", as_of="2026-06-30", part="agreed")
    named = [table.value["customer_name"].to_list() for table in page.dataframe if "outside" in table.value]
    assert named == [["C1"]]
    assert page.query_params["outside"] == "agreed"
    assert "part" not in page.query_params
    page = open_page("payment_terms", as_of="2026-06-30", part="agreed", outside="all")
    assert page.segmented_control(key="pick-outside").value == "all"
    page = open_page("payment_terms", as_of="2026-06-30", part="plan")
    assert "The address asked for something that is not there (customers)" in words(page)


@pytest.mark.slow  # in a real browser too, with what is exported
def test_no_name_becomes_markup_on_the_screen(desk, open_page):
    desk.load(
        customers=[customer(f"C{n}", customer_name=one, segment=one) for n, one in enumerate(HOSTILE_NAMES)],
        invoices=[bill(f"F{n}", "2024-11-01", f"{100 + n}.00", who=f"C{n}", vat_amount="1.00")
                  for n in range(len(HOSTILE_NAMES))],
    )  # fmt: skip
    for number in range(len(HOSTILE_NAMES)):
        page = open_page("payment_terms", as_of="2026-01-01", customer=f"C{number}")
        assert not page.error
        drawn = [*page.header, *page.caption, *page.markdown, *page.warning]
        for text in [str(part.value) for part in drawn] + [str(link.label) for link in page.get("page_link")]:
            assert not LIVE.search(text), text
            assert "www.evil" not in text
