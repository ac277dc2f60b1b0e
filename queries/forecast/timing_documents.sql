-- name: timing_documents
-- One row per document and day it falls due, dated by the day: when it was closed, by what, and what is open.
-- What the payment-timing model learns from and forecasts; what lacks a rate is left out.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns customer_id: VARCHAR  the customer
-- returns document_id: VARCHAR  the document
-- returns instalment: SMALLINT  0, or the rank of the instalment
-- returns invoice_type: VARCHAR  invoice or credit_note
-- returns segment: VARCHAR  the customer's segment
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it falls due
-- returns amount: DECIMAL(38,2)  amount of the document or instalment
-- returns open_amount: DECIMAL(38,2)  what is open of it
-- returns closed_date: DATE  last day anything moved, where nothing is open; null while open
-- returns received_amount: DECIMAL(38,2)  received in cash by the day, less reversals
-- returns key: UBIGINT  stable number of the document, for draws that do not depend on its position
-- returns customer_key: UBIGINT  stable number of the customer
with by_day as (
    select
        i.customer_id,
        i.document_id,
        i.instalment,
        i.invoice_type,
        i.segment,
        i.invoice_date,
        i.due_date,
        i.post_date,
        standing_sum(i.amount, i.weight) as amount,
        sum(i.amount) filter (i.kind in ('invoice', 'credit_note')) as document_amount,
        sum(i.amount) filter (i.kind in ('payment', 'reversal')) as money,
        sum(i.weight) filter (i.kind in ('invoice', 'credit_note')) as documents,
    from item_at($known_on, $currency, $entity, $segment) as i
    where i.post_date <= $as_of and i.due_date is not null
    group by all
    having sum(i.weight) <> 0
),
by_part as (
    select
        d.* exclude (post_date, amount, document_amount, money, documents),
        sum(d.document_amount) as amount,
        sum(d.amount) as open_amount,
        max(d.post_date) filter (d.amount <> 0) as last_date,
        -coalesce(sum(d.money), 0) as received_amount,
    from by_day as d
    group by all
    having sum(d.documents) > 0 and count(*) = count(d.amount)
)
select
    p.customer_id,
    p.document_id,
    p.instalment,
    p.invoice_type,
    p.segment,
    p.invoice_date,
    p.due_date,
    cast(p.amount as decimal(38, 2)) as amount,
    cast(p.open_amount as decimal(38, 2)) as open_amount,
    case when p.open_amount = 0 then coalesce(p.last_date, p.invoice_date) end as closed_date,
    cast(p.received_amount as decimal(38, 2)) as received_amount,
    md5_number_lower(p.document_id) as key,
    md5_number_lower(p.customer_id) as customer_key,
from by_part as p
order by p.customer_id, p.document_id, p.instalment
