-- name: settled_since
-- One row per document and day it falls due that is open on the day or moved since an earlier one, and per customer
-- money on account. The cash received adds up to receipt_days between the two days; a document's credits, write-offs
-- and cancellation are not cash, nor is what a list settled.
--
-- param as_of: DATE  last day, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param since: DATE  first day, end of day: only later movements count
-- returns customer_id: VARCHAR  the customer
-- returns document_id: VARCHAR  the document; null for money on account
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns invoice_date: DATE  date of the document; null for money on account
-- returns received_amount: DECIMAL(38,2)  received in cash since, less reversals
-- returns settled_otherwise: DECIMAL(38,2)  credited, written off, cancelled or settled by a list since
-- returns open_amount: DECIMAL(38,2)  amount open on it on the day
with movement as (
    select
        item.customer_id,
        case when item.due_date is not null then item.document_id end as document_id,
        case when item.due_date is not null then item.instalment else 0 end as instalment,
        case when item.due_date is not null then item.invoice_date end as invoice_date,
        coalesce(-sum(item.amount) filter (
            is_receipt(item.kind) and item.event_date > $since and item.event_date <= $as_of
        ), 0) as received_amount,
        coalesce(-sum(item.amount) filter (
            not is_receipt(item.kind)
            and item.due_date is not null
            and item.post_date > $since
            and item.post_date <= $as_of
        ), 0) as settled_otherwise,
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        not is_document(item.kind)
        and (item.event_date > $since or item.post_date > $since)
        and (item.event_date <= $as_of or item.post_date <= $as_of)
    group by all
),
-- A corrected document has rows with its old customer or date as well, which add up to zero.
movement_left as (
    select movement.*
    from movement
    where movement.received_amount <> 0 or movement.settled_otherwise <> 0
),
open_part as (
    select document.customer_id, document.document_id, document.instalment, document.invoice_date, document.open_amount
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as document
)
select
    coalesce(movement.customer_id, part.customer_id) as customer_id,
    coalesce(movement.document_id, part.document_id) as document_id,
    cast(coalesce(movement.instalment, part.instalment) as smallint) as instalment,
    coalesce(movement.invoice_date, part.invoice_date) as invoice_date,
    cast(coalesce(movement.received_amount, 0) as decimal(38, 2)) as received_amount,
    cast(coalesce(movement.settled_otherwise, 0) as decimal(38, 2)) as settled_otherwise,
    cast(coalesce(part.open_amount, 0) as decimal(38, 2)) as open_amount,
from movement_left as movement
full join open_part as part
    on
        part.customer_id = movement.customer_id
        and part.document_id = movement.document_id
        and part.instalment = movement.instalment
        and part.invoice_date = movement.invoice_date
order by customer_id, document_id, instalment, invoice_date
