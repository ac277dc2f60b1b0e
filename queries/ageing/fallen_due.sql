-- name: fallen_due
-- One row per invoice, or instalment of one, that fell due in the period to the day; what was late first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 90  days of the period, the day itself the last
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it fell due
-- returns amount_due: DECIMAL(18,2)  what fell due, less what was cancelled by then
-- returns amount_on_time: DECIMAL(18,2)  the part settled on or before the due date
select
    r.document_id as invoice_id,
    r.customer_id,
    coalesce(c.customer_name, r.customer_id) as customer_name,
    r.invoice_date,
    r.due_date,
    r.amount_due,
    r.amount_on_time,
from receivable_at($known_on, $currency, $entity, $segment) as r
left join customer_at($known_on) as c on c.customer_id = r.customer_id
where
    r.invoice_type = 'invoice'
    and r.due_date > $as_of - $period
    and r.due_date <= $as_of
    and r.invoice_date <= $as_of
order by r.amount_due - r.amount_on_time desc, r.document_id, r.due_date
