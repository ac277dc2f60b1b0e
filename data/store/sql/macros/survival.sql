-- When parts of invoices dated after in_since were closed: spells in which nothing was open, counted by their days.
-- receivable.closed_date says it for all but the parts that were paid too much or opened again: those are
-- followed day by day, so that every past day is told as it was. Closed is closed, by whatever settled it.
create or replace macro closed_spell_at(in_since, in_known_on, in_currency, in_entity, in_segment) as table
with part as (
    select r.document_id, r.instalment, r.invoice_date, r.due_date, r.closed_date
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_type = 'invoice' and r.invoice_date > in_since
),
reopened as materialized (
    select distinct i.document_id
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    where
        i.invoice_type = 'invoice'
        and i.kind <> 'invoice'
        and i.due_date is not null
        and i.invoice_date > in_since
        and i.document_amount * i.weight > 0
),
odd as materialized (
    select p.* from part as p where p.closed_date is null
    union all
    select p.* from part as p
    where p.closed_date is not null and p.document_id in (select r.document_id from reopened as r)
),
moved as (
    select
        i.document_id,
        i.instalment,
        i.post_date,
        sum(i.document_amount) as amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    where
        i.due_date is not null
        and i.invoice_date > in_since
        and i.document_id in (select o.document_id from odd as o)
    group by all
    -- Days a correction took away: nothing was open on them, but nothing was closed either.
    having sum(i.weight) <> 0
),
state as (
    select
        m.document_id,
        m.instalment,
        m.post_date,
        sum(m.amount) over (partition by m.document_id, m.instalment order by m.post_date) <= 0 as is_closed,
    from moved as m
),
changed as (
    select s.*
    from state as s
    qualify s.is_closed <> lag(s.is_closed, 1, false) over (
        partition by s.document_id, s.instalment order by s.post_date
    )
),
spell as (
    select
        c.document_id,
        c.instalment,
        c.is_closed,
        c.post_date as closed_from,
        lead(c.post_date) over (partition by c.document_id, c.instalment order by c.post_date) as closed_until,
    from changed as c
),
counted as (
    select p.invoice_date, p.due_date, p.closed_date as closed_from, cast(null as date) as closed_until,
        count(*) as parts,
    from part as p
    where p.closed_date is not null
    group by all
    union all
    select o.invoice_date, o.due_date, o.closed_date as closed_from, cast(null as date) as closed_until, -1 as parts,
    from odd as o
    where o.closed_date is not null
    union all
    select o.invoice_date, o.due_date, s.closed_from, s.closed_until, 1 as parts,
    from odd as o
    inner join spell as s on s.document_id = o.document_id and s.instalment = o.instalment and s.is_closed
)
select c.invoice_date, c.due_date, c.closed_from, c.closed_until, cast(sum(c.parts) as bigint) as parts,
from counted as c
group by c.invoice_date, c.due_date, c.closed_from, c.closed_until
having sum(c.parts) <> 0;

-- Kaplan-Meier median over the invoices of the 365 days to each day: the first age at which at most half is
-- left; open invoices count as long as they have been seen. Kaplan & Meier (1958), JASA 53:457-481.
create or replace macro survival_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
),
issued as (
    select r.invoice_date, r.due_date, count(*) as parts,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_type = 'invoice'
    group by all
),
closed as materialized (
    select s.*
    from closed_spell_at(list_min(in_days) - 365, in_known_on, in_currency, in_entity, in_segment) as s
),
seen as (
    select p.day, c.invoice_date, c.due_date, c.closed_from as until, c.parts as closed_parts, c.parts,
    from point as p
    inner join closed as c
        on c.invoice_date > p.day - 365 and c.invoice_date <= p.day
        and c.closed_from <= p.day and (c.closed_until is null or c.closed_until > p.day)
    union all
    select p.day, i.invoice_date, i.due_date, p.day as until, 0 as closed_parts, i.parts,
    from point as p
    inner join issued as i on i.invoice_date > p.day - 365 and i.invoice_date <= p.day
    union all
    -- Those closed are not open: taken off what is censored on the day itself.
    select p.day, c.invoice_date, c.due_date, p.day as until, 0 as closed_parts, -c.parts,
    from point as p
    inner join closed as c
        on c.invoice_date > p.day - 365 and c.invoice_date <= p.day
        and c.closed_from <= p.day and (c.closed_until is null or c.closed_until > p.day)
),
aged as (
    select s.day, 'to_pay' as measure, date_diff('day', s.invoice_date, s.until) as age,
        sum(s.closed_parts) as closed_parts, sum(s.parts) as parts,
    from seen as s
    group by all
    union all
    select s.day, 'late' as measure, date_diff('day', s.due_date, s.until) as age,
        sum(s.closed_parts) as closed_parts, sum(s.parts) as parts,
    from seen as s
    group by all
),
at_risk as (
    select
        a.*,
        sum(a.parts) over (partition by a.day, a.measure order by a.age desc) as parts_at_risk,
    from aged as a
    where a.parts <> 0
),
curve as (
    select
        r.day,
        r.measure,
        r.age,
        r.parts,
        r.closed_parts,
        product(1 - r.closed_parts / r.parts_at_risk) over (
            partition by r.day, r.measure order by r.age
        ) as share_left,
    from at_risk as r
)
select
    c.day,
    -- The slack is for a product of fractions that is one half but for its last binary digit.
    cast(min(c.age) filter (c.measure = 'to_pay' and c.share_left <= 0.5 + 1e-12) as double) as days_to_pay_with_open,
    cast(min(c.age) filter (c.measure = 'late' and c.share_left <= 0.5 + 1e-12) as double) as days_late_with_open,
    sum(c.closed_parts) filter (c.measure = 'to_pay') as closed_365,
    sum(c.parts) filter (c.measure = 'to_pay') as issued_365,
from curve as c
group by c.day;
