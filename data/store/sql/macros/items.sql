-- What every figure reads through: one definition of "as known on" and of the filters.
-- in_currency null: everything, in the reporting currency; a code: only documents in it, in their own amounts.
-- The `<table>_at(in_known_on)` macros of the facts are generated from data/grains.py.

-- The sum of what stands in a group of item rows; null where none of it has an amount (no rate). A reversing row
-- takes away the row it reverses, so that a group is what it would be had only what stands been posted.
create or replace macro standing_sum(in_amount, in_weight) as
    case when sum(in_weight) filter (in_amount is not null) > 0 then sum(in_amount) end;

create or replace macro item_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    i.document_id,
    i.invoice_type,
    i.kind,
    i.payment_id,
    i.instalment,
    i.customer_id,
    i.segment,
    i.entity,
    i.currency,
    i.invoice_date,
    i.due_date,
    i.event_date,
    i.post_date,
    case when in_currency is null then i.base_amount else i.amount end as amount,
    i.amount as document_amount,
    i.weight,
from item as i
where
    (in_known_on is null or i.recorded_at <= in_known_on)
    and (in_currency is null or i.currency = in_currency)
    and (in_entity is null or i.entity = in_entity)
    and (in_segment is null or i.segment = in_segment);

create or replace macro balance_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    b.segment,
    b.entity,
    b.currency,
    b.due_date,
    b.post_date,
    case when in_currency is null then b.base_amount else b.amount end as amount,
from balance_day as b
where
    (in_known_on is null or b.recorded_at <= in_known_on)
    and (in_currency is null or b.currency = in_currency)
    and (in_entity is null or b.entity = in_entity)
    and (in_segment is null or b.segment = in_segment);

create or replace macro flow_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    f.segment,
    f.entity,
    f.currency,
    f.kind,
    f.invoice_type,
    f.is_on_account,
    f.post_date,
    f.event_date,
    case when in_currency is null then f.base_amount else f.amount end as amount,
    case when in_currency is null then f.base_amount_days_to_pay else f.amount_days_to_pay end as amount_days_to_pay,
    case when in_currency is null then f.base_amount_days_late else f.amount_days_late end as amount_days_late,
    f.rows,
from flow_day as f
where
    (in_known_on is null or f.recorded_at <= in_known_on)
    and (in_currency is null or f.currency = in_currency)
    and (in_entity is null or f.entity = in_entity)
    and (in_segment is null or f.segment = in_segment);
