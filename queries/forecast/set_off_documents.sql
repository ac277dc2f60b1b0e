-- name: set_off_documents
-- One row per document and day it falls due whose open amount is set off, in whole or in part: against credit of the
-- same customer or, of a credit, against debts. Nothing of it is posted in the books.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns invoice_id: VARCHAR  the document
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns invoice_type: VARCHAR  invoice or credit_note
-- returns segment: VARCHAR  the customer's segment
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it falls due
-- returns open_amount: DECIMAL(38,2)  amount open on it in the books
-- returns owed_amount: DECIMAL(38,2)  amount open on it after set-off
select
    part.customer_id,
    part.document_id as invoice_id,
    part.instalment,
    part.invoice_type,
    part.segment,
    part.invoice_date,
    part.due_date,
    part.open_amount,
    part.owed_amount,
from owed_document_at($as_of, $known_on, $currency, $entity, $segment) as part
where part.document_set_off_amount <> 0 and ($customer is null or part.customer_id = $customer)
order by part.customer_id, part.document_id, part.instalment
