"""`bank_position` and `cash_trend`."""

from datetime import date

from queries import Books
from tests.query_books import END, D


def test_the_bank_shows_the_latest_balance_of_every_account(company: Books) -> None:
    assert company.ask("bank_position", as_of=date(2026, 6, 28)).rows() == [
        ("NL1", "EUR", date(2026, 6, 16), D("1000.00"), D("1000.00")),
        ("NL2", "EUR", date(2026, 6, 20), D("70.00"), D("70.00")),
    ]


def test_the_cash_trend_ends_on_the_day_and_steps_back_by_weeks(company: Books) -> None:
    rows = company.ask("cash_trend", as_of=END, weeks=3)
    assert rows.select("as_of", "bank_balance", "receivables", "overdue").rows() == [
        # 100 and 150 are overdue; the credit of 40, 25 and 30 has no overdue of its own.
        (date(2026, 6, 16), D("1000.00"), D("1955.00"), D("250.00")),
        (date(2026, 6, 23), D("1070.00"), D("2255.00"), D("2050.00")),
        (END, D("1570.00"), D("2185.00"), D("2050.00")),
    ]
    assert company.ask("cash_trend", as_of=date(2026, 6, 15), weeks=1)["bank_balance"].to_list() == [None]
