"""What the books lack for the day a command is asked about, as sentences to tell beside its answer."""

from datetime import date
from typing import Any

from queries import Books
from reports.answers.data_quality import freshness, without_rate


def days(books: Books, as_of: date, known_on: Any = None) -> str | None:
    """Say that the books end long before the day; None where they do not."""
    last = books.ask("as_of_range", as_of=as_of, known_on=known_on)["last_date"][0]
    return freshness.far_behind(as_of, last)


def rates(books: Books, as_of: date, known_on: Any = None) -> list[str]:
    """Say which open documents are in no amount, for want of an exchange rate."""
    return without_rate.sentences(books.ask("unrated_open", as_of=as_of, known_on=known_on))
