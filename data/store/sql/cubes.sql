-- The small tables beside `item`: what an instant answer needs, and nothing that item does not say.

-- Balances by the two days that age them. Rows are only added, as in item.
insert into balance_day
select
    i.recorded_at,
    i.segment,
    i.entity,
    i.currency,
    i.due_date,
    i.post_date,
    sum(i.amount) as amount,
    sum(i.base_amount) as base_amount,
from item as i
where i.recorded_at = $recorded_at
group by all;

-- Flows by kind: billings, receipts, and the day-weighted sums behind days to pay and days late.
insert into flow_day
select
    i.recorded_at,
    i.segment,
    i.entity,
    i.currency,
    i.kind,
    i.invoice_type,
    i.due_date is null as is_on_account,
    i.post_date,
    i.event_date,
    sum(i.amount) as amount,
    sum(i.base_amount) as base_amount,
    sum(i.amount * date_diff('day', i.invoice_date, i.event_date)) as amount_days_to_pay,
    sum(i.base_amount * date_diff('day', i.invoice_date, i.event_date)) as base_amount_days_to_pay,
    sum(i.amount * date_diff('day', i.due_date, i.event_date)) as amount_days_late,
    sum(i.base_amount * date_diff('day', i.due_date, i.event_date)) as base_amount_days_late,
    sum(i.weight) as rows,
from item as i
where i.recorded_at = $recorded_at
group by all;

-- What each document's parts came to, as now known.
delete from receivable where customer_id in (select t.customer_id from touched as t);

create or replace temp table touched_item as
select i.*
from item as i
where i.customer_id in (select t.customer_id from touched as t);

insert into receivable
select s.*
from receivable_state(null, 'touched_item') as s;

-- The other side of the tie-out.
delete from fact_day;

insert into fact_day
select f.*
from fact_state(null) as f;
