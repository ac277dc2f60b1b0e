-- The name of where money is a month later; a number of a bucket stays one.
create or replace macro roll_target(in_bucket) as
    case in_bucket when -1 then 'paid' when -2 then 'written_off' else cast(in_bucket as varchar) end;

-- The month end so many months before the last one whose next month is over on a day.
create or replace macro roll_month_end(in_as_of, in_months) as
    last_day(cast(date_trunc('month', in_as_of + 1) - to_months(in_months + 2) as date));

-- One row per month end and invoice part open then: its bucket, and what of its amount is paid, written off or kept a
-- month later, in which bucket. Credit notes and overpaid parts (negative) are left out. A credited or cancelled amount
-- counts as paid. Parts of which a list settled something by in_as_of are left out of every month: nobody knows in which
-- they were paid. in_first, in_last: month ends.
create or replace macro rolled_part_at(
    in_first, in_last, in_as_of, in_known_on, in_currency, in_entity, in_segment, in_limits, in_basis
) as table
with month as (
    select
        last_day(cast(months.start as date)) as month_end,
        last_day(cast(months.start as date) + 32) as next_end,
    from (
        select unnest(generate_series(
            date_trunc('month', in_first), date_trunc('month', in_last), interval 1 month
        )) as start
    ) as months
),
open_part as (
    select
        month.month_end,
        month.next_end,
        part.document_id,
        part.instalment,
        aged_from(in_basis, part.invoice_date, part.due_date) as aged_from,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    inner join month
        on part.invoice_date <= month.month_end and still_runs(part.closed_date, month.month_end)
    where part.invoice_type = 'invoice' and still_runs(part.listed_date, in_as_of)
),
part_next_month as (
    select
        part.month_end,
        part.next_end,
        part.aged_from,
        part.document_id,
        part.instalment,
        sum(item.amount) filter (item.post_date <= part.month_end) as open_amount,
        coalesce(sum(item.amount), 0) as next_amount,
        coalesce(-sum(item.amount) filter (is_loss(item.kind) and item.post_date > part.month_end), 0)
            as written_off,
    from open_part as part
    inner join item_at(in_known_on, in_currency, in_entity, in_segment) as item
        on
            item.document_id = part.document_id
            and item.instalment = part.instalment
            and item.post_date <= part.next_end
    where item.due_date is not null
    group by part.month_end, part.next_end, part.aged_from, part.document_id, part.instalment
),
split_part as (
    select
        part.month_end,
        part.document_id,
        part.instalment,
        bucket_of(date_diff('day', part.aged_from, part.month_end), in_limits) as from_bucket,
        bucket_of(date_diff('day', part.aged_from, part.next_end), in_limits) as next_bucket,
        part.open_amount,
        least(part.open_amount, greatest(part.next_amount, 0)) as kept,
        greatest(part.written_off, 0) as written_off,
    from part_next_month as part
    where part.open_amount > 0
)
select
    part.month_end,
    part.document_id,
    part.instalment,
    part.from_bucket,
    part.next_bucket,
    part.open_amount,
    part.kept,
    least(part.open_amount - part.kept, part.written_off) as written_off,
    part.open_amount - part.kept - least(part.open_amount - part.kept, part.written_off) as paid,
from split_part as part;

-- One row per month end, bucket and where its money is a month later. to_bucket: -1 paid, -2 written off.
create or replace macro roll_at(
    in_first, in_last, in_as_of, in_known_on, in_currency, in_entity, in_segment, in_limits, in_basis
) as table
with bucket_flow as (
    select
        part.month_end,
        part.from_bucket,
        part.next_bucket,
        sum(part.kept) as kept,
        sum(part.written_off) as written_off,
        sum(part.paid) as paid,
    from rolled_part_at(
        in_first, in_last, in_as_of, in_known_on, in_currency, in_entity, in_segment, in_limits, in_basis
    ) as part
    group by all
)
select flow.month_end, flow.from_bucket, target.to_bucket, sum(target.amount) as amount,
from bucket_flow as flow
cross join lateral (
    values (flow.next_bucket, flow.kept), (-1, flow.paid), (-2, flow.written_off)
) as target (to_bucket, amount)
where target.amount <> 0
group by all;

-- One row per due date and day posted: what invoices fell due for and what came in on them, by the end of a day. A
-- cancelled or credited amount was never to be collected and leaves the amount due; a written-off amount stays in it.
-- Parts of which a list settled something by then are left out: nobody knows when that came in.
create or replace macro collected_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select
    item.due_date,
    item.post_date,
    coalesce(sum(item.amount) filter (is_billing(item.kind) or is_credited(item.kind)), 0) as amount_due,
    coalesce(-sum(item.amount) filter (is_receipt(item.kind)), 0) as collected,
from standing_item_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as item
anti join receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    on
        part.document_id = item.document_id
        and part.instalment = item.instalment
        and part.listed_date <= in_as_of
where item.invoice_type = 'invoice' and item.due_date is not null
group by item.due_date, item.post_date
having sum(item.weight) <> 0;
