-- One row per day: what is open and on account at its end. An amount counts from its post date.
create or replace macro balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with amount_by_day as (
    select
        balance.post_date,
        balance.due_date is null as is_on_account,
        sum(balance.amount) as amount,
    from balance_day_at(in_known_on, in_currency, in_entity, in_segment) as balance
    group by all
)
select
    point.day,
    coalesce(sum(balance.amount) filter (not balance.is_on_account), 0) as open_amount,
    coalesce(sum(balance.amount) filter (balance.is_on_account), 0) as unapplied,
from day_in(in_days) as point
left join amount_by_day as balance on balance.post_date <= point.day
group by point.day;

-- One row per part of a document and day on which its credit changed: by how much. Credit is all that is open on a
-- credit note, and what was paid too much on an invoice (negative). Open amounts less credit are invoices with an
-- amount open above 0: the shares of what is overdue are shares of those.
create or replace macro credit_change_at(in_known_on, in_currency, in_entity, in_segment) as table
with invoice_part_with_credit as materialized (
    select part.document_id, part.instalment
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    where part.invoice_type = 'invoice' and part.last_open_amount < 0
    union
    -- A part that was paid too much and is not any longer got money back, or a payment on it was undone.
    select item.document_id, item.instalment
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where
        item.invoice_type = 'invoice'
        and item.due_date is not null
        -- Comparing signs costs a third of multiplying.
        and is_document(item.kind) <> ((item.document_amount > 0) = (item.weight > 0))
),
item_with_credit as (
    select item.*
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where item.invoice_type = 'credit_note' and item.due_date is not null
    union all
    select item.*
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    inner join invoice_part_with_credit as part
        on part.document_id = item.document_id and part.instalment = item.instalment
    where item.invoice_type = 'invoice' and item.due_date is not null
),
movement as (
    select
        item.document_id,
        item.instalment,
        item.invoice_type,
        item.customer_id,
        item.invoice_date,
        item.due_date,
        item.post_date,
        sum(item.amount) as amount,
    from item_with_credit as item
    group by all
    having sum(item.weight) <> 0 or sum(item.amount) <> 0
),
credit_of_day as (
    select
        movement.*,
        case
            when movement.invoice_type = 'credit_note' then sum(movement.amount) over until_day
            else least(0, sum(movement.amount) over until_day)
        end as credit,
    from movement
    window until_day as (
        partition by movement.document_id, movement.instalment, movement.invoice_date, movement.due_date
        order by movement.post_date
    )
)
select
    credit.customer_id,
    credit.invoice_date,
    credit.due_date,
    credit.post_date,
    credit.credit - lag(credit.credit, 1, 0) over (
        partition by credit.document_id, credit.instalment, credit.invoice_date, credit.due_date
        order by credit.post_date
    ) as amount,
from credit_of_day as credit;

-- One row per day: what is open on invoices at its end, without credit, and how much of it is overdue. An amount is
-- overdue from the day after its due date.
create or replace macro overdue_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with amount_by_days as (
    select movement.due_date, movement.post_date, sum(movement.amount) as amount,
    from (
        select balance.due_date, balance.post_date, balance.amount
        from balance_day_at(in_known_on, in_currency, in_entity, in_segment) as balance
        where balance.due_date is not null
        union all
        select credit.due_date, credit.post_date, -credit.amount as amount
        from credit_change_at(in_known_on, in_currency, in_entity, in_segment) as credit
    ) as movement
    group by all
),
amount_since as (
    select 'open' as measure, movement.post_date as since, sum(movement.amount) as amount,
    from amount_by_days as movement
    group by all
    union all
    select
        'overdue' as measure,
        greatest(movement.post_date, movement.due_date + 1) as since,
        sum(movement.amount) as amount,
    from amount_by_days as movement
    group by all
    union all
    select
        'd90_plus' as measure,
        greatest(movement.post_date, movement.due_date + 91) as since,
        sum(movement.amount) as amount,
    from amount_by_days as movement
    group by all
)
select
    point.day,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'open'), 0) as invoices_open,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'overdue'), 0) as overdue,
    coalesce(sum(amounts.amount) filter (amounts.measure = 'd90_plus'), 0) as d90_plus,
from day_in(in_days) as point
left join amount_since as amounts on amounts.since <= point.day
group by point.day;

-- One row per day on which anything is open on invoices: what the ten customers with most open on them owe, without
-- credit and money on account.
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
    select posted.customer_id, movement.day, sum(posted.amount) as amount,
    from (
        select item.customer_id, item.post_date, item.amount
        from item_at(in_known_on, in_currency, in_entity, in_segment) as item
        where item.due_date is not null
        union all
        select credit.customer_id, credit.post_date, -credit.amount as amount
        from credit_change_at(in_known_on, in_currency, in_entity, in_segment) as credit
    ) as posted
    inner join day_of_movement as movement on movement.post_date = posted.post_date
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
