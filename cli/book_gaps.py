"""Sentences beside an answer on what the books lack for its day: newer data, exchange rates."""

from datetime import date
from typing import Any

from queries import Books
from reports.answers.data_quality import freshness, without_rate


def book_gaps(books: Books, as_of: date) -> list[str]:
    """Return the sentences on both."""
    stale = stale_books(books, as_of)
    return [*([stale] if stale else []), *documents_without_rate(books, as_of)]


def stale_books(books: Books, as_of: date, known_on: Any = None) -> str | None:
    """Return that the books end long before the day; None if they do not."""
    last = books.ask("as_of_range", as_of=as_of, known_on=known_on)["last_date"][0]
    return freshness.far_behind(as_of, last)


def documents_without_rate(books: Books, as_of: date, known_on: Any = None) -> list[str]:
    """Return which open documents are in no amount because an exchange rate is missing."""
    return without_rate.sentences(books.ask("unrated_open", as_of=as_of, known_on=known_on))
