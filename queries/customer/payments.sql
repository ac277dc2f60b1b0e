-- name: payments
-- One row per payment on an invoice, or an instalment of one, in the period to the day; largest first.
-- The rows behind days to pay and days late: their means are weighted by amount.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
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
-- returns amount: DECIMAL(38,2)  amount the payment took off the invoice
with payment_on_part as (
    select
        item.payment_id,
        item.document_id,
        item.customer_id,
        item.invoice_date,
        item.due_date,
        item.event_date,
        -sum(item.amount) as amount,
    from standing_item_at($as_of, $known_on, $currency, $entity, $segment) as item
    where
        is_payment(item.kind)
        and item.invoice_type = 'invoice'
        and item.due_date is not null
        and item.event_date > $as_of - $period
        and item.event_date <= $as_of
    group by all
    having sum(item.amount) <> 0
)
select
    payment.payment_id,
    payment.document_id as invoice_id,
    payment.customer_id,
    coalesce(customer.customer_name, payment.customer_id) as customer_name,
    payment.invoice_date,
    payment.due_date,
    payment.event_date as payment_date,
    date_diff('day', payment.invoice_date, payment.event_date) as days_to_pay,
    date_diff('day', payment.due_date, payment.event_date) as days_late,
    payment.amount,
from payment_on_part as payment
left join customer_at($known_on) as customer on customer.customer_id = payment.customer_id
order by payment.amount desc, payment.payment_id, payment.document_id, payment.due_date
