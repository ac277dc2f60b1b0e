-- Billings: invoices less credit notes, incl. VAT; a cancellation is billing taken back on its own day.
create or replace macro billing_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    f.post_date,
    sum(f.amount) as amount,
    coalesce(sum(f.rows) filter (f.kind = 'invoice'), 0) as invoices,
from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
where f.kind in ('invoice', 'credit_note', 'cancellation')
group by f.post_date;

create or replace macro billing_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    coalesce(sum(b.amount) filter (b.post_date > p.day - 90), 0) as billings_90,
    coalesce(sum(b.amount), 0) as billings_365,
    coalesce(sum(b.amount) filter (b.post_date >= date_trunc('month', p.day)), 0) as billings_month,
from point as p
left join billing_day_at(in_known_on, in_currency, in_entity, in_segment) as b
    on b.post_date > p.day - 365 and b.post_date <= p.day
group by p.day;

-- Days of sales outstanding by countback: calendar months walked back until they add up to what is open.
-- counted_billings: of the months walked, the last one as a whole.
create or replace macro countback_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with balance as materialized (
    select b.day, b.open_amount
    from balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as b
),
billing as materialized (
    select b.* from billing_day_at(in_known_on, in_currency, in_entity, in_segment) as b
),
first_invoice as (
    select min(b.post_date) as day from billing as b where b.invoices > 0
),
walked as (
    select
        p.day,
        p.open_amount as rest,
        cast(unnest(generate_series(
            date_trunc('month', f.day), date_trunc('month', p.day), interval 1 month
        )) as date) as month_start,
    from balance as p
    cross join first_invoice as f
    where p.open_amount > 0 and f.day <= p.day
),
billed as (
    select
        w.day,
        w.rest,
        w.month_start,
        date_diff('day', w.month_start, least(last_day(w.month_start), w.day)) + 1 as month_days,
        coalesce(sum(b.amount), 0) as amount,
    from walked as w
    left join billing as b on b.post_date >= w.month_start and b.post_date <= least(last_day(w.month_start), w.day)
    group by all
),
summed as (
    select
        b.*,
        sum(b.amount) over back as amount_so_far,
        sum(b.month_days) over back as days_so_far,
    from billed as b
    window back as (partition by b.day order by b.month_start desc)
),
reached as (
    select
        s.day,
        max_by(
            s.days_so_far - s.month_days
            + (s.rest - (s.amount_so_far - s.amount)) / nullif(s.amount, 0) * s.month_days,
            s.month_start
        ) filter (s.amount_so_far >= s.rest) as days_reached,
        max_by(s.amount_so_far, s.month_start) filter (s.amount_so_far >= s.rest) as amount_reached,
        sum(s.month_days) as days_in_all,
        sum(s.amount) as amount_in_all,
    from summed as s
    group by s.day
)
select
    p.day,
    p.open_amount as rest,
    coalesce(r.amount_reached, r.amount_in_all, 0) as counted_billings,
    case
        when p.open_amount <= 0 then 0
        else coalesce(r.days_reached, cast(r.days_in_all as double), 0)
    end as dso_countback,
    f.day as first_invoice_date,
from balance as p
cross join first_invoice as f
left join reached as r on r.day = p.day;
