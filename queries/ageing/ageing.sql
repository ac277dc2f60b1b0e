-- name: ageing
-- One row per customer with anything open or on account: open amount by days past the due date.
-- The due day itself is not overdue; an overpaid document stays in its own bucket, negative,
-- unless credits stand apart: then the buckets hold invoices only, and the total is the same.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- param credits: VARCHAR = in  credit notes and overpayments stand in the buckets (in) or in a column of their own (apart)
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
-- returns credits: DECIMAL(38,2)  only with credits apart: credit notes and overpayments, negative
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns total: DECIMAL(38,2)  all of it
--
-- shape: bucket_columns
with amount_of_customer as (
    select amounts.customer_id as owner_id, amounts.bucket, amounts.amount,
    from aged_amount_at($as_of, $known_on, $currency, $entity, $segment, $limits, $basis, $credits) as amounts
    where $customer is null or amounts.customer_id = $customer
)
select
    buckets.owner_id as customer_id,
    coalesce(customer.customer_name, buckets.owner_id) as customer_name,
    buckets.* exclude (owner_id),
from bucket_columns_of('amount_of_customer') as buckets
left join customer_at($known_on) as customer on customer.customer_id = buckets.owner_id
order by buckets.owner_id
