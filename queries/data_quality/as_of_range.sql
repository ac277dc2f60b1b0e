-- name: as_of_range
-- One row: the first and last day of the books, and the currencies in them.
--
-- param as_of: DATE  the day a screen opens on when none is asked for
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns first_date: DATE  first document or payment; null for empty books
-- returns last_date: DATE  last document, payment, list of open items, bank balance or declared ledger balance
-- returns reporting_currency: VARCHAR  currency that amounts are converted to
-- returns currencies: VARCHAR  currencies of documents and payments, separated by commas
-- returns default_as_of: DATE  the day a screen opens on when none is asked for
with effective_dates as (
    select min(invoice.invoice_date) as first_date, max(invoice.invoice_date) as last_date
    from invoice_at($known_on) as invoice
    union all
    select min(payment.payment_date), max(payment.payment_date)
    from settlement_at($known_on) as payment
    union all
    select null, max(item.list_date)
    from open_item_at($known_on) as item
    union all
    select null, max(balance.balance_date)
    from bank_closing_at($known_on) as balance
    union all
    select null, max(ledger.balance_date)
    from ledger_balance_at($known_on) as ledger
),
currency_used as (
    select flow.currency
    from flow_day_at($known_on, null, null, null) as flow
    group by flow.currency
    having sum(flow.rows) <> 0
)
select
    min(dates.first_date) as first_date,
    max(dates.last_date) as last_date,
    reporting_currency_at($known_on) as reporting_currency,
    (select string_agg(used.currency, ',' order by used.currency) from currency_used as used) as currencies,
    $as_of as default_as_of,
from effective_dates as dates
order by first_date
