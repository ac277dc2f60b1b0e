-- What every figure reads through: one definition of "as known on" and of the filters.
-- in_currency null: everything, in the reporting currency; a code: only documents in it, in their own amounts.
-- The `<table>_at(in_known_on)` macros of the facts are generated from data/grains.py.

-- An amount in the reporting currency, to the cent, half away from zero. Widened first: two decimals of 18 digits
-- multiply in 18 digits, and ten billion would overflow.
create or replace macro converted(in_amount, in_rate) as
    round(cast(in_amount as decimal(28, 2)) * in_rate, 2);

-- The sum of what stands in a group of item rows; null where none of it has an amount (no rate). A reversing row
-- takes away the row it reverses, so that a group is what it would be had only what stands been posted.
create or replace macro standing_sum(in_amount, in_weight) as
    case when sum(in_weight) filter (in_amount is not null) > 0 then sum(in_amount) end;

-- The last bucket is asked first: most rows of a ledger are old and settled.
create or replace macro bucket_of(in_days, in_limits) as
    case
        when in_days > in_limits[len(in_limits)] then len(in_limits) + 1
        when in_days <= 0 then 0
        when in_days <= in_limits[1] then 1
        when in_days <= in_limits[2] then 2
        when in_days <= in_limits[3] then 3
        when in_days <= in_limits[4] then 4
        when in_days <= in_limits[5] then 5
        when in_days <= in_limits[6] then 6
        when in_days <= in_limits[7] then 7
        else 8
    end;

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

-- Documents and payments per day without a look at the item ledger, so that a tie-out compares two ways of adding.
-- A payment belongs to the entity of its document, where that is in the books.
create or replace macro fact_state(in_known_on) as table
with document as (
    select
        i.invoice_id,
        coalesce(i.entity, '') as entity,
        i.currency,
        i.invoice_type,
        i.invoice_date,
        -- greatest() skips a null: without the case every document would be cancelled.
        case when i.cancelled_date is not null then greatest(i.cancelled_date, i.invoice_date) end as cancelled_date,
        i.amount,
    from invoice_at(in_known_on) as i
)
select
    d.entity,
    d.currency,
    d.invoice_date as day,
    case when d.invoice_type = 'credit_note' then 'credited' else 'invoiced' end as part,
    sum(d.amount) as amount,
from document as d
group by all
union all
select d.entity, d.currency, d.cancelled_date, 'credited', -sum(d.amount)
from document as d
where d.cancelled_date is not null
group by all
union all
select
    coalesce(d.entity, s.entity, '') as entity,
    s.currency,
    s.payment_date,
    case s.kind when 'credit' then 'credited' when 'write_off' then 'written_off' else 'received' end,
    -sum(s.amount),
from settlement_at(in_known_on) as s
left join document as d on d.invoice_id = s.invoice_id
group by all;

create or replace macro fact_day_at(in_known_on) as table
select f.* from fact_day as f
where in_known_on is null
union all
select s.* from fact_state(in_known_on) as s
where in_known_on is not null;

create or replace macro reporting_currency_at(in_known_on) as (
    select arg_max(r.currency, r.recorded_at)
    from reporting_currency as r
    where in_known_on is null or r.recorded_at <= in_known_on
);

-- What is open at the end of a day: one row per document and day it falls due, never zero.
-- What is open in the end, less what moved after that day: for a day near the end that is next to nothing.
-- One row per account, currency and day with a balance at its end: declared, or the declared one before it
-- and the entries since. Entries of an account that has no balance before them tell no balance.
create or replace macro bank_closing_at(in_known_on) as table
with moved as (
    select e.account, e.currency, e.entry_date, sum(e.amount) as amount
    from bank_entry_at(in_known_on) as e
    group by all
),
since as (
    select m.account, m.currency, m.entry_date, m.amount, b.balance_date, b.balance
    from moved as m
    asof inner join bank_balance_at(in_known_on) as b
        on b.account = m.account and b.currency = m.currency and b.balance_date <= m.entry_date
)
select b.account, b.currency, b.balance_date, cast(b.balance as decimal(38, 2)) as balance
from bank_balance_at(in_known_on) as b
union all
select
    s.account,
    s.currency,
    s.entry_date,
    s.balance + sum(s.amount) over (
        partition by s.account, s.currency, s.balance_date order by s.entry_date
    ),
from since as s
where s.entry_date > s.balance_date;

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

-- Disputes that are open at the end of a day: opened by then, not closed by then.
create or replace macro open_dispute_at(in_as_of, in_known_on) as table
select d.*
from dispute_at(in_known_on) as d
where d.opened_date <= in_as_of and (d.closed_date is null or d.closed_date > in_as_of);

-- Whether a settlement row counts towards a promise: write-offs keep none.
create or replace macro keeps_promise(in_kind, in_event_date, in_made_date, in_until) as
    in_kind in ('payment', 'credit', 'reversal') and in_event_date >= in_made_date and in_event_date <= in_until;

-- Promises made by a day, and what became of them. A promise is due from the end of its promised day and kept when
-- what was settled on its document since it was made reaches it. Amounts in the currency of the document.
create or replace macro promise_outcome_at(in_as_of, in_known_on) as table
with settled as (
    select
        p.invoice_id,
        p.made_date,
        coalesce(
            -sum(i.document_amount) filter (
                keeps_promise(i.kind, i.event_date, p.made_date, least(p.promised_date, in_as_of))
            ),
            0
        ) as settled_amount,
    from promise_at(in_known_on) as p
    inner join item_at(in_known_on, null, null, null) as i on i.document_id = p.invoice_id and i.due_date is not null
    where p.made_date <= in_as_of
    group by all
)
select
    p.invoice_id,
    p.made_date,
    p.promised_date,
    p.amount,
    p.promised_date <= in_as_of as is_due,
    coalesce(s.settled_amount >= p.amount, false) as is_kept,
    row_number() over (partition by p.invoice_id order by p.made_date desc) = 1 as is_latest,
from promise_at(in_known_on) as p
left join settled as s on s.invoice_id = p.invoice_id and s.made_date = p.made_date
where p.made_date <= in_as_of;
