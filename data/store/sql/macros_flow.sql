-- How open amounts move on: between ageing buckets, and from due to collected.

-- Balance method 90 by customer segment: what is open, in three parts, and what was billed in the 90 days.
create or replace macro segment_balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
),
open_part as (
    select
        p.day,
        i.segment,
        coalesce(sum(i.amount) filter (i.invoice_type = 'invoice' and i.due_date >= p.day), 0) as not_due,
        coalesce(sum(i.amount) filter (i.invoice_type = 'invoice' and i.due_date < p.day), 0) as overdue,
        coalesce(sum(i.amount) filter (i.invoice_type = 'credit_note'), 0) as credit_notes,
    from point as p
    inner join item_at(in_known_on, in_currency, in_entity, in_segment) as i on i.post_date <= p.day
    where i.due_date is not null
    group by all
    having sum(i.weight) <> 0
),
billed as (
    select p.day, f.segment, sum(f.amount) as billings,
    from point as p
    inner join flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
        on f.post_date > p.day - 90 and f.post_date <= p.day
    where f.kind in ('invoice', 'credit_note', 'cancellation')
    group by all
    having sum(f.rows) <> 0
)
select
    coalesce(o.day, b.day) as day,
    coalesce(o.segment, b.segment) as segment,
    coalesce(o.not_due, 0) as not_due,
    coalesce(o.overdue, 0) as overdue,
    coalesce(o.credit_notes, 0) as credit_notes,
    coalesce(b.billings, 0) as billings,
from open_part as o
full join billed as b on b.day = o.day and b.segment = o.segment;

-- Why DSO (balance method 90) changed, per segment, in days; the four causes sum to the change exactly.
-- w is the segment's share of billings, x its own DSO in three parts. A segment that billed nothing in the 90 days
-- to one of both days has no x there: the other day's stands in, so that its coming or going is mix; what it
-- has open without any billings is no mix and counts under its own part.
create or replace macro bridge_at(in_from, in_to, in_known_on, in_currency, in_entity, in_segment) as table
with balance as materialized (
    select b.*, sum(b.billings) over (partition by b.day) as all_billings,
    from segment_balance_on([in_from, in_to], in_known_on, in_currency, in_entity, in_segment) as b
),
rate as (
    select
        b.day,
        b.segment,
        b.billings / nullif(b.all_billings, 0) as weight,
        b.not_due / nullif(b.billings, 0) * 90 as not_due,
        b.overdue / nullif(b.billings, 0) * 90 as overdue,
        b.credit_notes / nullif(b.billings, 0) * 90 as credit_notes,
        -- Days of the whole that stand open in a segment without billings.
        case when b.billings = 0 then b.not_due / nullif(b.all_billings, 0) * 90 else 0 end as bare_not_due,
        case when b.billings = 0 then b.overdue / nullif(b.all_billings, 0) * 90 else 0 end as bare_overdue,
        case when b.billings = 0 then b.credit_notes / nullif(b.all_billings, 0) * 90 else 0 end as bare_credit_notes,
    from balance as b
),
whole as (
    select
        count(distinct b.day) = 2 and bool_and(b.all_billings <> 0) as is_defined,
    from balance as b
),
paired as (
    select
        s.segment,
        coalesce(a.weight, 0) as weight_from,
        coalesce(z.weight, 0) as weight_to,
        coalesce(a.not_due, z.not_due, 0) as not_due_from,
        coalesce(z.not_due, a.not_due, 0) as not_due_to,
        coalesce(a.overdue, z.overdue, 0) as overdue_from,
        coalesce(z.overdue, a.overdue, 0) as overdue_to,
        coalesce(a.credit_notes, z.credit_notes, 0) as credit_notes_from,
        coalesce(z.credit_notes, a.credit_notes, 0) as credit_notes_to,
        coalesce(z.bare_not_due, 0) - coalesce(a.bare_not_due, 0) as bare_not_due,
        coalesce(z.bare_overdue, 0) - coalesce(a.bare_overdue, 0) as bare_overdue,
        coalesce(z.bare_credit_notes, 0) - coalesce(a.bare_credit_notes, 0) as bare_credit_notes,
    from (select distinct b.segment from balance as b) as s
    left join rate as a on a.segment = s.segment and a.day = in_from
    left join rate as z on z.segment = s.segment and z.day = in_to
)
select
    p.segment,
    p.weight_from,
    p.weight_to,
    p.not_due_from,
    p.not_due_to,
    p.overdue_from,
    p.overdue_to,
    p.credit_notes_from,
    p.credit_notes_to,
    (p.weight_from + p.weight_to) / 2 * (p.not_due_to - p.not_due_from) + p.bare_not_due as terms,
    (p.weight_from + p.weight_to) / 2 * (p.overdue_to - p.overdue_from) + p.bare_overdue as delinquency,
    (p.weight_from + p.weight_to) / 2 * (p.credit_notes_to - p.credit_notes_from)
    + p.bare_credit_notes as credit_notes,
    (
        p.not_due_from + p.overdue_from + p.credit_notes_from + p.not_due_to + p.overdue_to + p.credit_notes_to
    ) / 2 * (p.weight_to - p.weight_from) as mix,
from paired as p
cross join whole as w
where w.is_defined;

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

-- Every day a planned line falls on in the weeks after a day, and the bill it gives way to there: the one that carries
-- its id, or its label as supplier, and falls due within ten days of it (three where the line repeats weekly, so that
-- one bill takes one line's place). Out is positive.
create or replace macro planned_occurrence_at(in_as_of, in_known_on, in_weeks) as table
with ahead as (
    select in_as_of + 1 as first_day, in_as_of + cast(7 * in_weeks as integer) as last_day
),
step as (
    select
        p.*,
        case p.repeat when 'weekly' then 7 end as days,
        case p.repeat when 'monthly' then 1 when 'quarterly' then 3 when 'yearly' then 12 end as months,
    from planned_cash_at(in_known_on) as p
),
occurrence as (
    select
        cast(case
            when s.days is not null then s.first_date + cast(s.days * n.number as integer)
            when s.months is not null then s.first_date + to_months(cast(s.months * n.number as integer))
            else s.first_date
        end as date) as pay_date,
        s.line_id,
        s.label,
        s.category,
        -s.amount as amount,
        s.until,
        s.days,
    from step as s
    cross join range(2610) as n (number)
    cross join ahead as a
    where
        (n.number = 0 or s.days is not null or s.months is not null)
        and s.first_date <= a.last_day
        and n.number <= case
            when s.days is not null then date_diff('day', s.first_date, a.last_day) // 7
            when s.months is not null then date_diff('month', s.first_date, a.last_day) // s.months
            else 0
        end
)
select
    o.pay_date,
    o.line_id,
    o.label,
    o.category,
    o.amount,
    (
        select min(b.bill_id)
        from bill_at(in_known_on) as b
        where
            b.bill_date <= in_as_of
            and (b.bill_id = o.line_id or b.supplier = o.label)
            and abs(date_diff('day', b.due_date, o.pay_date)) <= case when o.days = 7 then 3 else 10 end
    ) as bill_id,
from occurrence as o
cross join ahead as a
where o.pay_date between a.first_day and a.last_day and (o.until is null or o.pay_date <= o.until);

-- After how many days each step of the follow-up is due, as set or else as usual; the first: before the due day.
create or replace macro step_days_at(in_known_on) as table
select
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_pre_due_days'), 5) as pre_due,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_friendly_days'), 3) as friendly,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_formal_days'), 14) as formal,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_final_days'), 22) as final,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'step_hand_over_days'), 45) as hand_over,
    coalesce(max(try_cast(s.value as integer)) filter (s.key = 'contact_gap_days'), 5) as gap,
from setting_at(in_known_on) as s;
