-- name: customer_ledger
-- One row per booking on a customer's account, oldest first, with the balance after it.
-- The last balance is the customer's total in the ageing of the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns post_date: DATE  day from which it counts
-- returns document_id: VARCHAR  the document; null for money that names none
-- returns payment_id: VARCHAR  the payment; null on the document's own bookings
-- returns kind: VARCHAR  invoice, credit_note, cancellation, payment, credit, write_off or reversal
-- returns due_date: DATE  day it falls due; null for money on account
-- returns amount: DECIMAL(38,2)  what it adds to the account, payments negative
-- returns balance: DECIMAL(38,2)  what the customer owes after it
with booking as (
    select
        i.post_date,
        i.document_id,
        i.payment_id,
        i.kind,
        i.due_date,
        i.event_date,
        standing_sum(i.amount, i.weight) as amount,
    from item_at($known_on, $currency, $entity, null) as i
    where i.customer_id = $customer and i.post_date <= $as_of
    group by all
    having sum(i.document_amount) <> 0
),
-- A document comes before what is booked on it; a payment leaves the account before it reaches the document.
numbered as (
    select
        b.*,
        row_number() over (
            order by
                b.post_date,
                b.payment_id is not null,
                b.document_id,
                b.event_date,
                b.payment_id,
                b.due_date nulls first,
                b.kind
        ) as number,
    from booking as b
)
select
    n.post_date,
    n.document_id,
    n.payment_id,
    n.kind,
    n.due_date,
    n.amount,
    cast(coalesce(sum(n.amount) over (order by n.number), 0) as decimal(38, 2)) as balance,
from numbered as n
order by n.number
