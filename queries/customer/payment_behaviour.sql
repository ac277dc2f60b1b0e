-- name: payment_behaviour
-- One row per payment on an invoice of a customer in the 24 months to the day: how late it came.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns invoice_id: VARCHAR  the invoice
-- returns invoice_date: DATE  its date
-- returns due_date: DATE  day it, or its instalment, fell due
-- returns payment_date: DATE  day of the payment
-- returns days_late: BIGINT  payment date less due date; early is negative
-- returns days_to_pay: BIGINT  payment date less invoice date
-- returns amount: DECIMAL(38,2)  amount the payment took off the invoice
select
    item.document_id as invoice_id,
    item.invoice_date,
    item.due_date,
    item.event_date as payment_date,
    date_diff('day', item.due_date, item.event_date) as days_late,
    date_diff('day', item.invoice_date, item.event_date) as days_to_pay,
    -standing_sum(item.amount, item.weight) as amount,
from standing_item_at($as_of, $known_on, $currency, $entity, null) as item
where
    item.customer_id = $customer
    and is_payment(item.kind)
    and item.invoice_type = 'invoice'
    and item.due_date is not null
    and item.event_date > cast($as_of - interval 24 month as date)
group by item.document_id, item.instalment, item.payment_id, item.invoice_date, item.due_date, item.event_date
having sum(item.document_amount) <> 0
order by item.event_date, item.document_id, item.due_date, item.payment_id
