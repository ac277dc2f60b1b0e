-- name: money_on_account
-- One row per payment line of a customer with money on account: since the day it last had none, so that the rows of a
-- customer add up to what it has on account. Largest first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns payment_id: VARCHAR  the payment
-- returns kind: VARCHAR  payment, reversal and the like
-- returns payment_date: DATE  day of the payment
-- returns unapplied: DECIMAL(38,2)  amount on account, negative; positive where it was applied or paid back
with line_on_account as (
    select
        item.customer_id,
        item.payment_id,
        item.kind,
        item.event_date,
        item.post_date,
        sum(item.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where item.due_date is null and item.post_date <= $as_of
    group by all
    having sum(item.amount) <> 0
),
balance_of_day as (
    select
        line.customer_id,
        line.post_date,
        sum(sum(line.amount)) over (partition by line.customer_id order by line.post_date) as balance,
    from line_on_account as line
    group by line.customer_id, line.post_date
),
account as (
    select
        balance.customer_id,
        coalesce(max(balance.post_date) filter (balance.balance = 0), date '0001-01-01') as last_zero_date,
    from balance_of_day as balance
    group by balance.customer_id
    having arg_max(balance.balance, balance.post_date) <> 0
)
select
    line.customer_id,
    coalesce(customer.customer_name, line.customer_id) as customer_name,
    line.payment_id,
    line.kind,
    line.event_date as payment_date,
    cast(line.amount as decimal(38, 2)) as unapplied,
from line_on_account as line
inner join account on account.customer_id = line.customer_id and line.post_date > account.last_zero_date
left join customer_at($known_on) as customer on customer.customer_id = line.customer_id
order by line.amount, line.customer_id, line.payment_id, line.event_date, line.kind
