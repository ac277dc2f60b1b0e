"""`promises` on the day they are judged."""

from datetime import date, timedelta

import polars as pl

from queries import Books
from tests.query_books import END


def test_promises_are_judged_at_the_end_of_the_promised_day(company: Books) -> None:
    def promises(day: date) -> list[tuple[object, ...]]:
        rows = company.ask("timeline", as_of=day, customer="C2").filter(
            pl.col("event").str.starts_with("promise")
        )
        return rows.select("event_date", "event", "document_id", "detail").rows()

    before = [
        (date(2026, 6, 25), "promise_broken", "B3", None),
        (date(2026, 6, 25), "promise", "B5", "2026-07-01"),
        (date(2026, 6, 20), "promise", "B3", "2026-06-25"),
        (date(2026, 5, 2), "promise_kept", "B1", None),
        (date(2026, 4, 20), "promise", "B1", "2026-05-02"),
    ]
    assert promises(END) == before
    assert promises(END + timedelta(1)) == [(END + timedelta(1), "promise_broken", "B5", None), *before]
