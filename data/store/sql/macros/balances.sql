-- One row per day: what is open, overdue and on account at its end. An amount counts from its post date, as overdue
-- from the day after the due date.
create or replace macro balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with amount_by_days as (
    select
        balance.due_date,
        balance.post_date,
        sum(balance.amount) as amount,
    from balance_day_at(in_known_on, in_currency, in_entity, in_segment) as balance
    group by all
),
amount_since as (
    select 'open' as measure, balance.post_date as since, sum(balance.amount) as amount,
    from amount_by_days as balance
    where balance.due_date is not null
    group by all
    union all
    select
        'overdue' as measure,
        greatest(balance.post_date, balance.due_date + 1) as since,
        sum(balance.amount) as amount,
    from amount_by_days as balance
    where balance.due_date is not null
    group by all
    union all
    select
        'd90_plus' as measure,
        greatest(balance.post_date, balance.due_date + 91) as since,
        sum(balance.amount) as amount,
    from amount_by_days as balance
    where balance.due_date is not null
    group by all
    union all
    select 'unapplied' as measure, balance.post_date as since, sum(balance.amount) as amount,
    from amount_by_days as balance
    where balance.due_date is null
    group by all
)
select
    point.day,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'open'), 0) as open_amount,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'overdue'), 0) as overdue,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'd90_plus'), 0) as d90_plus,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'unapplied'), 0) as unapplied,
from day_in(in_days) as point
left join amount_since as amounts on amounts.since <= point.day
group by point.day;

-- One row per day on which anything is open: what the ten customers with most open owe, money on account left out.
create or replace macro top10_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select asked.day from day_in(in_days) as asked
),
-- A movement counts from the first of the days on or after it.
day_of_movement as (
    select posted.post_date, min(point.day) as day,
    from (
        select distinct flow.post_date from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as flow
    ) as posted
    inner join point on point.day >= posted.post_date
    group by posted.post_date
),
customer_movement as (
    select item.customer_id, movement.day, sum(item.amount) as amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    inner join day_of_movement as movement on movement.post_date = item.post_date
    where item.due_date is not null
    group by all
),
customer_balance as (
    select
        point.day,
        customer.customer_id,
        sum(movement.amount) over (partition by customer.customer_id order by point.day) as open_amount,
    from (select distinct movement.customer_id from customer_movement as movement) as customer
    cross join point
    left join customer_movement as movement
        on movement.customer_id = customer.customer_id and movement.day = point.day
)
select balance.day, list_sum(max(balance.open_amount, 10)) as top10_amount,
from customer_balance as balance
where balance.open_amount <> 0
group by balance.day;
