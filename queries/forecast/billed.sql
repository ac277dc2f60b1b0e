-- name: billed
-- One row per document, or cancellation of one, in the period to the day; largest first.
-- Together they are the billings behind DSO, turnover and the dispute rate.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
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
with billing as (
    select
        item.document_id,
        item.customer_id,
        item.kind,
        item.post_date,
        standing_sum(item.amount, item.weight) as amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        is_billing(item.kind)
        and item.post_date > $as_of - $period
        and item.post_date <= $as_of
    group by all
    having sum(item.weight) > 0
)
select
    billing.document_id as invoice_id,
    billing.customer_id,
    coalesce(customer.customer_name, billing.customer_id) as customer_name,
    billing.kind,
    billing.post_date as event_date,
    billing.amount,
from billing
left join customer_at($known_on) as customer on customer.customer_id = billing.customer_id
order by billing.amount desc, billing.document_id, billing.kind
