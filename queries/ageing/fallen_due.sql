-- name: fallen_due
-- One row per invoice, or instalment of one, that fell due in the period to the day; the largest late amount first. Those
-- that a list settled are left out: nobody knows whether that was on time.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 90  days of the period, the day itself the last
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it fell due
-- returns amount_due: DECIMAL(18,2)  amount that fell due, less amounts cancelled by then
-- returns amount_on_time: DECIMAL(18,2)  the part settled on or before the due date
with change_by_part as (
    select change.document_id, change.instalment, sum(change.amount_on_time) as amount_on_time,
    from on_time_change_at($as_of, $known_on, $currency) as change
    group by change.document_id, change.instalment
),
part_due as (
    select
        part.* exclude (amount_on_time),
        cast(part.amount_on_time + coalesce(change.amount_on_time, 0) as decimal(18, 2)) as amount_on_time,
    from receivable_at($known_on, $currency, $entity, $segment) as part
    left join change_by_part as change
        on change.document_id = part.document_id and change.instalment = part.instalment
    where
        part.invoice_type = 'invoice'
        and coalesce(part.amount, 0) >= 0
        and part.due_date > $as_of - $period
        and part.due_date <= $as_of
        and part.invoice_date <= $as_of
        and still_runs(part.listed_date, $as_of)
)
select
    part.document_id as invoice_id,
    part.customer_id,
    coalesce(customer.customer_name, part.customer_id) as customer_name,
    part.invoice_date,
    part.due_date,
    part.amount_due,
    part.amount_on_time,
from part_due as part
left join customer_at($known_on) as customer on customer.customer_id = part.customer_id
order by part.amount_due - part.amount_on_time desc, part.document_id, part.due_date, part.instalment
