"""From facts to figures' tables: the item ledger and the small tables kept beside it.

The item ledger is append-only: a change is posted as a reversing row and a new row, each with the
`recorded_at` of the publication, so that any state of knowledge can be summed without a join.
"""

from datetime import datetime

import duckdb

from data.progress import Share, part, untold
from data.store import bounces
from data.store.statements import plain, script

_CONTENT = (
    "document_id, invoice_type, kind, payment_id, instalment, customer_id, segment, entity, currency, "
    "invoice_date, due_date, event_date, post_date"
)
# Append-only table -> the temporary table of the rows it should have, and their columns besides the amounts.
_POSTED = {
    "item": ("wanted", _CONTENT),
    "item_change": ("wanted_change", f"{_CONTENT}, from_date"),
    "bounce": (
        "wanted_bounce",
        "document_id, payment_id, customer_id, segment, entity, currency, invoice_date, bounce_date",
    ),
}
_TEMPORARY = (
    "doc", "part", "line", "line_change", "course", "course_line", "document_row", "on_account_row", "wanted",
    "wanted_change", "wanted_bounce", "touched", "touched_item",
)  # fmt: skip

_SETTING = "select value from setting_at(null) where key = 'reporting_currency'"
_LAST_CURRENCY = "select currency from reporting_currency order by recorded_at desc limit 1"
_COMMONEST_CURRENCY = """
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
_EARLIER_CURRENCIES_AND_RATES = """
    with used as (
        select currency from invoice where batch_id < $since
        union
        select currency from settlement where batch_id < $since
    )
    select
        (select count(*) from used),
        (select count(*) from fx_rate where batch_id < $since),
    """
_NOTE_CURRENCY = "insert into reporting_currency values ($currency, $recorded_at)"
_NEW_RATES = "select count(*) from fx_rate where batch_id >= $since"
_TOUCH_ALL = """
    create or replace temp table touched as
    select customer_id from invoice union select customer_id from settlement
    """
# Named by a new row, by an older version of its key, or by one that a new file took back.
_TOUCH_BY_BATCH = """
    create or replace temp table touched as
    with new_invoice as (
        select invoice_id from invoice where batch_id >= $since
        union select invoice_id from instalment where batch_id >= $since
        union select invoice_id from open_item where batch_id >= $since
    ),
    new_payment as (select payment_id, invoice_id from settlement where batch_id >= $since),
    old_payment as (
        select s.customer_id, s.invoice_id from settlement as s
        where s.payment_id in (select payment_id from new_payment)
    ),
    overtaken as (
        select o.grain, o.batch_id, o.line from superseded as o
        where o.known_until >= (select min(b.recorded_at) from batch as b where b.batch_id >= $since)
    ),
    named as (
        select invoice_id from new_invoice union select invoice_id from old_payment
    )
    select customer_id from customer where batch_id >= $since
    union select i.customer_id from invoice as i inner join overtaken as o
        on o.grain = 'invoices' and o.batch_id = i.batch_id and o.line = i.line
    union select s.customer_id from settlement as s inner join overtaken as o
        on o.grain = 'payments' and o.batch_id = s.batch_id and o.line = s.line
    union select s.customer_id from settlement as s where s.invoice_id in (
        select i.invoice_id from invoice as i inner join overtaken as o
            on o.grain = 'invoices' and o.batch_id = i.batch_id and o.line = i.line
    )
    union select customer_id from old_payment
    union select customer_id from invoice where invoice_id in (select invoice_id from named)
    union select customer_id from settlement where invoice_id in (select invoice_id from named)
    """

# And the customers of payments that count no longer, or count again, because whose payments settle changed.
_ANY_ENTRY = "select 1 from bank_entry limit 1"
_LAST_MOMENT = "select max(recorded_at) from batch_at(null) where batch_id < $since"
_TOUCH_BY_SOURCE = """
    insert into touched
    with replaced_now as (select * from replaced_payment_at(null)),
    replaced_before as (select * from replaced_payment_at(cast($known_on as timestamp))),
    changed as (
        (from replaced_now except from replaced_before) union (from replaced_before except from replaced_now)
    )
    select customer_id from settlement as s
    where exists (
        select 1 from changed as c
        where c.payment_id = s.payment_id and c.invoice_id is not distinct from s.invoice_id
    )
    union
    select customer_id from invoice where invoice_id in (select invoice_id from changed)
    """


def refresh(
    connection: duckdb.DuckDBPyConnection,
    *,
    since_batch: int,
    recorded_at: datetime,
    progress: Share = untold,
) -> None:
    """Bring the derived tables up to the facts.

    Args:
        connection: the writer's, inside its transaction.
        since_batch: the first batch that is new; only customers it touches are derived again.
        recorded_at: UTC instant of this publication, stamped on every item row it adds.
        progress: told the share that is done.
    """
    currency, is_changed = _note_reporting_currency(connection, since_batch, recorded_at)
    _find_touched(connection, since_batch, everything=is_changed)
    _derive(connection, currency, part(progress, 0.0, 0.5))
    posting = _posting()
    for place, statement in enumerate(posting, start=1):
        _execute(connection, statement, recorded_at=recorded_at)
        progress((1 + place / len(posting)) / 2)
    _drop_temporary(connection)


def statements() -> list[str]:
    """Return every statement of `refresh`, in any order."""
    return [
        _SETTING,
        _LAST_CURRENCY,
        _COMMONEST_CURRENCY,
        _EARLIER_CURRENCIES_AND_RATES,
        _NOTE_CURRENCY,
        _NEW_RATES,
        _TOUCH_ALL,
        _TOUCH_BY_BATCH,
        _ANY_ENTRY,
        _LAST_MOMENT,
        _TOUCH_BY_SOURCE,
        *script("lines.sql"),
        *bounces.statements(),
        *script("derive.sql"),
        *script("returns.sql"),
        *_posting(),
    ]


def differing(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Derive everything once more and compare; return table -> number of its rows that differ.

    Args:
        connection: a reader's; the rows derived are held in temporary tables of it.
    """
    currency = connection.execute("select reporting_currency_at(null)").fetchone()
    connection.execute(_TOUCH_ALL)
    _derive(connection, currency[0] if currency else None)
    differences = {table: f"select count(*) from ({_net(table, table)})" for table in _POSTED}
    for table, insert in zip(("balance_day", "flow_day"), script("cubes.sql"), strict=False):
        # The same statement over every publication instead of one; its rows are grouped by publication.
        _, _, derived = plain(insert).partition(f"insert into {table} ")
        derived = derived.replace("where item . recorded_at = $recorded_at", "")
        differences[table] = _unlike(table, derived)
    differences["on_time_change"] = _unlike(
        "on_time_change", "select s.* from on_time_change_state(null, 'item') as s"
    )
    differences["receivable"] = _unlike("receivable", "select s.* from receivable_state(null, 'item') as s")
    differences["fact_day"] = _unlike("fact_day", "select f.* from fact_state(null) as f")
    counts = {table: connection.execute(text).fetchone() for table, text in differences.items()}
    _drop_temporary(connection)
    return {table: int(row[0]) for table, row in counts.items() if row is not None and row[0]}


def _derive(connection: duckdb.DuckDBPyConnection, currency: str | None, progress: Share = untold) -> None:
    """Make the temporary tables of the rows that the touched customers should have."""
    lines, rest = script("lines.sql"), (*script("derive.sql"), *script("returns.sql"))
    count = len(lines) + len(rest)
    for place, statement in enumerate(lines, start=1):
        connection.execute(statement)
        progress(place / count)
    bounces.find(connection)
    for place, statement in enumerate(rest, start=len(lines) + 1):
        _execute(connection, statement, base=currency)
        progress(place / count)


def _posting() -> list[str]:
    """Return the statements that post what differs from the rows that stand, in order."""
    return [*map(_post_difference, _POSTED), *script("cubes.sql")]


def _execute(connection: duckdb.DuckDBPyConnection, statement: str, **values: object) -> None:
    """Execute a statement with those of the values that it names."""
    connection.execute(statement, {name: value for name, value in values.items() if f"${name}" in statement})


def _drop_temporary(connection: duckdb.DuckDBPyConnection) -> None:
    for table in _TEMPORARY:
        connection.execute(f"drop table if exists temp.{table}")


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
    as there is a choice, a currency that has rates is not the reporting currency.
    """
    setting = connection.execute(_SETTING).fetchone()
    last = connection.execute(_LAST_CURRENCY).fetchone()
    settled = last if _is_settled(connection, since_batch) else None
    commonest = connection.execute(_COMMONEST_CURRENCY).fetchone()
    currency = str((setting or settled or commonest or last or ("EUR",))[0])
    changed = last is None or last[0] != currency
    if changed:
        connection.execute(_NOTE_CURRENCY, {"currency": currency, "recorded_at": recorded_at})
    return currency, changed and last is not None


def _is_settled(connection: duckdb.DuckDBPyConnection, since_batch: int) -> bool:
    """Tell whether earlier batches held amounts in several currencies, or rates for their amounts."""
    row = connection.execute(_EARLIER_CURRENCIES_AND_RATES, {"since": since_batch}).fetchone()
    currencies, rates = map(int, row) if row is not None else (0, 0)
    return currencies > 1 or (currencies > 0 and rates > 0)


def _find_touched(connection: duckdb.DuckDBPyConnection, since_batch: int, *, everything: bool) -> None:
    """List the customers whose items may differ."""
    row = connection.execute(_NEW_RATES, {"since": since_batch}).fetchone()
    if everything or (row is not None and row[0] > 0):
        connection.execute(_TOUCH_ALL)
    else:
        connection.execute(_TOUCH_BY_BATCH, {"since": since_batch})
        _touch_by_source(connection, since_batch)


def _touch_by_source(connection: duckdb.DuckDBPyConnection, since_batch: int) -> None:
    """Add the customers whose payments begin or cease to count."""
    if not connection.execute(_ANY_ENTRY).fetchall():
        return
    [(known_on,)] = connection.execute(_LAST_MOMENT, {"since": since_batch}).fetchall()
    if known_on is not None:
        connection.execute(_TOUCH_BY_SOURCE, {"known_on": known_on})


def _post_difference(table: str) -> str:
    """Return the statement that appends to a table the rows that turn its state into the wanted one."""
    content = _POSTED[table][1]
    of_touched = f"(select * from {table} where customer_id in (select customer_id from touched))"
    return f"""
        insert into {table}
        select {content}, cast(amount * sign(weight) as decimal(18, 2)),
            cast(base_amount * sign(weight) as decimal(18, 2)), sign(weight), $recorded_at
        from ({_net(table, of_touched)})
        cross join range(cast(abs(weight) as bigint))
        """


def _net(table: str, rows: str) -> str:
    """Return the query for the rows wanted in a table more often (weight above 0) or less than `rows` has."""
    wanted, content = _POSTED[table]
    return f"""
        with state as (
            select {content}, amount, base_amount, 1 as weight from {wanted}
            union all
            select {content}, cast(amount * weight as decimal(18, 2)),
                cast(base_amount * weight as decimal(18, 2)), -weight
            from {rows}
        )
        select {content}, amount, base_amount, sum(weight) as weight
        from state
        group by all
        having sum(weight) <> 0
        """
