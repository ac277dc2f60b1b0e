-- name: cash_trend
-- One row per week, oldest first, ending on the day itself: bank balance, receivables and what is overdue.
-- The bank has no administration or segment: those filters leave its balance as it is.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param weeks: INTEGER = 13  how many points
-- returns as_of: DATE  the point, end of day
-- returns bank_balance: DECIMAL(38,2)  latest balance of every account by then; null if there is none
-- returns receivables: DECIMAL(38,2)  open amounts and money on account
-- returns overdue: DECIMAL(38,2)  past the due date then
-- returns d90_plus: DECIMAL(38,2)  more than 90 days past the due date then
-- returns dso_countback: DOUBLE  days of sales outstanding then, as in kpi
with point as (
    select n.number, $as_of - cast(7 * ($weeks - 1 - n.number) as integer) as day
    from range($weeks) as n (number)
),
-- A day is the number of the first point on or after it: the balance at a point sums what came by then.
posted as (
    select
        greatest(0, (date_diff('day', f.day, b.post_date) + 6) // 7) as post_number,
        b.due_date,
        f.day as first_day,
        sum(b.amount) as amount,
    from balance_day_at($known_on, $currency, $entity, $segment) as b
    cross join (select min(p.day) as day from point as p) as f
    group by all
),
event as (
    select p.post_number as number, p.amount as receivables, cast(0 as decimal(38, 2)) as overdue
    from posted as p
    union all
    select
        greatest(p.post_number, (date_diff('day', p.first_day, p.due_date) + 7) // 7) as number,
        0 as receivables,
        p.amount as overdue,
    from posted as p
    where p.due_date is not null
),
moved as (
    select e.number, sum(e.receivables) as receivables, sum(e.overdue) as overdue
    from event as e
    group by e.number
),
balance as (
    select p.number, b.account, b.currency, max(b.balance_date) as balance_date
    from point as p
    inner join bank_closing_at($known_on) as b
        on b.balance_date <= p.day and ($currency is null or b.currency = $currency)
    group by p.number, b.account, b.currency
),
declared as (
    select l.number, b.currency, b.balance_date, b.balance
    from balance as l
    inner join bank_closing_at($known_on) as b
        on b.account = l.account and b.currency = l.currency and b.balance_date = l.balance_date
),
bank as (
    select
        d.number,
        cast(sum(converted(d.balance, case
            when $currency is not null or d.currency = reporting_currency_at($known_on) then cast(1 as decimal(18, 10))
            else r.rate
        end)) as decimal(38, 2)) as bank_balance,
    from declared as d
    asof left join fx_rate_at($known_on) as r on r.currency = d.currency and r.rate_date <= d.balance_date
    group by d.number
)
select
    p.day as as_of,
    b.bank_balance,
    cast(coalesce(sum(m.receivables) over (order by p.number), 0) as decimal(38, 2)) as receivables,
    cast(coalesce(sum(m.overdue) over (order by p.number), 0) as decimal(38, 2)) as overdue,
    cast(o.d90_plus as decimal(38, 2)) as d90_plus,
    c.dso_countback,
from point as p
left join moved as m on m.number = p.number
left join bank as b on b.number = p.number
left join balance_on((select list(p.day) from point as p), $known_on, $currency, $entity, $segment) as o
    on o.day = p.day
left join countback_on((select list(p.day) from point as p), $known_on, $currency, $entity, $segment) as c
    on c.day = p.day
order by p.day
