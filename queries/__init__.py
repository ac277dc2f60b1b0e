"""Named questions to the store: one .sql file is one query."""

from queries.books import Books, open_books
from queries.catalogue import Parameter, Query, Returned, catalogue, find

__all__ = ["Books", "Parameter", "Query", "Returned", "catalogue", "find", "open_books"]
