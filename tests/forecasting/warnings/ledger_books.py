"""Books of a desk's ledger, and the value of a rule for its customer C1."""

from datetime import date

from forecasting.arrays import number
from forecasting.warnings.book import Book, BookSources, book_of
from forecasting.warnings.rules import BY_NAME
from tests.books import Desk
from tests.warnings_ledger import DAY


def book(desk: Desk, day: date = DAY) -> Book:
    names = ("timing_documents", "settled_days", "pay_days", "arrangements", "contacts", "order_numbers",
             "customers", "bounces")  # fmt: skip
    return book_of(BookSources(*(desk.books().ask(name, as_of=day) for name in names)), day)


def value(desk: Desk, rule: str, day: date = DAY) -> tuple[float, float]:
    ledger_book = book(desk, day)
    result = BY_NAME[rule].test(ledger_book, number(day))
    place = ledger_book.ids.to_list().index("C1")
    return float(result.value[place]), float(result.limit[place])
