-- One row per document whose latest payment plan, of those agreed by the end of a day, is not paid in full. first_date
-- and next_date: its first instalment with something unpaid, and the first such one on or after the day. arrears: what
-- fell due before the day by the plan and is not paid since it was agreed. Amounts in the currency of the document.
create or replace macro unpaid_plan_at(in_as_of, in_known_on) as table
with latest_plan as (
    select plan.invoice_id, plan.agreed_date, plan.due_date, plan.amount
    from payment_plan_at(in_known_on) as plan
    where plan.agreed_date <= in_as_of
    qualify plan.agreed_date = max(plan.agreed_date) over (partition by plan.invoice_id)
),
paid_since as (
    select plan.invoice_id, coalesce(-sum(item.document_amount), 0) as amount
    from (select distinct agreed.invoice_id, agreed.agreed_date from latest_plan as agreed) as plan
    left join standing_item_at(in_as_of, in_known_on, null, null, null) as item
        on
            item.document_id = plan.invoice_id
            and item.due_date is not null
            and is_settlement(item.kind)
            and item.event_date >= plan.agreed_date
    group by plan.invoice_id
),
planned_so_far as (
    select
        plan.invoice_id,
        plan.agreed_date,
        plan.due_date,
        sum(plan.amount) over (partition by plan.invoice_id order by plan.due_date) as amount,
    from latest_plan as plan
    where plan.amount > 0
)
select
    plan.invoice_id,
    any_value(plan.agreed_date) as agreed_date,
    min(plan.due_date) as first_date,
    min(plan.due_date) filter (plan.due_date >= in_as_of) as next_date,
    coalesce(max(plan.amount - paid.amount) filter (plan.due_date < in_as_of), 0) as arrears,
from planned_so_far as plan
inner join paid_since as paid on paid.invoice_id = plan.invoice_id
where plan.amount > paid.amount
group by plan.invoice_id;
