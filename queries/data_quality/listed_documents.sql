-- name: listed_documents
-- One row per document of which lists of open items settled something by the day; the largest first. On which day it was
-- really settled, and how, no list says.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_id: VARCHAR  the document
-- returns invoice_date: DATE  date of the document
-- returns listed_date: DATE  day of the last list that settled something of it
-- returns listed_amount: DECIMAL(38,2)  settled by lists; negative where a list shows more open than the payments leave
-- returns collected: DECIMAL(38,2)  received in cash by the day, less reversals
-- returns open_amount: DECIMAL(38,2)  amount open on it in the books
select
    listed.customer_id,
    coalesce(customer.customer_name, listed.customer_id) as customer_name,
    listed.document_id as invoice_id,
    listed.invoice_date,
    listed.listed_date,
    cast(listed.listed_amount as decimal(38, 2)) as listed_amount,
    cast(listed.received_amount as decimal(38, 2)) as collected,
    cast(listed.open_amount as decimal(38, 2)) as open_amount,
from listed_document_at($as_of, $known_on, $currency, $entity, $segment) as listed
left join customer_at($known_on) as customer on customer.customer_id = listed.customer_id
order by abs(listed.listed_amount) desc, listed.document_id
