-- name: roll_rates
-- One row per month end, bucket and where its money is a month later: paid, written off, or in which bucket.
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
-- param from: DATE = null  first month the amounts are taken at the end of; null: 12 months back
-- param to: DATE = null  last such month
-- returns month_end: DATE  the day the amount is in from_bucket
-- returns from_bucket: VARCHAR  bucket on that day
-- returns to_bucket: VARCHAR  where it is a month later: paid, written_off, or a bucket
-- returns amount: DECIMAL(38,2)  open amount that moved so
-- returns share: DOUBLE  of all that was open in from_bucket on that day, 0-1
--
-- shape: bucket_rows
select
    roll.month_end,
    cast(roll.from_bucket as varchar) as from_bucket,
    roll_target(roll.to_bucket) as to_bucket,
    cast(roll.amount as decimal(38, 2)) as amount,
    roll.amount / sum(roll.amount) over (partition by roll.month_end, roll.from_bucket) as share,
from roll_at(
    coalesce($from, roll_month_end($as_of, 11)),
    least(coalesce($to, roll_month_end($as_of, 0)), roll_month_end($as_of, 0)),
    $as_of, $known_on, $currency, $entity, $segment, $limits, $basis
) as roll
order by roll.month_end, roll.from_bucket, roll.to_bucket
