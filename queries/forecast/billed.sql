-- name: billed
-- One row per document, or cancellation of one, in the period to the day; largest first.
-- Together they are the billings behind DSO, turnover and the dispute rate.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 90  days of the period, the day itself the last
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns kind: VARCHAR  invoice, credit_note or cancellation
-- returns event_date: DATE  day of the document or its cancellation
-- returns amount: DECIMAL(38,2)  incl. VAT; credit notes and cancellations negative
with billed as (
    select
        i.document_id,
        i.customer_id,
        i.kind,
        i.post_date,
        standing_sum(i.amount, i.weight) as amount,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.kind in ('invoice', 'credit_note', 'cancellation')
        and i.post_date > $as_of - $period
        and i.post_date <= $as_of
    group by all
    having sum(i.weight) > 0
)
select
    b.document_id as invoice_id,
    b.customer_id,
    coalesce(c.customer_name, b.customer_id) as customer_name,
    b.kind,
    b.post_date as event_date,
    b.amount,
from billed as b
left join customer_at($known_on) as c on c.customer_id = b.customer_id
order by b.amount desc, b.document_id, b.kind
