-- name: cohort_map
-- One row per due month and month since (0 to 11): the share collected by the end of that month.
-- Null where that month has not ended yet. Credited or cancelled amounts are not due.
-- Parts of which a list of open items settled something are left out: nobody knows when they were paid.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param months: INTEGER = 24  due months to and including that of as_of
-- returns cohort: DATE  first day of the due month
-- returns months_since_due: INTEGER  0 is the due month itself
-- returns share_collected: DOUBLE  of amount_due, 0-1: paid too much counts as all of it; null where not yet observed or nothing was due
-- returns amount_due: DECIMAL(38,2)  amount of the invoices that fell due in the month
with movement as (
    select
        cast(date_trunc('month', movement.due_date) as date) as cohort,
        greatest(0, date_diff('month', movement.due_date, movement.post_date)) as months_since_due,
        sum(movement.amount_due) as amount_due,
        sum(movement.collected) as collected,
    from collected_at($as_of, $known_on, $currency, $entity, $segment) as movement
    where
        movement.post_date <= $as_of
        and movement.due_date >= date_trunc('month', $as_of) - to_months($months - 1)
        and movement.due_date <= last_day($as_of)
    group by all
),
cohort as (
    select movement.cohort, sum(movement.amount_due) as amount_due,
    from movement
    group by movement.cohort
),
cohort_month as (
    select cohort.cohort, cohort.amount_due, ages.age, sum(movement.collected) as collected,
    from cohort
    cross join (select unnest(range(0, 12)) as age) as ages
    left join movement on movement.cohort = cohort.cohort and movement.months_since_due <= ages.age
    group by all
)
select
    cell.cohort,
    cast(cell.age as integer) as months_since_due,
    case
        when
            last_day(cast(cell.cohort + to_months(cast(cell.age as integer)) as date)) <= $as_of
            and cell.amount_due > 0
            then least(1, greatest(0, coalesce(cell.collected, 0) / cell.amount_due))
    end as share_collected,
    cast(cell.amount_due as decimal(38, 2)) as amount_due,
from cohort_month as cell
order by cell.cohort, cell.age
