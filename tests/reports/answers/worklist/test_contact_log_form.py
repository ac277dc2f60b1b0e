"""Contacts and notes about a line: the rows they become, and the steps after them."""

from datetime import timedelta

import pytest

from data.store import typed_rows
from reports.answers.worklist import contact_log_form, worklist
from tests.worklist_ledger import DAY, contact, customer, invoice, items

pytestmark = pytest.mark.usefixtures("english")


def test_what_was_noted_moves_every_invoice_to_its_own_step(desk):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 5), invoice("F2", "C1", 20)],
        contacts=[contact("F2", "C1", 15, "friendly_reminder")],
    )  # fmt: skip
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    contacted = worklist.contact_items(day_list.items, "C1")
    typed_rows.add(
        desk.store, {"contacts": contact_log_form.log("sent", contacted, DAY, "e-mail", None).rows}
    )
    found = items(desk, DAY + timedelta(days=6))
    assert found["F1"]["step_done"] == "friendly_reminder"
    assert found["F2"]["step_done"] == "formal_reminder"
    assert worklist.worklist(desk.books(), as_of=DAY).lines.is_empty()
    typed_rows.add(
        desk.store, {"contacts": contact_log_form.log("reply", contacted, DAY, "phone", None).rows}
    )
    assert found["F1"]["last_contact"] == "out/e-mail/friendly_reminder"
    call = contact_log_form.log("call", contacted, DAY + timedelta(days=1), "phone", None)
    assert call.rows["kind"].to_list() == ["call", "call"]
    typed_rows.add(
        desk.store, {"notes": contact_log_form.log("note", contacted, DAY, "phone", "  calls\nback ").rows}
    )
    assert desk.rows("select text from note_at(null)") == [("calls back",)]
    assert contact_log_form.log("note", contacted, DAY, "phone", " ").problems
