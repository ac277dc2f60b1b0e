-- name: cash_sources
-- One row per administration of which the bookkeeping gives payments or a setting says whose payments count.
--
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns entity: VARCHAR  the administration; empty: of all, or of documents without one
-- returns bookkeeping_payments: BIGINT  payments that the bookkeeping gives; 0: none
-- returns cash_source: VARCHAR  bank or bookkeeping, as the setting says; null where none is set
with stated as (
    select
        case when setting.key = 'cash_source' then '' else substr(setting.key, length('cash_source@') + 1) end as entity,
        setting.value as cash_source,
    from setting_at($known_on) as setting
    where
        (setting.key = 'cash_source' or starts_with(setting.key, 'cash_source@'))
        and coalesce(setting.value, '') <> ''
)
select
    coalesce(booked.entity, stated.entity) as entity,
    coalesce(booked.payments, 0) as bookkeeping_payments,
    stated.cash_source,
from bookkeeping_payments_at($known_on) as booked
full outer join stated on stated.entity = booked.entity
order by 1
