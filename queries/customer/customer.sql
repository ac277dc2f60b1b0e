-- name: customer
-- One row: a customer as it stands on the day, with what it owes and how it pays.
-- Days to pay and days late are weighted by amount over payments on invoices in the 365 days to the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  its segment; empty where none is given
-- returns country: VARCHAR  its country
-- returns customer_type: VARCHAR  business, consumer or public
-- returns size_class: VARCHAR  its size
-- returns account_manager: VARCHAR  who looks after it
-- returns email: VARCHAR  where to write to
-- returns language: VARCHAR  language to write in
-- returns preferred_method: VARCHAR  how it prefers to pay, as recorded
-- returns payment_terms_days: BIGINT  agreed payment term, days
-- returns credit_limit: DECIMAL(18,2)  agreed limit, as recorded
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns overdue_amount: DECIMAL(38,2)  past the due date
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns open_invoices: BIGINT  open documents
-- returns days_to_pay: DOUBLE  payment date less invoice date, weighted, over 365 days; null if nothing was paid
-- returns days_late: DOUBLE  payment date less due date, weighted, early is negative; null if nothing was paid
-- returns first_invoice_date: DATE  first document
-- returns last_invoice_date: DATE  last document on or before the day
-- returns last_payment_date: DATE  last payment on or before the day
-- returns disputed_amount: DECIMAL(38,2)  in disputes that are open on the day
-- returns billings_365: DECIMAL(38,2)  invoices less credit notes and cancellations of the 365 days to the day
with posted as (
    select i.*
    from item_at($known_on, $currency, $entity, null) as i
    where i.customer_id = $customer and i.post_date <= $as_of
),
open_document as (
    select p.document_id, p.due_date, sum(p.amount) as open_amount
    from posted as p
    where p.due_date is not null
    group by p.document_id, p.due_date
    having sum(p.amount) <> 0
),
owed as (
    select
        coalesce(sum(o.open_amount), 0) as open_amount,
        coalesce(sum(o.open_amount) filter (o.due_date < $as_of), 0) as overdue_amount,
        count(distinct o.document_id) as open_invoices,
    from open_document as o
),
document as (
    select p.document_id, p.invoice_date
    from posted as p
    where p.kind in ('invoice', 'credit_note')
    group by p.document_id, p.invoice_date
    having sum(p.weight) > 0
),
documented as (
    select min(d.invoice_date) as first_invoice_date, max(d.invoice_date) as last_invoice_date
    from document as d
),
moved as (
    select
        coalesce(sum(p.amount) filter (p.due_date is null), 0) as unapplied,
        coalesce(sum(p.amount) filter (
            p.kind in ('invoice', 'credit_note', 'cancellation') and p.post_date > $as_of - 365
        ), 0) as billings_365,
    from posted as p
),
paid as (
    select
        cast(sum(p.amount * date_diff('day', p.invoice_date, p.event_date)) as double)
        / nullif(cast(sum(p.amount) as double), 0) as days_to_pay,
        cast(sum(p.amount * date_diff('day', p.due_date, p.event_date)) as double)
        / nullif(cast(sum(p.amount) as double), 0) as days_late,
    from posted as p
    where
        p.kind = 'payment' and p.invoice_type = 'invoice' and p.due_date is not null and p.event_date > $as_of - 365
),
last_paid as (
    select max(s.payment_date) as last_payment_date
    from settlement_at($known_on) as s
    where
        s.customer_id = $customer and coalesce(s.kind, 'payment') = 'payment' and s.amount > 0
        and s.payment_date <= $as_of
),
in_dispute as (
    select d.amount, i.currency, i.invoice_date
    from open_dispute_at($as_of, $known_on) as d
    inner join invoice_at($known_on) as i on i.invoice_id = d.invoice_id
    where
        i.customer_id = $customer
        and ($currency is null or i.currency = $currency)
        and ($entity is null or coalesce(i.entity, '') = $entity)
),
disputed as (
    select
        coalesce(cast(sum(converted(d.amount, case
            when $currency is not null or d.currency = reporting_currency_at($known_on) then cast(1 as decimal(18, 10))
            else r.rate
        end)) as decimal(38, 2)), 0) as disputed_amount,
    from in_dispute as d
    asof left join fx_rate_at($known_on) as r on r.currency = d.currency and r.rate_date <= d.invoice_date
),
asked as (
    select $customer as customer_id
    where
        exists (select 1 from customer_at($known_on) as c where c.customer_id = $customer)
        or (
            select coalesce(sum(i.weight), 0) <> 0
            from item_at($known_on, null, null, null) as i
            where i.customer_id = $customer
        )
)
select
    a.customer_id,
    coalesce(c.customer_name, a.customer_id) as customer_name,
    coalesce(c.segment, '') as segment,
    c.country,
    c.customer_type,
    c.size_class,
    c.account_manager,
    c.email,
    c.language,
    c.preferred_method,
    c.payment_terms_days,
    c.credit_limit,
    o.open_amount,
    o.overdue_amount,
    m.unapplied,
    o.open_invoices,
    p.days_to_pay,
    p.days_late,
    d.first_invoice_date,
    d.last_invoice_date,
    l.last_payment_date,
    q.disputed_amount,
    m.billings_365,
from asked as a
left join customer_at($known_on) as c on c.customer_id = a.customer_id
cross join owed as o
cross join moved as m
cross join documented as d
cross join paid as p
cross join last_paid as l
cross join disputed as q
order by a.customer_id
