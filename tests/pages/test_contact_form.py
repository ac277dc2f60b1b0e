"""The form for a contact on a screen: of one customer, saved once, taken back, refused for its own news."""

from datetime import timedelta
from decimal import Decimal

import pytest

from data.store import contact_rows
from tests.apps import words
from tests.worklist_ledger import DAY, ago, contact, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def page(desk, open_page):
    """The worklist, open on C1, who owes F1 of 900.00 and F2 of 60.00; C2 owes G1."""
    desk.load(
        customers=[
            customer("C1", phone="030 123 45 67", contact_name="<b>Bos</b>", account_manager="Ann"),
            customer("C2", account_manager="Bob"),
            customer("C3", account_manager="Cor"),
        ],
        invoices=[
            invoice("H1", "C3", 3, "1.00"),
            invoice("F1", "C1", 5, "900.00"),
            invoice("F2", "C1", 4, "60.00"),
            invoice("G1", "C2", 5, "50.00"),
        ],
    )  # fmt: skip
    return open_page("worklist", as_of=DAY.isoformat())


def button(page, label):
    """Return a button of the page; Save is that of the contact, not that of its details."""
    named = [one for one in page.button if one.label == label]
    return next((one for one in named if one.key.startswith("contact-worklist")), named[0])


def box(boxes, label):
    return next(one for one in boxes if one.label == label)


def fill_in(page, note="will pay"):
    """Fill in a call with a promise in a week: three clicks and a day."""
    button(page, "Called").click().run()
    box(page.button_group, "Outcome").set_value("promised").run()
    box(page.date_input, "Promised for").set_value(DAY + timedelta(days=7))
    box(page.text_area, "Note").set_value(note)
    return button(page, "Save")


def contacts(desk, who="C1"):
    rows = desk.ask("contacts", as_of=DAY, customer=who)
    return [(row["invoice_id"], row["outcome"], row["person"]) for row in rows]


@pytest.mark.slow
def test_a_call_with_a_promise_over_all_that_is_late_is_one_save_that_can_be_undone(page, desk):
    save = fill_in(page)
    assert box(page.multiselect, "Invoices").value == ["F1", "F2"]
    save.click().run()
    assert not page.exception
    assert contacts(desk) == [("F1", "promised", "<b>Bos</b>"), ("F2", "promised", "<b>Bos</b>")]
    assert dict(desk.rows("select invoice_id, amount from promise_at(null)")) == {
        "F1": Decimal("900.00"), "F2": Decimal("60.00"),
    }  # fmt: skip
    assert "Noted: called" in words(page)
    assert "2 customers to contact" in words(page)

    button(page, "Undo").click().run()
    assert not page.exception
    assert contacts(desk) == []
    assert desk.rows("select * from promise_at(null)") == []
    assert "3 customers to contact" in words(page)
    assert "Noted" not in words(page)


@pytest.mark.slow
def test_news_of_another_customer_refuses_nothing_and_that_of_this_one_is_named(page, desk):
    save = fill_in(page)
    desk.load(contacts=[contact("G1", "C2", 0, "call")], disputes=[("F2", ago(1), "", "price", "60.00")])
    save.click().run()
    (refusal,) = [str(one.value) for one in page.error]
    assert "disputes (F2)" in refusal.replace("\\", "")
    assert contacts(desk) == []
    button(page, "Save anyway").click().run()
    assert [row[0] for row in contacts(desk)] == ["F1", "F2"]
    assert "Noted: called" in words(page)


@pytest.mark.slow
def test_two_tabs_save_two_calls_only_if_somebody_says_so(page, desk, open_page):
    other = open_page("worklist", as_of=DAY.isoformat())
    fill_in(page, "first"), fill_in(other, "second")
    button(page, "Save").click().run()
    button(other, "Save").click().run()
    assert "contacts (F1, F2)" in str(other.error[0].value).replace("\\", "")
    assert len(contacts(desk)) == 2
    button(other, "Show what is there now").click().run()
    assert not other.error
    assert len(contacts(desk)) == 2


@pytest.mark.slow
def test_after_the_books_were_loaded_again_a_call_is_corrected_instead(page, desk):
    fill_in(page).click().run()
    desk.load(invoices=[invoice("G2", "C2", 1, "5.00")])
    page.run()
    assert "Undo" not in [one.label for one in page.button]
    button(page, "Correct").click().run()
    assert box(page.text_area, "Note").value == "will pay"
    assert box(page.date_input, "Promised for").value == DAY + timedelta(days=7)
    box(page.multiselect, "Invoices").set_value(["F1"])
    box(page.text_input, "Amount").set_value("700,00")
    button(page, "Save").click().run()
    assert not page.exception
    assert not page.error
    assert contacts(desk) == [("F1", "promised", "<b>Bos</b>")]
    assert desk.rows("select invoice_id, amount from promise_at(null)") == [("F1", Decimal("700.00"))]


@pytest.mark.slow
def test_what_somebody_else_took_back_is_not_corrected_and_nothing_is_offered_that_cannot_be(page, desk):
    fill_in(page).click().run()
    desk.load(invoices=[invoice("G2", "C2", 1, "5.00")])
    page.run()
    button(page, "Correct").click().run()
    contact_rows.take_back(desk.store, desk.rows("select any_value(contact_id) from contact_at(null)")[0][0])
    box(page.text_area, "Note").set_value("pays later")
    for _time in range(2):
        button(page, "Save").click().run()
        assert "taken back or corrected meanwhile" in str(page.error[0].value)
        assert not {"Save anyway", "Show what is there now"} & {one.label for one in page.button}
        assert box(page.text_area, "Note").value == "pays later"
        assert contacts(desk) == []
    button(page, "Cancel").click().run()
    assert not page.error


@pytest.mark.slow
def test_a_form_that_lacks_something_says_so_and_keeps_what_was_typed(page, desk):
    button(page, "Called").click().run()
    box(page.button_group, "Outcome").set_value("call_back").run()
    box(page.text_area, "Note").set_value("ask Jan")
    button(page, "Save").click().run()
    assert "Contact again on" in str(page.error[0].value)
    assert box(page.text_area, "Note").value == "ask Jan"
    assert contacts(desk) == []


def list_table(page):
    """Return the key of the list's page that is shown."""
    (name,) = [key for key in page.session_state._state.filtered_state if str(key).startswith("lines-page-")]
    return name


def ticked_rows(page):
    return list(page.session_state[list_table(page)]["selection"]["rows"])


def pick(page, row):
    page.session_state[list_table(page)] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    page.run()
    assert not page.exception


@pytest.mark.slow
def test_rows_picked_one_after_another_each_open(page):
    for row, name in ((1, "C2"), (0, "C1"), (2, "C3"), (1, "C2"), (2, "C3"), (0, "C1")):
        pick(page, row)
        assert f"Name {name}: friendly reminder" in words(page)
        assert ticked_rows(page) == [row]


@pytest.mark.slow
def test_a_picked_row_keeps_neither_from_the_next_page_nor_from_the_row_after_it(desk, open_page):
    desk.load(
        customers=[customer(f"D{at:02}") for at in range(17)],
        invoices=[invoice(f"I{at:02}", f"D{at:02}", 5, f"{900 - at}.00") for at in range(17)],
    )
    page = open_page("worklist", as_of=DAY.isoformat())
    pick(page, 3)
    page.session_state["lines-pager"] = 2
    page.run()
    assert "15–17 of 17 shown" in words(page)
    for row in (0, 2, 1):
        pick(page, row)
        assert f"Name D{14 + row}: friendly reminder" in words(page)
    button(page, "Next").click().run()
    assert "Name D16: friendly reminder" in words(page)
    assert ticked_rows(page) == [2]
    page.session_state["lines-pager"] = 1
    page.run()
    assert "1–14 of 17 shown" in words(page)
    pick(page, 5)
    button(page, "Next").click().run()
    assert "Name D06: friendly reminder" in words(page)
    assert ticked_rows(page) == [6]


def test_the_open_row_is_ticked_and_previous_and_next_move_it(page):
    def ticked():
        return ticked_rows(page)

    assert ticked() == [0]
    button(page, "Next").click().run()
    assert ticked() == [1]
    assert "Name C2: friendly reminder" in words(page)
    button(page, "Previous").click().run()
    assert ticked() == [0]
    assert "Name C1: friendly reminder" in words(page)


@pytest.mark.slow
def test_contact_details_are_links_are_typed_over_and_narrow_the_list_to_ones_own(page, desk, open_page):
    (line,) = [one.value for one in page.get("html") if "tel:" in str(one.value)] or [""]
    assert 'href="tel:0301234567"' in line
    assert 'href="mailto:c1@example.org"' in line
    assert "&lt;b&gt;Bos&lt;/b&gt;" in line
    for field, value in (("phone", ""), ("assigned_to", "Bob")):
        next(one for one in page.text_input if one.key.endswith(f"-{field}")).set_value(value)
    next(one for one in page.button if one.key.startswith("details-")).click().run()
    assert not page.exception
    row = desk.ask("customer", as_of=DAY, customer="C1")[0]
    assert (row["phone"], row["assigned_to"], row["account_manager"]) == (None, "Bob", "Ann")
    assert desk.rows("select count(*) from contact_detail_at(null)") == [(1,)]
    own = open_page("worklist", as_of=DAY.isoformat(), manager="Bob")
    assert "2 customers to contact" in words(own)


@pytest.mark.slow
def test_what_was_noted_in_any_session_can_be_taken_back_where_it_stands(page, desk, open_page):
    """Two calls, of two sessions; a third session sees both, on every page that opens the customer."""
    fill_in(page, "first").click().run()
    other = open_page("worklist", as_of=DAY.isoformat(), customer="C1")
    fill_in(other, "second").click().run()
    third = open_page("customer", as_of=DAY.isoformat(), customer="C1", rows="timeline")
    undo = [one for one in third.button if one.label == "Undo"]
    assert len(undo) == 2
    assert "Promised · first" in " ".join(str(one.value) for one in third.caption)
    undo[0].click().run()  # the newest
    assert not third.exception
    assert len([one for one in third.button if one.label == "Undo"]) == 1
    undo_of_second = next(one for one in other.button if one.label == "Undo")
    undo_of_second.click().run()
    assert "taken back already" in " ".join(str(one.value) for one in other.error)
    assert len(contacts(desk)) == 2  # of the first call, on two invoices


@pytest.mark.slow
def test_a_row_of_the_timeline_is_taken_back_or_after_the_books_were_loaded_corrected(desk, open_page, page):
    button(page, "Note").click().run()
    box(page.text_area, "Note").set_value("asks for copies")
    button(page, "Save").click().run()
    opened = open_page("customer", as_of=DAY.isoformat(), customer="C1", rows="timeline")
    pick_event(opened, "note")
    assert [one.label for one in opened.button if "picked-" in (one.key or "")] == ["Undo"]
    desk.load(invoices=[invoice("G3", "C2", 1, "5.00")])
    opened = open_page("customer", as_of=DAY.isoformat(), customer="C1", rows="timeline")
    assert "Undo" not in [one.label for one in opened.button]
    pick_event(opened, "note")
    (correct,) = [one for one in opened.button if "picked-" in (one.key or "")]
    assert correct.label == "Correct"
    correct.click().run()
    note = next(one for one in opened.text_area if one.label == "Note")
    assert note.value == "asks for copies"
    note.set_value("asks for two copies")
    next(one for one in opened.button if one.key.endswith("note-save")).click().run()
    assert not opened.exception
    assert desk.rows("select text from note_at(null)") == [("asks for two copies",)]


def pick_event(page, event):
    rows = [row.value for row in page.dataframe if "event" in row.value.columns][-1]
    (key,) = [
        key for key in page.session_state._state.filtered_state if str(key).startswith("rows-timeline-0-page")
    ]
    at = list(rows["event"]).index("Note" if event == "note" else event)
    page.session_state[key] = {"selection": {"rows": [at], "columns": [], "cells": []}}
    page.run()
    assert not page.exception
