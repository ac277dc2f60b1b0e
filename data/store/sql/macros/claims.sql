-- What a claim on an overdue invoice is worked out from: what fell due, what was paid, which notices were received.
-- Credits and write-offs count from the start, for what was credited was never owed; payments on their own day.
-- Parts of an invoice that are not due yet, credit notes and money on account are left out. due_date is the first day
-- of what is still open, as in the ageing; due_dates are those of everything that fell due, paid since or not.
create or replace macro claim_facts_at(in_as_of, in_known_on, in_currency, in_entity, in_segment, in_customer) as table
with overdue as materialized (
    select
        o.document_id,
        o.customer_id,
        o.segment,
        o.entity,
        o.currency,
        o.invoice_date,
        min(o.due_date) as first_open_date,
        sum(o.open_amount) as open_amount,
    from open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as o
    where
        o.invoice_type = 'invoice'
        and o.due_date < in_as_of
        and (in_customer is null or o.customer_id = in_customer)
    group by all
    having sum(o.open_amount) > 0
),
posted as materialized (
    select i.document_id, i.kind, i.payment_id, i.due_date, i.event_date, i.amount
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    where
        i.due_date < in_as_of
        and i.post_date <= in_as_of
        and i.document_id in (select o.document_id from overdue as o)
),
part as (
    select p.document_id, p.due_date, sum(p.amount) as amount
    from posted as p
    where p.kind not in ('payment', 'reversal')
    group by p.document_id, p.due_date
    having sum(p.amount) > 0
),
fallen_due as (
    select
        p.document_id,
        sum(p.amount) as amount,
        list(p.due_date order by p.due_date) as due_dates,
        list(p.amount order by p.due_date) as due_amounts,
    from part as p
    group by p.document_id
),
-- One by one, for a reversal is of one payment; of one day what was paid comes before what was taken back.
payment as (
    select p.document_id, p.payment_id, p.event_date, -sum(p.amount) as amount
    from posted as p
    where p.kind in ('payment', 'reversal')
    group by p.document_id, p.payment_id, p.event_date
    having sum(p.amount) <> 0
),
paid as (
    select
        p.document_id,
        list(p.event_date order by p.event_date, p.amount desc, p.payment_id) as paid_dates,
        list(p.amount order by p.event_date, p.amount desc, p.payment_id) as paid_amounts,
    from payment as p
    group by p.document_id
),
-- A notice without an invoice is about all that is overdue then; which of them that are, the engine decides.
received as (
    select o.document_id, c.contact_date
    from overdue as o
    inner join contact_at(in_known_on) as c on c.customer_id = o.customer_id
    where
        c.kind = 'notice_14_days'
        and c.direction = 'out'
        and c.contact_date <= in_as_of
        and (c.invoice_id is null or c.invoice_id = o.document_id)
    group by o.document_id, c.contact_date
),
noticed as (
    select r.document_id, list(r.contact_date order by r.contact_date) as notice_dates
    from received as r
    group by r.document_id
),
disputed as (
    select d.invoice_id, sum(d.amount) as amount
    from dispute_at(in_known_on) as d
    where d.opened_date <= in_as_of and (d.closed_date is null or d.closed_date > in_as_of)
    group by d.invoice_id
),
-- Disputes are in the currency of their document, claims in the one that is asked for.
in_dispute as (
    select o.document_id, d.amount as disputed_amount, o.currency, o.invoice_date
    from overdue as o
    inner join disputed as d on d.invoice_id = o.document_id
),
dispute_converted as (
    select
        d.document_id,
        cast(converted(d.disputed_amount, case
            when in_currency is not null or d.currency = reporting_currency_at(in_known_on)
                then cast(1 as decimal(18, 10))
            else r.rate
        end) as decimal(38, 2)) as disputed_amount,
    from in_dispute as d
    asof left join fx_rate_at(in_known_on) as r on r.currency = d.currency and r.rate_date <= d.invoice_date
)
select
    o.document_id,
    o.customer_id,
    coalesce(c.customer_name, o.customer_id) as customer_name,
    o.segment,
    o.entity,
    o.currency,
    o.invoice_date,
    o.first_open_date as due_date,
    cast(f.amount as decimal(38, 2)) as amount,
    cast(o.open_amount as decimal(38, 2)) as open_amount,
    coalesce(c.customer_type, 'business') as customer_type,
    c.contract_interest_percent,
    f.due_dates,
    cast(f.due_amounts as decimal(38, 2)[]) as due_amounts,
    p.paid_dates,
    cast(p.paid_amounts as decimal(38, 2)[]) as paid_amounts,
    n.notice_dates,
    d.document_id is not null as is_disputed,
    d.disputed_amount,
from overdue as o
inner join fallen_due as f on f.document_id = o.document_id
left join customer_at(in_known_on) as c on c.customer_id = o.customer_id
left join paid as p on p.document_id = o.document_id
left join noticed as n on n.document_id = o.document_id
left join dispute_converted as d on d.document_id = o.document_id;
