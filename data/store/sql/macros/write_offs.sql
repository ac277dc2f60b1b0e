-- One row per write-off by the end of a day that released nobody: what was written off in the books is owed until it is
-- waived (6:160 BW). `waived` of the row decides; where it says nothing, the debt is waived only if all that was written
-- off so on the document is below the setting.
create or replace macro unwaived_write_off_at(in_as_of, in_known_on) as table
with write_off as (
    select
        settlement.payment_id,
        settlement.invoice_id,
        settlement.waived,
        sum(settlement.amount) filter (settlement.waived is null) over (partition by settlement.invoice_id)
            as unmarked_amount,
    from settlement_at(in_known_on) as settlement
    where
        settlement.kind = 'write_off'
        and settlement.invoice_id is not null
        and settlement.payment_date <= in_as_of
),
limit_set as (
    select
        coalesce(max(try_cast(setting.value as decimal(18, 2))) filter (setting.key = 'waive_below'), usual_waive_limit())
            as amount,
    from setting_at(in_known_on) as setting
)
select write_off.payment_id, write_off.invoice_id as document_id
from write_off
cross join limit_set
where write_off.waived = 'no' or (write_off.waived is null and write_off.unmarked_amount >= limit_set.amount)
group by write_off.payment_id, write_off.invoice_id;

-- One row per invoice with a debt that was written off by the end of a day and not waived, with what is left to pay of
-- that debt, in the currency of the document, and the day the first of it fell due.
create or replace macro written_off_debt_at(in_as_of, in_known_on) as table
with unwaived as materialized (
    select write_off.payment_id, write_off.document_id
    from unwaived_write_off_at(in_as_of, in_known_on) as write_off
),
item_of_written_off as (
    select item.*
    from item_at(in_known_on, null, null, null) as item
    where
        item.document_id in (select unwaived.document_id from unwaived)
        and item.invoice_type = 'invoice'
        and item.due_date < in_as_of
        and item.post_date <= in_as_of
        and is_loss(item.kind)
)
select
    item.customer_id,
    item.entity,
    item.currency,
    item.document_id,
    item.invoice_date,
    min(item.due_date) as due_date,
    -sum(item.document_amount) as amount,
from unreversed('item_of_written_off') as item
left join unwaived
    on
        item.kind = 'write_off'
        and unwaived.document_id = item.document_id
        and unwaived.payment_id = item.payment_id
where unwaived.document_id is not null or item.kind = 'recovered'
group by item.customer_id, item.entity, item.currency, item.document_id, item.invoice_date
having sum(item.document_amount) < 0;
