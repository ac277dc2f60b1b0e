-- name: due_month_invoices
-- One row per invoice, or instalment of one, that fell due in a month: its amount and what was collected of it by a
-- day. The rows behind a cell of the cohort map; the largest first. Those that a list settled are left out.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param month: DATE = null  any day of the due month; null: that of as_of
-- param until: DATE = null  last day of what was collected; null: as_of
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns invoice_date: DATE  date of the invoice
-- returns due_date: DATE  day it falls due
-- returns amount_due: DECIMAL(38,2)  amount of the invoice or instalment, without what was credited or cancelled
-- returns collected: DECIMAL(38,2)  paid of it by the day
with due_part as (
    select
        item.document_id,
        item.instalment,
        item.due_date,
        coalesce(sum(item.amount) filter (is_billing(item.kind) or is_credited(item.kind)), 0) as amount_due,
        coalesce(-sum(item.amount) filter (
            is_receipt(item.kind) and item.post_date <= coalesce($until, $as_of)
        ), 0) as collected,
    from standing_item_at($as_of, $known_on, $currency, $entity, $segment) as item
    where
        item.invoice_type = 'invoice'
        and item.post_date <= $as_of
        and date_trunc('month', item.due_date) = date_trunc('month', coalesce($month, $as_of))
    group by item.document_id, item.instalment, item.due_date
)
select
    part.document_id as invoice_id,
    part.customer_id,
    coalesce(customer.customer_name, part.customer_id) as customer_name,
    part.invoice_date,
    due.due_date,
    cast(due.amount_due as decimal(38, 2)) as amount_due,
    cast(due.collected as decimal(38, 2)) as collected,
from due_part as due
inner join receivable_at($known_on, $currency, $entity, $segment) as part
    on part.document_id = due.document_id and part.instalment = due.instalment
left join customer_at($known_on) as customer on customer.customer_id = part.customer_id
where (due.amount_due <> 0 or due.collected <> 0) and still_runs(part.listed_date, $as_of)
order by due.amount_due desc, part.document_id, part.instalment
