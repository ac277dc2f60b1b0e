-- What was paid on invoices in the 90 days to each day, and how long it took, weighted by amount.
create or replace macro payment_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with paid as (
    select
        f.event_date,
        f.post_date,
        -sum(f.amount) as amount,
        -sum(f.amount_days_to_pay) as amount_days_to_pay,
        -sum(f.amount_days_late) as amount_days_late,
    from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
    where f.kind = 'payment' and f.invoice_type = 'invoice' and not f.is_on_account
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    nullif(sum(d.amount), 0) as paid_90,
    case when sum(d.amount) <> 0 then sum(d.amount_days_to_pay) end as paid_days_to_pay,
    case when sum(d.amount) <> 0 then sum(d.amount_days_late) end as paid_days_late,
    sum(d.amount_days_to_pay) / nullif(sum(d.amount), 0) as days_to_pay,
    sum(d.amount_days_late) / nullif(sum(d.amount), 0) as days_late,
from point as p
left join paid as d on d.event_date > p.day - 90 and d.event_date <= p.day and d.post_date <= p.day
group by p.day;

-- Of what fell due in the 90 days to each day: the part settled on or before its due date.
create or replace macro on_time_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with due as (
    select
        r.due_date,
        greatest(r.due_date, r.invoice_date) as known_from,
        sum(r.amount_due) as amount_due,
        sum(r.amount_on_time) as amount_on_time,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_type = 'invoice'
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    sum(d.amount_due) as fell_due_90,
    sum(d.amount_on_time) as on_time_90,
    sum(d.amount_on_time) / nullif(sum(d.amount_due), 0) as on_time_share,
from point as p
left join due as d on d.due_date > p.day - 90 and d.due_date <= p.day and d.known_from <= p.day
group by p.day;
