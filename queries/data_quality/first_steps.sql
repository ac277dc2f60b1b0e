-- name: first_steps
-- One row per kind of data that figures rest on, in the order in which new books mostly get them: how many rows of it
-- the books hold.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns kind: VARCHAR  invoices, payments, bank_balances, bills or customers
-- returns row_count: BIGINT  its rows; of customers those of whom more is known than their name
-- returns all_rows: BIGINT  the same; of customers all that were loaded
with held_rows as (
    select 1 as position, 'invoices' as kind, count(*) as row_count, count(*) as all_rows
    from invoice_at($known_on)
    union all
    select 2, 'payments', count(*), count(*)
    from settlement_at($known_on)
    union all
    select 3, 'bank_balances', count(*), count(*)
    from bank_closing_at($known_on)
    union all
    select 4, 'bills', count(*), count(*)
    from bill_at($known_on)
    union all
    select
        5,
        'customers',
        count(*) filter (
            customer.segment is not null or customer.email is not null or customer.street is not null
        ),
        count(*),
    from customer_at($known_on) as customer
)
select
    held.kind,
    held.row_count,
    held.all_rows,
from held_rows as held
order by held.position
