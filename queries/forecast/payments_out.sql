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
-- returns category: VARCHAR  the line's; of a bill that of a line with its id or its supplier as label, else suppliers
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
        coalesce(
            (select min(p.category) from planned_cash_at($known_on) as p where b.bill_id = p.line_id or b.supplier = p.label),
            'suppliers'
        ) as category,
        case when b.currency = reporting_currency_at($known_on) then b.amount else converted(b.amount, r.rate) end as amount,
    from bill_at($known_on) as b
    cross join ahead as a
    asof left join fx_rate_at($known_on) as r on r.currency = b.currency and r.rate_date <= b.bill_date
    where
        b.bill_date <= $as_of
        and (b.paid_date is null or b.paid_date > $as_of)
        and greatest(b.due_date, a.first_day) <= a.last_day
),
planned as (
    select o.pay_date, 'planned' as source, o.line_id, o.label, o.category, o.amount
    from planned_occurrence_at($as_of, $known_on, $weeks) as o
    where o.bill_id is null
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
