-- name: timeline
-- One row per event with a customer up to the day, newest first. A due date shows if something was still open then; a
-- promise is judged at the end of its promised day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns event_date: DATE  the day
-- returns event: VARCHAR  invoice, credit, discount, payment, write_off, listed, exchange, recovered, due, contact, note, promise, promise_kept, promise_broken, dispute_opened or dispute_closed
-- returns document_id: VARCHAR  the document; null where none is named
-- returns detail: VARCHAR  order number, payment, reason, day promised; for a contact direction/channel/kind, for a 14-day notice/day received; for a credit its kind; for what a list settled, the list
-- returns contact_id: VARCHAR  number of the contact; null for other events
-- returns person: VARCHAR  who was spoken to
-- returns outcome: VARCHAR  what came of the contact
-- returns note: VARCHAR  what was noted
-- returns is_since_books: BOOLEAN  a contact or note that was recorded after the books were last loaded; else null
-- returns contact_recorded_at: TIMESTAMP  instant a contact or note was recorded (UTC); else null
-- returns amount: DECIMAL(38,2)  its own amount, as a positive number; negative for a refund or a reversal
with posted_item as (
    select item.*
    from item_at($known_on, $currency, $entity, null) as item
    where item.customer_id = $customer and item.post_date <= $as_of
),
customer_document as (
    select document.invoice_id, document.po_number, document.currency, document.invoice_date as rate_day
    from document_at($known_on, $currency, $entity) as document
    where document.customer_id = $customer and document.invoice_date <= $as_of
),
rated_document as (
    select document.invoice_id, document.po_number, document.rate
    from with_rate('customer_document', $known_on, $currency) as document
),
booking as (
    select
        item.event_date,
        case tie_out_line(item.kind)
            when 'invoiced' then 'invoice'
            when 'written_off' then 'write_off'
            when 'credited' then 'credit'
            when 'discounts' then 'discount'
            when 'received' then 'payment'
            else tie_out_line(item.kind)
        end as event,
        item.document_id,
        case when item.kind in ('credit_note', 'cancellation') then item.kind else item.payment_id end as detail,
        case when item.kind = 'invoice' then 1 else -1 end * standing_sum(item.amount, item.weight) as amount,
    from posted_item as item
    group by item.event_date, item.kind, item.document_id, item.payment_id
    having sum(item.document_amount) <> 0
),
unpaid_when_due as (
    select
        item.due_date as event_date,
        item.document_id,
        sum(item.amount) as amount,
    from posted_item as item
    where item.due_date <= $as_of and item.post_date <= item.due_date
    group by item.due_date, item.document_id
    having sum(item.amount) > 0
),
promise_made as (
    select promise.*, document.rate
    from promise_outcome_at($as_of, $known_on) as promise
    inner join rated_document as document on document.invoice_id = promise.invoice_id
),
dispute_opened as (
    select dispute.*, document.rate
    from dispute_state_at($as_of, $known_on) as dispute
    inner join rated_document as document on document.invoice_id = dispute.invoice_id
),
customer_contact as (
    select contact.*
    from contact_at($known_on) as contact
    where contact.customer_id = $customer and contact.contact_date <= $as_of
),
happening as (
    select
        booking.event_date,
        booking.event,
        booking.document_id,
        case when booking.event = 'invoice' then document.po_number else booking.detail end as detail,
        booking.amount,
    from booking
    left join rated_document as document on document.invoice_id = booking.document_id
    union all
    select due.event_date, 'due', due.document_id, null, due.amount
    from unpaid_when_due as due
    union all
    select
        promise.made_date,
        'promise',
        promise.invoice_id,
        cast(promise.promised_date as varchar),
        converted(promise.amount, promise.rate),
    from promise_made as promise
    union all
    select
        promise.promised_date,
        case when promise.is_kept then 'promise_kept' else 'promise_broken' end,
        promise.invoice_id,
        null,
        converted(promise.amount, promise.rate),
    from promise_made as promise
    where promise.is_due and promise.is_kept is not null
    union all
    select
        dispute.opened_date,
        'dispute_opened',
        dispute.invoice_id,
        dispute.reason,
        converted(dispute.amount, dispute.rate),
    from dispute_opened as dispute
    union all
    select
        dispute.closed_date,
        'dispute_closed',
        dispute.invoice_id,
        dispute.reason,
        converted(dispute.amount, dispute.rate),
    from dispute_opened as dispute
    where not dispute.is_open
),
said as (
    select
        contact.contact_date as event_date,
        'contact' as event,
        contact.invoice_id as document_id,
        concat(
            contact.direction,
            '/',
            contact.channel,
            '/',
            contact.kind,
            case when contact.kind = 'notice_14_days' and contact.direction = 'out' then '/' end,
            case when contact.kind = 'notice_14_days' and contact.direction = 'out' then contact.received_date end
        ) as detail,
        contact.contact_id,
        contact.person,
        contact.outcome,
        contact.note,
        contact.recorded_at,
    from with_receipt('customer_contact', $known_on) as contact
    union all
    select note.noted_date, 'note', note.invoice_id, null, note.contact_id, null, null, note.text, note.recorded_at
    from note_at($known_on) as note
    where note.customer_id = $customer and note.noted_date <= $as_of
),
event_of_customer as (
    select
        event.*,
        null as contact_id,
        null as person,
        null as outcome,
        null as note,
        null as contact_recorded_at,
        null as is_since_books,
    from happening as event
    union all
    select
        said.event_date,
        said.event,
        said.document_id,
        said.detail,
        null as amount,
        said.contact_id,
        said.person,
        said.outcome,
        said.note,
        said.recorded_at as contact_recorded_at,
        said.recorded_at > coalesce((select max(batch.recorded_at) from batch), said.recorded_at) as is_since_books,
    from said
)
select
    event.event_date,
    event.event,
    event.document_id,
    event.detail,
    cast(event.contact_id as varchar) as contact_id,
    cast(event.person as varchar) as person,
    cast(event.outcome as varchar) as outcome,
    cast(event.note as varchar) as note,
    cast(event.is_since_books as boolean) as is_since_books,
    cast(event.contact_recorded_at as timestamp) as contact_recorded_at,
    cast(event.amount as decimal(38, 2)) as amount,
from event_of_customer as event
order by event.event_date desc, event.document_id, event.event, event.detail, event.amount desc, event.contact_id, event.note
