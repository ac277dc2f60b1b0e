-- The small tables beside `item`, for answers at once; they hold nothing that cannot be derived from the facts.

-- One row per publication, segment, administration, currency, day due and day posted. Rows are only added, as in item.
insert into balance_day
select
    item.recorded_at,
    item.segment,
    item.entity,
    item.currency,
    item.due_date,
    item.post_date,
    sum(item.amount) as amount,
    sum(item.base_amount) as base_amount,
from item
where item.recorded_at = $recorded_at
group by all;

-- One row per publication, segment, administration, currency, kind of item, and day: billings, receipts and the sums
-- weighted by days behind days to pay and days late.
insert into flow_day
select
    item.recorded_at,
    item.segment,
    item.entity,
    item.currency,
    item.kind,
    item.invoice_type,
    item.due_date is null as is_on_account,
    item.post_date,
    item.event_date,
    sum(item.amount) as amount,
    sum(item.base_amount) as base_amount,
    sum(item.amount * date_diff('day', item.invoice_date, item.event_date)) as amount_days_to_pay,
    sum(item.base_amount * date_diff('day', item.invoice_date, item.event_date)) as base_amount_days_to_pay,
    sum(item.amount * date_diff('day', item.due_date, item.event_date)) as amount_days_late,
    sum(item.base_amount * date_diff('day', item.due_date, item.event_date)) as base_amount_days_late,
    sum(item.weight) as rows,
from item
where item.recorded_at = $recorded_at
group by all;

-- One row per part, as now known; those of the touched customers are derived again.
delete from receivable where customer_id in (select touched.customer_id from touched);

-- One row per item row of a touched customer.
create or replace temp table touched_item as
select item.*
from item
where item.customer_id in (select touched.customer_id from touched);

insert into receivable
select part.*
from receivable_state(null, 'touched_item') as part;

-- One row per administration, currency, day and part of the receivables: the other side of the tie-out.
delete from fact_day;

insert into fact_day
select fact.*
from fact_state(null) as fact;

-- One row per part and day money came back on it; those of the touched customers are derived again.
delete from on_time_change where customer_id in (select touched.customer_id from touched);

insert into on_time_change
select change.*
from on_time_change_state(null, 'touched_item') as change;
