-- name: invoice_quality
-- One row per invoice dated in the period to the day, latest first: its faults by the day and how late it was paid.
-- Cancelled invoices have no row. What was noted or settled after the day is not looked at.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
with issued as (
    select
        r.document_id,
        r.customer_id,
        r.invoice_date,
        max(r.due_date) as due_date,
        sum(r.amount) as amount,
    from receivable_at($known_on, $currency, $entity, $segment) as r
    where r.invoice_type = 'invoice' and r.invoice_date > $as_of - $period and r.invoice_date <= $as_of
    group by all
),
by_day as (
    select
        i.document_id,
        i.event_date,
        sum(i.document_amount) as amount,
        coalesce(-sum(i.document_amount) filter (i.kind in ('payment', 'reversal')), 0) as received,
        coalesce(sum(i.document_amount) filter (i.kind = 'cancellation'), 0) as cancelled,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.post_date <= $as_of
        and i.due_date is not null
        and i.document_id in (select s.document_id from issued as s)
    group by i.document_id, i.event_date
),
standing as (
    select
        d.document_id,
        sum(d.amount) > 0 as is_open,
        -- Money that was only paid back pays nothing.
        case when sum(d.amount) <= 0 and sum(d.received) > 0 then max(d.event_date) filter (d.received > 0) end
            as paid_date,
    from by_day as d
    group by d.document_id
    having sum(d.cancelled) = 0
),
credit_document as (
    select n.invoice_id, nullif(n.original_invoice_id, '') as original_invoice_id
    from invoice_at($known_on) as n
    where
        n.invoice_type = 'credit_note'
        and n.invoice_date <= $as_of
        and (n.cancelled_date is null or n.cancelled_date > $as_of)
),
credit as (
    select s.payment_id, s.invoice_id
    from settlement_at($known_on) as s
    where s.kind = 'credit' and s.payment_date <= $as_of and s.invoice_id is not null
),
-- A credit without a note on its other side is a discount or a set-off, not a correction.
corrected as (
    select n.original_invoice_id as invoice_id
    from credit_document as n
    where n.original_invoice_id is not null
    union
    select c.invoice_id
    from credit_document as n
    inner join credit as o on o.invoice_id = n.invoice_id
    inner join credit as c on c.payment_id = o.payment_id and c.invoice_id <> n.invoice_id
    where n.original_invoice_id is null
),
disputed as (
    select distinct d.invoice_id
    from dispute_at($known_on) as d
    where d.opened_date <= $as_of
),
named as (
    select
        s.document_id,
        coalesce(i.po_number, '') = '' as is_unnamed,
        bool_and(coalesce(i.po_number, '') = '') over (partition by s.customer_id) as is_never_named,
    from issued as s
    inner join invoice_at($known_on) as i on i.invoice_id = s.document_id
)
select
    s.document_id as invoice_id,
    s.customer_id,
    coalesce(c.customer_name, s.customer_id) as customer_name,
    c.account_manager,
    s.invoice_date,
    s.due_date,
    cast(s.amount as decimal(38, 2)) as amount,
    case when not n.is_never_named then n.is_unnamed end as no_order_number,
    o.invoice_id is not null as is_credited,
    d.invoice_id is not null as is_disputed,
    t.is_open,
    t.paid_date,
    -- An invoice that is not due yet has no days, paid or not: those that are paid already are the fast ones.
    case
        when s.due_date > $as_of then null
        when t.is_open then date_diff('day', s.due_date, $as_of)
        else date_diff('day', s.due_date, t.paid_date)
    end as days_late,
from issued as s
inner join standing as t on t.document_id = s.document_id
inner join named as n on n.document_id = s.document_id
left join corrected as o on o.invoice_id = s.document_id
left join disputed as d on d.invoice_id = s.document_id
left join customer_at($known_on) as c on c.customer_id = s.customer_id
order by s.invoice_date desc, s.document_id
