"""Muting a signal."""

from datetime import timedelta

import pytest

from data.store import typed_rows
from reports.answers.warnings import mute_form, signal_journal
from tests.warnings_ledger import DAY, customer, early_warnings, invoice, signal

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_a_muted_signal_is_out_of_the_list_until_its_last_day_and_kept_all_the_same(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 30)])
    assert mute_form.mute("C1", None, DAY, DAY - timedelta(days=1), "x").problems
    assert mute_form.mute("C1", None, DAY, DAY, " ").problems
    until = DAY + timedelta(days=5)
    typed_rows.add(
        desk.store, {"mutes": mute_form.mute("C1", "share_overdue", DAY, until, "agreed by phone").rows}
    )
    row = signal(desk, "share_overdue")
    assert (row["muted_until"], row["mute_reason"]) == (until, "agreed by phone")
    assert signal(desk, "level_now")["muted_until"] is None
    typed_rows.add(desk.store, {"mutes": mute_form.mute("C1", None, DAY, DAY, "everything").rows})
    assert early_warnings(desk).customers.is_empty()
    assert early_warnings(desk, DAY + timedelta(days=1)).customers["signals"][0] > 0
    assert signal(desk, "share_overdue", day=until + timedelta(days=1))["muted_until"] is None
    rows = signal_journal.changes(early_warnings(desk), desk.books().ask("signals", as_of=DAY))
    assert "share_overdue" in rows["rule"].to_list()
