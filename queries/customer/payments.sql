-- name: payments
-- One row per payment on an invoice, or an instalment of one, in the period to the day; largest first.
-- The rows behind days to pay and days late: their means are weighted by amount.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 90  days of the period, the day itself the last
-- returns payment_id: VARCHAR  the payment
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it, or its instalment, fell due
-- returns payment_date: DATE  day of the payment
-- returns days_to_pay: BIGINT  payment date less invoice date
-- returns days_late: BIGINT  payment date less due date; early is negative
-- returns amount: DECIMAL(38,2)  what the payment took off the invoice
with paid as (
    select
        i.payment_id,
        i.document_id,
        i.customer_id,
        i.invoice_date,
        i.due_date,
        i.event_date,
        -sum(i.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.kind = 'payment'
        and i.invoice_type = 'invoice'
        and i.due_date is not null
        and i.post_date <= $as_of
        and i.event_date > $as_of - $period
        and i.event_date <= $as_of
    group by all
    having sum(i.amount) <> 0
)
select
    p.payment_id,
    p.document_id as invoice_id,
    p.customer_id,
    coalesce(c.customer_name, p.customer_id) as customer_name,
    p.invoice_date,
    p.due_date,
    p.event_date as payment_date,
    date_diff('day', p.invoice_date, p.event_date) as days_to_pay,
    date_diff('day', p.due_date, p.event_date) as days_late,
    p.amount,
from paid as p
left join customer_at($known_on) as c on c.customer_id = p.customer_id
order by p.amount desc, p.payment_id, p.document_id, p.due_date
