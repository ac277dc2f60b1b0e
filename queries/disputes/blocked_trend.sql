-- name: blocked_trend
-- One row per week, the last one ending on the day: what was open on invoices in an open dispute at its end.
-- Each row is the sum of `blocked` on its day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param weeks: INTEGER = 26  how many weeks
-- returns as_of: DATE  last day of the week
-- returns invoices: BIGINT  invoices in an open dispute with something open
-- returns open_amount: DECIMAL(38,2)  what is open of them
with point as (
    select $as_of - cast(7 * n.number as integer) as day
    from range(0, $weeks) as n (number)
),
held as (
    select distinct p.day, d.invoice_id
    from point as p
    cross join lateral (select o.invoice_id from open_dispute_at(p.day, $known_on) as o) as d
),
posted as (
    select i.document_id, i.post_date, sum(i.amount) as amount
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.due_date is not null
        and i.invoice_type = 'invoice'
        and i.document_id in (select h.invoice_id from held as h)
    group by i.document_id, i.post_date
),
standing as (
    select h.day, h.invoice_id, sum(p.amount) as open_amount
    from held as h
    inner join posted as p on p.document_id = h.invoice_id and p.post_date <= h.day
    group by h.day, h.invoice_id
    having sum(p.amount) > 0
)
select
    p.day as as_of,
    count(s.invoice_id) as invoices,
    cast(coalesce(sum(s.open_amount), 0) as decimal(38, 2)) as open_amount,
from point as p
left join standing as s on s.day = p.day
group by p.day
order by p.day
