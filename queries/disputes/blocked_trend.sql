-- name: blocked_trend
-- One row per week, the last one ending on the day: what was open on invoices in an open dispute at its end.
-- Each row is the sum of `blocked` on its day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param weeks: INTEGER = 26  how many weeks
-- returns as_of: DATE  last day of the week
-- returns invoices: BIGINT  invoices in an open dispute with something open
-- returns open_amount: DECIMAL(38,2)  amount open on them
with point as (
    select $as_of - cast(7 * numbers.number as integer) as day
    from range(0, $weeks) as numbers (number)
),
disputed_invoice as (
    select distinct point.day, dispute.invoice_id
    from point
    cross join lateral (select dispute.invoice_id from open_dispute_at(point.day, $known_on) as dispute) as dispute
),
posted_by_day as (
    select item.document_id, item.post_date, sum(item.amount) as amount
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        item.due_date is not null
        and item.invoice_type = 'invoice'
        and item.document_id in (select dispute.invoice_id from disputed_invoice as dispute)
    group by item.document_id, item.post_date
),
open_in_dispute as (
    select dispute.day, dispute.invoice_id, sum(posted.amount) as open_amount
    from disputed_invoice as dispute
    inner join posted_by_day as posted on posted.document_id = dispute.invoice_id and posted.post_date <= dispute.day
    group by dispute.day, dispute.invoice_id
    having sum(posted.amount) > 0
)
select
    point.day as as_of,
    count(open_inv.invoice_id) as invoices,
    cast(coalesce(sum(open_inv.open_amount), 0) as decimal(38, 2)) as open_amount,
from point
left join open_in_dispute as open_inv on open_inv.day = point.day
group by point.day
order by point.day
