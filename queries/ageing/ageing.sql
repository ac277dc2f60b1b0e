-- name: ageing
-- One row per customer with anything open or on account: open amount by days past the due date.
-- The due day itself is not overdue; an overpaid document stays in its own bucket, negative.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
with aged as (
    select
        i.customer_id,
        case
            when i.due_date is null then -1
            when $basis = 'invoice' then bucket_of(date_diff('day', i.invoice_date, $as_of), $limits)
            else bucket_of(date_diff('day', i.due_date, $as_of), $limits)
        end as bucket,
        sum(i.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as i
    where i.post_date <= $as_of and ($customer is null or i.customer_id = $customer)
    group by all
),
pivoted as (
    select
        a.customer_id,
        coalesce(sum(a.amount) filter (a.bucket = 0), 0) as bucket_0,
        coalesce(sum(a.amount) filter (a.bucket = 1), 0) as bucket_1,
        coalesce(sum(a.amount) filter (a.bucket = 2), 0) as bucket_2,
        coalesce(sum(a.amount) filter (a.bucket = 3), 0) as bucket_3,
        coalesce(sum(a.amount) filter (a.bucket = 4), 0) as bucket_4,
        coalesce(sum(a.amount) filter (a.bucket = 5), 0) as bucket_5,
        coalesce(sum(a.amount) filter (a.bucket = 6), 0) as bucket_6,
        coalesce(sum(a.amount) filter (a.bucket = 7), 0) as bucket_7,
        coalesce(sum(a.amount) filter (a.bucket = 8), 0) as bucket_8,
        coalesce(sum(a.amount) filter (a.bucket = 9), 0) as bucket_9,
        coalesce(sum(a.amount) filter (a.bucket = -1), 0) as unapplied,
        sum(a.amount) as total,
        bool_or(a.amount <> 0) as has_any,
    from aged as a
    group by a.customer_id
)
select
    p.customer_id,
    coalesce(c.customer_name, p.customer_id) as customer_name,
    p.* exclude (customer_id, has_any),
from pivoted as p
left join customer_at($known_on) as c on c.customer_id = p.customer_id
where p.has_any
order by p.customer_id
