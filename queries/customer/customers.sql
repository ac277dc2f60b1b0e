-- name: customers
-- One row per customer, known by name or only by its documents: what is open, how late, when it last paid.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
-- returns overdue_amount: DECIMAL(38,2)  past the due date
-- returns oldest_days_overdue: BIGINT  days past due of the oldest amount it owes; null if nothing is overdue
-- returns open_invoices: BIGINT  open documents
-- returns credit_limit: DECIMAL(18,2)  agreed limit, as recorded
-- returns last_payment_date: DATE  last payment on or before the day
with named as (
    select c.customer_id from customer_at($known_on) as c
    union
    select i.customer_id from item_at($known_on, null, null, null) as i
    group by i.customer_id
    having sum(i.weight) <> 0
),
found as (
    select
        n.customer_id,
        coalesce(c.customer_name, n.customer_id) as customer_name,
        coalesce(c.segment, '') as segment,
        c.country,
        c.account_manager,
        c.credit_limit,
    from named as n
    left join customer_at($known_on) as c on c.customer_id = n.customer_id
    where
        ($segment is null or coalesce(c.segment, '') = $segment)
        and (
            $search is null
            or contains(strip_accents(lower(n.customer_id)), strip_accents(lower($search)))
            or contains(strip_accents(lower(c.customer_name)), strip_accents(lower($search)))
        )
),
owed as (
    select
        o.customer_id,
        sum(o.open_amount) as open_amount,
        sum(o.open_amount) filter (o.due_date < $as_of) as overdue_amount,
        max(date_diff('day', o.due_date, $as_of)) filter (o.due_date < $as_of and o.open_amount > 0)
            as oldest_days_overdue,
        count(distinct o.document_id) as open_invoices,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    group by o.customer_id
),
paid as (
    select s.customer_id, max(s.payment_date) as last_payment_date
    from settlement_at($known_on) as s
    where coalesce(s.kind, 'payment') = 'payment' and s.amount > 0 and s.payment_date <= $as_of
    group by s.customer_id
)
select
    f.customer_id,
    f.customer_name,
    f.segment,
    f.country,
    f.account_manager,
    coalesce(o.open_amount, 0) as open_amount,
    coalesce(o.overdue_amount, 0) as overdue_amount,
    o.oldest_days_overdue,
    coalesce(o.open_invoices, 0) as open_invoices,
    f.credit_limit,
    p.last_payment_date,
from found as f
left join owed as o on o.customer_id = f.customer_id
left join paid as p on p.customer_id = f.customer_id
order by overdue_amount desc, open_amount desc, f.customer_id
limit $limit
