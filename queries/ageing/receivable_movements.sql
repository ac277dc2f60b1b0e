-- name: receivable_movements
-- One row per document, payment and day that changed the receivables in the period to the day; largest first.
-- The rows of a line add up to that line of `receivables_moved`.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param days: INTEGER = 7  days of the period, the day itself the last
-- param line: VARCHAR = null  only this line: invoiced, credited, received, written_off, discounts, listed, exchange or recovered
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_id: VARCHAR  the document; null: money on account
-- returns payment_id: VARCHAR  the payment; null: the document itself
-- returns kind: VARCHAR  invoice, payment, credit and the like
-- returns post_date: DATE  day it changed the receivables
-- returns amount: DECIMAL(38,2)  what it adds to the receivables; payments and credits are negative
with movement as (
    select
        item.customer_id,
        item.document_id,
        item.payment_id,
        item.kind,
        item.post_date,
        sum(item.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        item.post_date > $as_of - $days
        and item.post_date <= $as_of
        and ($line is null or tie_out_line(item.kind) = $line)
    group by all
    having sum(item.amount) <> 0
)
select
    movement.customer_id,
    coalesce(customer.customer_name, movement.customer_id) as customer_name,
    movement.document_id as invoice_id,
    movement.payment_id,
    movement.kind,
    movement.post_date,
    cast(movement.amount as decimal(38, 2)) as amount,
from movement
left join customer_at($known_on) as customer on customer.customer_id = movement.customer_id
order by abs(movement.amount) desc, movement.document_id, movement.payment_id, movement.kind, movement.post_date
