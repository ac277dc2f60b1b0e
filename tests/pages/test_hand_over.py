"""The hand-over on the page of a customer: what is ticked, and when a file can be made."""

import pytest

from tests.apps import words
from tests.hand_over_files import SENDER
from tests.worklist_ledger import DAY, contact, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


def files(page) -> dict[str, bool]:
    """Return whether each button that makes a file can be pressed."""
    return {
        button.proto.label: not button.proto.disabled
        for button in page.get("download_button")
        if "hand-over" in button.proto.id
    }


@pytest.mark.slow
def test_ticked_at_first_is_what_is_up_to_the_hand_over_and_a_file_needs_a_creditor(desk, open_page):
    """F1 is 60 days late and was demanded, F2 one day late: 15% of 1,000 and 1,000 x 10.40% x 60 / 365."""
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 60, "1000.00"), invoice("F2", "C1", 1, "500.00")],
        contacts=[contact("F1", "C1", 30, "final_demand")],
    )
    page = open_page("customer", customer="C1", as_of=DAY.isoformat())
    assert "To an agency: 1 of 2 overdue invoices, €1,167.10" in words(page)
    assert "1 invoice is up to the hand-over, for €1,167.10" in words(page)
    assert "company name, bank account, mail address or telephone, street, postcode and city" in words(page)
    assert files(page) == {}
    (link,) = [link for link in page.get("page_link") if link.proto.label == "Fill in the sender"]
    assert link.proto.page == "settings"
    (claimed,) = [box.value for box in page.text_input if box.label.startswith("Claimed")]
    assert claimed == "1,167.10"
    desk.load(settings=SENDER)
    page = open_page("customer", customer="C1", as_of=DAY.isoformat())
    assert files(page) == {"PDF": True, "All files (ZIP)": True}


@pytest.mark.slow
def test_where_nothing_is_up_to_it_nothing_is_ticked(desk, open_page, monkeypatch):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 3)], settings=SENDER)
    page = open_page("customer", customer="C1", as_of=DAY.isoformat())
    assert "To an agency: nothing is ticked" in words(page)
    assert "No invoice is up to the hand-over yet" in words(page)
    assert files(page) == {"PDF": False, "All files (ZIP)": False}


@pytest.mark.slow
def test_figures_of_eight_days_ago_make_no_file(desk, open_page, monkeypatch):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 60, "1000.00")], settings=SENDER,
        contacts=[contact("F1", "C1", 30, "final_demand")],
    )  # fmt: skip
    for today, is_made in (("2026-11-29", True), ("2026-11-30", False)):
        monkeypatch.setenv("KASSTROOM_TODAY", today)
        page = open_page("customer", customer="C1", as_of=DAY.isoformat())
        assert bool(files(page)) == is_made
        assert ("more than 7 days ago" in words(page)) != is_made


@pytest.mark.slow
def test_after_a_file_was_taken_the_form_is_open_on_the_hand_over_by_letter(desk, open_page):
    """F1 is ticked; what is noted is a contact of that step, so that the worklist waits for the agency."""
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 60, "1000.00"), invoice("F2", "C1", 1, "500.00")],
        contacts=[contact("F1", "C1", 30, "final_demand")],
        settings=SENDER,
    )
    page = open_page("customer", customer="C1", as_of=DAY.isoformat())
    next(one for one in page.get("download_button") if one.proto.label == "PDF").click().run()
    assert not page.exception
    boxes = {one.label: one.value for one in page.selectbox}
    assert (boxes["How"], boxes["Letter"]) == ("letter", "hand_over")
    (invoices,) = [one.value for one in page.multiselect if one.label == "Invoices"]
    assert invoices == ["F1"]
    next(one for one in page.button if one.key.endswith("sent-save")).click().run()
    assert not page.exception
    assert desk.rows("select invoice_id, channel, kind from contact_at(null) where kind = 'hand_over'") == [
        ("F1", "letter", "hand_over")
    ]
