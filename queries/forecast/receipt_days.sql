-- name: receipt_days
-- One row per customer and day money came in by the day, less what was returned; write-offs and credits are no money.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns customer_id: VARCHAR  who paid
-- returns segment: VARCHAR  the customer's segment
-- returns payment_date: DATE  day the money came in
-- returns amount: DECIMAL(38,2)  received; negative where more was returned
select
    item.customer_id,
    item.segment,
    item.event_date as payment_date,
    cast(-sum(item.amount) as decimal(38, 2)) as amount,
from item_at($known_on, $currency, $entity, $segment) as item
where is_receipt(item.kind) and item.event_date <= $as_of
group by item.customer_id, item.segment, item.event_date
having sum(item.amount) <> 0
order by item.event_date, item.customer_id, item.segment
