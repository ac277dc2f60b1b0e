"""Notices that the books end before the as-of day."""

from datetime import date

import pytest

from reports.answers.data_quality import freshness

pytestmark = pytest.mark.usefixtures("english")
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("as_of", "today", "last", "part"),
    [
        (date(2026, 12, 1), date(2026, 11, 22), date(2026, 11, 20), "is still to come"),
        (date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 20), "2 days before 22"),
        (date(2026, 11, 10), date(2026, 11, 22), date(2026, 11, 10), "12 days ago"),
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 20), None),
        (date(2020, 1, 1), date(2026, 11, 22), date(2026, 11, 20), None),
        (date(2026, 11, 22), date(2026, 11, 22), None, None),
    ],
)
def test_a_day_the_books_do_not_reach_is_said_to_be(
    as_of: date, today: date, last: date | None, part: str | None
) -> None:
    sentence = freshness.books_end(as_of, today, last)
    assert (sentence is None) if part is None else (part in (sentence or "").replace(NBSP, " "))
