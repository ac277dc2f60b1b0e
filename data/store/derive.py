"""From facts to figures' tables: the item ledger and the small tables kept beside it.

The item ledger is append-only: what changed is posted as a reversing row and a new row, each with the
`recorded_at` of the publication, so that any state of knowledge can be summed without a join.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

_HERE = Path(__file__).parent / "sql"
_CONTENT = (
    "document_id, invoice_type, kind, payment_id, instalment, customer_id, segment, entity, currency, "
    "invoice_date, due_date, event_date, post_date"
)


def script(name: str) -> list[str]:
    """Return the statements of an SQL file of this folder."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return [statement.query.strip() for statement in duckdb.extract_statements(text)]


def refresh(
    connection: duckdb.DuckDBPyConnection,
    *,
    since_batch: int,
    recorded_at: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Bring the derived tables up to the facts.

    Args:
        connection: the writer's, inside its transaction.
        since_batch: the first batch that is new; only customers it touches are derived again.
        recorded_at: UTC instant of this publication, stamped on every item row it adds.
        progress: told what is being done.
    """
    base, base_changed = _note_reporting_currency(connection, since_batch, recorded_at)
    progress("touched")
    _find_touched(connection, since_batch, everything=base_changed)
    for statement in script("derive.sql"):
        parameters = {"base": base} if "$base" in statement else {}
        connection.execute(statement, parameters)
    progress("items")
    _post_difference(connection, recorded_at)
    progress("cubes")
    for statement in script("cubes.sql"):
        stamped = {"recorded_at": recorded_at} if "$recorded_at" in statement else {}
        connection.execute(statement, stamped)
    temporary = ("doc", "part", "line", "document_row", "on_account_row", "wanted", "touched", "touched_item")
    for table in temporary:
        connection.execute(f"drop table if exists temp.{table}")


def differing(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Derive everything once more and compare; return table -> number of its rows that differ.

    Args:
        connection: a reader's; what is derived is kept in temporary tables of it.
    """
    base = connection.execute("select reporting_currency_at(null)").fetchone()
    connection.execute(
        "create or replace temp table touched as "
        "select customer_id from invoice union select customer_id from settlement"
    )
    for statement in script("derive.sql"):
        connection.execute(statement, {"base": base[0] if base else None} if "$base" in statement else {})
    again = {"item": f"select count(*) from ({_net('item')})"}
    for table, insert in zip(("balance_day", "flow_day"), script("cubes.sql"), strict=False):
        # The same statement over every publication instead of one; what it gives is grouped by them.
        _, _, derived = insert.rstrip(";").partition(f"insert into {table}\n")
        derived = derived.replace("where i.recorded_at = $recorded_at", "")
        again[table] = _unlike(table, derived)
    again["receivable"] = _unlike("receivable", "select s.* from receivable_state(null, 'item') as s")
    again["fact_day"] = _unlike("fact_day", "select f.* from fact_state(null) as f")
    found = {table: connection.execute(text).fetchone() for table, text in again.items()}
    for name in ("doc", "part", "line", "document_row", "on_account_row", "wanted", "touched"):
        connection.execute(f"drop table if exists temp.{name}")
    return {table: int(row[0]) for table, row in found.items() if row is not None and row[0]}


def _unlike(table: str, derived: str) -> str:
    return (
        f"select count(*) from ((select * from {table} except all ({derived})) "
        f"union all (({derived}) except all select * from {table}))"
    )


def _note_reporting_currency(
    connection: duckdb.DuckDBPyConnection, since_batch: int, recorded_at: datetime
) -> tuple[str, bool]:
    """Return the reporting currency and whether it changed.

    The setting; else the one the books have, once amounts were converted to it or rates are known; else the
    commonest among documents and payments. A rate says what a currency is worth in another one, so as long
    as there is a choice, what has rates is not the reporting currency.
    """
    setting = connection.execute(
        "select value from setting_at(null) where key = 'reporting_currency'"
    ).fetchone()
    last = connection.execute(
        "select currency from reporting_currency order by recorded_at desc limit 1"
    ).fetchone()
    held = last if _is_held(connection, since_batch) else None
    commonest = connection.execute(
        """
        with used as (
            select currency from invoice_at(null) union all select currency from settlement_at(null)
        )
        select u.currency
        from used as u
        left join (select distinct r.currency from fx_rate_at(null) as r where r.rate <> 1) as r
            on r.currency = u.currency
        group by u.currency
        order by count(r.currency) > 0, count(*) desc, u.currency
        limit 1
        """
    ).fetchone()
    currency = (setting or held or commonest or last or ("EUR",))[0]
    changed = last is None or last[0] != currency
    if changed:
        connection.execute("insert into reporting_currency values (?, ?)", [currency, recorded_at])
    return str(currency), changed and last is not None


def _is_held(connection: duckdb.DuckDBPyConnection, since_batch: int) -> bool:
    """Tell whether what was there before held amounts in several currencies, or rates for its amounts."""
    row = connection.execute(
        """
        with used as (
            select currency from invoice where batch_id < $since
            union
            select currency from settlement where batch_id < $since
        )
        select
            (select count(*) from used),
            (select count(*) from fx_rate where batch_id < $since),
        """,
        {"since": since_batch},
    ).fetchone()
    currencies, rates = map(int, row) if row is not None else (0, 0)
    return currencies > 1 or (currencies > 0 and rates > 0)


def _find_touched(connection: duckdb.DuckDBPyConnection, since_batch: int, *, everything: bool) -> None:
    """List the customers whose items may differ: named by a new row, or by an older version of its key."""
    row = connection.execute("select count(*) from fx_rate where batch_id >= ?", [since_batch]).fetchone()
    if everything or (row is not None and row[0] > 0):
        connection.execute(
            "create or replace temp table touched as "
            "select customer_id from invoice union select customer_id from settlement"
        )
        return
    connection.execute(
        """
        create or replace temp table touched as
        with new_invoice as (
            select invoice_id from invoice where batch_id >= $since
            union select invoice_id from instalment where batch_id >= $since
        ),
        new_payment as (select payment_id, invoice_id from settlement where batch_id >= $since),
        old_payment as (
            select s.customer_id, s.invoice_id from settlement as s
            where s.payment_id in (select payment_id from new_payment)
        ),
        named as (
            select invoice_id from new_invoice union select invoice_id from old_payment
        )
        select customer_id from customer where batch_id >= $since
        union select customer_id from old_payment
        union select customer_id from invoice where invoice_id in (select invoice_id from named)
        union select customer_id from settlement where invoice_id in (select invoice_id from named)
        """,
        {"since": since_batch},
    )


def _post_difference(connection: duckdb.DuckDBPyConnection, recorded_at: datetime) -> None:
    """Append to `item` what turns its present state into the wanted one."""
    of_touched = "(select * from item where customer_id in (select customer_id from touched))"
    connection.execute(
        f"""
        insert into item
        select {_CONTENT}, cast(amount * sign(weight) as decimal(18, 2)),
            cast(base_amount * sign(weight) as decimal(18, 2)), sign(weight), $recorded_at
        from ({_net(of_touched)})
        cross join range(cast(abs(weight) as bigint))
        """,
        {"recorded_at": recorded_at},
    )


def _net(items: str) -> str:
    """Return what the wanted items have more (weight above 0) or less than those that are there."""
    return f"""
        with state as (
            select {_CONTENT}, amount, base_amount, 1 as weight from wanted
            union all
            select {_CONTENT}, cast(amount * weight as decimal(18, 2)),
                cast(base_amount * weight as decimal(18, 2)), -weight
            from {items}
        )
        select {_CONTENT}, amount, base_amount, sum(weight) as weight
        from state
        group by all
        having sum(weight) <> 0
        """
