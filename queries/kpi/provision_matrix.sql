-- name: provision_matrix
-- One row per ageing bucket, youngest first: what is open excl. VAT, the share of it expected to be lost, and the loss.
-- The loss rate is that of the absorbing chain of the last 12 months' roll rates (paid and written off absorb);
-- invoices settled by a list of open items are no history of it.
-- No VAT known counts as no VAT; credit notes and overpaid documents lower their bucket; money on account is left out.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
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
with recursive roll_share as materialized (
    select
        roll.from_bucket,
        roll.to_bucket,
        sum(roll.amount) / sum(sum(roll.amount)) over (partition by roll.from_bucket) as share,
    from roll_at(
        roll_month_end($as_of, 11), roll_month_end($as_of, 0), $as_of,
        $known_on, $currency, $entity, $segment, $limits, $basis
    ) as roll
    group by roll.from_bucket, roll.to_bucket
),
-- Money never moves to a younger bucket, so the chain is solved from the oldest bucket down.
loss_rates as (
    select len($limits) + 2 as bucket, cast([] as double[]) as rates,
    union all
    select
        chain.bucket - 1 as bucket,
        list_prepend(
            case
                when
                    count(roll.to_bucket) filter (
                        roll.to_bucket >= chain.bucket and chain.rates[roll.to_bucket - chain.bucket + 1] is null
                    ) = 0
                    then
                        (
                            coalesce(sum(roll.share order by roll.to_bucket) filter (roll.to_bucket = -2), 0)
                            + coalesce(
                                sum(roll.share * chain.rates[roll.to_bucket - chain.bucket + 1] order by roll.to_bucket)
                                    filter (roll.to_bucket >= chain.bucket),
                                0
                            )
                        )
                        / nullif(
                            sum(roll.share order by roll.to_bucket) filter (roll.to_bucket <> chain.bucket - 1), 0
                        )
            end,
            chain.rates
        ) as rates,
    from loss_rates as chain
    left join roll_share as roll on roll.from_bucket = chain.bucket - 1
    where chain.bucket > 0
    group by chain.bucket, chain.rates
),
bucket_loss as (
    select unnest(range(len(chain.rates))) as bucket, unnest(chain.rates) as loss_rate,
    from loss_rates as chain
    where chain.bucket = 0
),
open_part as (
    select
        item.document_id,
        aged_from($basis, item.invoice_date, item.due_date) as aged_from,
        sum(item.amount) as amount,
    from item_at($known_on, $currency, $entity, $segment) as item
    where
        item.due_date is not null
        and item.post_date <= $as_of
        and item.document_id in (
            select part.document_id
            from receivable_at($known_on, $currency, $entity, $segment) as part
            where still_runs(part.closed_date, $as_of)
        )
    group by all
    having sum(item.amount) <> 0
),
open_excl_vat as (
    select
        bucket_of(date_diff('day', part.aged_from, $as_of), $limits) as bucket,
        sum(
            cast(round(part.amount * (1 - coalesce(invoice.vat_amount, 0) / invoice.amount), 2) as decimal(18, 2))
        ) as amount,
    from open_part as part
    inner join invoice_at($known_on) as invoice on invoice.invoice_id = part.document_id
    group by all
)
select
    cast(loss.bucket as varchar) as bucket,
    cast(coalesce(exposed.amount, 0) as decimal(38, 2)) as open_amount_excl_vat,
    loss.loss_rate,
    cast(round(coalesce(exposed.amount, 0) * loss.loss_rate, 2) as decimal(38, 2)) as expected_loss,
from bucket_loss as loss
left join open_excl_vat as exposed on exposed.bucket = loss.bucket
order by loss.bucket
