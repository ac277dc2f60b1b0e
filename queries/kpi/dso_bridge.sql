-- name: dso_bridge
-- One row per step from DSO (balance method 90) on the first day to the last: the causes sum exactly to the change.
-- Below them the countback change; what the two methods differ is billing timing. No rows where a day has no billings.
--
-- param as_of: DATE  last day of the bridge, D1
-- param from: DATE = null  first day of the bridge, D0; null: the end of the month before
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- returns position: INTEGER  order of the steps
-- returns step: VARCHAR  start, terms, delinquency, credit_notes, mix, end, countback_change, billing_timing
-- returns days: DOUBLE  start and end: DSO in days; the others: what they added, in days
with segment_part as (
    select b.* from bridge_at(coalesce($from, last_day(cast($as_of - interval 1 month as date))), $as_of, $known_on, $currency, $entity, $segment) as b
),
cause as (
    select
        -- In one order, so that the last digit does not depend on how the rows came in.
        sum(s.terms order by s.segment) as terms,
        sum(s.delinquency order by s.segment) as delinquency,
        sum(s.credit_notes order by s.segment) as credit_notes,
        sum(s.mix order by s.segment) as mix,
    from segment_part as s
    having count(*) > 0
),
balance as (
    select
        max(b.open_amount / nullif(f.billings_90, 0) * 90) filter (b.day = $as_of) as end_days,
        max(b.open_amount / nullif(f.billings_90, 0) * 90) filter (b.day = coalesce($from, last_day(cast($as_of - interval 1 month as date)))) as start_days,
    from balance_on([coalesce($from, last_day(cast($as_of - interval 1 month as date))), $as_of], $known_on, $currency, $entity, $segment) as b
    inner join billing_on([coalesce($from, last_day(cast($as_of - interval 1 month as date))), $as_of], $known_on, $currency, $entity, $segment) as f on f.day = b.day
),
countback as (
    select
        max(c.dso_countback) filter (c.day = $as_of)
        - max(c.dso_countback) filter (c.day = coalesce($from, last_day(cast($as_of - interval 1 month as date)))) as change,
    from countback_on([coalesce($from, last_day(cast($as_of - interval 1 month as date))), $as_of], $known_on, $currency, $entity, $segment) as c
)
select
    cast(s.position as integer) as position,
    s.step,
    s.days,
from cause as c
cross join balance as b
cross join countback as k
cross join lateral (
    values
    (0, 'start', b.start_days),
    (1, 'terms', c.terms),
    (2, 'delinquency', c.delinquency),
    (3, 'credit_notes', c.credit_notes),
    (4, 'mix', c.mix),
    (5, 'end', b.end_days),
    (6, 'countback_change', k.change),
    (7, 'billing_timing', k.change - (b.end_days - b.start_days))
) as s (position, step, days)
order by s.position
