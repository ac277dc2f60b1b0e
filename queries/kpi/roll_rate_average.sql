-- name: roll_rate_average
-- One row per bucket and where its money is a month later, over the last 12 months together, weighted by amount.
-- Invoice parts are followed one by one; credit notes and overpaid parts are left out. Credited or cancelled is paid.
-- Parts of which a list of open items settled something are left out too: nobody knows when they were paid.
--
-- param as_of: DATE  no month is followed beyond this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
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
with bucket_flow as (
    select roll.from_bucket, roll.to_bucket, sum(roll.amount) as amount,
    from roll_at(
        roll_month_end($as_of, 11), roll_month_end($as_of, 0), $as_of,
        $known_on, $currency, $entity, $segment, $limits, $basis
    ) as roll
    group by all
)
select
    cast(flow.from_bucket as varchar) as from_bucket,
    roll_target(flow.to_bucket) as to_bucket,
    flow.amount / sum(flow.amount) over (partition by flow.from_bucket) as share,
from bucket_flow as flow
order by flow.from_bucket, flow.to_bucket
