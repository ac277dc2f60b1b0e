-- name: customer_ledger
-- One row per booking on a customer's account, oldest first, with the balance after it.
-- The last balance is the customer's total in the ageing of the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns post_date: DATE  day from which it counts
-- returns document_id: VARCHAR  the document; null for money that names none
-- returns payment_id: VARCHAR  the payment; null on the document's own bookings
-- returns kind: VARCHAR  invoice, credit_note, cancellation, or a kind of settlement
-- returns due_date: DATE  day it falls due; null for money on account
-- returns amount: DECIMAL(38,2)  amount it adds to the account, payments negative
-- returns balance: DECIMAL(38,2)  amount the customer owes after it
with booking as (
    select
        item.post_date,
        item.document_id,
        item.payment_id,
        item.kind,
        item.due_date,
        item.event_date,
        standing_sum(item.amount, item.weight) as amount,
    from item_at($known_on, $currency, $entity, null) as item
    where item.customer_id = $customer and item.post_date <= $as_of
    group by all
    having sum(item.document_amount) <> 0
),
-- A document comes before the bookings on it; a payment leaves the account before it reaches the document.
numbered_booking as (
    select
        booking.*,
        row_number() over (
            order by
                booking.post_date,
                booking.payment_id is not null,
                booking.document_id,
                booking.event_date,
                booking.payment_id,
                booking.due_date nulls first,
                booking.kind,
                booking.amount
        ) as number,
    from booking
)
select
    booking.post_date,
    booking.document_id,
    booking.payment_id,
    booking.kind,
    booking.due_date,
    booking.amount,
    cast(coalesce(sum(booking.amount) over (order by booking.number), 0) as decimal(38, 2)) as balance,
from numbered_booking as booking
order by booking.number
