"""Disputes per reason: numbers worked out by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reports.answers.disputes import disputes
from reports.answers.disputes import text as disputes_text
from tests.books import Desk
from tests.dispute_ledgers import DAY, DISPUTED, ago

pytestmark = pytest.mark.usefixtures("english")

D = Decimal


def reasons(desk: Desk, day: int = 0) -> list[tuple[object, ...]]:
    asked = [desk.books().ask(name, as_of=ago(day)) for name in ("disputes", "blocked")]
    return disputes.reasons(*asked, DAY - timedelta(days=day)).rows()


def test_reasons_count_what_is_still_open_for_as_long_as_it_lasts(shared_desk):
    shared_desk.load(**DISPUTED)
    # price: 4 days and 27 days are over, 20 and 9 (the credit note) still run; F6's is of last year.
    # 3/4 is left after 4 days; after 27 days nothing: of four, those of 9 and 20 days are not seen so long.
    # damage: 5 and 8 days, both still run. Without a reason: 20 days, still runs.
    assert reasons(shared_desk) == [
        ("price", 4, 2, 2, D("600.00"), 27, 4, 27, 20),
        ("damage", 2, 0, 2, D("300.00"), None, None, None, 8),
        (None, 1, 0, 1, D("0.00"), None, None, None, 20),
    ]
    # Leaving the open ones out would say 4: the first of two reaches one half.
    assert reasons(shared_desk, 470) == [("price", 1, 1, 0, D("0.00"), 20, 20, 20, None)]
    # On the day before it was closed it was open, 19 days.
    assert reasons(shared_desk, 471) == [("price", 1, 0, 1, D("0.00"), None, None, None, 19)]
    assert reasons(shared_desk, 491) == []


def test_the_rows_of_a_reason_are_those_it_was_counted_from(shared_desk):
    shared_desk.load(**DISPUTED)
    rows = shared_desk.books().ask("disputes", as_of=DAY)
    assert disputes.of_reason(rows, "damage")["invoice_id"].sort().to_list() == ["F1", "F5"]
    assert disputes.of_reason(rows, None)["invoice_id"].to_list() == ["F3"]
    assert disputes.recent_disputes(rows, DAY).height == 7
    per_reason = disputes.reasons(rows, rows.clear().with_columns(open_amount=D(0)), DAY)
    assert disputes_text.reasons(per_reason, 27).title == (
        "7 disputes in 12 months, half resolved within 27 days"
    )
