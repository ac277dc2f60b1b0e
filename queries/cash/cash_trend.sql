-- name: cash_trend
-- One row per week, oldest first, ending on the day itself: bank balance, receivables and what is overdue.
-- The bank has no administration or segment: those filters leave its balance as it is.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param weeks: INTEGER = 13  how many points
-- returns as_of: DATE  the point, end of day
-- returns bank_balance: DECIMAL(38,2)  latest balance of every account by then; null if there is none
-- returns receivables: DECIMAL(38,2)  open amounts and money on account
-- returns overdue: DECIMAL(38,2)  open on invoices past their due date then; credit notes and overpayments are left out
-- returns d90_plus: DECIMAL(38,2)  the same more than 90 days past it
-- returns dso_countback: DOUBLE  days of sales outstanding then, as in kpi
with point as (
    select numbers.number, $as_of - cast(7 * ($weeks - 1 - numbers.number) as integer) as day
    from range($weeks) as numbers (number)
),
-- A day is the number of the first point on or after it: the balance at a point sums the amounts up to it.
amount_by_post_point as (
    select
        greatest(0, (date_diff('day', first.day, balance.post_date) + 6) // 7) as number,
        sum(balance.amount) as receivables,
    from balance_day_at($known_on, $currency, $entity, $segment) as balance
    cross join (select min(point.day) as day from point) as first
    group by all
),
latest_balance_day as (
    select point.number, balance.account, balance.currency, max(balance.balance_date) as balance_date
    from point
    inner join bank_closing_at($known_on) as balance
        on balance.balance_date <= point.day and ($currency is null or balance.currency = $currency)
    group by point.number, balance.account, balance.currency
),
latest_balance as (
    select latest.number, balance.currency, balance.balance_date as rate_day, balance.balance
    from latest_balance_day as latest
    inner join bank_closing_at($known_on) as balance
        on
            balance.account = latest.account
            and balance.currency = latest.currency
            and balance.balance_date = latest.balance_date
),
bank_total as (
    select balance.number, cast(sum(converted(balance.balance, balance.rate)) as decimal(38, 2)) as bank_balance
    from with_rate('latest_balance', $known_on, $currency) as balance
    group by balance.number
)
select
    point.day as as_of,
    bank.bank_balance,
    cast(coalesce(sum(posted.receivables) over (order by point.number), 0) as decimal(38, 2)) as receivables,
    cast(overdue.overdue as decimal(38, 2)) as overdue,
    cast(overdue.d90_plus as decimal(38, 2)) as d90_plus,
    dso.dso_countback,
from point
left join amount_by_post_point as posted on posted.number = point.number
left join bank_total as bank on bank.number = point.number
left join overdue_on((select list(point.day) from point), $known_on, $currency, $entity, $segment) as overdue
    on overdue.day = point.day
left join countback_on((select list(point.day) from point), $known_on, $currency, $entity, $segment) as dso
    on dso.day = point.day
order by point.day
