-- Every figure reads through these macros, so that "as known on" and the filters are defined once. in_known_on null:
-- everything known now. in_currency null: everything, in the reporting currency; a code: only documents in it, in their
-- own amounts. in_entity, in_segment null: all.

-- The kinds of item rows: the document itself; with its cancellation, which takes the billing back. What the kinds of
-- settlement are (is_settlement, is_receipt, is_payment, keeps_promise, tie_out_line) is made from data/grains.
create or replace macro is_document(in_kind) as
    in_kind in ('invoice', 'credit_note');

create or replace macro is_billing(in_kind) as
    in_kind in ('invoice', 'credit_note', 'cancellation');

-- The sum of a group of item rows; null where no row that was not reversed has an amount (no rate). A reversing row
-- takes away the row it reverses, so that the sum is that of the rows that were not reversed.
create or replace macro standing_sum(in_amount, in_weight) as
    case when sum(in_weight) filter (in_amount is not null) > 0 then sum(in_amount) end;

-- An amount to divide by; null where it is not above 0.
create or replace macro above_zero(in_amount) as
    case when in_amount > 0 then in_amount end;

-- A share of an amount that may be lowered by refunds, 0-1; null where the amount is not above 0.
create or replace macro share_of(in_part, in_whole) as
    case
        when in_whole > 0
            then least(1, greatest(0, cast(in_part as double) / cast(in_whole as double)))
    end;

-- A share of an amount, 0-1, or a mean of days weighted by amount; null where there is nothing to divide by.
create or replace macro ratio(in_part, in_whole) as
    cast(in_part as double) / nullif(cast(in_whole as double), 0);

-- One row per row of the item ledger; `amount` in the currency shown.
create or replace macro item_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    item.document_id,
    item.invoice_type,
    item.kind,
    item.payment_id,
    item.instalment,
    item.customer_id,
    item.segment,
    item.entity,
    item.currency,
    item.invoice_date,
    item.due_date,
    item.event_date,
    item.post_date,
    case when in_currency is null then item.base_amount else item.amount end as amount,
    item.amount as document_amount,
    item.weight,
from item
where
    (in_known_on is null or item.recorded_at <= in_known_on)
    and (in_currency is null or item.currency = in_currency)
    and (in_entity is null or item.entity = in_entity)
    and (in_segment is null or item.segment = in_segment);

-- One row per row of a table of item rows that still stands. A sum leaves out by itself what was reversed; the first or
-- last of its days does not.
create or replace macro unreversed(in_items) as table
select
    item.* exclude (amount, document_amount, weight),
    sum(item.amount) as amount,
    sum(item.document_amount) as document_amount,
    sum(item.weight) as weight,
from query_table(in_items) as item
group by all
having sum(item.weight) <> 0 or sum(item.document_amount) <> 0;

-- One row per event on an invoice and day, up to in_as_of (null: any day), on which money came back: by how much the
-- event is less from that day on; `amount` in the currency shown.
create or replace macro item_change_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select
    change.* exclude (amount, base_amount, recorded_at),
    case when in_currency is null then change.base_amount else change.amount end as amount,
    change.amount as document_amount,
from item_change as change
where
    (in_as_of is null or change.from_date <= in_as_of)
    and (in_known_on is null or change.recorded_at <= in_known_on)
    and (in_currency is null or change.currency = in_currency)
    and (in_entity is null or change.entity = in_entity)
    and (in_segment is null or change.segment = in_segment);

-- One row per row of the item ledger posted by the end of a day, and per row that takes off what had come back by then:
-- their sums are what remained paid. The rows that take off weigh nothing, for they are no events of their own.
create or replace macro standing_item_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select item.*
from item_at(in_known_on, in_currency, in_entity, in_segment) as item
where item.post_date <= in_as_of
union all by name
select change.* exclude (from_date, weight), cast(0 as smallint) as weight
from item_change_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as change;

-- One row per payment line that opened an invoice again by the end of a day; `amount` in the currency shown.
create or replace macro bounce_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select
    bounce.document_id,
    bounce.payment_id,
    bounce.customer_id,
    bounce.invoice_date,
    bounce.bounce_date,
    cast(
        sum(case when in_currency is null then bounce.base_amount else bounce.amount end) as decimal(38, 2)
    ) as amount,
from bounce
where
    bounce.bounce_date <= in_as_of
    and (in_known_on is null or bounce.recorded_at <= in_known_on)
    and (in_currency is null or bounce.currency = in_currency)
    and (in_entity is null or bounce.entity = in_entity)
    and (in_segment is null or bounce.segment = in_segment)
group by all
having sum(bounce.weight) > 0;

-- One row per row of balance_day, the items summed per day posted and day due; `amount` in the currency shown.
create or replace macro balance_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    balance.segment,
    balance.entity,
    balance.currency,
    balance.due_date,
    balance.post_date,
    case when in_currency is null then balance.base_amount else balance.amount end as amount,
from balance_day as balance
where
    (in_known_on is null or balance.recorded_at <= in_known_on)
    and (in_currency is null or balance.currency = in_currency)
    and (in_entity is null or balance.entity = in_entity)
    and (in_segment is null or balance.segment = in_segment);

-- One row per row of flow_day, the items summed per kind and day; amounts in the currency shown.
create or replace macro flow_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    flow.segment,
    flow.entity,
    flow.currency,
    flow.kind,
    flow.invoice_type,
    flow.is_on_account,
    flow.post_date,
    flow.event_date,
    case when in_currency is null then flow.base_amount else flow.amount end as amount,
    case when in_currency is null then flow.base_amount_days_to_pay else flow.amount_days_to_pay end
        as amount_days_to_pay,
    case when in_currency is null then flow.base_amount_days_late else flow.amount_days_late end as amount_days_late,
    flow.rows,
from flow_day as flow
where
    (in_known_on is null or flow.recorded_at <= in_known_on)
    and (in_currency is null or flow.currency = in_currency)
    and (in_entity is null or flow.entity = in_entity)
    and (in_segment is null or flow.segment = in_segment);

-- One row per part and day on which something was settled on it, by the end of a day: how much its open amount fell by
-- (negative where it rose) and how much of that was money.
create or replace macro settled_day_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select
    item.document_id,
    item.instalment,
    item.post_date,
    cast(-sum(item.amount) as decimal(38, 2)) as amount,
    cast(coalesce(-sum(item.amount) filter (is_receipt(item.kind)), 0) as decimal(38, 2)) as received_amount,
from item_at(in_known_on, in_currency, in_entity, in_segment) as item
where item.post_date <= in_as_of and item.due_date is not null and not is_document(item.kind)
group by item.document_id, item.instalment, item.post_date
having sum(item.amount) <> 0;
