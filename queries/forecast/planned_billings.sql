-- name: planned_billings
-- One row per week and segment of the billing plan, for weeks that end after the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- returns week_start: DATE  Monday of the week
-- returns segment: VARCHAR  the customers' segment; null: all
-- returns amount: DECIMAL(18,2)  to be billed in the week, incl. VAT
select plan.week_start, plan.segment, plan.amount
from billing_plan_at($known_on) as plan
where plan.week_start + 6 > $as_of
order by plan.week_start, plan.segment nulls first
