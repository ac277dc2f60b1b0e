-- Supplier bills know no segment or entity: under such a filter there is no figure.
create or replace macro bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with bill_base as (
    select
        b.bill_date,
        b.paid_date,
        case
            when in_currency is not null or b.currency = reporting_currency_at(in_known_on) then b.amount
            else converted(b.amount, r.rate)
        end as amount,
    from bill_at(in_known_on) as b
    asof left join fx_rate_at(in_known_on) as r on r.currency = b.currency and r.rate_date <= b.bill_date
    where (in_currency is null or b.currency = in_currency) and in_entity is null and in_segment is null
),
bill_day as (
    select b.bill_date, b.paid_date, sum(b.amount) as amount,
    from bill_base as b
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    sum(b.amount) filter (b.bill_date > p.day - 90) as bills_90,
    coalesce(sum(b.amount) filter (b.paid_date is null or b.paid_date > p.day), 0) as bills_open,
from point as p
left join bill_day as b on b.bill_date <= p.day
group by p.day;

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
