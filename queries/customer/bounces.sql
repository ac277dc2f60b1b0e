-- name: bounces
-- One row per payment line that opened an invoice again by the day (a direct debit that was returned, a payment that was
-- reversed), the latest first. Refunds of what was paid too much are none.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns invoice_id: VARCHAR  the invoice
-- returns payment_id: VARCHAR  number of the line that came back
-- returns bounce_date: DATE  the day it came back
-- returns amount: DECIMAL(38,2)  amount that is open again
select
    bounce.customer_id,
    bounce.document_id as invoice_id,
    bounce.payment_id,
    bounce.bounce_date,
    bounce.amount,
from bounce_at($as_of, $known_on, $currency, $entity, $segment) as bounce
where $customer is null or bounce.customer_id = $customer
order by bounce.bounce_date desc, bounce.customer_id, bounce.document_id, bounce.payment_id
