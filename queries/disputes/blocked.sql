-- name: blocked
-- One row per invoice with something open that is in an open dispute on the day; largest open amount first.
-- An invoice with several open disputes counts once, under the one that was opened first.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns account_manager: VARCHAR  who looks after the customer
-- returns opened_date: DATE  day the dispute was opened
-- returns reason: VARCHAR  why, as recorded
-- returns days_open: BIGINT  days from then to the day
-- returns due_date: DATE  day the invoice, or what is open of it first, falls due
-- returns days_overdue: BIGINT  days past it, negative before it
-- returns open_amount: DECIMAL(38,2)  what is open of the invoice, disputed or not: what waits
with held as (
    select d.invoice_id, d.opened_date, d.reason
    from open_dispute_at($as_of, $known_on) as d
    qualify row_number() over (partition by d.invoice_id order by d.opened_date) = 1
),
open_invoice as (
    select
        o.document_id,
        o.customer_id,
        min(o.due_date) as due_date,
        sum(o.open_amount) as open_amount,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    where o.invoice_type = 'invoice' and o.document_id in (select h.invoice_id from held as h)
    group by all
    having sum(o.open_amount) > 0
)
select
    o.document_id as invoice_id,
    o.customer_id,
    coalesce(c.customer_name, o.customer_id) as customer_name,
    c.account_manager,
    h.opened_date,
    h.reason,
    date_diff('day', h.opened_date, $as_of) as days_open,
    o.due_date,
    date_diff('day', o.due_date, $as_of) as days_overdue,
    cast(o.open_amount as decimal(38, 2)) as open_amount,
from open_invoice as o
inner join held as h on h.invoice_id = o.document_id
left join customer_at($known_on) as c on c.customer_id = o.customer_id
order by o.open_amount desc, o.document_id
