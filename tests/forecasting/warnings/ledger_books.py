"""Books of a desk's ledger, and the value of a rule for its customer C1."""

from datetime import date

from forecasting.arrays import number
from forecasting.warnings.book import Book, BookSources, book_of
from forecasting.warnings.rules import BY_NAME
from tests.books import Desk
from tests.cases import Case
from tests.warnings_ledger import DAY, signal


def book(desk: Desk, day: date = DAY) -> Book:
    names = ("timing_documents", "settled_days", "pay_days", "arrangements", "contacts", "order_numbers",
             "customers", "bounces")  # fmt: skip
    return book_of(BookSources(*(desk.books().ask(name, as_of=day) for name in names)), day)


def value(desk: Desk | Case, rule: str, day: date = DAY) -> tuple[float, float]:
    """Return the value and the limit of a rule for C1."""
    store, who = (desk.desk, desk.id("C1")) if isinstance(desk, Case) else (desk, "C1")
    ledger_book = book(store, day)
    result = BY_NAME[rule].test(ledger_book, number(day))
    place = ledger_book.ids.to_list().index(who)
    return float(result.value[place]), float(result.limit[place])


def case_signal(case: Case, rule: str, who: str = "C1", day: date = DAY) -> dict | None:
    """Return the signal of a rule for a customer of a case."""
    row = signal(case.desk, rule, case.id(who), day)
    return row and {name: case.shown(one) for name, one in row.items()}
