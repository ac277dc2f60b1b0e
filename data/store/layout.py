"""The layout of a store: its tables, its macros, and the statements that fill them."""

from functools import cache
from hashlib import sha256

from data.store import batches, cash_application, derive, macros, memory_tables, tables, versions
from data.store.statements import plain, script


@cache
def layout() -> str:
    """Return the name of the layout this program writes and reads.

    A store holds the macros and derived tables of the program that wrote it. If another program read it, a
    figure corrected since would go on being wrong, so every change of a statement makes another layout.
    Comments and white space make none.
    """
    return digest(statements())


def statements() -> list[str]:
    """Return every statement that makes or fills a store, as executed."""
    return [
        *tables.statements(),
        *memory_tables.statements(),
        *macros.statements(),
        *versions.statements(),
        *batches.statements(),
        *derive.statements(),
        *cash_application.statements(),
        *script("open_item_lists.sql"),
    ]


def digest(texts: list[str]) -> str:
    """Return a short hash over statements, without their comments and white space."""
    return sha256("\n".join(map(plain, texts)).encode()).hexdigest()[:10]
