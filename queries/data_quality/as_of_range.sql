-- name: as_of_range
-- One row: the days the books speak of, and the currencies in them.
--
-- param as_of: DATE  the day a screen opens on when none is asked for
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- returns first_date: DATE  first document or payment; null for empty books
-- returns last_date: DATE  last document, payment, bank balance or declared ledger balance
-- returns reporting_currency: VARCHAR  what amounts are converted to
-- returns currencies: VARCHAR  currencies of documents and payments, separated by commas
-- returns default_as_of: DATE  the day a screen opens on when none is asked for
with effective as (
    select min(i.invoice_date) as first_date, max(i.invoice_date) as last_date
    from invoice_at($known_on) as i
    union all
    select min(s.payment_date), max(s.payment_date)
    from settlement_at($known_on) as s
    union all
    select null, max(b.balance_date)
    from bank_closing_at($known_on) as b
    union all
    select null, max(l.balance_date)
    from ledger_balance_at($known_on) as l
),
used as (
    select f.currency
    from flow_day_at($known_on, null, null, null) as f
    group by f.currency
    having sum(f.rows) <> 0
)
select
    min(e.first_date) as first_date,
    max(e.last_date) as last_date,
    reporting_currency_at($known_on) as reporting_currency,
    (select string_agg(u.currency, ',' order by u.currency) from used as u) as currencies,
    $as_of as default_as_of,
from effective as e
order by first_date
