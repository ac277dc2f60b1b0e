-- name: provision_matrix
-- One row per ageing bucket, youngest first: what is open excl. VAT, the share of it expected to be lost, and the loss.
-- The loss rate is that of the absorbing chain of the last 12 months' roll rates (paid and written off absorb);
-- no VAT known counts as no VAT; credit notes and overpaid documents lower their bucket; money on account is left out.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param limits: INTEGER[] = 30,60,90  last day of each bucket but the final one
-- param basis: VARCHAR = due  age counts from the due date (due) or the invoice date (invoice)
-- returns bucket: VARCHAR  the bucket
-- returns open_amount_excl_vat: DECIMAL(38,2)  open amounts less the VAT in them
-- returns loss_rate: DOUBLE  share expected to end as written off, 0-1; null without history of the bucket
-- returns expected_loss: DECIMAL(38,2)  loss_rate of the open amount; null where that is null
--
-- shape: bucket_rows
with recursive rolled as materialized (
    select
        r.from_bucket,
        r.to_bucket,
        sum(r.amount) / sum(sum(r.amount)) over (partition by r.from_bucket) as share,
    from roll_at(
        last_day(cast(date_trunc('month', $as_of + 1) - interval 13 month as date)), last_day(cast(date_trunc('month', $as_of + 1) - interval 2 month as date)), $known_on, $currency, $entity, $segment, $limits, $basis
    ) as r
    group by r.from_bucket, r.to_bucket
),
-- Money never moves to a younger bucket, so the chain is solved from the oldest bucket down.
solved as (
    select len($limits) + 2 as bucket, cast([] as double[]) as rates,
    union all
    select
        s.bucket - 1 as bucket,
        list_prepend(
            case
                when count(r.to_bucket) filter (r.to_bucket >= s.bucket and s.rates[r.to_bucket - s.bucket + 1] is null)
                    = 0
                    then
                        (
                            coalesce(sum(r.share order by r.to_bucket) filter (r.to_bucket = -2), 0)
                            + coalesce(
                                sum(r.share * s.rates[r.to_bucket - s.bucket + 1] order by r.to_bucket)
                                    filter (r.to_bucket >= s.bucket),
                                0
                            )
                        )
                        / nullif(sum(r.share order by r.to_bucket) filter (r.to_bucket <> s.bucket - 1), 0)
            end,
            s.rates
        ) as rates,
    from solved as s
    left join rolled as r on r.from_bucket = s.bucket - 1
    where s.bucket > 0
    group by s.bucket, s.rates
),
loss as (
    select unnest(range(len(s.rates))) as bucket, unnest(s.rates) as loss_rate,
    from solved as s
    where s.bucket = 0
),
open_part as (
    select
        i.document_id,
        case when $basis = 'invoice' then i.invoice_date else i.due_date end as aged_from,
        sum(i.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.due_date is not null
        and i.post_date <= $as_of
        and i.document_id in (
            select r.document_id
            from receivable_at($known_on, $currency, $entity, $segment) as r
            where r.closed_date is null or r.closed_date > $as_of
        )
    group by all
    having sum(i.amount) <> 0
),
exposed as (
    select
        bucket_of(date_diff('day', o.aged_from, $as_of), $limits) as bucket,
        sum(cast(round(o.amount * (1 - coalesce(v.vat_amount, 0) / v.amount), 2) as decimal(18, 2))) as amount,
    from open_part as o
    inner join invoice_at($known_on) as v on v.invoice_id = o.document_id
    group by all
)
select
    cast(l.bucket as varchar) as bucket,
    cast(coalesce(e.amount, 0) as decimal(38, 2)) as open_amount_excl_vat,
    l.loss_rate,
    cast(round(coalesce(e.amount, 0) * l.loss_rate, 2) as decimal(38, 2)) as expected_loss,
from loss as l
left join exposed as e on e.bucket = l.bucket
order by l.bucket
