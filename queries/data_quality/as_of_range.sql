-- name: as_of_range
-- One row: the first and last day of the books, and the currencies in them.
--
-- param as_of: DATE  the day a screen opens on when none is asked for
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns first_date: DATE  first document or payment; null for empty books
-- returns last_date: DATE  last document, payment, list of open items, bank balance, entry or statement, or declared ledger balance
-- returns reporting_currency: VARCHAR  currency that amounts are converted to
-- returns currencies: VARCHAR  currencies of documents and payments, separated by commas
-- returns default_as_of: DATE  the day a screen opens on when none is asked for
with currency_used as (
    select flow.currency
    from flow_day_at($known_on, null, null, null) as flow
    group by flow.currency
    having sum(flow.rows) <> 0
)
select
    extent.first_date,
    extent.last_date,
    reporting_currency_at($known_on) as reporting_currency,
    (select string_agg(used.currency, ',' order by used.currency) from currency_used as used) as currencies,
    $as_of as default_as_of,
from books_range_at($known_on) as extent
order by extent.first_date
