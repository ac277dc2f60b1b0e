-- name: issued_invoices
-- One row per invoice, or instalment of one, dated in the period to the day: when it was closed, or how long it is
-- open. The rows behind the figures that count open invoices too; the ones open longest first. Those that a list settled
-- are left out: nobody knows since when they are closed.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 365  days of the period, the day itself the last
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it falls due
-- returns closed_date: DATE  day from which nothing is open; null while open on the day
-- returns days_seen: BIGINT  days from invoice date to closing, or to the day, 0 or more
-- returns is_open: BOOLEAN  still open on the day
-- returns amount: DECIMAL(18,2)  amount of the invoice or instalment
select
    part.document_id as invoice_id,
    part.customer_id,
    coalesce(customer.customer_name, part.customer_id) as customer_name,
    part.invoice_date,
    part.due_date,
    closed.closed_date,
    date_diff('day', part.invoice_date, least(closed.closed_date, $as_of)) as days_seen,
    closed.closed_date is null as is_open,
    part.amount,
from receivable_at($known_on, $currency, $entity, $segment) as part
left join closed_part_at($as_of, $known_on, $currency, $entity, $segment) as closed
    on closed.document_id = part.document_id and closed.instalment = part.instalment
left join customer_at($known_on) as customer on customer.customer_id = part.customer_id
where
    part.invoice_type = 'invoice'
    and part.invoice_date > $as_of - $period
    and part.invoice_date <= $as_of
    and still_runs(part.listed_date, $as_of)
order by is_open desc, days_seen desc, part.document_id, part.due_date, part.instalment
