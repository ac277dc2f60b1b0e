-- One row per planned line and day it falls on in the weeks after a day, with the bill that takes its place there: the
-- bill that carries its id, or its label as supplier, and falls due within ten days of it (less where the line repeats
-- weekly or every two weeks, so that one bill takes one line's place); and the bank entry that paid it before its day:
-- one as near and within a tenth of its amount, of whoever is its label, or whose text names the line. Out is positive.
create or replace macro planned_occurrence_at(in_as_of, in_known_on, in_weeks) as table
with days_ahead as (
    select in_as_of + 1 as first_day, in_as_of + cast(7 * in_weeks as integer) as last_day
),
recent_debit as materialized (
    select debit.*
    from debit_at(in_known_on) as debit
    where debit.entry_date between in_as_of - 10 and in_as_of
),
line_step as (
    select
        line.*,
        case line.repeat when 'weekly' then 7 when 'biweekly' then 14 when '4-weekly' then 28 end as days,
        case line.repeat
            when 'monthly' then 1
            when 'quarterly' then 3
            when 'half-yearly' then 6
            when 'yearly' then 12
        end as months,
    from planned_cash_at(in_known_on) as line
),
occurrence as (
    select
        cast(case
            when line.days is not null then line.first_date + cast(line.days * numbers.number as integer)
            when line.months is not null then line.first_date + to_months(cast(line.months * numbers.number as integer))
            else line.first_date
        end as date) as pay_date,
        line.line_id,
        line.label,
        line.category,
        -line.amount as amount,
        line.until,
        line.days,
    from line_step as line
    cross join range(2610) as numbers (number)
    cross join days_ahead as ahead
    where
        (numbers.number = 0 or line.days is not null or line.months is not null)
        and line.first_date <= ahead.last_day
        and numbers.number <= case
            when line.days is not null then date_diff('day', line.first_date, ahead.last_day) // line.days
            when line.months is not null then date_diff('month', line.first_date, ahead.last_day) // line.months
            else 0
        end
),
paid_early as (
    select line.line_id, line.pay_date, min(debit.entry_id) as entry_id
    from occurrence as line
    inner join recent_debit as debit
        on
            debit.entry_date < line.pay_date
            and date_diff('day', debit.entry_date, line.pay_date) <= least(10, coalesce((line.days - 1) // 2, 10))
            and abs(debit.paid - line.amount) <= abs(line.amount) / 10
            and (debit.payee = letters_of(line.label) or holds_word(debit.words, line.line_id))
    group by line.line_id, line.pay_date
)
select
    line.pay_date,
    line.line_id,
    line.label,
    line.category,
    line.amount,
    (
        select min(bill.bill_id)
        from bill_at(in_known_on) as bill
        where
            bill.bill_date <= in_as_of
            and (bill.bill_id = line.line_id or bill.supplier = line.label)
            and abs(date_diff('day', bill.due_date, line.pay_date)) <= least(10, coalesce((line.days - 1) // 2, 10))
    ) as bill_id,
    paid.entry_id,
from occurrence as line
cross join days_ahead as ahead
left join paid_early as paid on paid.line_id = line.line_id and paid.pay_date = line.pay_date
where
    line.pay_date between ahead.first_day and ahead.last_day
    and (line.until is null or line.pay_date <= line.until);
