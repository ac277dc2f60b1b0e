-- name: dso_bridge
-- One row per step from DSO (balance method 90) on the first day to the last: the causes sum exactly to the change.
-- Below them the countback change; the difference between the two methods is billing timing. No rows where a day's
-- billings are not above 0, or customers are owed more than they owe.
--
-- param as_of: DATE  last day of the bridge, D1
-- param from: DATE = null  first day of the bridge, D0; null: the end of the month before
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns position: INTEGER  order of the steps
-- returns step: VARCHAR  start, terms, delinquency, credit_notes, mix, end, countback_change, billing_timing
-- returns days: DOUBLE  start and end: DSO in days; the others: the days they added
with segment_causes as (
    select bridge.*
    from bridge_at(bridge_start($from, $as_of), $as_of, $known_on, $currency, $entity, $segment) as bridge
),
cause_total as (
    select
        -- Summed in one order, so that the last digit does not depend on the order of the rows.
        sum(segment.terms order by segment.segment) as terms,
        sum(segment.delinquency order by segment.segment) as delinquency,
        sum(segment.credit_notes order by segment.segment) as credit_notes,
        sum(segment.mix order by segment.segment) as mix,
    from segment_causes as segment
    having count(*) > 0
),
dso_of_both_days as (
    select
        max(balance.open_amount / above_zero(billing.billings_90) * 90) filter (balance.day = $as_of) as end_days,
        max(balance.open_amount / above_zero(billing.billings_90) * 90) filter (
            balance.day = bridge_start($from, $as_of)
        ) as start_days,
    from balance_on([bridge_start($from, $as_of), $as_of], $known_on, $currency, $entity, $segment) as balance
    inner join billing_on([bridge_start($from, $as_of), $as_of], $known_on, $currency, $entity, $segment) as billing
        on billing.day = balance.day
),
countback_change as (
    select
        max(dso.dso_countback) filter (dso.day = $as_of)
        - max(dso.dso_countback) filter (dso.day = bridge_start($from, $as_of)) as change,
    from countback_on([bridge_start($from, $as_of), $as_of], $known_on, $currency, $entity, $segment) as dso
)
select
    cast(bridge.position as integer) as position,
    bridge.step,
    bridge.days,
from cause_total as cause
cross join dso_of_both_days as dso
cross join countback_change as walked
cross join lateral (
    values
    (0, 'start', dso.start_days),
    (1, 'terms', cause.terms),
    (2, 'delinquency', cause.delinquency),
    (3, 'credit_notes', cause.credit_notes),
    (4, 'mix', cause.mix),
    (5, 'end', dso.end_days),
    (6, 'countback_change', walked.change),
    (7, 'billing_timing', walked.change - (dso.end_days - dso.start_days))
) as bridge (position, step, days)
order by bridge.position
