-- name: promises
-- One row per promise to pay whose day has come, on a document in the books; the latest first. A promise is kept if the
-- amount settled on the document, from the day it was made to the promised day, reaches the promised amount. One on a
-- document that only a list of a later day shows settled is left out: nobody knows whether it was kept.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns made_date: DATE  day it was made
-- returns promised_date: DATE  day promised
-- returns amount: DECIMAL(18,2)  amount promised
-- returns is_kept: BOOLEAN  kept; else broken
select
    record.invoice_id,
    invoice.customer_id,
    coalesce(customer.customer_name, invoice.customer_id) as customer_name,
    record.start_date as made_date,
    record.end_date as promised_date,
    record.amount,
    record.is_kept,
from follow_up_at($known_on, $currency, $entity, $segment) as record
inner join invoice_at($known_on) as invoice on invoice.invoice_id = record.invoice_id
left join customer_at($known_on) as customer on customer.customer_id = invoice.customer_id
where
    record.kind = 'promise'
    and record.is_kept is not null
    and record.start_date <= $as_of
    and record.end_date <= $as_of
    and record.known_from <= $as_of
    and still_runs(record.known_until, $as_of)
order by record.end_date desc, record.amount desc, record.invoice_id, record.start_date
