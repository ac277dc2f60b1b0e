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

-- Promises and disputes whose document is in the books, in the currency shown. A promise is kept when what was
-- settled on its document from the day it was made up to and including the promised day, write-offs apart,
-- reaches the promised amount.
create or replace macro follow_up_at(in_known_on, in_currency, in_entity, in_segment) as table
with followed as materialized (
    select row_number() over () as number, u.*,
    from (
        select 'promise' as kind, p.invoice_id, p.made_date as start_date, p.promised_date as end_date, p.amount,
        from promise_at(in_known_on) as p
        union all
        select 'dispute' as kind, d.invoice_id, d.opened_date as start_date, d.closed_date as end_date, d.amount,
        from dispute_at(in_known_on) as d
    ) as u
),
found as (
    select
        f.number,
        case
            when sum(i.weight) filter (i.kind in ('invoice', 'credit_note') and i.amount is not null) > 0
                then
                    sum(i.amount) filter (i.kind in ('invoice', 'credit_note'))
                    / nullif(sum(i.document_amount) filter (i.kind in ('invoice', 'credit_note')), 0)
        end as rate,
        coalesce(
            -sum(i.document_amount) filter (
                keeps_promise(i.kind, i.event_date, f.start_date, f.end_date)
            ),
            0
        ) as settled,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    inner join followed as f on f.invoice_id = i.document_id
    where i.due_date is not null and i.kind not in ('write_off', 'cancellation')
    group by f.number
    having sum(i.weight) filter (i.kind in ('invoice', 'credit_note')) > 0
)
select
    f.kind,
    f.invoice_id,
    f.start_date,
    f.end_date,
    cast(round(f.amount * d.rate, 2) as decimal(18, 2)) as amount,
    f.kind = 'promise' and d.settled >= f.amount as is_kept,
from followed as f
inner join found as d on d.number = f.number;

-- A promise is due from the end of its promised day: kept or broken, there is no third.
create or replace macro follow_up_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
),
counted as (
    select
        f.kind,
        f.start_date,
        f.end_date,
        f.is_kept,
        count(*) as records,
        sum(f.amount) as amount,
    from follow_up_at(in_known_on, in_currency, in_entity, in_segment) as f
    group by all
),
promise as (
    select
        p.day,
        coalesce(sum(c.records) filter (c.is_kept), 0) / sum(c.records) as kept_share,
        coalesce(sum(c.amount) filter (c.is_kept), 0) / nullif(sum(c.amount), 0) as kept_amount_share,
    from point as p
    inner join counted as c on c.start_date <= p.day and c.end_date <= p.day
    where c.kind = 'promise'
    group by p.day
),
dispute as (
    select
        p.day,
        sum(c.amount) filter (c.start_date > p.day - 90) as amount_90,
        sum(c.records * date_diff('day', c.start_date, c.end_date)) filter (
            c.end_date > p.day - 365 and c.end_date <= p.day
        ) as closed_days,
        sum(c.records) filter (c.end_date > p.day - 365 and c.end_date <= p.day) as closed,
        sum(c.records * date_diff('day', c.start_date, p.day)) filter (
            c.end_date is null or c.end_date > p.day
        ) as running_days,
        sum(c.records) filter (c.end_date is null or c.end_date > p.day) as running,
    from point as p
    inner join counted as c on c.start_date <= p.day
    where c.kind = 'dispute'
    group by p.day
)
select
    p.day,
    k.kept_share as promise_kept_share,
    k.kept_amount_share as promise_kept_amount_share,
    coalesce(d.amount_90, 0) as disputed_90,
    d.closed_days / d.closed as days_disputed,
    d.running_days / d.running as days_disputed_open,
from point as p
left join promise as k on k.day = p.day
left join dispute as d on d.day = p.day;
