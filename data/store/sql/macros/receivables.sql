-- One row per document and day it falls due (a part): what fell due, what was settled in time, since when nothing is
-- open. in_items names the table of items: `item`, or those of some customers while a load derives them again.
create or replace macro receivable_state(in_known_on, in_items) as table
with part_by_day as (
    select
        item.document_id,
        item.instalment,
        item.invoice_type,
        item.customer_id,
        item.segment,
        item.entity,
        item.currency,
        item.invoice_date,
        item.due_date,
        item.post_date,
        sum(item.amount) as amount,
        sum(item.base_amount) as base_amount,
        sum(item.amount) filter (is_document(item.kind)) as document_amount,
        sum(item.base_amount) filter (is_document(item.kind)) as base_document_amount,
        sum(item.amount) filter (item.kind = 'cancellation') as cancelled,
        sum(item.base_amount) filter (item.kind = 'cancellation') as base_cancelled,
        -- By the day on the paper: a part that is due before its document's date is not on time for being absent.
        -sum(item.amount) filter (
            is_settlement(item.kind) and item.event_date <= item.due_date
        ) as settled_on_time,
        -sum(item.base_amount) filter (
            is_settlement(item.kind) and item.event_date <= item.due_date
        ) as base_settled_on_time,
        sum(item.weight) filter (is_document(item.kind)) as documents,
        sum(item.weight) filter (is_document(item.kind) and item.base_amount is not null) as rated,
        coalesce(sum(item.weight) filter (is_listed(item.kind)), 0) as listed,
    from query_table(in_items) as item
    where item.due_date is not null and (in_known_on is null or item.recorded_at <= in_known_on)
    group by all
),
part_total as (
    select
        by_day.document_id,
        by_day.instalment,
        by_day.invoice_type,
        by_day.customer_id,
        by_day.segment,
        by_day.entity,
        by_day.currency,
        by_day.invoice_date,
        by_day.due_date,
        sum(by_day.document_amount) as amount,
        sum(by_day.base_document_amount) as base_amount,
        sum(by_day.document_amount)
        + coalesce(sum(by_day.cancelled) filter (by_day.post_date <= by_day.due_date), 0) as amount_due,
        sum(by_day.base_document_amount)
        + coalesce(sum(by_day.base_cancelled) filter (by_day.post_date <= by_day.due_date), 0) as base_amount_due,
        coalesce(sum(by_day.settled_on_time), 0) as settled_on_time,
        coalesce(sum(by_day.base_settled_on_time), 0) as base_settled_on_time,
        case
            when sum(by_day.amount) = 0
                then coalesce(max(by_day.post_date) filter (by_day.amount <> 0), min(by_day.invoice_date))
        end as closed_date,
        min(by_day.post_date) filter (by_day.listed > 0) as listed_date,
        sum(by_day.amount) as open_amount,
        sum(by_day.base_amount) as base_open_amount,
        coalesce(sum(by_day.rated), 0) > 0 as is_rated,
    from part_by_day as by_day
    group by all
    having sum(by_day.documents) > 0
)
select
    part.document_id,
    part.instalment,
    part.invoice_type,
    part.customer_id,
    part.segment,
    part.entity,
    part.currency,
    part.invoice_date,
    part.due_date,
    cast(part.amount as decimal(18, 2)) as amount,
    cast(case when part.is_rated then part.base_amount end as decimal(18, 2)) as base_amount,
    cast(part.amount_due as decimal(18, 2)) as amount_due,
    cast(case when part.is_rated then part.base_amount_due end as decimal(18, 2)) as base_amount_due,
    cast(least(part.amount_due, greatest(0, part.settled_on_time)) as decimal(18, 2)) as amount_on_time,
    -- least() and greatest() skip a null: without the case an invoice without a rate would have been paid 0.00.
    cast(
        case when part.is_rated then least(part.base_amount_due, greatest(0, part.base_settled_on_time)) end
        as decimal(18, 2)
    ) as base_amount_on_time,
    part.closed_date,
    part.listed_date,
    cast(part.open_amount as decimal(18, 2)) as open_amount,
    cast(case when part.is_rated then part.base_open_amount end as decimal(18, 2)) as base_open_amount,
from part_total as part;

-- One row per part and day money came back on it: by how much what was settled on time is less from that day on.
create or replace macro on_time_change_state(in_known_on, in_items) as table
with change_by_day as (
    select
        change.document_id,
        change.instalment,
        change.from_date,
        -sum(change.amount) filter (change.event_date <= change.due_date) as settled,
        -sum(change.base_amount) filter (change.event_date <= change.due_date) as base_settled,
    from item_change as change
    where in_known_on is null or change.recorded_at <= in_known_on
    group by change.document_id, change.instalment, change.from_date
    having sum(change.weight) <> 0
),
part_total as (
    select
        item.document_id,
        item.instalment,
        item.customer_id,
        sum(item.amount) filter (is_document(item.kind)) + coalesce(
            sum(item.amount) filter (item.kind = 'cancellation' and item.post_date <= item.due_date), 0
        ) as due,
        sum(item.base_amount) filter (is_document(item.kind)) + coalesce(
            sum(item.base_amount) filter (item.kind = 'cancellation' and item.post_date <= item.due_date), 0
        ) as base_due,
        -coalesce(sum(item.amount) filter (is_settlement(item.kind) and item.event_date <= item.due_date), 0)
            as settled,
        -coalesce(sum(item.base_amount) filter (is_settlement(item.kind) and item.event_date <= item.due_date), 0)
            as base_settled,
    from query_table(in_items) as item
    where
        item.due_date is not null
        and (in_known_on is null or item.recorded_at <= in_known_on)
        and item.document_id in (select change.document_id from change_by_day as change)
    group by item.document_id, item.instalment, item.customer_id
    having sum(item.weight) filter (is_document(item.kind)) > 0
),
settled_by_day as (
    select
        part.*,
        change.from_date,
        coalesce(sum(change.settled) over so_far, 0) as change_so_far,
        coalesce(sum(change.base_settled) over so_far, 0) as base_change_so_far,
    from part_total as part
    inner join change_by_day as change
        on change.document_id = part.document_id and change.instalment = part.instalment
    window so_far as (partition by part.document_id, part.instalment order by change.from_date)
),
on_time_by_day as (
    select
        part.*,
        least(part.due, greatest(0, part.settled)) as booked,
        least(part.base_due, greatest(0, part.base_settled)) as base_booked,
        least(part.due, greatest(0, part.settled + part.change_so_far)) as on_time,
        least(part.base_due, greatest(0, part.base_settled + part.base_change_so_far)) as base_on_time,
    from settled_by_day as part
)
select
    part.document_id,
    part.instalment,
    part.customer_id,
    part.from_date,
    cast(part.on_time - lag(part.on_time, 1, part.booked) over by_day as decimal(18, 2)) as amount_on_time,
    cast(part.base_on_time - lag(part.base_on_time, 1, part.base_booked) over by_day as decimal(18, 2))
        as base_amount_on_time,
from on_time_by_day as part
window by_day as (partition by part.document_id, part.instalment order by part.from_date);

-- The same rows as known on a moment, in the currency shown, up to the end of a day (null: any).
create or replace macro returned_on_time_at(in_as_of, in_known_on, in_currency) as table
with known_change as (
    select change.* from on_time_change as change
    where in_known_on is null
    union all
    select change.* from on_time_change_state(in_known_on, 'item') as change
    where in_known_on is not null
)
select
    change.document_id,
    change.instalment,
    change.from_date,
    case when in_currency is null then change.base_amount_on_time else change.amount_on_time end as amount_on_time,
from known_change as change
where in_as_of is null or change.from_date <= in_as_of;

-- One row per part, as known on a moment, in the currency shown. last_open_amount: open after everything known. From
-- listed_date on nobody knows when it was paid: no figure about when customers pay counts it.
create or replace macro receivable_at(in_known_on, in_currency, in_entity, in_segment) as table
with known_part as (
    select part.* from receivable as part
    where in_known_on is null
    union all
    select part.* from receivable_state(in_known_on, 'item') as part
    where in_known_on is not null
)
select
    part.document_id,
    part.instalment,
    part.invoice_type,
    part.customer_id,
    part.segment,
    part.entity,
    part.currency,
    part.invoice_date,
    part.due_date,
    case when in_currency is null then part.base_amount else part.amount end as amount,
    case when in_currency is null then part.base_amount_due else part.amount_due end as amount_due,
    case when in_currency is null then part.base_amount_on_time else part.amount_on_time end as amount_on_time,
    part.closed_date,
    part.listed_date,
    case when in_currency is null then part.base_open_amount else part.open_amount end as last_open_amount,
    part.open_amount as last_document_open_amount,
from known_part as part
where
    (in_currency is null or part.currency = in_currency)
    and (in_entity is null or part.entity = in_entity)
    and (in_segment is null or part.segment = in_segment);

-- One row per part and day on which what was settled of it in time changes afterwards: money came back, or a payment in
-- time turned out to be all that was to be paid, for the rest is the discount taken with it.
create or replace macro on_time_change_at(in_as_of, in_known_on, in_currency) as table
with discounted_part as (
    select
        part.document_id,
        part.instalment,
        taken.taken_date,
        taken.lost_date,
        greatest(part.amount_due - part.amount_on_time, 0) as amount_on_time,
    from discount_taken_at(in_known_on) as taken
    inner join receivable_at(in_known_on, in_currency, null, null) as part on part.document_id = taken.document_id
    where part.instalment = 0 and taken.taken_date <= part.due_date
)
select change.* from returned_on_time_at(in_as_of, in_known_on, in_currency) as change
union all
select part.document_id, part.instalment, part.taken_date as from_date, part.amount_on_time
from discounted_part as part
where in_as_of is null or part.taken_date <= in_as_of
union all
select part.document_id, part.instalment, part.lost_date as from_date, -part.amount_on_time
from discounted_part as part
where part.lost_date is not null and (in_as_of is null or part.lost_date <= in_as_of);

-- One row per document and day it falls due with something open at the end of a day, in the currency shown (null without
-- a rate) and in its own.
-- Worked out backwards: open after everything known, less later movements, of which a recent day has next to none.
create or replace macro open_part_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with open_or_overpaid as (
    select
        part.document_id,
        part.instalment,
        part.invoice_type,
        part.customer_id,
        part.segment,
        part.entity,
        part.currency,
        part.invoice_date,
        part.due_date,
        part.amount,
        part.last_open_amount,
        part.last_document_open_amount,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
    where part.invoice_date <= in_as_of and still_runs(part.closed_date, in_as_of)
),
moved_later as (
    select
        item.document_id,
        item.instalment,
        sum(item.amount) as amount,
        sum(item.document_amount) as document_amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where item.post_date > in_as_of and item.due_date is not null
    group by item.document_id, item.instalment
),
part_on_day as (
    select
        part.* exclude (last_open_amount, last_document_open_amount),
        cast(part.last_open_amount - coalesce(later.amount, 0) as decimal(38, 2)) as open_amount,
        cast(part.last_document_open_amount - coalesce(later.document_amount, 0) as decimal(38, 2))
            as document_open_amount,
    from open_or_overpaid as part
    left join moved_later as later on later.document_id = part.document_id and later.instalment = part.instalment
)
select part.*
from part_on_day as part
where part.document_open_amount <> 0 or part.open_amount <> 0;

-- One row per document and day it falls due with something open at the end of a day in the currency shown.
create or replace macro open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select part.*
from open_part_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as part
where part.open_amount <> 0;

-- One row per part with nothing open at the end of a day: since when. What happened later does not count.
create or replace macro closed_part_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with part as (
    select known.document_id, known.instalment, known.invoice_date, known.closed_date
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as known
    where known.invoice_date <= in_as_of
),
moved_by_day as (
    select
        part.document_id,
        part.instalment,
        part.invoice_date,
        item.post_date,
        sum(item.document_amount) as amount,
    from part
    inner join item_at(in_known_on, in_currency, in_entity, in_segment) as item
        on
            item.document_id = part.document_id
            and item.instalment = part.instalment
            and item.due_date is not null
            and item.post_date <= in_as_of
    where still_runs(part.closed_date, in_as_of)
    group by all
)
select part.document_id, part.instalment, part.closed_date
from part
where part.closed_date <= in_as_of
union all
select
    moved.document_id,
    moved.instalment,
    coalesce(max(moved.post_date) filter (moved.amount <> 0), moved.invoice_date) as closed_date,
from moved_by_day as moved
group by moved.document_id, moved.instalment, moved.invoice_date
having sum(moved.amount) = 0;

-- One row per part of an invoice that fell due in the 365 days before a day, and whether it was settled on time. What
-- was credited as a whole is left out, and so is what a list settled: nobody knows whether that was on time.
create or replace macro part_due_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with change_by_part as (
    select change.document_id, change.instalment, sum(change.amount_on_time) as amount_on_time,
    from on_time_change_at(in_as_of, in_known_on, in_currency) as change
    group by change.document_id, change.instalment
)
select
    part.customer_id,
    part.invoice_date,
    part.amount_on_time + coalesce(change.amount_on_time, 0) >= part.amount_due as is_on_time,
from receivable_at(in_known_on, in_currency, in_entity, in_segment) as part
left join change_by_part as change
    on change.document_id = part.document_id and change.instalment = part.instalment
where
    part.invoice_type = 'invoice'
    and part.amount_due > 0
    and part.due_date > in_as_of - 365
    and part.due_date < in_as_of
    and still_runs(part.listed_date, in_as_of)
    and part.document_id not in (
        select credited.invoice_id from credited_invoice_at(in_as_of, in_known_on) as credited
    );
