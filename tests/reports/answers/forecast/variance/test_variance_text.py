"""Findings of a forecast compared with what followed."""

from datetime import date

import pytest

from reports import language
from reports.answers.forecast.variance import variance, variance_text
from tests.forecasts import RUN_DAY, earlier, variance_book

pytestmark = pytest.mark.usefixtures("english")


def test_the_words_name_the_largest_cause(desk):
    found = variance.variance(variance_book(desk), earlier(), as_of=date(2026, 11, 15))
    assert variance_text.weeks(found).title == (
        "€62 less came in than forecast over 2 weeks, mostly because of credits and write-offs"
    )
    assert variance_text.bridge(found).title == "The bank is €101 below forecast"
    assert variance_text.weeks(found).method.startswith(
        "Forecast as of 1\u00a0Nov\u00a02026, re-run on the books as they stood"
    )
    language.use("nl")
    assert variance_text.weeks(found).title.startswith(
        "Er kwam €\u00a062 minder binnen dan voorspeld over 2 weken"
    )


def test_what_can_be_compared_starts_with_the_latest_kept():
    kept = [RUN_DAY, date(2026, 11, 15), date(2026, 11, 22)]
    offered = variance_text.options(kept, date(2026, 11, 22), date(2026, 10, 20))
    assert offered == ["2026-11-15", "2026-11-01", "2026-10-25"]
    assert variance_text.options([], RUN_DAY, None) == []
