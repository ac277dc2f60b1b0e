-- name: issued_invoices
-- One row per invoice, or instalment of one, dated in the period to the day: when it was closed, or how long it is open.
-- The rows behind the figures that count open invoices too; the ones open longest first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
-- returns days_seen: BIGINT  days from invoice date to closing, or to the day
-- returns is_open: BOOLEAN  still open on the day
-- returns amount: DECIMAL(18,2)  amount of the invoice or instalment
select
    r.document_id as invoice_id,
    r.customer_id,
    coalesce(c.customer_name, r.customer_id) as customer_name,
    r.invoice_date,
    r.due_date,
    case when r.closed_date <= $as_of then r.closed_date end as closed_date,
    date_diff('day', r.invoice_date, least(r.closed_date, $as_of)) as days_seen,
    r.closed_date is null or r.closed_date > $as_of as is_open,
    r.amount,
from receivable_at($known_on, $currency, $entity, $segment) as r
left join customer_at($known_on) as c on c.customer_id = r.customer_id
where r.invoice_type = 'invoice' and r.invoice_date > $as_of - $period and r.invoice_date <= $as_of
order by is_open desc, days_seen desc, r.document_id, r.due_date
