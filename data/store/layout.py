"""Which layout a store has: its tables, and the definitions kept in it."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from data.grains import GRAINS

_HERE = Path(__file__).parent / "sql"
# The macros of sql/macros/, in the order in which they are created.
MACRO_FILES = tuple(
    f"macros/{subject}.sql"
    for subject in (
        "batches",
        "rates",
        "items",
        "receivables",
        "facts",
        "bank",
        "ageing",
        "disputes",
        "promises",
        "worklist",
        "balances",
        "billings",
        "payments",
        "survival",
        "bills",
        "kpi",
        "dso_bridge",
        "flows",
        "claims",
        "terms",
    )
)
_FILES = ("ledger.sql", "journal.sql", *MACRO_FILES, "derive.sql", "cubes.sql")


@cache
def layout() -> str:
    """Return the name of the layout this program writes and reads.

    A store holds the macros and derived tables of the program that wrote it. Were it read by another one, a
    figure that was mended since would go on being wrong, so every change of the SQL is another layout;
    comments and white space are none.
    """
    digest = sha256(repr(GRAINS).encode())
    for name in _FILES:
        text = (_HERE / name).read_text(encoding="utf-8")
        digest.update(" ".join(re.sub(r"--[^\n]*", "", text).split()).encode())
    return digest.hexdigest()[:10]
