-- name: customers
-- One row per customer, known by name or only by its documents: what is open, how late, when it last paid.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param search: VARCHAR = null  only customers whose number or name contains this; case and accents do not count
-- param limit: INTEGER = null  no more rows than this
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  its segment; empty where none is given
-- returns country: VARCHAR  its country
-- returns account_manager: VARCHAR  who looks after it
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns overdue_amount: DECIMAL(38,2)  open on invoices past their due date; credit notes and overpayments are left out
-- returns owed_amount: DECIMAL(38,2)  owed after set-off of its credit, never below 0
-- returns oldest_days_overdue: BIGINT  days past due of the oldest amount it owes, 0 or more; null if nothing is overdue
-- returns open_invoices: BIGINT  open documents
-- returns credit_limit: DECIMAL(18,2)  agreed limit, as recorded
-- returns last_payment_date: DATE  last payment on or before the day
-- returns bounces_365: BIGINT  payments that came back in the 365 days to the day
with customer_in_view as (
    select
        known.customer_id,
        coalesce(customer.customer_name, known.customer_id) as customer_name,
        coalesce(customer.segment, '') as segment,
        customer.country,
        customer.account_manager,
        customer.credit_limit,
    from known_customer_at($known_on) as known
    left join customer_at($known_on) as customer on customer.customer_id = known.customer_id
    where
        ($segment is null or coalesce(customer.segment, '') = $segment)
        and (
            $search is null
            or contains(strip_accents(lower(known.customer_id)), strip_accents(lower($search)))
            or contains(strip_accents(lower(customer.customer_name)), strip_accents(lower($search)))
        )
),
bounces_of_year as (
    select bounce.customer_id, count(*) as bounces
    from bounce_at($as_of, $known_on, $currency, $entity, $segment) as bounce
    where bounce.bounce_date > $as_of - 365
    group by bounce.customer_id
)
select
    customer.customer_id,
    customer.customer_name,
    customer.segment,
    customer.country,
    customer.account_manager,
    coalesce(balance.open_amount, 0) as open_amount,
    coalesce(balance.overdue_amount, 0) as overdue_amount,
    coalesce(balance.owed_amount, 0) as owed_amount,
    balance.oldest_days_overdue,
    coalesce(balance.open_invoices, 0) as open_invoices,
    customer.credit_limit,
    last.last_payment_date,
    coalesce(bounced.bounces, 0) as bounces_365,
from customer_in_view as customer
left join customer_balance_at($as_of, $known_on, $currency, $entity, $segment) as balance
    on balance.customer_id = customer.customer_id
left join last_payment_at($as_of, $known_on) as last on last.customer_id = customer.customer_id
left join bounces_of_year as bounced on bounced.customer_id = customer.customer_id
order by overdue_amount desc, open_amount desc, customer.customer_id
limit $limit
