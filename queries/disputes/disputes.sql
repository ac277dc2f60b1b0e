-- name: disputes
-- One row per dispute about a document in the books, opened on or before the day; open ones first, largest first.
-- A dispute that names an unknown document has no row; the findings list it.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns opened_date: DATE  day it was opened
-- returns closed_date: DATE  day it was closed; null while open on the day
-- returns reason: VARCHAR  why, as recorded
-- returns amount: DECIMAL(38,2)  what is disputed
-- returns days_open: BIGINT  days from opening to closing, or to the day
-- returns is_open: BOOLEAN  not closed on or before the day
with found as (
    select
        d.invoice_id,
        i.customer_id,
        coalesce(c.customer_name, i.customer_id) as customer_name,
        c.account_manager,
        i.currency,
        i.invoice_date,
        d.opened_date,
        case when d.closed_date <= $as_of then d.closed_date end as closed_date,
        d.reason,
        d.amount,
    from dispute_at($known_on) as d
    inner join invoice_at($known_on) as i on i.invoice_id = d.invoice_id
    left join customer_at($known_on) as c on c.customer_id = i.customer_id
    where
        d.opened_date <= $as_of
        and ($currency is null or i.currency = $currency)
        and ($entity is null or coalesce(i.entity, '') = $entity)
        and ($segment is null or coalesce(c.segment, '') = $segment)
        and ($customer is null or i.customer_id = $customer)
)
select
    f.invoice_id,
    f.customer_id,
    f.customer_name,
    f.account_manager,
    f.opened_date,
    f.closed_date,
    f.reason,
    cast(converted(f.amount, case
            when $currency is not null or f.currency = reporting_currency_at($known_on) then cast(1 as decimal(18, 10))
            else r.rate
        end) as decimal(38, 2)) as amount,
    date_diff('day', f.opened_date, coalesce(f.closed_date, $as_of)) as days_open,
    f.closed_date is null as is_open,
from found as f
asof left join fx_rate_at($known_on) as r on r.currency = f.currency and r.rate_date <= f.invoice_date
order by is_open desc, amount desc, f.invoice_id, f.opened_date
