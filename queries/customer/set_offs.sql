-- name: set_offs
-- One row per invoice, or part of one, and credit of the same customer that is set off against it on the day. Nothing
-- of it is posted in the books. A credit note lowers the invoice it names; other credit counts as paid on the later of
-- its own day and the due date, in the order of due date, undisputed invoices first. A discount that was taken in time
-- and is not booked yet stands here too.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns invoice_id: VARCHAR  the invoice
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns due_date: DATE  day it falls due
-- returns credit: VARCHAR  credit_note, overpayment, on_account or discount
-- returns credit_id: VARCHAR  number of the credit note, overpaid invoice or payment; null: a discount
-- returns is_named: BOOLEAN  a credit note that names the invoice
-- returns set_off_date: DATE  day from which it counts as paid; of a naming note the day of the note
-- returns amount: DECIMAL(38,2)  amount set off
select
    pair.customer_id,
    pair.document_id as invoice_id,
    pair.instalment,
    part.due_date,
    pair.credit,
    coalesce(pair.credit_document_id, pair.credit_payment_id) as credit_id,
    pair.is_named,
    pair.set_off_date,
    cast(share_shown(pair.amount, part.document_open_amount, part.open_amount) as decimal(38, 2)) as amount,
from set_off_at($as_of, $known_on) as pair
inner join open_document_at($as_of, $known_on, $currency, $entity, $segment) as part
    on part.document_id = pair.document_id and part.instalment = pair.instalment
where $customer is null or pair.customer_id = $customer
order by pair.customer_id, part.due_date, pair.document_id, pair.instalment, pair.set_off_date, credit_id,
    pair.credit_instalment, pair.amount
