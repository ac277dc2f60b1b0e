-- name: timeline
-- One row per thing that happened with a customer up to the day, newest first.
-- A due date shows where something was still open then; a promise is judged the day after it was due.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns event_date: DATE  the day
-- returns event: VARCHAR  invoice, credit, payment, write_off, due, contact, promise, promise_kept, promise_broken, dispute_opened or dispute_closed
-- returns document_id: VARCHAR  the document; null where none is named
-- returns detail: VARCHAR  order number, payment, reason, day promised; for a contact direction/channel/kind; for a credit what it is
-- returns amount: DECIMAL(38,2)  its own amount, as a positive number; negative for a refund or a reversal
with posted as (
    select i.*
    from item_at($known_on, $currency, $entity, null) as i
    where i.customer_id = $customer and i.post_date <= $as_of
),
document as (
    select i.*
    from invoice_at($known_on) as i
    where
        i.customer_id = $customer
        and i.invoice_date <= $as_of
        and ($currency is null or i.currency = $currency)
        and ($entity is null or coalesce(i.entity, '') = $entity)
),
rated as (
    select
        i.invoice_id,
        i.po_number,
        case
            when $currency is not null or i.currency = reporting_currency_at($known_on) then cast(1 as decimal(18, 10))
            else r.rate
        end as rate,
    from document as i
    asof left join fx_rate_at($known_on) as r on r.currency = i.currency and r.rate_date <= i.invoice_date
),
booked as (
    select
        i.event_date,
        case i.kind
            when 'invoice' then 'invoice'
            when 'write_off' then 'write_off'
            when 'credit_note' then 'credit'
            when 'cancellation' then 'credit'
            when 'credit' then 'credit'
            else 'payment'
        end as event,
        i.document_id,
        case when i.kind in ('credit_note', 'cancellation') then i.kind else i.payment_id end as detail,
        case when i.kind = 'invoice' then 1 else -1 end * standing_sum(i.amount, i.weight) as amount,
    from posted as i
    group by i.event_date, i.kind, i.document_id, i.payment_id
    having sum(i.document_amount) <> 0
),
late as (
    select
        i.due_date as event_date,
        i.document_id,
        sum(i.amount) as amount,
    from posted as i
    where i.due_date <= $as_of and i.post_date <= i.due_date
    group by i.due_date, i.document_id
    having sum(i.amount) > 0
),
promised as (
    select p.*, r.rate
    from promise_outcome_at($as_of, $known_on) as p
    inner join rated as r on r.invoice_id = p.invoice_id
),
disputed as (
    select d.*, r.rate
    from dispute_at($known_on) as d
    inner join rated as r on r.invoice_id = d.invoice_id
    where d.opened_date <= $as_of
),
happened as (
    select
        b.event_date,
        b.event,
        b.document_id,
        case when b.event = 'invoice' then r.po_number else b.detail end as detail,
        b.amount,
    from booked as b
    left join rated as r on r.invoice_id = b.document_id
    union all
    select l.event_date, 'due', l.document_id, null, l.amount
    from late as l
    union all
    select c.contact_date, 'contact', c.invoice_id, concat(c.direction, '/', c.channel, '/', c.kind), null
    from contact_at($known_on) as c
    where c.customer_id = $customer and c.contact_date <= $as_of
    union all
    select p.made_date, 'promise', p.invoice_id, cast(p.promised_date as varchar), converted(p.amount, p.rate)
    from promised as p
    union all
    select
        p.promised_date,
        case when p.is_kept then 'promise_kept' else 'promise_broken' end,
        p.invoice_id,
        null,
        converted(p.amount, p.rate),
    from promised as p
    where p.is_due
    union all
    select d.opened_date, 'dispute_opened', d.invoice_id, d.reason, converted(d.amount, d.rate)
    from disputed as d
    union all
    select d.closed_date, 'dispute_closed', d.invoice_id, d.reason, converted(d.amount, d.rate)
    from disputed as d
    where d.closed_date <= $as_of
)
select
    h.event_date,
    h.event,
    h.document_id,
    h.detail,
    cast(h.amount as decimal(38, 2)) as amount,
from happened as h
order by h.event_date desc, h.document_id, h.event, h.detail
