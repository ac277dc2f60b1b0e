-- name: payment_terms_late
-- One row per invoice, and part of an instalment schedule, that stood beyond the agreed or the legal term in the 365 days.
-- Standing: amount x days beyond the term in those 365 days / 365, up to and including the day of payment, rounded.
-- Interest: statutory commercial interest on the same amounts and days, by rate, actual days of 365, not compounded.
-- Credits and write-offs count from the start, as in claims. A part of a schedule is agreed to be paid on its own day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it, or its part, falls due
-- returns agreed_until: DATE  last day within the agreed term
-- returns legal_until: DATE  last day within the legal term; null: the law has none
-- returns paid_date: DATE  first day from which nothing is open; null while something is
-- returns amount: DECIMAL(38,2)  what was to be paid, after credits
-- returns open_amount: DECIMAL(38,2)  open on the day
-- returns days_beyond_agreed: BIGINT  days past the agreed term until paid, or until the day
-- returns standing_beyond_agreed: DECIMAL(38,2)  average amount beyond the agreed term over the 365 days
-- returns interest_beyond_agreed: DECIMAL(38,2)  interest on it
-- returns days_beyond_legal: BIGINT  days past the legal term
-- returns standing_beyond_legal: DECIMAL(38,2)  average amount beyond the legal term over the 365 days
-- returns interest_beyond_legal: DECIMAL(38,2)  interest on it
-- returns paid_dates: DATE[]  what it is worked out from, left out of the answer: days of payments, in any order
-- returns paid_amounts: DECIMAL(38,2)[]  the same: amounts paid, negative when paid back
--
-- shape: beyond_terms
with part as (
    select
        r.document_id,
        r.instalment,
        r.customer_id,
        t.customer_name,
        r.segment,
        r.entity,
        r.currency,
        r.invoice_date,
        r.due_date,
        r.closed_date,
        case when r.instalment > 0 then r.due_date else r.invoice_date + t.term_days end as agreed_until,
        r.invoice_date + cast(t.legal_days as integer) as legal_until,
    from receivable_at($known_on, $currency, $entity, $segment) as r
    inner join customer_term_at($known_on) as t on t.customer_id = r.customer_id
    where
        r.invoice_type = 'invoice'
        and r.amount is not null
        and r.invoice_date <= $as_of
        and ($customer is null or r.customer_id = $customer)
),
-- Who paid within both terms, or before the year, needs no look at what was paid when.
late as materialized (
    select p.*
    from part as p
    where
        least(p.agreed_until, p.legal_until) < $as_of
        and (
            p.closed_date is null
            or p.closed_date > greatest(least(p.agreed_until, p.legal_until), $as_of - 365)
        )
),
posted as (
    select
        i.document_id,
        i.instalment,
        i.kind in ('payment', 'reversal') as is_payment,
        i.event_date,
        sum(i.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.post_date <= $as_of
        and i.due_date is not null
        and i.document_id in (select l.document_id from late as l)
    group by all
    having sum(i.amount) <> 0
),
summed as (
    select
        p.document_id,
        p.instalment,
        coalesce(sum(p.amount) filter (not p.is_payment), 0) as amount,
        sum(p.amount) as open_amount,
        list({'day': p.event_date, 'amount': -p.amount}) filter (p.is_payment) as paid,
    from posted as p
    group by p.document_id, p.instalment
)
select
    l.document_id as invoice_id,
    l.customer_id,
    l.customer_name,
    l.segment,
    l.entity,
    l.currency,
    l.invoice_date,
    l.due_date,
    cast(l.agreed_until as date) as agreed_until,
    cast(l.legal_until as date) as legal_until,
    case when l.closed_date <= $as_of then l.closed_date end as paid_date,
    cast(s.amount as decimal(38, 2)) as amount,
    cast(s.open_amount as decimal(38, 2)) as open_amount,
    cast(null as bigint) as days_beyond_agreed,
    cast(null as decimal(38, 2)) as standing_beyond_agreed,
    cast(null as decimal(38, 2)) as interest_beyond_agreed,
    cast(null as bigint) as days_beyond_legal,
    cast(null as decimal(38, 2)) as standing_beyond_legal,
    cast(null as decimal(38, 2)) as interest_beyond_legal,
    [x.day for x in s.paid] as paid_dates,
    cast([x.amount for x in s.paid] as decimal(38, 2)[]) as paid_amounts,
from late as l
inner join summed as s on s.document_id = l.document_id and s.instalment = l.instalment
where s.amount > 0
order by l.document_id, l.due_date
