-- name: ageing_buckets
-- One row per ageing bucket, always all of them, youngest first; the last row is money on account.
-- Buckets count days past the due date; the due day itself is not overdue.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- returns bucket: VARCHAR  name of the bucket, or unapplied
-- returns position: INTEGER  0 for not due and up; -1 for money on account
-- returns days_from: INTEGER  first day of the bucket; null for not due and money on account
-- returns days_to: INTEGER  last day of the bucket; null where it has no end
-- returns open_amount: DECIMAL(38,2)  open on the day, incl. VAT
-- returns share: DOUBLE  of what is open without money on account, 0-1; null if nothing is open
-- returns invoices: BIGINT  open documents; null for money on account
-- returns customers: BIGINT  customers with an amount here
-- returns change_7d: DECIMAL(38,2)  open_amount less that of seven days before
--
-- shape: bucket_rows
with bucket as (
    select cast(b.position as integer) as position
    from range(-1, len($limits) + 2) as b (position)
),
seen as (
    select
        d.day,
        bucket_of(date_diff('day', case when $basis = 'invoice' then o.invoice_date else o.due_date end, d.day), $limits)
            as position,
        o.document_id,
        o.customer_id,
        o.open_amount,
    from (values ($as_of)) as d (day)
    cross join open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    union all
    select
        d.day,
        bucket_of(date_diff('day', case when $basis = 'invoice' then o.invoice_date else o.due_date end, d.day), $limits)
            as position,
        o.document_id,
        o.customer_id,
        o.open_amount,
    from (values ($as_of - 7)) as d (day)
    cross join open_document_at($as_of - 7, $known_on, $currency, $entity, $segment) as o
    union all
    select d.day, -1 as position, null as document_id, i.customer_id, sum(i.amount) as open_amount
    from (values ($as_of), ($as_of - 7)) as d (day)
    inner join item_at($known_on, $currency, $entity, $segment) as i on i.due_date is null and i.post_date <= d.day
    group by d.day, i.customer_id
    having sum(i.amount) <> 0
),
summed as (
    select
        b.position,
        coalesce(sum(s.open_amount) filter (s.day = $as_of), 0) as open_amount,
        coalesce(sum(s.open_amount) filter (s.day < $as_of), 0) as open_amount_before,
        count(distinct s.document_id) filter (s.day = $as_of) as invoices,
        count(distinct s.customer_id) filter (s.day = $as_of) as customers,
    from bucket as b
    left join seen as s on s.position = b.position
    group by b.position
)
select
    case when s.position = -1 then 'unapplied' else cast(s.position as varchar) end as bucket,
    s.position,
    case when s.position = 1 then 1 when s.position > 1 then $limits[s.position - 1] + 1 end as days_from,
    case when s.position = 0 then 0 when s.position > 0 then $limits[s.position] end as days_to,
    s.open_amount,
    case
        when s.position >= 0 then cast(s.open_amount as double)
            / nullif(cast(sum(s.open_amount) filter (s.position >= 0) over () as double), 0)
    end as share,
    case when s.position >= 0 then s.invoices end as invoices,
    s.customers,
    s.open_amount - s.open_amount_before as change_7d,
from summed as s
order by s.position = -1, s.position
