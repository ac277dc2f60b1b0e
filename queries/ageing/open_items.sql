-- name: open_items
-- One row per open document and day it falls due (instalments apart): what is open, how late, and its state.
-- Money on account is not a document and has no row.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param customers: VARCHAR[] = null  only these customers, with commas between them; a JSON array where an id holds a comma
-- param bucket: VARCHAR = null  only this bucket, such as not_due or d31_60; overdue: all that are past due; credits, with credits apart
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- param credits: VARCHAR = in  credit notes and overpayments stand in the buckets (in) or in a bucket of their own (apart): credits
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_type: VARCHAR  invoice or credit_note
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns po_number: VARCHAR  the customer's order number
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it falls due
-- returns days_overdue: BIGINT  days past the due date, negative before it
-- returns amount: DECIMAL(38,2)  amount of the document or instalment
-- returns open_amount: DECIMAL(38,2)  amount open on it
-- returns owed_amount: DECIMAL(38,2)  amount open on it after set-off of the customer's credit
-- returns set_off_with: VARCHAR  numbers of the credit notes, overpaid invoices and payments set off against it; null: none
-- returns discount_until: DATE  last day on which the early-payment discount can be taken; null: none can
-- returns discount_amount: DECIMAL(38,2)  discount for paying the rest by then; null: none
-- returns bucket: VARCHAR  the bucket it is in
-- returns state: VARCHAR  the first that holds: disputed, promised, promise_broken, reminded (once overdue), cancelled, part_paid, overpaid, credit_note; else empty
--
-- shape: bucket_rows
with open_document as (
    select
        document.*,
        date_diff('day', document.due_date, $as_of) as days_overdue,
        case
            when $credits = 'apart' and is_credit(document.invoice_type, document.open_amount) then -2
            else bucket_of(date_diff('day', aged_from($basis, document.invoice_date, document.due_date), $as_of), $limits)
        end as bucket,
    from owed_document_at($as_of, $known_on, $currency, $entity, $segment) as document
    where
        ($customer is null or document.customer_id = $customer)
        and ($customers is null or list_contains($customers, document.customer_id))
),
document_in_bucket as (
    select document.*
    from open_document as document
    where
        $bucket is null
        or ($bucket = 'overdue' and document.days_overdue > 0 and document.bucket >= 0)
        or document.bucket = case
            when $bucket = 'not_due' then 0
            when $bucket = 'credits' then -2
            when $limits = [30, 60, 90] then list_position(['d1_30', 'd31_60', 'd61_90', 'd90_plus'], $bucket)
            else try_cast(regexp_extract($bucket, '^b([0-9])$', 1) as integer)
        end
),
disputed_invoice as (
    select distinct dispute.invoice_id
    from open_dispute_at($as_of, $known_on) as dispute
),
unkept_promise as (
    select
        promise.invoice_id,
        case when promise.is_due then 'promise_broken' else 'promised' end as state,
    from promise_outcome_at($as_of, $known_on) as promise
    where promise.is_latest and not promise.is_kept
),
invoice_facts as (
    select invoice.invoice_id, invoice.po_number, invoice.cancelled_date
    from invoice_at($known_on) as invoice
    where invoice.invoice_id in (select document.document_id from document_in_bucket as document)
),
last_contact as (
    select contact.invoice_id, max(contact.contact_date) as contact_date
    from contact_at($known_on) as contact
    where
        contact.direction = 'out'
        and contact.contact_date <= $as_of
        and contact.invoice_id in (select document.document_id from document_in_bucket as document)
    group by contact.invoice_id
)
select
    document.document_id as invoice_id,
    document.customer_id,
    coalesce(customer.customer_name, document.customer_id) as customer_name,
    document.invoice_type,
    document.segment,
    document.entity,
    document.currency,
    invoice.po_number,
    document.invoice_date,
    document.due_date,
    document.days_overdue,
    cast(document.amount as decimal(38, 2)) as amount,
    document.open_amount,
    document.owed_amount,
    document.set_off_with,
    document.discount_until,
    document.discount_amount,
    case document.bucket when -2 then 'credits' else cast(document.bucket as varchar) end as bucket,
    case
        when dispute.invoice_id is not null then 'disputed'
        when promise.invoice_id is not null then promise.state
        when contact.contact_date > document.due_date then 'reminded'
        when invoice.cancelled_date <= $as_of then 'cancelled'
        when document.open_amount * sign(document.amount) < 0 then 'overpaid'
        when abs(document.open_amount) < abs(document.amount) then 'part_paid'
        when document.invoice_type = 'credit_note' then 'credit_note'
        else ''
    end as state,
from document_in_bucket as document
left join invoice_facts as invoice on invoice.invoice_id = document.document_id
left join customer_at($known_on) as customer on customer.customer_id = document.customer_id
left join disputed_invoice as dispute on dispute.invoice_id = document.document_id
left join unkept_promise as promise on promise.invoice_id = document.document_id
left join last_contact as contact on contact.invoice_id = document.document_id
order by document.open_amount desc, document.document_id, document.due_date
