-- Of what is open in each bucket at a month end: what is paid, written off, or in which bucket a month later.
-- Invoice parts are followed one by one; credit notes and parts paid too much (negative) are left out. What is
-- credited or cancelled counts as paid. to_bucket: -1 paid, -2 written off. in_first, in_last: month ends.
create or replace macro roll_at(
    in_first, in_last, in_known_on, in_currency, in_entity, in_segment, in_limits, in_basis
) as table
with month as (
    select
        last_day(cast(m.start as date)) as month_end,
        last_day(cast(m.start as date) + 32) as next_end,
    from (
        select unnest(generate_series(
            date_trunc('month', in_first), date_trunc('month', in_last), interval 1 month
        )) as start
    ) as m
),
alive as (
    select
        m.month_end,
        m.next_end,
        r.document_id,
        r.instalment,
        case when in_basis = 'invoice' then r.invoice_date else r.due_date end as aged_from,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    inner join month as m
        on r.invoice_date <= m.month_end and (r.closed_date is null or r.closed_date > m.month_end)
    where r.invoice_type = 'invoice'
),
followed as (
    select
        a.month_end,
        a.next_end,
        a.aged_from,
        a.document_id,
        a.instalment,
        sum(i.amount) filter (i.post_date <= a.month_end) as open_amount,
        coalesce(sum(i.amount), 0) as next_amount,
        coalesce(-sum(i.amount) filter (i.kind = 'write_off' and i.post_date > a.month_end), 0) as written_off,
    from alive as a
    inner join item_at(in_known_on, in_currency, in_entity, in_segment) as i
        on i.document_id = a.document_id and i.instalment = a.instalment and i.post_date <= a.next_end
    where i.due_date is not null
    group by a.month_end, a.next_end, a.aged_from, a.document_id, a.instalment
),
parted as (
    select
        f.month_end,
        bucket_of(date_diff('day', f.aged_from, f.month_end), in_limits) as from_bucket,
        bucket_of(date_diff('day', f.aged_from, f.next_end), in_limits) as next_bucket,
        f.open_amount,
        least(f.open_amount, greatest(f.next_amount, 0)) as kept,
        greatest(f.written_off, 0) as written_off,
    from followed as f
    where f.open_amount > 0
),
moved as (
    select
        p.month_end,
        p.from_bucket,
        p.next_bucket,
        sum(p.kept) as kept,
        sum(least(p.open_amount - p.kept, p.written_off)) as written_off,
        sum(p.open_amount - p.kept - least(p.open_amount - p.kept, p.written_off)) as paid,
    from parted as p
    group by all
)
select m.month_end, m.from_bucket, t.to_bucket, sum(t.amount) as amount,
from moved as m
cross join lateral (
    values (m.next_bucket, m.kept), (-1, m.paid), (-2, m.written_off)
) as t (to_bucket, amount)
where t.amount <> 0
group by all;

-- What invoices fell due for and what came in on them, by due date and day. What was cancelled or credited was
-- never to be collected and leaves the amount due; what was written off stays in it.
create or replace macro collected_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    i.due_date,
    i.post_date,
    coalesce(sum(i.amount) filter (i.kind in ('invoice', 'cancellation', 'credit')), 0) as amount_due,
    coalesce(-sum(i.amount) filter (i.kind in ('payment', 'reversal')), 0) as collected,
from item_at(in_known_on, in_currency, in_entity, in_segment) as i
where i.invoice_type = 'invoice' and i.due_date is not null
group by i.due_date, i.post_date
having sum(i.weight) <> 0;
