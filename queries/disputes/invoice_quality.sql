-- name: invoice_quality
-- One row per invoice dated in the period to the day, latest first: its faults by the day and how late it was paid.
-- Cancelled invoices have no row. Notes and settlements after the day do not count.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 365  days of the period, the day itself the last
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it, or its last instalment, falls due
-- returns amount: DECIMAL(38,2)  amount of the invoice; null without a rate
-- returns no_order_number: BOOLEAN  it names none; null where no invoice of the customer in the period does
-- returns is_credited: BOOLEAN  a credit note refers to it, or one that refers to none was set off against it
-- returns is_disputed: BOOLEAN  a dispute was opened about it
-- returns is_open: BOOLEAN  something is open of it
-- returns paid_date: DATE  last payment of an invoice with nothing open; null where it is open or no money came
-- returns days_late: BIGINT  paid less due date; open: days overdue so far; null before it is due or without money
with issued_invoice as (
    select
        part.document_id,
        part.customer_id,
        part.invoice_date,
        max(part.due_date) as due_date,
        sum(part.amount) as amount,
    from receivable_at($known_on, $currency, $entity, $segment) as part
    where part.invoice_type = 'invoice' and part.invoice_date > $as_of - $period and part.invoice_date <= $as_of
    group by all
),
amount_by_day as (
    select
        item.document_id,
        item.event_date,
        sum(item.document_amount) as amount,
        coalesce(-sum(item.document_amount) filter (is_receipt(item.kind)), 0) as received,
        coalesce(sum(item.document_amount) filter (item.kind = 'cancellation'), 0) as cancelled,
        coalesce(sum(item.weight) filter (is_listed(item.kind)), 0) as listed,
    from standing_item_at($as_of, $known_on, $currency, $entity, $segment) as item
    where
        item.due_date is not null
        and item.document_id in (select issued.document_id from issued_invoice as issued)
    group by item.document_id, item.event_date
),
invoice_state as (
    select
        by_day.document_id,
        sum(by_day.amount) > 0 as is_open,
        -- Money that was paid back in full pays nothing; when a list settled something, nobody knows the day.
        case
            when sum(by_day.amount) <= 0 and sum(by_day.received) > 0 and sum(by_day.listed) = 0
                then max(by_day.event_date) filter (by_day.received > 0)
        end as paid_date,
    from amount_by_day as by_day
    group by by_day.document_id
    having sum(by_day.cancelled) = 0
),
credit_document as (
    select invoice.invoice_id, nullif(invoice.original_invoice_id, '') as original_invoice_id
    from invoice_at($known_on) as invoice
    where
        invoice.invoice_type = 'credit_note'
        and invoice.invoice_date <= $as_of
        and still_runs(invoice.cancelled_date, $as_of)
),
credit as (
    select payment.payment_id, payment.invoice_id
    from settlement_at($known_on) as payment
    where tie_out_line(payment.kind) = 'credited' and payment.payment_date <= $as_of and payment.invoice_id is not null
),
-- A credit without a note on its other side is a discount or a set-off, not a correction.
corrected_invoice as (
    select note.original_invoice_id as invoice_id
    from credit_document as note
    where note.original_invoice_id is not null
    union
    select other.invoice_id
    from credit_document as note
    inner join credit as on_note on on_note.invoice_id = note.invoice_id
    inner join credit as other on other.payment_id = on_note.payment_id and other.invoice_id <> note.invoice_id
    where note.original_invoice_id is null
),
disputed_invoice as (
    select distinct dispute.invoice_id
    from dispute_state_at($as_of, $known_on) as dispute
),
order_number_use as (
    select
        issued.document_id,
        coalesce(invoice.po_number, '') = '' as is_unnamed,
        bool_and(coalesce(invoice.po_number, '') = '') over (partition by issued.customer_id) as is_never_named,
    from issued_invoice as issued
    inner join invoice_at($known_on) as invoice on invoice.invoice_id = issued.document_id
)
select
    issued.document_id as invoice_id,
    issued.customer_id,
    coalesce(customer.customer_name, issued.customer_id) as customer_name,
    customer.account_manager,
    issued.invoice_date,
    issued.due_date,
    cast(issued.amount as decimal(38, 2)) as amount,
    case when not order_nr.is_never_named then order_nr.is_unnamed end as no_order_number,
    corrected.invoice_id is not null as is_credited,
    dispute.invoice_id is not null as is_disputed,
    state.is_open,
    state.paid_date,
    -- An invoice that is not due yet has no days, paid or not: the invoices paid so early are only the fast ones.
    case
        when issued.due_date > $as_of then null
        when state.is_open then date_diff('day', issued.due_date, $as_of)
        else date_diff('day', issued.due_date, state.paid_date)
    end as days_late,
from issued_invoice as issued
inner join invoice_state as state on state.document_id = issued.document_id
inner join order_number_use as order_nr on order_nr.document_id = issued.document_id
left join corrected_invoice as corrected on corrected.invoice_id = issued.document_id
left join disputed_invoice as dispute on dispute.invoice_id = issued.document_id
left join customer_at($known_on) as customer on customer.customer_id = issued.customer_id
order by issued.invoice_date desc, issued.document_id
