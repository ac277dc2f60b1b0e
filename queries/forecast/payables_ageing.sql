-- name: payables_ageing
-- One row per supplier with anything left to pay: what is left of its bills by days past the due date.
-- The due day itself is not overdue. Supplier bills know no administration or segment.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only bills in this currency; null: all, in the reporting currency
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the bill date (invoice)
-- returns supplier: VARCHAR  the supplier
-- returns bills: BIGINT  how many bills have something left
-- returns oldest_days_overdue: BIGINT  days past due of the oldest bill, 0 or more; null if none is overdue
-- returns bucket_0: DECIMAL(38,2)  not due yet
-- returns bucket_1: DECIMAL(38,2)  1 day to the first limit
-- returns bucket_2: DECIMAL(38,2)  up to the second limit
-- returns bucket_3: DECIMAL(38,2)  up to the third limit
-- returns bucket_4: DECIMAL(38,2)  up to the fourth limit
-- returns bucket_5: DECIMAL(38,2)  up to the fifth limit
-- returns bucket_6: DECIMAL(38,2)  up to the sixth limit
-- returns bucket_7: DECIMAL(38,2)  up to the seventh limit
-- returns bucket_8: DECIMAL(38,2)  up to the eighth limit
-- returns bucket_9: DECIMAL(38,2)  beyond the last limit
-- returns total: DECIMAL(38,2)  all of it; null where a rate is missing
--
-- shape: bucket_columns
with open_bill as (
    select bill.supplier, bill.bill_date, bill.due_date, bill.currency, bill.bill_date as rate_day, bill.open_amount,
    from open_bill_at($as_of, $known_on) as bill
    where $currency is null or bill.currency = $currency
),
amount_by_bucket as (
    select
        bill.supplier,
        bucket_of(date_diff('day', aged_from($basis, bill.bill_date, bill.due_date), $as_of), $limits) as bucket,
        case when bill.due_date < $as_of and bill.open_amount > 0 then date_diff('day', bill.due_date, $as_of) end
            as days_overdue,
        converted(bill.open_amount, bill.rate) as amount,
    from with_rate('open_bill', $known_on, $currency) as bill
)
select
    amounts.supplier,
    count(*) as bills,
    max(amounts.days_overdue) as oldest_days_overdue,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 0), 0) as decimal(38, 2)) as bucket_0,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 1), 0) as decimal(38, 2)) as bucket_1,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 2), 0) as decimal(38, 2)) as bucket_2,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 3), 0) as decimal(38, 2)) as bucket_3,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 4), 0) as decimal(38, 2)) as bucket_4,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 5), 0) as decimal(38, 2)) as bucket_5,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 6), 0) as decimal(38, 2)) as bucket_6,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 7), 0) as decimal(38, 2)) as bucket_7,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 8), 0) as decimal(38, 2)) as bucket_8,
    cast(coalesce(sum(amounts.amount) filter (amounts.bucket = 9), 0) as decimal(38, 2)) as bucket_9,
    cast(sum(amounts.amount) as decimal(38, 2)) as total,
from amount_by_bucket as amounts
group by amounts.supplier
order by total desc nulls last, amounts.supplier
