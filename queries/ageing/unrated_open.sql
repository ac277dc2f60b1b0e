-- name: unrated_open
-- One row per currency in which open documents have no exchange rate: they are in no amount of the reporting currency.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param weeks: INTEGER = 13  how many weeks ahead
-- returns currency: VARCHAR  the currency without a rate
-- returns documents: BIGINT  open documents in it
-- returns open_amount: DECIMAL(38,2)  amount open on them, in that currency
-- returns due_amount: DECIMAL(38,2)  of it, the amount due already or by the end of the weeks ahead
-- returns rate_date: DATE  a rate of this day or before it would convert them all
with unrated_document as (
    select
        item.currency,
        item.document_id,
        item.due_date,
        item.invoice_date,
        sum(item.document_amount) as open_amount,
    from item_at($known_on, null, null, null) as item
    where item.post_date <= $as_of and item.due_date is not null
    group by item.currency, item.document_id, item.due_date, item.invoice_date
    having sum(item.document_amount) <> 0 and coalesce(sum(item.weight) filter (item.amount is null), 0) <> 0
)
select
    document.currency,
    count(distinct document.document_id) as documents,
    cast(sum(document.open_amount) as decimal(38, 2)) as open_amount,
    cast(
        coalesce(
            sum(document.open_amount) filter (document.due_date <= $as_of + cast(7 * $weeks as integer)), 0
        ) as decimal(38, 2)
    ) as due_amount,
    min(document.invoice_date) as rate_date,
from unrated_document as document
group by document.currency
order by document.currency
