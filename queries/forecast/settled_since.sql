-- name: settled_since
-- One row per document and day it falls due that is open on the day or moved since an earlier one, and per customer money on account.
-- What came in cash adds up to receipt_days between the two days; a document's credits, write-offs and cancellation are not cash.
--
-- param as_of: DATE  last day, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param since: DATE  first day, end of day: what came later counts
-- returns customer_id: VARCHAR  the customer
-- returns document_id: VARCHAR  the document; null for money on account
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns invoice_date: DATE  date of the document; null for money on account
-- returns received_amount: DECIMAL(38,2)  received in cash since, less reversals
-- returns settled_otherwise: DECIMAL(38,2)  credited, written off or cancelled since
-- returns open_amount: DECIMAL(38,2)  what is open of it on the day
with moved as (
    select
        i.customer_id,
        case when i.due_date is not null then i.document_id end as document_id,
        case when i.due_date is not null then i.instalment else 0 end as instalment,
        case when i.due_date is not null then i.invoice_date end as invoice_date,
        coalesce(-sum(i.amount) filter (
            i.kind in ('payment', 'reversal') and i.event_date > $since and i.event_date <= $as_of
        ), 0) as received_amount,
        coalesce(-sum(i.amount) filter (
            i.kind in ('credit', 'write_off', 'cancellation')
            and i.due_date is not null
            and i.post_date > $since
            and i.post_date <= $as_of
        ), 0) as settled_otherwise,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.kind not in ('invoice', 'credit_note')
        and (i.event_date > $since or i.post_date > $since)
        and (i.event_date <= $as_of or i.post_date <= $as_of)
    group by all
),
-- A document that was changed has rows under its old face as well, which add up to nothing.
standing as (
    select m.*
    from moved as m
    where m.received_amount <> 0 or m.settled_otherwise <> 0
),
opened as (
    select o.customer_id, o.document_id, o.instalment, o.invoice_date, o.open_amount
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
)
select
    coalesce(s.customer_id, o.customer_id) as customer_id,
    coalesce(s.document_id, o.document_id) as document_id,
    cast(coalesce(s.instalment, o.instalment) as smallint) as instalment,
    coalesce(s.invoice_date, o.invoice_date) as invoice_date,
    cast(coalesce(s.received_amount, 0) as decimal(38, 2)) as received_amount,
    cast(coalesce(s.settled_otherwise, 0) as decimal(38, 2)) as settled_otherwise,
    cast(coalesce(o.open_amount, 0) as decimal(38, 2)) as open_amount,
from standing as s
full join opened as o
    on
        o.customer_id = s.customer_id
        and o.document_id = s.document_id
        and o.instalment = s.instalment
        and o.invoice_date = s.invoice_date
order by customer_id, document_id, instalment, invoice_date
