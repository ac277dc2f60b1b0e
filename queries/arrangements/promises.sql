-- name: promises
-- One row per promise to pay whose day has come, on a document in the books; the latest first.
-- Kept: what came off the document from the day it was made to the promised day reaches the promised amount.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
    f.invoice_id,
    d.customer_id,
    coalesce(c.customer_name, d.customer_id) as customer_name,
    f.start_date as made_date,
    f.end_date as promised_date,
    f.amount,
    f.is_kept,
from follow_up_at($known_on, $currency, $entity, $segment) as f
inner join invoice_at($known_on) as d on d.invoice_id = f.invoice_id
left join customer_at($known_on) as c on c.customer_id = d.customer_id
where f.kind = 'promise' and f.start_date <= $as_of and f.end_date <= $as_of
order by f.end_date desc, f.amount desc, f.invoice_id, f.start_date
