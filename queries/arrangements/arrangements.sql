-- name: arrangements
-- One row per promise, instalment of a payment plan, noted pay day and dispute about a document in the books. Every
-- arrangement made by the day has one, also if it was replaced since: the rows give the arrangement that held on any
-- earlier day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
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
with arrangement as (
    select
        'promise' as kind,
        promise.invoice_id,
        promise.made_date,
        promise.promised_date as pay_date,
        promise.amount,
        promise.is_due,
        promise.is_due and promise.is_kept as is_kept,
    from promise_outcome_at($as_of, $known_on) as promise
    -- Whether it was kept nobody knows if only a list of a later day shows the document settled.
    where not promise.is_due or promise.is_kept is not null
    union all
    select 'plan', plan.invoice_id, plan.agreed_date, plan.due_date, plan.amount, false, false
    from payment_plan_at($known_on) as plan
    where plan.agreed_date <= $as_of
    union all
    select 'date', expected.invoice_id, expected.noted_date, expected.expected_date, null, false, false
    from expected_date_at($known_on) as expected
    where expected.noted_date <= $as_of
    union all
    select
        'dispute',
        dispute.invoice_id,
        dispute.opened_date,
        dispute.closed_date,
        dispute.amount,
        false,
        false,
    from dispute_state_at($as_of, $known_on) as dispute
),
rated_document as (
    select
        item.document_id,
        case
            when count(item.amount) = count(*)
                then sum(item.amount) / nullif(sum(item.document_amount), 0)
        end as rate,
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        is_document(item.kind)
        and item.due_date is not null
        and item.post_date <= $as_of
        and item.document_id in (select made.invoice_id from arrangement as made)
    group by item.document_id
    having sum(item.weight) > 0
)
select
    made.invoice_id as document_id,
    made.kind,
    made.made_date,
    made.pay_date,
    cast(round(made.amount * document.rate, 2) as decimal(38, 2)) as amount,
    made.is_due,
    made.is_kept,
from arrangement as made
inner join rated_document as document on document.document_id = made.invoice_id
order by made.invoice_id, made.made_date, made.kind, made.pay_date
