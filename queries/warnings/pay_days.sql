-- name: pay_days
-- One row per customer and day on which more money came in than was returned, by the day; and the day from which none
-- of it stands, because it came back.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns customer_id: VARCHAR  who paid
-- returns payment_date: DATE  day the money came in
-- returns returned_date: DATE  day on which the last of it had come back; null: some of it stands
with receipt as (
    select
        item.customer_id,
        item.event_date as payment_date,
        -sum(item.amount) as amount,
        -sum(item.document_amount) as document_amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where is_receipt(item.kind) and item.event_date <= $as_of
    group by item.customer_id, item.event_date
    having sum(item.amount) < 0
),
returned as (
    select
        change.customer_id,
        change.event_date as payment_date,
        change.from_date,
        sum(sum(change.document_amount)) over (
            partition by change.customer_id, change.event_date order by change.from_date
        ) as amount_so_far,
    from item_change_at($as_of, $known_on, $currency, $entity, $segment) as change
    where is_payment(change.kind)
    group by change.customer_id, change.event_date, change.from_date
    having sum(change.document_amount) > 0
)
select
    receipt.customer_id,
    receipt.payment_date,
    min(returned.from_date) filter (returned.amount_so_far >= receipt.document_amount) as returned_date,
from receipt
left join returned
    on returned.customer_id = receipt.customer_id and returned.payment_date = receipt.payment_date
group by receipt.customer_id, receipt.payment_date
order by receipt.payment_date, receipt.customer_id
