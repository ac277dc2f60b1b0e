-- The first day of a bridge: as asked, else the end of the month before.
create or replace macro bridge_start(in_from, in_as_of) as
    coalesce(in_from, last_day(cast(in_as_of - interval 1 month as date)));

-- One row per day and customer segment: what is open, in three parts, and what was billed in the 90 days to it.
create or replace macro segment_balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select asked.day from day_in(in_days) as asked
),
open_amount as (
    select
        point.day,
        item.segment,
        coalesce(sum(item.amount) filter (item.invoice_type = 'invoice' and item.due_date >= point.day), 0) as not_due,
        coalesce(sum(item.amount) filter (item.invoice_type = 'invoice' and item.due_date < point.day), 0) as overdue,
        coalesce(sum(item.amount) filter (item.invoice_type = 'credit_note'), 0) as credit_notes,
    from point
    inner join item_at(in_known_on, in_currency, in_entity, in_segment) as item on item.post_date <= point.day
    where item.due_date is not null
    group by all
    having sum(item.weight) <> 0
),
billings_90 as (
    select point.day, flow.segment, sum(flow.amount) as billings,
    from point
    inner join flow_day_at(in_known_on, in_currency, in_entity, in_segment) as flow
        on flow.post_date > point.day - 90 and flow.post_date <= point.day
    where is_billing(flow.kind)
    group by all
    having sum(flow.rows) <> 0
)
select
    coalesce(balance.day, billing.day) as day,
    coalesce(balance.segment, billing.segment) as segment,
    coalesce(balance.not_due, 0) as not_due,
    coalesce(balance.overdue, 0) as overdue,
    coalesce(balance.credit_notes, 0) as credit_notes,
    coalesce(billing.billings, 0) as billings,
from open_amount as balance
full join billings_90 as billing on billing.day = balance.day and billing.segment = balance.segment;

-- One row per segment: why DSO (balance method 90) changed between two days, in days. The four causes of all segments
-- add up to the change exactly. A segment has a weight, its share of billings, and a DSO of its own in three parts. If
-- it billed nothing in the 90 days to one of the two days, or was credited more than it was billed, it takes its own DSO
-- of the other day, so that its coming or going is mix; what it has open without billings is no mix and counts under its
-- own part. No rows where a day's billings are not above 0 or customers are owed more than they owe.
create or replace macro bridge_at(in_from, in_to, in_known_on, in_currency, in_entity, in_segment) as table
with segment_balance as materialized (
    select
        balance.*,
        sum(balance.billings) over (partition by balance.day) as all_billings,
        sum(balance.not_due + balance.overdue + balance.credit_notes) over (partition by balance.day) as all_open,
    from segment_balance_on([in_from, in_to], in_known_on, in_currency, in_entity, in_segment) as balance
),
segment_dso as (
    select
        balance.day,
        balance.segment,
        greatest(0, balance.billings) / above_zero(balance.all_billings) as weight,
        balance.not_due / above_zero(balance.billings) * 90 as not_due,
        balance.overdue / above_zero(balance.billings) * 90 as overdue,
        balance.credit_notes / above_zero(balance.billings) * 90 as credit_notes,
        -- A segment without billings adds its open amounts to the days of the whole book.
        case when balance.billings <= 0 then balance.not_due / above_zero(balance.all_billings) * 90 else 0 end
            as bare_not_due,
        case when balance.billings <= 0 then balance.overdue / above_zero(balance.all_billings) * 90 else 0 end
            as bare_overdue,
        case when balance.billings <= 0 then balance.credit_notes / above_zero(balance.all_billings) * 90 else 0 end
            as bare_credit_notes,
    from segment_balance as balance
),
whole_book as (
    select
        count(distinct balance.day) = 2 and bool_and(balance.all_billings > 0 and balance.all_open >= 0) as is_defined,
    from segment_balance as balance
),
both_days as (
    select
        present.segment,
        coalesce(before.weight, 0) as weight_from,
        coalesce(after.weight, 0) as weight_to,
        coalesce(before.not_due, after.not_due, 0) as not_due_from,
        coalesce(after.not_due, before.not_due, 0) as not_due_to,
        coalesce(before.overdue, after.overdue, 0) as overdue_from,
        coalesce(after.overdue, before.overdue, 0) as overdue_to,
        coalesce(before.credit_notes, after.credit_notes, 0) as credit_notes_from,
        coalesce(after.credit_notes, before.credit_notes, 0) as credit_notes_to,
        coalesce(after.bare_not_due, 0) - coalesce(before.bare_not_due, 0) as bare_not_due,
        coalesce(after.bare_overdue, 0) - coalesce(before.bare_overdue, 0) as bare_overdue,
        coalesce(after.bare_credit_notes, 0) - coalesce(before.bare_credit_notes, 0) as bare_credit_notes,
    from (select distinct balance.segment from segment_balance as balance) as present
    left join segment_dso as before on before.segment = present.segment and before.day = in_from
    left join segment_dso as after on after.segment = present.segment and after.day = in_to
)
select
    pair.segment,
    pair.weight_from,
    pair.weight_to,
    pair.not_due_from,
    pair.not_due_to,
    pair.overdue_from,
    pair.overdue_to,
    pair.credit_notes_from,
    pair.credit_notes_to,
    (pair.weight_from + pair.weight_to) / 2 * (pair.not_due_to - pair.not_due_from) + pair.bare_not_due as terms,
    (pair.weight_from + pair.weight_to) / 2 * (pair.overdue_to - pair.overdue_from) + pair.bare_overdue as delinquency,
    (pair.weight_from + pair.weight_to) / 2 * (pair.credit_notes_to - pair.credit_notes_from)
    + pair.bare_credit_notes as credit_notes,
    (
        pair.not_due_from + pair.overdue_from + pair.credit_notes_from
        + pair.not_due_to + pair.overdue_to + pair.credit_notes_to
    ) / 2 * (pair.weight_to - pair.weight_from) as mix,
from both_days as pair
cross join whole_book as whole
where whole.is_defined;
