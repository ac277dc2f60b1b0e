-- name: roll_rate_invoices
-- One row per month end and invoice, or instalment of one, whose money was in one place then and in another a month
-- later. The rows behind a cell of the roll rates; the largest first. Those of which a list of open items settled
-- something are left out: nobody knows when they were paid.
--
-- param as_of: DATE  no month is followed beyond this day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- param from: DATE = null  first month the amounts are taken at the end of; null: 12 months back
-- param to: DATE = null  last such month
-- param from_place: INTEGER = 0  bucket at the month end: 0 is not due
-- param to_place: INTEGER = -1  where the money is a month later: -1 paid, -2 written off, or a bucket
-- returns month_end: DATE  the day the amount is in from_place
-- returns invoice_id: VARCHAR  the invoice
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns due_date: DATE  day it falls due
-- returns open_amount: DECIMAL(38,2)  open on month_end
-- returns amount: DECIMAL(38,2)  of it, in to_place a month later
with flow as (
    select
        part.month_end,
        part.document_id,
        part.instalment,
        part.open_amount,
        case $to_place when -1 then part.paid when -2 then part.written_off else part.kept end as amount,
    from rolled_part_at(
        coalesce($from, roll_month_end($as_of, 11)),
        least(coalesce($to, roll_month_end($as_of, 0)), roll_month_end($as_of, 0)),
        $as_of, $known_on, $currency, $entity, $segment, $limits, $basis
    ) as part
    where part.from_bucket = $from_place and ($to_place < 0 or part.next_bucket = $to_place)
)
select
    flow.month_end,
    flow.document_id as invoice_id,
    part.customer_id,
    coalesce(customer.customer_name, part.customer_id) as customer_name,
    part.due_date,
    cast(flow.open_amount as decimal(38, 2)) as open_amount,
    cast(flow.amount as decimal(38, 2)) as amount,
from flow
inner join receivable_at($known_on, $currency, $entity, $segment) as part
    on part.document_id = flow.document_id and part.instalment = flow.instalment
left join customer_at($known_on) as customer on customer.customer_id = part.customer_id
where flow.amount <> 0
order by amount desc, flow.month_end, flow.document_id, flow.instalment
