-- name: sources
-- One row per source of the books, invoices, payments, bank and bills: when it was last loaded and how far it goes. A source that was never loaded has its row too, save lists of open items: few books have them.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns kind: VARCHAR  invoices, payments, open_items, bank_balances (with entries and statements) or bills
-- returns recorded_at: TIMESTAMP  when a file of it was last loaded, UTC; null: never
-- returns last_date: DATE  its last day; null without rows
with source_of_kind (position, source, kind) as (
    values
        (1, 'invoices', 'invoices'),
        (2, 'payments', 'payments'),
        (3, 'open_items', 'open_items'),
        -- Statements bring all three.
        (4, 'bank_balances', 'bank_balances'),
        (4, 'bank_balances', 'bank_entries'),
        (4, 'bank_balances', 'bank_statements'),
        (5, 'bills', 'bills')
),
last_load_of_kind as (
    select batch.kind, max(batch.recorded_at) as recorded_at
    from batch_at($known_on) as batch
    group by batch.kind
)
select
    source.source as kind,
    max(latest.recorded_at) as recorded_at,
    max(day.last_date) as last_date,
from source_of_kind as source
inner join source_day_at($known_on) as day on day.kind = source.kind
left join last_load_of_kind as latest on latest.kind = source.kind
group by source.position, source.source
having source.source <> 'open_items' or max(day.last_date) is not null
order by source.position
