-- name: recovery_curve
-- One row per due month and day since due (-30 to 180): the share collected by then; cohort null is all months together.
-- A due month's curve stops where not all of it is seen yet. All together, an invoice counts as long as it has been
-- seen (product-limit, by amount). Credited or cancelled amounts are not due; what is on or before day -30 stands there.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
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
        c.due_date,
        least(greatest(date_diff('day', c.due_date, c.post_date), -30), 181) as day,
        sum(c.amount_due) as amount_due,
        sum(c.collected) as collected,
    from collected_at($known_on, $currency, $entity, $segment) as c
    where
        c.post_date <= $as_of
        and c.due_date >= date_trunc('month', $as_of) - to_months($months - 1)
        and c.due_date <= $as_of + 30
    group by all
),
due as (
    select m.due_date, cast(date_trunc('month', m.due_date) as date) as cohort, sum(m.amount_due) as amount_due,
    from movement as m
    group by all
),
seen as materialized (
    select
        d.due_date,
        d.cohort,
        d.amount_due,
        a.day,
        coalesce(m.collected, 0) as collected,
        coalesce(sum(m.collected) over (
            partition by d.due_date order by a.day rows between unbounded preceding and current row
        ), 0) as collected_so_far,
    from due as d
    inner join (select unnest(range(-30, 181)) as day) as a on d.due_date + cast(a.day as integer) <= $as_of
    left join movement as m on m.due_date = d.due_date and m.day = a.day
),
step as (
    select
        s.day,
        sum(s.amount_due) as amount_due,
        sum(s.collected) as collected,
        sum(s.amount_due - (s.collected_so_far - s.collected)) as at_risk,
    from seen as s
    group by s.day
),
curve as (
    select cast(null as date) as cohort, t.day, t.amount_due,
        least(1, greatest(0, 1 - product(
            case when t.at_risk > 0 then greatest(0, 1 - t.collected / t.at_risk) else 1 end
        ) over (order by t.day))) as share_collected,
    from step as t
    union all
    select s.cohort, s.day, sum(s.amount_due) as amount_due,
        case
            when sum(s.amount_due) > 0
                then least(1, greatest(0, sum(s.collected_so_far) / sum(s.amount_due)))
        end as share_collected,
    from seen as s
    where last_day(s.cohort) + cast(s.day as integer) <= $as_of and s.cohort <= $as_of
    group by s.cohort, s.day
)
select
    c.cohort,
    cast(c.day as integer) as days_since_due,
    c.share_collected,
    cast(c.amount_due as decimal(38, 2)) as amount_due,
from curve as c
order by c.cohort nulls first, c.day
