-- name: payment_practices
-- One row per side, what customers paid to us and what we paid to suppliers: how soon, of the documents paid in full in
-- a period. Days count from the date of the invoice or bill to the last payment on it. For reports on payment practices.
--
-- param as_of: DATE  last day of the period
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration; of customers, bills know none
-- param segment: VARCHAR = null  only this segment; of customers
-- param from: DATE = null  first day of the period; null: a day after the last day, six months earlier
-- returns side: VARCHAR  customers or suppliers
-- returns first_day: DATE  first day of the period
-- returns documents: BIGINT  invoices or bills paid in full in the period
-- returns amount: DECIMAL(38,2)  their amount, less what was credited; without documents that have no rate
-- returns mean_days: DOUBLE  mean days from the document to its last payment, each document as heavy as the next, 0 or more
-- returns share_within_30: DOUBLE  of the documents, paid within 30 days, 0-1; null if there are none
-- returns share_31_60: DOUBLE  of the documents, paid after 31 to 60 days, 0-1
-- returns share_over_60: DOUBLE  of the documents, paid after more than 60 days, 0-1
-- returns share_late: DOUBLE  of the documents, paid after the due date, the last one of instalments, 0-1
-- returns amount_share_within_30: DOUBLE  of the amount, paid within 30 days, 0-1; null if there is none
-- returns amount_share_31_60: DOUBLE  of the amount, paid after 31 to 60 days, 0-1
-- returns amount_share_over_60: DOUBLE  of the amount, paid after more than 60 days, 0-1
with period as (
    select coalesce($from, cast($as_of - interval 6 month as date) + 1) as first_day
),
-- What stood at the end of the period: a payment that came back later does not change it.
item_in_view as (
    select item.*
    from item_at($known_on, $currency, $entity, $segment) as item
    where item.invoice_type = 'invoice' and item.due_date is not null and item.post_date <= $as_of
),
invoice_day as (
    select
        item.document_id,
        item.invoice_date,
        item.post_date,
        max(item.due_date) as due_date,
        sum(item.document_amount) as document_amount,
        coalesce(-sum(item.document_amount) filter (is_receipt(item.kind)), 0) as received,
        coalesce(sum(item.document_amount) filter (is_loss(item.kind)), 0) as lost,
        coalesce(sum(item.weight) filter (is_listed(item.kind)), 0) as listed,
        coalesce(sum(item.amount) filter (not is_receipt(item.kind)), 0) as amount,
    from unreversed('item_in_view') as item
    group by item.document_id, item.invoice_date, item.post_date
),
open_after_day as (
    select
        day.*,
        sum(day.document_amount) over (partition by day.document_id order by day.post_date) as open_amount,
    from invoice_day as day
),
-- Paid on the first day since when nothing is open; what is credited or written off as a whole was not paid, and of what
-- a list settled nobody knows when.
invoice_paid as (
    select
        day.document_id,
        any_value(day.invoice_date) as invoice_date,
        max(day.due_date) as due_date,
        min(day.post_date) filter (day.post_date > coalesce(day.last_open_day, day.invoice_date - 1)) as paid_on,
        sum(day.amount) as amount,
    from (
        select
            open_after.*,
            max(open_after.post_date) filter (open_after.open_amount > 0) over (
                partition by open_after.document_id
            ) as last_open_day,
        from open_after_day as open_after
    ) as day
    group by day.document_id
    having
        arg_max(day.open_amount, day.post_date) <= 0
        and sum(day.received) > 0
        and sum(day.lost) = 0
        and sum(day.listed) = 0
),
bill_in_view as (
    select bill.bill_id, bill.bill_date, bill.due_date, bill.currency, bill.bill_date as rate_day, bill.amount
    from bill_at($known_on) as bill
    where
        bill.bill_date <= $as_of
        and bill.amount > 0
        and ($currency is null or bill.currency = $currency)
        and $entity is null
        and $segment is null
),
bill_paid as (
    select payment.bill_id, max(payment.paid_on) as paid_on, sum(payment.amount) as amount
    from bill_payment_at($known_on) as payment
    where payment.paid_on <= $as_of
    group by payment.bill_id
),
document_paid as (
    select
        'customers' as side,
        date_diff('day', invoice.invoice_date, invoice.paid_on) as days,
        invoice.paid_on > invoice.due_date as is_late,
        invoice.amount,
        invoice.paid_on,
    from invoice_paid as invoice
    union all
    select
        'suppliers' as side,
        date_diff('day', bill.bill_date, paid.paid_on) as days,
        paid.paid_on > bill.due_date as is_late,
        converted(bill.amount, bill.rate) as amount,
        paid.paid_on,
    from with_rate('bill_in_view', $known_on, $currency) as bill
    inner join bill_paid as paid on paid.bill_id = bill.bill_id
    where paid.amount >= bill.amount
),
side as (
    select unnest(['customers', 'suppliers']) as side
)
select
    side.side,
    period.first_day,
    count(paid.side) as documents,
    cast(coalesce(sum(paid.amount), 0) as decimal(38, 2)) as amount,
    cast(avg(paid.days) as double) as mean_days,
    ratio(count(paid.side) filter (paid.days <= 30), count(paid.side)) as share_within_30,
    ratio(count(paid.side) filter (paid.days between 31 and 60), count(paid.side)) as share_31_60,
    ratio(count(paid.side) filter (paid.days > 60), count(paid.side)) as share_over_60,
    ratio(count(paid.side) filter (paid.is_late), count(paid.side)) as share_late,
    share_of(coalesce(sum(paid.amount) filter (paid.days <= 30), 0), sum(paid.amount)) as amount_share_within_30,
    share_of(coalesce(sum(paid.amount) filter (paid.days between 31 and 60), 0), sum(paid.amount))
        as amount_share_31_60,
    share_of(coalesce(sum(paid.amount) filter (paid.days > 60), 0), sum(paid.amount)) as amount_share_over_60,
from side
cross join period
left join document_paid as paid on paid.side = side.side and paid.paid_on >= period.first_day
group by side.side, period.first_day
order by side.side
