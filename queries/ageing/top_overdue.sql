-- name: top_overdue
-- One row per customer that owes an overdue amount after set-off of its credit, largest first, as many as asked for.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param top: INTEGER = 5  how many customers
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  its segment; empty where none is given
-- returns overdue_amount: DECIMAL(38,2)  owed on invoices past their due date, after set-off of its credit
-- returns open_amount: DECIMAL(38,2)  open on the day in the books less credit, without money on account
-- returns oldest_days_overdue: BIGINT  days past due of the oldest amount it owes, 0 or more
-- returns overdue_invoices: BIGINT  invoices past due of which something is owed
-- returns share_of_overdue: DOUBLE  of everything owed past the due date, 0-1
with share_of_customer as (
    select
        balance.*,
        ratio(balance.owed_overdue_amount, sum(balance.owed_overdue_amount) over ()) as share_of_overdue,
    from customer_balance_at($as_of, $known_on, $currency, $entity, $segment) as balance
)
select
    share.customer_id,
    coalesce(customer.customer_name, share.customer_id) as customer_name,
    share.segment,
    share.owed_overdue_amount as overdue_amount,
    share.open_amount,
    share.oldest_days_overdue,
    share.overdue_invoices,
    share.share_of_overdue,
from share_of_customer as share
left join customer_at($known_on) as customer on customer.customer_id = share.customer_id
where share.owed_overdue_amount > 0
order by share.owed_overdue_amount desc, share.customer_id
limit $top
