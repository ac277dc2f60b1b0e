"""The books of the demo company take no files on a screen: own books are never mixed with invented ones."""

import duckdb

from data import sentences
from data.errors import KasstroomError


def require_own_books(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse the demo company's books; to be given to `load`, which asks once nobody else can write.

    Raises:
        KasstroomError: a setting, loaded with the demo company's files, says that the books are invented.
    """
    is_demo = "select 1 from setting_at(null) where key = 'demo_company' and value = 'yes'"
    if connection.execute(is_demo).fetchone() is not None:
        raise KasstroomError(sentences.DEMO_TAKES_NO_FILES())
