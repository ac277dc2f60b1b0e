-- name: recovery_curve
-- One row per due month and day since due (-30 to 180): the share collected by then; cohort null is all months
-- together. A due month's curve stops where not all of it is seen yet. All together, an invoice counts as long as it
-- has been seen (product-limit, by amount). Credited or cancelled amounts are not due; amounts of day -30 and before
-- stand there. Parts of which a list of open items settled something are left out: nobody knows when they were paid.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param months: INTEGER = 24  due months to and including that of as_of
-- returns cohort: DATE  first day of the due month; null: all
-- returns days_since_due: INTEGER  days since the due date; negative is before it
-- returns share_collected: DOUBLE  of amount_due, 0-1: paid too much counts as all of it; null where nothing was due
-- returns amount_due: DECIMAL(38,2)  amount of the invoices of the cohort; all: of those seen on this day since due
with movement as materialized (
    select
        movement.due_date,
        least(greatest(date_diff('day', movement.due_date, movement.post_date), -30), 181) as day,
        sum(movement.amount_due) as amount_due,
        sum(movement.collected) as collected,
    from collected_at($as_of, $known_on, $currency, $entity, $segment) as movement
    where
        movement.post_date <= $as_of
        and movement.due_date >= date_trunc('month', $as_of) - to_months($months - 1)
        and movement.due_date <= $as_of + 30
    group by all
),
amount_due as (
    select
        movement.due_date,
        cast(date_trunc('month', movement.due_date) as date) as cohort,
        sum(movement.amount_due) as amount_due,
    from movement
    group by all
),
day_seen as materialized (
    select
        due.due_date,
        due.cohort,
        due.amount_due,
        ages.day,
        coalesce(movement.collected, 0) as collected,
        coalesce(sum(movement.collected) over (
            partition by due.due_date order by ages.day rows between unbounded preceding and current row
        ), 0) as collected_so_far,
    from amount_due as due
    inner join (select unnest(range(-30, 181)) as day) as ages on due.due_date + cast(ages.day as integer) <= $as_of
    left join movement on movement.due_date = due.due_date and movement.day = ages.day
),
day_total as (
    select
        seen.day,
        sum(seen.amount_due) as amount_due,
        sum(seen.collected) as collected,
        sum(seen.amount_due - (seen.collected_so_far - seen.collected)) as at_risk,
    from day_seen as seen
    group by seen.day
),
curve_point as (
    select cast(null as date) as cohort, total.day, total.amount_due,
        least(1, greatest(0, 1 - product(
            case when total.at_risk > 0 then greatest(0, 1 - total.collected / total.at_risk) else 1 end
        ) over (order by total.day))) as share_collected,
    from day_total as total
    union all
    select seen.cohort, seen.day, sum(seen.amount_due) as amount_due,
        case
            when sum(seen.amount_due) > 0
                then least(1, greatest(0, sum(seen.collected_so_far) / sum(seen.amount_due)))
        end as share_collected,
    from day_seen as seen
    where last_day(seen.cohort) + cast(seen.day as integer) <= $as_of and seen.cohort <= $as_of
    group by seen.cohort, seen.day
)
select
    curve.cohort,
    cast(curve.day as integer) as days_since_due,
    curve.share_collected,
    cast(curve.amount_due as decimal(38, 2)) as amount_due,
from curve_point as curve
order by curve.cohort nulls first, curve.day
