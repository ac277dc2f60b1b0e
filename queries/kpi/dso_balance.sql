-- name: dso_balance
-- One row: DSO by the balance method over as many days as asked for, with its two parts and the amounts behind them.
-- Over 90 days it is `kpi.dso_balance_90`. Null where the billings are not above 0: no more was billed than credited.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param period: INTEGER = 90  days of billings, the day itself the last
-- returns days: INTEGER  days of billings, as asked
-- returns dso: DOUBLE  days: open amounts / billings of the period x its days, 0 or more; null where billings are not above 0
-- returns best_possible_dso: DOUBLE  days: open amounts less overdue / billings of the period x its days, 0 or more
-- returns average_days_delinquent: DOUBLE  days: dso less best_possible_dso, 0 or more
-- returns open_amount: DECIMAL(38,2)  open amounts of all documents; credit notes count negative
-- returns overdue: DECIMAL(38,2)  open amounts of invoices past their due date
-- returns billings: DECIMAL(38,2)  invoices less credit notes of the period, incl. VAT
with billings_of_period as (
    select coalesce(sum(billing.amount), 0) as amount
    from billing_day_at($known_on, $currency, $entity, $segment) as billing
    where billing.post_date > $as_of - $period and billing.post_date <= $as_of
),
amount_of_day as (
    select
        balance.open_amount,
        overdue.overdue,
        greatest(0, balance.open_amount) as owed_amount,
        greatest(0, balance.open_amount - overdue.overdue) as best_possible_amount,
    from balance_on([$as_of], $known_on, $currency, $entity, $segment) as balance
    inner join overdue_on([$as_of], $known_on, $currency, $entity, $segment) as overdue on overdue.day = balance.day
)
select
    cast($period as integer) as days,
    day.owed_amount / above_zero(billing.amount) * $period as dso,
    day.best_possible_amount / above_zero(billing.amount) * $period as best_possible_dso,
    (day.owed_amount - day.best_possible_amount) / above_zero(billing.amount) * $period as average_days_delinquent,
    cast(day.open_amount as decimal(38, 2)) as open_amount,
    cast(day.overdue as decimal(38, 2)) as overdue,
    cast(billing.amount as decimal(38, 2)) as billings,
from amount_of_day as day
cross join billings_of_period as billing
order by days
