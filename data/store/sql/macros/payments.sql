-- One row per day: what was paid on invoices in the 90 days to it, and how long that took, weighted by amount.
create or replace macro payment_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with payments_of_day as (
    select
        flow.event_date,
        flow.post_date,
        -sum(flow.amount) as amount,
        -sum(flow.amount_days_to_pay) as amount_days_to_pay,
        -sum(flow.amount_days_late) as amount_days_late,
    from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as flow
    where is_payment(flow.kind) and flow.invoice_type = 'invoice' and not flow.is_on_account
    group by all
    union all
    -- What came back leaves from the day it did.
    select
        change.event_date,
        change.from_date as post_date,
        -sum(change.amount) as amount,
        -sum(change.amount * date_diff('day', change.invoice_date, change.event_date)) as amount_days_to_pay,
        -sum(change.amount * date_diff('day', change.due_date, change.event_date)) as amount_days_late,
    from item_change_at(null, in_known_on, in_currency, in_entity, in_segment) as change
    where is_payment(change.kind)
    group by all
)
select
    point.day,
    nullif(sum(payment.amount), 0) as paid_90,
    case when sum(payment.amount) <> 0 then sum(payment.amount_days_to_pay) end as paid_days_to_pay,
    case when sum(payment.amount) <> 0 then sum(payment.amount_days_late) end as paid_days_late,
    sum(payment.amount_days_to_pay) / nullif(sum(payment.amount), 0) as days_to_pay,
    sum(payment.amount_days_late) / nullif(sum(payment.amount), 0) as days_late,
from day_in(in_days) as point
left join payments_of_day as payment
    on
        payment.event_date > point.day - 90
        and payment.event_date <= point.day
        and payment.post_date <= point.day
group by point.day;

-- One row per day: what fell due in the 90 days to it, and how much of that was settled on or before its due date.
-- Parts of which a list settled something leave both from the day of that list.
create or replace macro on_time_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with amount_due as (
    select
        part.due_date,
        greatest(part.due_date, part.invoice_date) as known_from,
        part.listed_date as known_until,
        sum(part.amount_due) as amount_due,
        sum(part.amount_on_time) as amount_on_time,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    -- A part that is money due back is owed by nobody on time or late.
    where part.invoice_type = 'invoice' and coalesce(part.amount, 0) >= 0
    group by all
    union all
    select
        part.due_date,
        greatest(part.due_date, part.invoice_date, change.from_date) as known_from,
        part.listed_date as known_until,
        0 as amount_due,
        sum(change.amount_on_time) as amount_on_time,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    inner join on_time_change_at(null, in_known_on, in_currency) as change
        on change.document_id = part.document_id and change.instalment = part.instalment
    where coalesce(part.amount, 0) >= 0
    group by all
)
select
    point.day,
    sum(due.amount_due) as fell_due_90,
    sum(due.amount_on_time) as on_time_90,
    sum(due.amount_on_time) / nullif(sum(due.amount_due), 0) as on_time_share,
from day_in(in_days) as point
left join amount_due as due
    on
        due.due_date > point.day - 90
        and due.due_date <= point.day
        and due.known_from <= point.day
        and still_runs(due.known_until, point.day)
group by point.day;
