-- One row per invoice date, due date and spell in which nothing was open: how many parts of invoices dated after
-- in_since had it. receivable.closed_date gives the spell of most parts; those that were overpaid or opened again are
-- followed day by day, so that the count is right on every past day. A part is closed whatever settled it, save a list:
-- from the day of that list its spells are over, for nobody knows since when it is closed.
create or replace macro closed_spell_at(in_since, in_known_on, in_currency, in_entity, in_segment) as table
with invoice_part as (
    select part.document_id, part.instalment, part.invoice_date, part.due_date, part.closed_date, part.listed_date
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    where part.invoice_type = 'invoice' and part.invoice_date > in_since
),
reopened_invoice as materialized (
    select distinct item.document_id
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where
        item.invoice_type = 'invoice'
        and item.kind <> 'invoice'
        and item.due_date is not null
        and item.invoice_date > in_since
        and item.document_amount * item.weight > 0
),
odd_part as materialized (
    select part.* from invoice_part as part where part.closed_date is null
    union all
    select part.* from invoice_part as part
    where
        part.closed_date is not null
        and part.document_id in (select reopened.document_id from reopened_invoice as reopened)
),
movement as (
    select
        item.document_id,
        item.instalment,
        item.post_date,
        sum(item.document_amount) as amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where
        item.due_date is not null
        and item.invoice_date > in_since
        and item.document_id in (select part.document_id from odd_part as part)
    group by all
    -- A day that a correction took away neither opens nor closes anything.
    having sum(item.weight) <> 0
),
part_state as (
    select
        movement.document_id,
        movement.instalment,
        movement.post_date,
        sum(movement.amount) over (
            partition by movement.document_id, movement.instalment order by movement.post_date
        ) <= 0 as is_closed,
    from movement
),
state_change as (
    select state.*
    from part_state as state
    qualify state.is_closed <> lag(state.is_closed, 1, false) over (
        partition by state.document_id, state.instalment order by state.post_date
    )
),
spell as (
    select
        change.document_id,
        change.instalment,
        change.is_closed,
        change.post_date as closed_from,
        lead(change.post_date) over (
            partition by change.document_id, change.instalment order by change.post_date
        ) as closed_until,
    from state_change as change
),
parts_counted as (
    select
        part.invoice_date,
        part.due_date,
        part.closed_date as closed_from,
        part.listed_date as closed_until,
        count(*) as parts,
    from invoice_part as part
    where part.closed_date is not null
    group by all
    union all
    select
        part.invoice_date,
        part.due_date,
        part.closed_date as closed_from,
        part.listed_date as closed_until,
        -1 as parts,
    from odd_part as part
    where part.closed_date is not null
    union all
    select
        part.invoice_date,
        part.due_date,
        spell.closed_from,
        least(spell.closed_until, part.listed_date) as closed_until,
        1 as parts,
    from odd_part as part
    inner join spell
        on spell.document_id = part.document_id and spell.instalment = part.instalment and spell.is_closed
)
select
    counted.invoice_date,
    counted.due_date,
    counted.closed_from,
    counted.closed_until,
    cast(sum(counted.parts) as bigint) as parts,
from parts_counted as counted
group by counted.invoice_date, counted.due_date, counted.closed_from, counted.closed_until
having sum(counted.parts) <> 0;

-- One row per day: the Kaplan-Meier median over the invoices of the 365 days to it, the first age at which at most half
-- is left; an open invoice counts for as long as it has been seen, one that a list settled does not. Kaplan & Meier (1958), JASA 53:457-481.
create or replace macro survival_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select asked.day from day_in(in_days) as asked
),
parts_issued as (
    select part.invoice_date, part.due_date, part.listed_date, count(*) as parts,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    where part.invoice_type = 'invoice'
    group by all
),
parts_closed as materialized (
    select spell.*
    from closed_spell_at(list_min(in_days) - 365, in_known_on, in_currency, in_entity, in_segment) as spell
),
parts_seen as (
    select
        point.day,
        closed.invoice_date,
        closed.due_date,
        closed.closed_from as until,
        closed.parts as closed_parts,
        closed.parts,
    from point
    inner join parts_closed as closed
        on closed.invoice_date > point.day - 365 and closed.invoice_date <= point.day
        and closed.closed_from <= point.day and still_runs(closed.closed_until, point.day)
    union all
    select point.day, issued.invoice_date, issued.due_date, point.day as until, 0 as closed_parts, issued.parts,
    from point
    inner join parts_issued as issued
        on issued.invoice_date > point.day - 365 and issued.invoice_date <= point.day
        and still_runs(issued.listed_date, point.day)
    union all
    -- Closed parts are not open: they leave those that are censored on the day itself.
    select point.day, closed.invoice_date, closed.due_date, point.day as until, 0 as closed_parts, -closed.parts,
    from point
    inner join parts_closed as closed
        on closed.invoice_date > point.day - 365 and closed.invoice_date <= point.day
        and closed.closed_from <= point.day and still_runs(closed.closed_until, point.day)
),
parts_by_age as (
    select seen.day, 'to_pay' as measure, date_diff('day', seen.invoice_date, seen.until) as age,
        sum(seen.closed_parts) as closed_parts, sum(seen.parts) as parts,
    from parts_seen as seen
    group by all
    union all
    select seen.day, 'late' as measure, date_diff('day', seen.due_date, seen.until) as age,
        sum(seen.closed_parts) as closed_parts, sum(seen.parts) as parts,
    from parts_seen as seen
    group by all
),
parts_at_risk as (
    select
        by_age.*,
        sum(by_age.parts) over (partition by by_age.day, by_age.measure order by by_age.age desc) as parts_at_risk,
    from parts_by_age as by_age
    where by_age.parts <> 0
),
survival_curve as (
    select
        at_risk.day,
        at_risk.measure,
        at_risk.age,
        at_risk.parts,
        at_risk.closed_parts,
        product(1 - at_risk.closed_parts / at_risk.parts_at_risk) over (
            partition by at_risk.day, at_risk.measure order by at_risk.age
        ) as share_left,
    from parts_at_risk as at_risk
)
select
    curve.day,
    -- The slack allows for a product of fractions that differs from one half in its last binary digit.
    cast(min(curve.age) filter (curve.measure = 'to_pay' and curve.share_left <= 0.5 + 1e-12) as double)
        as days_to_pay_with_open,
    cast(min(curve.age) filter (curve.measure = 'late' and curve.share_left <= 0.5 + 1e-12) as double)
        as days_late_with_open,
    sum(curve.closed_parts) filter (curve.measure = 'to_pay') as closed_365,
    sum(curve.parts) filter (curve.measure = 'to_pay') as issued_365,
from survival_curve as curve
group by curve.day;
