-- name: blocked
-- One row per invoice with something open that is in an open dispute on the day; largest open amount first.
-- An invoice with several open disputes counts once, under the one that was opened first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns opened_date: DATE  day the dispute was opened
-- returns reason: VARCHAR  why, as recorded
-- returns days_open: BIGINT  days from then to the day, 0 or more
-- returns due_date: DATE  day the invoice, or its first open part, falls due
-- returns days_overdue: BIGINT  days past it, negative before it
-- returns open_amount: DECIMAL(38,2)  amount open on the invoice, disputed or not: the amount that waits
with first_dispute as (
    select dispute.invoice_id, dispute.opened_date, dispute.reason
    from open_dispute_at($as_of, $known_on) as dispute
    qualify row_number() over (partition by dispute.invoice_id order by dispute.opened_date) = 1
),
open_invoice as (
    select
        document.document_id,
        document.customer_id,
        min(document.due_date) as due_date,
        sum(document.open_amount) as open_amount,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as document
    where
        document.invoice_type = 'invoice'
        and document.document_id in (select dispute.invoice_id from first_dispute as dispute)
    group by all
    having sum(document.open_amount) > 0
)
select
    invoice.document_id as invoice_id,
    invoice.customer_id,
    coalesce(customer.customer_name, invoice.customer_id) as customer_name,
    customer.account_manager,
    dispute.opened_date,
    dispute.reason,
    date_diff('day', dispute.opened_date, $as_of) as days_open,
    invoice.due_date,
    date_diff('day', invoice.due_date, $as_of) as days_overdue,
    cast(invoice.open_amount as decimal(38, 2)) as open_amount,
from open_invoice as invoice
inner join first_dispute as dispute on dispute.invoice_id = invoice.document_id
left join customer_at($known_on) as customer on customer.customer_id = invoice.customer_id
order by invoice.open_amount desc, invoice.document_id
