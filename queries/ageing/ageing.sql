-- name: ageing
-- One row per customer with anything open or on account: open amount by days past the due date.
-- The due day itself is not overdue; an overpaid document stays in its own bucket, negative.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
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
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns total: DECIMAL(38,2)  all of it
--
-- shape: bucket_columns
with amount_by_bucket as (
    select
        item.customer_id,
        case
            when item.due_date is null then -1
            when $basis = 'invoice' then bucket_of(date_diff('day', item.invoice_date, $as_of), $limits)
            else bucket_of(date_diff('day', item.due_date, $as_of), $limits)
        end as bucket,
        sum(item.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where item.post_date <= $as_of and ($customer is null or item.customer_id = $customer)
    group by all
),
customer_buckets as (
    select
        amounts.customer_id,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 0), 0) as bucket_0,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 1), 0) as bucket_1,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 2), 0) as bucket_2,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 3), 0) as bucket_3,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 4), 0) as bucket_4,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 5), 0) as bucket_5,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 6), 0) as bucket_6,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 7), 0) as bucket_7,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 8), 0) as bucket_8,
        coalesce(sum(amounts.amount) filter (amounts.bucket = 9), 0) as bucket_9,
        coalesce(sum(amounts.amount) filter (amounts.bucket = -1), 0) as unapplied,
        sum(amounts.amount) as total,
        bool_or(amounts.amount <> 0) as has_any,
    from amount_by_bucket as amounts
    group by amounts.customer_id
)
select
    buckets.customer_id,
    coalesce(customer.customer_name, buckets.customer_id) as customer_name,
    buckets.* exclude (customer_id, has_any),
from customer_buckets as buckets
left join customer_at($known_on) as customer on customer.customer_id = buckets.customer_id
where buckets.has_any
order by buckets.customer_id
