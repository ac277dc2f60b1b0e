-- Balances per day. Each amount counts from its post date; as overdue from the day after the due date.
create or replace macro balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with balance as (
    select
        b.due_date,
        b.post_date,
        sum(b.amount) as amount,
    from balance_day_at(in_known_on, in_currency, in_entity, in_segment) as b
    group by all
),
counted as (
    select 'open' as measure, b.post_date as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is not null
    group by all
    union all
    select 'overdue' as measure, greatest(b.post_date, b.due_date + 1) as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is not null
    group by all
    union all
    select 'd90_plus' as measure, greatest(b.post_date, b.due_date + 91) as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is not null
    group by all
    union all
    select 'unapplied' as measure, b.post_date as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is null
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    coalesce(sum(c.amount) filter (c.measure = 'open'), 0) as open_amount,
    coalesce(sum(c.amount) filter (c.measure = 'overdue'), 0) as overdue,
    coalesce(sum(c.amount) filter (c.measure = 'd90_plus'), 0) as d90_plus,
    coalesce(sum(c.amount) filter (c.measure = 'unapplied'), 0) as unapplied,
from point as p
left join counted as c on c.since <= p.day
group by p.day;

-- What the ten customers with most open owe, money on account left out.
create or replace macro top10_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
),
-- Each movement counts from the first asked day on or after it.
moved as (
    select b.post_date, min(p.day) as day,
    from (
        select distinct f.post_date from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
    ) as b
    inner join point as p on p.day >= b.post_date
    group by b.post_date
),
movement as (
    select i.customer_id, m.day, sum(i.amount) as amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    inner join moved as m on m.post_date = i.post_date
    where i.due_date is not null
    group by all
),
balance as (
    select p.day, c.customer_id, sum(m.amount) over (partition by c.customer_id order by p.day) as open_amount,
    from (select distinct m.customer_id from movement as m) as c
    cross join point as p
    left join movement as m on m.customer_id = c.customer_id and m.day = p.day
)
select b.day, list_sum(max(b.open_amount, 10)) as top10_amount,
from balance as b
where b.open_amount <> 0
group by b.day;
