"""`disputes` on a day."""

from datetime import date

from queries import Books
from tests.query_books import END, D, row_of


def test_a_dispute_is_open_until_the_day_it_is_closed(company: Books) -> None:
    figures = ["invoice_id", "closed_date", "amount", "days_open", "is_open"]
    assert company.ask("disputes", as_of=END).select(figures).rows() == [
        ("A2", None, D("200.00"), 22, True),
        ("A1", date(2026, 5, 1), D("20.00"), 30, False),
    ]
    assert company.ask("disputes", as_of=date(2026, 4, 30)).select(figures).rows() == [
        ("A1", None, D("20.00"), 29, True)
    ]
    assert company.ask("disputes", as_of=date(2026, 5, 1)).select(figures).rows() == [
        ("A1", date(2026, 5, 1), D("20.00"), 30, False)
    ]
    for day, disputed, state in ((date(2026, 4, 30), "20.00", "disputed"), (date(2026, 5, 1), "0.00", "")):
        assert company.ask("customer", as_of=day, customer="C1")["disputed_amount"].to_list() == [D(disputed)]
        assert row_of(company.ask("open_items", as_of=day), invoice_id="A1")["state"] == state
