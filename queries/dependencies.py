"""What a question reads of the journal: its answer holds as long as nothing of that is added."""

from functools import cache

from data.grains import GRAINS
from data.store import cash_application, cash_rows, macros, set_off_days
from queries.catalogue import find

_KINDS = {grain.table: grain.name for grain in GRAINS if grain.database == "journal"}
# The versions that were overtaken, of all kinds; a question leaves out those of the kinds it reads.
_OF_ALL = "superseded"


@cache
def journal_kinds(name: str) -> frozenset[str] | None:
    """Return the kinds of rows of the journal on which the answer to a named query depends.

    None: on all of them, because it reads what was loaded when, or what was refused.

    Raises:
        QueryError: no such query.
    """
    sql = find(name).sql
    tables = macros.journal_tables(sql)
    if set_off_days.is_needed(sql):  # worked out by a statement of its own
        tables |= macros.journal_tables("from fresh_set_off_at(null, null)")
    if cash_rows.is_needed(sql) or cash_rows.is_needed_alone(sql):
        tables = tables.union(*map(macros.journal_tables, cash_application.statements()))
    tables -= {_OF_ALL}
    return frozenset(_KINDS[table] for table in tables) if tables <= _KINDS.keys() else None
