-- name: sources
-- One row per source of the books, invoices, payments, bank balances and bills: when it was last loaded and how far
-- it goes. A source that was never loaded has its row too, save lists of open items: few books have them.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns kind: VARCHAR  invoices, payments, open_items, bank_balances or bills
-- returns recorded_at: TIMESTAMP  when a file of it was last loaded, UTC; null: never
-- returns last_date: DATE  its last day; null without rows
with last_day_of_source as (
    select 1 as position, 'invoices' as kind, max(invoice.invoice_date) as last_date
    from invoice_at($known_on) as invoice
    union all
    select 2, 'payments', max(payment.payment_date)
    from settlement_at($known_on) as payment
    union all
    select 3, 'open_items', max(item.list_date)
    from open_item_at($known_on) as item
    having count(*) > 0
    union all
    select 4, 'bank_balances', max(balance.balance_date)
    from bank_closing_at($known_on) as balance
    union all
    select 5, 'bills', max(bill.bill_date)
    from bill_at($known_on) as bill
),
last_load_of_kind as (
    select batch.kind, max(batch.recorded_at) as recorded_at
    from batch_at($known_on) as batch
    group by batch.kind
)
select
    source.kind,
    latest.recorded_at,
    source.last_date,
from last_day_of_source as source
left join last_load_of_kind as latest on latest.kind = source.kind
order by source.position
