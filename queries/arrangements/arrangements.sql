-- name: arrangements
-- One row per promise, instalment of a payment plan, noted pay day and dispute about a document in the books.
-- All that were made by the day, also those replaced since: what held on any earlier day can be told from them.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns document_id: VARCHAR  the document
-- returns kind: VARCHAR  promise, plan, date or dispute
-- returns made_date: DATE  day it was made, agreed, noted or opened
-- returns pay_date: DATE  day the money is to come, or the dispute was closed; null: no day (any more), still open
-- returns amount: DECIMAL(38,2)  how much of the document; null for a noted day, and where a rate is missing
-- returns is_due: BOOLEAN  a promise whose day has come
-- returns is_kept: BOOLEAN  a promise that was kept by its day
with made as (
    select
        'promise' as kind,
        p.invoice_id,
        p.made_date,
        p.promised_date as pay_date,
        p.amount,
        p.is_due,
        p.is_due and p.is_kept as is_kept,
    from promise_outcome_at($as_of, $known_on) as p
    union all
    select 'plan', p.invoice_id, p.agreed_date, p.due_date, p.amount, false, false
    from payment_plan_at($known_on) as p
    where p.agreed_date <= $as_of
    union all
    select 'date', e.invoice_id, e.noted_date, e.expected_date, null, false, false
    from expected_date_at($known_on) as e
    where e.noted_date <= $as_of
    union all
    select
        'dispute',
        d.invoice_id,
        d.opened_date,
        case when d.closed_date <= $as_of then d.closed_date end,
        d.amount,
        false,
        false,
    from dispute_at($known_on) as d
    where d.opened_date <= $as_of
),
rated as (
    select
        i.document_id,
        case
            when count(i.amount) = count(*)
                then sum(i.amount) / nullif(sum(i.document_amount), 0)
        end as rate,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.kind in ('invoice', 'credit_note')
        and i.due_date is not null
        and i.document_id in (select m.invoice_id from made as m)
    group by i.document_id
    having sum(i.weight) > 0
)
select
    m.invoice_id as document_id,
    m.kind,
    m.made_date,
    m.pay_date,
    cast(round(m.amount * r.rate, 2) as decimal(38, 2)) as amount,
    m.is_due,
    m.is_kept,
from made as m
inner join rated as r on r.document_id = m.invoice_id
order by m.invoice_id, m.made_date, m.kind, m.pay_date
