"""Rules switched on and off, and the share they flag."""

from datetime import timedelta

import pytest

from reports.answers.warnings import rule_settings
from tests.warnings_ledger import DAY, customer, early_warnings, invoice

pytestmark = pytest.mark.usefixtures("english")


def reasons(desk) -> list[str]:
    return early_warnings(desk).signals.filter("is_listed")["rule"].to_list()


@pytest.mark.slow
def test_a_rule_is_listed_when_it_is_switched_on_and_not_when_off(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 40)])
    # Too young to tell: LEVEL is measured elsewhere, the share overdue is not; both are signals all the same.
    assert reasons(desk) == ["level_now"]
    found = early_warnings(desk)
    assert {"level_now", "share_overdue"} <= set(found.signals["rule"])
    assert found.customers.select("rule", "signals", "change").row(0) == ("level_now", 1, None)
    desk.load(settings=[("warning_rule_share_overdue", "on"), ("warning_rule_level_now", "off")])
    assert reasons(desk) == ["share_overdue"]
    assert early_warnings(desk).rules.filter(rule="level_now")["verdict"].to_list() == ["off"]
    desk.load(settings=[("warning_rule_share_overdue", "off")])
    assert early_warnings(desk).customers.is_empty()


@pytest.mark.slow
def test_what_was_raised_since_last_week_is_new(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 20)])
    # Above 15 days since the 16th day, five days ago.
    assert early_warnings(desk).customers["change"].to_list() == ["new"]
    # On the 24th day it was 17 days late a week before: 24 is more than a quarter above.
    assert early_warnings(desk, DAY + timedelta(days=4)).customers["change"].to_list() == ["worse"]
    assert early_warnings(desk, DAY + timedelta(days=20)).customers["change"].to_list() == [None]


@pytest.mark.slow
def test_credit_that_was_set_off_a_week_ago_is_left_out_of_what_was_open_then(desk):
    """The credit note of 150.00 pays F0, the oldest; F1 alone is owed on both days."""
    desk.load(
        customers=[customer("C1")],
        invoices=[
            invoice("F0", "C1", 40, "150.00"), invoice("F1", "C1", 27, "100.00"),
            {**invoice("N1", "C1", 20, "-150.00", issued=20), "invoice_type": "credit_note"},
        ],
    )  # fmt: skip
    row = early_warnings(desk).signals.filter(rule="level_now").row(0, named=True)
    # 20 days late a week ago, 27 now. In the books it was (150 × 33 + 100 × 20) / 250 = 27.8 days then, and
    # nothing would be worse.
    assert (row["value"], row["change"]) == (27.0, "worse")


def test_settings_are_read_and_only_changes_written(desk):
    desk.load(settings=[("warning_share", "5"), ("warning_rule_shift", "on")])
    now = rule_settings.rule_settings(desk.books().ask("settings"))
    assert (now.target, dict(now.switches), now.off) == (0.05, {"shift": "on"}, [])
    changes = rule_settings.changes(now, {"shift": "auto", "silence": "off", "dispute": "auto"})
    assert changes.rows.rows() == [("warning_rule_shift", None), ("warning_rule_silence", "off")]
    assert rule_settings.changes(now, {"shift": "on"}).is_nothing
    assert rule_settings.rule_settings(desk.books().ask("settings").clear()).target == 0.10


@pytest.mark.parametrize(
    ("key", "value"), [("warning_share", "0"), ("warning_share", "51"), ("warning_rule_shift", "yes")]
)
def test_a_setting_that_cannot_be_is_refused(desk, key, value):
    desk.load(settings=[(key, value)])
    assert desk.ask("settings") == []
    assert len(desk.ask("rejects")) == 1
