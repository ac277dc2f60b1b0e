-- name: top_overdue
-- One row per customer with an overdue amount, largest first, as many as asked for.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param top: INTEGER = 5  how many customers
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  its segment; empty where none is given
-- returns overdue_amount: DECIMAL(38,2)  past the due date, less overdue credit
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns oldest_days_overdue: BIGINT  days past due of the oldest amount it owes
-- returns overdue_invoices: BIGINT  documents past due
-- returns share_of_overdue: DOUBLE  of everything overdue, 0-1
with owed as (
    select
        o.customer_id,
        any_value(o.segment) as segment,
        coalesce(sum(o.open_amount) filter (o.due_date < $as_of), 0) as overdue_amount,
        sum(o.open_amount) as open_amount,
        max(date_diff('day', o.due_date, $as_of)) filter (o.due_date < $as_of and o.open_amount > 0)
            as oldest_days_overdue,
        count(distinct o.document_id) filter (o.due_date < $as_of) as overdue_invoices,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    group by o.customer_id
),
shared as (
    select
        o.*,
        cast(o.overdue_amount as double) / nullif(cast(sum(o.overdue_amount) over () as double), 0) as share_of_overdue,
    from owed as o
)
select
    s.customer_id,
    coalesce(c.customer_name, s.customer_id) as customer_name,
    s.segment,
    s.overdue_amount,
    s.open_amount,
    s.oldest_days_overdue,
    s.overdue_invoices,
    s.share_of_overdue,
from shared as s
left join customer_at($known_on) as c on c.customer_id = s.customer_id
where s.overdue_amount > 0
order by s.overdue_amount desc, s.customer_id
limit $top
