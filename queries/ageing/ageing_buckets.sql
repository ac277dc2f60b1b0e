-- name: ageing_buckets
-- One row per ageing bucket, always all of them, youngest first; the last row is money on account.
-- With credits apart the buckets hold invoices only, and credit notes and overpayments are the row before it.
-- Buckets count days past the due date; the due day itself is not overdue.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- param credits: VARCHAR = in  credit notes and overpayments stand in the buckets (in) or in a row of their own (apart)
-- returns bucket: VARCHAR  name of the bucket, credits or unapplied
-- returns position: INTEGER  0 for not due and up; -1 for money on account; -2 for credits
-- returns days_from: INTEGER  first day of the bucket; null for not due, credits and money on account
-- returns days_to: INTEGER  last day of the bucket; null where it has no end
-- returns open_amount: DECIMAL(38,2)  open on the day, incl. VAT
-- returns invoices_open: DECIMAL(38,2)  open on invoices with something open, credit notes and overpayments left out; null for credits and money on account
-- returns share: DOUBLE  share of invoices_open, 0-1; null if nothing is open on invoices
-- returns invoices: BIGINT  open documents; null for money on account
-- returns customers: BIGINT  customers with an amount here
-- returns change_7d: DECIMAL(38,2)  open_amount less that of seven days before
--
-- shape: bucket_rows
with bucket as (
    select cast(numbers.position as integer) as position
    from range(case when $credits = 'apart' then -2 else -1 end, len($limits) + 2) as numbers (position)
),
amount_seen as (
    select
        asked.day,
        case
            when $credits = 'apart' and is_credit(document.invoice_type, document.open_amount) then -2
            else bucket_of(
                date_diff('day', aged_from($basis, document.invoice_date, document.due_date), asked.day), $limits
            )
        end as position,
        document.document_id,
        document.customer_id,
        document.open_amount,
        case when document.invoice_type = 'invoice' then greatest(0, document.open_amount) end as invoice_amount,
    from (values ($as_of)) as asked (day)
    cross join open_document_at($as_of, $known_on, $currency, $entity, $segment) as document
    union all
    select
        asked.day,
        case
            when $credits = 'apart' and is_credit(document.invoice_type, document.open_amount) then -2
            else bucket_of(
                date_diff('day', aged_from($basis, document.invoice_date, document.due_date), asked.day), $limits
            )
        end as position,
        document.document_id,
        document.customer_id,
        document.open_amount,
        case when document.invoice_type = 'invoice' then greatest(0, document.open_amount) end as invoice_amount,
    from (values ($as_of - 7)) as asked (day)
    cross join open_document_at($as_of - 7, $known_on, $currency, $entity, $segment) as document
    union all
    select asked.day, -1 as position, null as document_id, item.customer_id, sum(item.amount) as open_amount,
        null as invoice_amount,
    from (values ($as_of), ($as_of - 7)) as asked (day)
    inner join item_at($known_on, $currency, $entity, $segment) as item
        on item.due_date is null and item.post_date <= asked.day
    group by asked.day, item.customer_id
    having sum(item.amount) <> 0
),
bucket_total as (
    select
        bucket.position,
        coalesce(sum(seen.open_amount) filter (seen.day = $as_of), 0) as open_amount,
        coalesce(sum(seen.open_amount) filter (seen.day < $as_of), 0) as open_amount_before,
        coalesce(sum(seen.invoice_amount) filter (seen.day = $as_of), 0) as invoice_amount,
        count(distinct seen.document_id) filter (seen.day = $as_of) as invoices,
        count(distinct seen.customer_id) filter (seen.day = $as_of) as customers,
    from bucket
    left join amount_seen as seen on seen.position = bucket.position
    group by bucket.position
)
select
    case bucket.position when -1 then 'unapplied' when -2 then 'credits' else cast(bucket.position as varchar) end
        as bucket,
    bucket.position,
    case
        when bucket.position = 1 then 1
        when bucket.position > 1 then $limits[bucket.position - 1] + 1
    end as days_from,
    case when bucket.position = 0 then 0 when bucket.position > 0 then $limits[bucket.position] end as days_to,
    bucket.open_amount,
    case when bucket.position >= 0 then cast(bucket.invoice_amount as decimal(38, 2)) end as invoices_open,
    case
        when bucket.position >= 0
            then ratio(bucket.invoice_amount, sum(bucket.invoice_amount) filter (bucket.position >= 0) over ())
    end as share,
    case when bucket.position <> -1 then bucket.invoices end as invoices,
    bucket.customers,
    bucket.open_amount - bucket.open_amount_before as change_7d,
from bucket_total as bucket
order by bucket.position < 0, bucket.position
