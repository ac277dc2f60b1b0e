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
