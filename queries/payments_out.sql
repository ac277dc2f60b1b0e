-- name: payments_out
-- One row per payment expected in the weeks after the day: unpaid bills on their due date, and planned lines.
-- A bill that is past due is expected on the first day. A planned line gives way to the bill that carries its id, or
-- its label as supplier and falls due within ten days of it.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param weeks: INTEGER = 13  how many weeks ahead
-- returns pay_date: DATE  day the payment is expected
-- returns source: VARCHAR  bill or planned
-- returns line_id: VARCHAR  the bill, or the planned line
-- returns label: VARCHAR  supplier, or what the line is for
-- returns category: VARCHAR  suppliers for a bill, else the line's
-- returns amount: DECIMAL(38,2)  reporting currency, out is positive; null where a rate is missing
with ahead as (
    select $as_of + 1 as first_day, $as_of + cast(7 * $weeks as integer) as last_day
),
open_bill as (
    select
        greatest(b.due_date, a.first_day) as pay_date,
        'bill' as source,
        b.bill_id as line_id,
        b.supplier as label,
        'suppliers' as category,
        case when b.currency = reporting_currency_at($known_on) then b.amount else converted(b.amount, r.rate) end as amount,
    from bill_at($known_on) as b
    cross join ahead as a
    asof left join fx_rate_at($known_on) as r on r.currency = b.currency and r.rate_date <= b.bill_date
    where
        b.bill_date <= $as_of
        and (b.paid_date is null or b.paid_date > $as_of)
        and greatest(b.due_date, a.first_day) <= a.last_day
),
step as (
    select
        p.*,
        case p.repeat when 'weekly' then 7 end as days,
        case p.repeat when 'monthly' then 1 when 'quarterly' then 3 when 'yearly' then 12 end as months,
    from planned_cash_at($known_on) as p
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
),
planned as (
    select o.pay_date, 'planned' as source, o.line_id, o.label, o.category, o.amount
    from occurrence as o
    cross join ahead as a
    where
        o.pay_date between a.first_day and a.last_day
        and (o.until is null or o.pay_date <= o.until)
        and not exists (
            select 1
            from bill_at($known_on) as b
            where
                b.bill_date <= $as_of
                and (b.bill_id = o.line_id or b.supplier = o.label)
                and abs(date_diff('day', b.due_date, o.pay_date)) <= 10
        )
),
every_one as (
    select b.* from open_bill as b
    union all
    select p.* from planned as p
)
select
    e.pay_date,
    e.source,
    e.line_id,
    e.label,
    e.category,
    cast(e.amount as decimal(38, 2)) as amount,
from every_one as e
order by e.pay_date, e.source, e.line_id
