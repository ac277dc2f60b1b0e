-- name: roll_rate_average
-- One row per bucket and where its money is a month later, over the last 12 months together, weighted by amount.
-- Invoice parts are followed one by one; credit notes and overpaid parts are left out. Credited or cancelled is paid.
--
-- param as_of: DATE  no month is followed beyond this day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- returns from_bucket: VARCHAR  bucket at a month end
-- returns to_bucket: VARCHAR  where it is a month later: paid, written_off, or a bucket
-- returns share: DOUBLE  of all that was open in from_bucket, 0-1
--
-- shape: bucket_rows
with moved as (
    select r.from_bucket, r.to_bucket, sum(r.amount) as amount,
    from roll_at(
        last_day(cast(date_trunc('month', $as_of + 1) - interval 13 month as date)), last_day(cast(date_trunc('month', $as_of + 1) - interval 2 month as date)), $known_on, $currency, $entity, $segment, $limits, $basis
    ) as r
    group by all
)
select
    cast(m.from_bucket as varchar) as from_bucket,
    case m.to_bucket when -1 then 'paid' when -2 then 'written_off' else cast(m.to_bucket as varchar) end as to_bucket,
    m.amount / sum(m.amount) over (partition by m.from_bucket) as share,
from moved as m
order by m.from_bucket, m.to_bucket
