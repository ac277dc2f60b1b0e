-- in_items names the table of items: `item`, or those of some customers while a load derives them again.
create or replace macro receivable_state(in_known_on, in_items) as table
with by_day as (
    select
        i.document_id,
        i.instalment,
        i.invoice_type,
        i.customer_id,
        i.segment,
        i.entity,
        i.currency,
        i.invoice_date,
        i.due_date,
        i.post_date,
        sum(i.amount) as amount,
        sum(i.base_amount) as base_amount,
        sum(i.amount) filter (i.kind in ('invoice', 'credit_note')) as document_amount,
        sum(i.base_amount) filter (i.kind in ('invoice', 'credit_note')) as base_document_amount,
        sum(i.amount) filter (i.kind = 'cancellation') as cancelled,
        sum(i.base_amount) filter (i.kind = 'cancellation') as base_cancelled,
        -- By the day on the paper: what is due before the document's own date is not paid by not being there yet.
        -sum(i.amount) filter (
            i.kind in ('payment', 'credit', 'write_off', 'reversal') and i.event_date <= i.due_date
        ) as settled_on_time,
        -sum(i.base_amount) filter (
            i.kind in ('payment', 'credit', 'write_off', 'reversal') and i.event_date <= i.due_date
        ) as base_settled_on_time,
        sum(i.weight) filter (i.kind in ('invoice', 'credit_note')) as documents,
        sum(i.weight) filter (i.kind in ('invoice', 'credit_note') and i.base_amount is not null) as rated,
    from query_table(in_items) as i
    where i.due_date is not null and (in_known_on is null or i.recorded_at <= in_known_on)
    group by all
),
by_part as (
    select
        d.document_id,
        d.instalment,
        d.invoice_type,
        d.customer_id,
        d.segment,
        d.entity,
        d.currency,
        d.invoice_date,
        d.due_date,
        sum(d.document_amount) as amount,
        sum(d.base_document_amount) as base_amount,
        sum(d.document_amount) + coalesce(sum(d.cancelled) filter (d.post_date <= d.due_date), 0) as amount_due,
        sum(d.base_document_amount)
        + coalesce(sum(d.base_cancelled) filter (d.post_date <= d.due_date), 0) as base_amount_due,
        coalesce(sum(d.settled_on_time), 0) as settled_on_time,
        coalesce(sum(d.base_settled_on_time), 0) as base_settled_on_time,
        case
            when sum(d.amount) = 0 then coalesce(max(d.post_date) filter (d.amount <> 0), min(d.invoice_date))
        end as closed_date,
        sum(d.amount) as open_amount,
        sum(d.base_amount) as base_open_amount,
        coalesce(sum(d.rated), 0) > 0 as is_rated,
    from by_day as d
    group by all
    having sum(d.documents) > 0
)
select
    p.document_id,
    p.instalment,
    p.invoice_type,
    p.customer_id,
    p.segment,
    p.entity,
    p.currency,
    p.invoice_date,
    p.due_date,
    cast(p.amount as decimal(18, 2)) as amount,
    cast(case when p.is_rated then p.base_amount end as decimal(18, 2)) as base_amount,
    cast(p.amount_due as decimal(18, 2)) as amount_due,
    cast(case when p.is_rated then p.base_amount_due end as decimal(18, 2)) as base_amount_due,
    cast(least(p.amount_due, greatest(0, p.settled_on_time)) as decimal(18, 2)) as amount_on_time,
    -- least() and greatest() skip a null: without the case an invoice without a rate would have been paid 0.00.
    cast(
        case when p.is_rated then least(p.base_amount_due, greatest(0, p.base_settled_on_time)) end
        as decimal(18, 2)
    ) as base_amount_on_time,
    p.closed_date,
    cast(p.open_amount as decimal(18, 2)) as open_amount,
    cast(case when p.is_rated then p.base_open_amount end as decimal(18, 2)) as base_open_amount,
from by_part as p;

create or replace macro receivable_at(in_known_on, in_currency, in_entity, in_segment) as table
with known as (
    select r.* from receivable as r
    where in_known_on is null
    union all
    select s.* from receivable_state(in_known_on, 'item') as s
    where in_known_on is not null
)
select
    k.document_id,
    k.instalment,
    k.invoice_type,
    k.customer_id,
    k.segment,
    k.entity,
    k.currency,
    k.invoice_date,
    k.due_date,
    case when in_currency is null then k.base_amount else k.amount end as amount,
    case when in_currency is null then k.base_amount_due else k.amount_due end as amount_due,
    case when in_currency is null then k.base_amount_on_time else k.amount_on_time end as amount_on_time,
    k.closed_date,
    case when in_currency is null then k.base_open_amount else k.open_amount end as last_open_amount,
    k.open_amount as last_document_open_amount,
from known as k
where
    (in_currency is null or k.currency = in_currency)
    and (in_entity is null or k.entity = in_entity)
    and (in_segment is null or k.segment = in_segment);

-- What is open at the end of a day: one row per document and day it falls due, never zero.
-- What is open in the end, less what moved after that day: for a day near the end that is next to nothing.
create or replace macro open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
with candidate as (
    select
        r.document_id,
        r.instalment,
        r.invoice_type,
        r.customer_id,
        r.segment,
        r.entity,
        r.currency,
        r.invoice_date,
        r.due_date,
        r.amount,
        r.last_open_amount,
        r.last_document_open_amount,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_date <= in_as_of and (r.closed_date is null or r.closed_date > in_as_of)
),
moved_later as (
    select
        i.document_id,
        i.instalment,
        sum(i.amount) as amount,
        sum(i.document_amount) as document_amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    where i.post_date > in_as_of and i.due_date is not null
    group by i.document_id, i.instalment
),
opened as (
    select
        c.* exclude (last_open_amount, last_document_open_amount),
        cast(c.last_open_amount - coalesce(m.amount, 0) as decimal(38, 2)) as open_amount,
        cast(c.last_document_open_amount - coalesce(m.document_amount, 0) as decimal(38, 2)) as document_open_amount,
    from candidate as c
    left join moved_later as m on m.document_id = c.document_id and m.instalment = c.instalment
)
select o.*
from opened as o
where o.open_amount <> 0;
