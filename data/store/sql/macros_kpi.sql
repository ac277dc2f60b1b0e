-- The figures, each defined once, for every day of a list: `kpi` asks one day, `kpi_trend` the month ends.
-- in_days: DATE[], end of each day; the filters are those of macros.sql. "90 days to D" is (D - 90, D].

-- Balances per day. Each amount counts from its post date; as overdue from the day after the due date.
create or replace macro balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with balance as (
    select
        b.due_date,
        b.post_date,
        sum(b.amount) as amount,
    from balance_day_at(in_known_on, in_currency, in_entity, in_segment) as b
    group by all
),
counted as (
    select 'open' as measure, b.post_date as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is not null
    group by all
    union all
    select 'overdue' as measure, greatest(b.post_date, b.due_date + 1) as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is not null
    group by all
    union all
    select 'd90_plus' as measure, greatest(b.post_date, b.due_date + 91) as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is not null
    group by all
    union all
    select 'unapplied' as measure, b.post_date as since, sum(b.amount) as amount,
    from balance as b
    where b.due_date is null
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    coalesce(sum(c.amount) filter (c.measure = 'open'), 0) as open_amount,
    coalesce(sum(c.amount) filter (c.measure = 'overdue'), 0) as overdue,
    coalesce(sum(c.amount) filter (c.measure = 'd90_plus'), 0) as d90_plus,
    coalesce(sum(c.amount) filter (c.measure = 'unapplied'), 0) as unapplied,
from point as p
left join counted as c on c.since <= p.day
group by p.day;

-- Billings: invoices less credit notes, incl. VAT; a cancellation is billing taken back on its own day.
create or replace macro billing_day_at(in_known_on, in_currency, in_entity, in_segment) as table
select
    f.post_date,
    sum(f.amount) as amount,
    coalesce(sum(f.rows) filter (f.kind = 'invoice'), 0) as invoices,
from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
where f.kind in ('invoice', 'credit_note', 'cancellation')
group by f.post_date;

create or replace macro billing_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    coalesce(sum(b.amount) filter (b.post_date > p.day - 90), 0) as billings_90,
    coalesce(sum(b.amount), 0) as billings_365,
    coalesce(sum(b.amount) filter (b.post_date >= date_trunc('month', p.day)), 0) as billings_month,
from point as p
left join billing_day_at(in_known_on, in_currency, in_entity, in_segment) as b
    on b.post_date > p.day - 365 and b.post_date <= p.day
group by p.day;

-- Days of sales outstanding by countback: calendar months walked back until they add up to what is open.
-- counted_billings: of the months walked, the last one as a whole.
create or replace macro countback_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with balance as materialized (
    select b.day, b.open_amount
    from balance_on(in_days, in_known_on, in_currency, in_entity, in_segment) as b
),
billing as materialized (
    select b.* from billing_day_at(in_known_on, in_currency, in_entity, in_segment) as b
),
first_invoice as (
    select min(b.post_date) as day from billing as b where b.invoices > 0
),
walked as (
    select
        p.day,
        p.open_amount as rest,
        cast(unnest(generate_series(
            date_trunc('month', f.day), date_trunc('month', p.day), interval 1 month
        )) as date) as month_start,
    from balance as p
    cross join first_invoice as f
    where p.open_amount > 0 and f.day <= p.day
),
billed as (
    select
        w.day,
        w.rest,
        w.month_start,
        date_diff('day', w.month_start, least(last_day(w.month_start), w.day)) + 1 as month_days,
        coalesce(sum(b.amount), 0) as amount,
    from walked as w
    left join billing as b on b.post_date >= w.month_start and b.post_date <= least(last_day(w.month_start), w.day)
    group by all
),
summed as (
    select
        b.*,
        sum(b.amount) over back as amount_so_far,
        sum(b.month_days) over back as days_so_far,
    from billed as b
    window back as (partition by b.day order by b.month_start desc)
),
reached as (
    select
        s.day,
        max_by(
            s.days_so_far - s.month_days
            + (s.rest - (s.amount_so_far - s.amount)) / nullif(s.amount, 0) * s.month_days,
            s.month_start
        ) filter (s.amount_so_far >= s.rest) as days_reached,
        max_by(s.amount_so_far, s.month_start) filter (s.amount_so_far >= s.rest) as amount_reached,
        sum(s.month_days) as days_in_all,
        sum(s.amount) as amount_in_all,
    from summed as s
    group by s.day
)
select
    p.day,
    p.open_amount as rest,
    coalesce(r.amount_reached, r.amount_in_all, 0) as counted_billings,
    case
        when p.open_amount <= 0 then 0
        else coalesce(r.days_reached, cast(r.days_in_all as double), 0)
    end as dso_countback,
    f.day as first_invoice_date,
from balance as p
cross join first_invoice as f
left join reached as r on r.day = p.day;

-- What was paid on invoices in the 90 days to each day, and how long it took, weighted by amount.
create or replace macro payment_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with paid as (
    select
        f.event_date,
        f.post_date,
        -sum(f.amount) as amount,
        -sum(f.amount_days_to_pay) as amount_days_to_pay,
        -sum(f.amount_days_late) as amount_days_late,
    from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
    where f.kind = 'payment' and f.invoice_type = 'invoice' and not f.is_on_account
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    nullif(sum(d.amount), 0) as paid_90,
    case when sum(d.amount) <> 0 then sum(d.amount_days_to_pay) end as paid_days_to_pay,
    case when sum(d.amount) <> 0 then sum(d.amount_days_late) end as paid_days_late,
    sum(d.amount_days_to_pay) / nullif(sum(d.amount), 0) as days_to_pay,
    sum(d.amount_days_late) / nullif(sum(d.amount), 0) as days_late,
from point as p
left join paid as d on d.event_date > p.day - 90 and d.event_date <= p.day and d.post_date <= p.day
group by p.day;

-- When parts of invoices dated after in_since were closed: spells in which nothing was open, counted by their days.
-- receivable.closed_date says it for all but the parts that were paid too much or opened again: those are
-- followed day by day, so that every past day is told as it was. Closed is closed, by whatever settled it.
create or replace macro closed_spell_at(in_since, in_known_on, in_currency, in_entity, in_segment) as table
with part as (
    select r.document_id, r.instalment, r.invoice_date, r.due_date, r.closed_date
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_type = 'invoice' and r.invoice_date > in_since
),
reopened as materialized (
    select distinct i.document_id
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    where
        i.invoice_type = 'invoice'
        and i.kind <> 'invoice'
        and i.due_date is not null
        and i.invoice_date > in_since
        and i.document_amount * i.weight > 0
),
odd as materialized (
    select p.* from part as p where p.closed_date is null
    union all
    select p.* from part as p
    where p.closed_date is not null and p.document_id in (select r.document_id from reopened as r)
),
moved as (
    select
        i.document_id,
        i.instalment,
        i.post_date,
        sum(i.document_amount) as amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    where
        i.due_date is not null
        and i.invoice_date > in_since
        and i.document_id in (select o.document_id from odd as o)
    group by all
    -- Days a correction took away: nothing was open on them, but nothing was closed either.
    having sum(i.weight) <> 0
),
state as (
    select
        m.document_id,
        m.instalment,
        m.post_date,
        sum(m.amount) over (partition by m.document_id, m.instalment order by m.post_date) <= 0 as is_closed,
    from moved as m
),
changed as (
    select s.*
    from state as s
    qualify s.is_closed <> lag(s.is_closed, 1, false) over (
        partition by s.document_id, s.instalment order by s.post_date
    )
),
spell as (
    select
        c.document_id,
        c.instalment,
        c.is_closed,
        c.post_date as closed_from,
        lead(c.post_date) over (partition by c.document_id, c.instalment order by c.post_date) as closed_until,
    from changed as c
),
counted as (
    select p.invoice_date, p.due_date, p.closed_date as closed_from, cast(null as date) as closed_until,
        count(*) as parts,
    from part as p
    where p.closed_date is not null
    group by all
    union all
    select o.invoice_date, o.due_date, o.closed_date as closed_from, cast(null as date) as closed_until, -1 as parts,
    from odd as o
    where o.closed_date is not null
    union all
    select o.invoice_date, o.due_date, s.closed_from, s.closed_until, 1 as parts,
    from odd as o
    inner join spell as s on s.document_id = o.document_id and s.instalment = o.instalment and s.is_closed
)
select c.invoice_date, c.due_date, c.closed_from, c.closed_until, cast(sum(c.parts) as bigint) as parts,
from counted as c
group by c.invoice_date, c.due_date, c.closed_from, c.closed_until
having sum(c.parts) <> 0;

-- Kaplan-Meier median over the invoices of the 365 days to each day: the first age at which at most half is
-- left; open invoices count as long as they have been seen. Kaplan & Meier (1958), JASA 53:457-481.
create or replace macro survival_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
),
issued as (
    select r.invoice_date, r.due_date, count(*) as parts,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_type = 'invoice'
    group by all
),
closed as materialized (
    select s.*
    from closed_spell_at(list_min(in_days) - 365, in_known_on, in_currency, in_entity, in_segment) as s
),
seen as (
    select p.day, c.invoice_date, c.due_date, c.closed_from as until, c.parts as closed_parts, c.parts,
    from point as p
    inner join closed as c
        on c.invoice_date > p.day - 365 and c.invoice_date <= p.day
        and c.closed_from <= p.day and (c.closed_until is null or c.closed_until > p.day)
    union all
    select p.day, i.invoice_date, i.due_date, p.day as until, 0 as closed_parts, i.parts,
    from point as p
    inner join issued as i on i.invoice_date > p.day - 365 and i.invoice_date <= p.day
    union all
    -- Those closed are not open: taken off what is censored on the day itself.
    select p.day, c.invoice_date, c.due_date, p.day as until, 0 as closed_parts, -c.parts,
    from point as p
    inner join closed as c
        on c.invoice_date > p.day - 365 and c.invoice_date <= p.day
        and c.closed_from <= p.day and (c.closed_until is null or c.closed_until > p.day)
),
aged as (
    select s.day, 'to_pay' as measure, date_diff('day', s.invoice_date, s.until) as age,
        sum(s.closed_parts) as closed_parts, sum(s.parts) as parts,
    from seen as s
    group by all
    union all
    select s.day, 'late' as measure, date_diff('day', s.due_date, s.until) as age,
        sum(s.closed_parts) as closed_parts, sum(s.parts) as parts,
    from seen as s
    group by all
),
at_risk as (
    select
        a.*,
        sum(a.parts) over (partition by a.day, a.measure order by a.age desc) as parts_at_risk,
    from aged as a
    where a.parts <> 0
),
curve as (
    select
        r.day,
        r.measure,
        r.age,
        r.parts,
        r.closed_parts,
        product(1 - r.closed_parts / r.parts_at_risk) over (
            partition by r.day, r.measure order by r.age
        ) as share_left,
    from at_risk as r
)
select
    c.day,
    -- The slack is for a product of fractions that is one half but for its last binary digit.
    cast(min(c.age) filter (c.measure = 'to_pay' and c.share_left <= 0.5 + 1e-12) as double) as days_to_pay_with_open,
    cast(min(c.age) filter (c.measure = 'late' and c.share_left <= 0.5 + 1e-12) as double) as days_late_with_open,
    sum(c.closed_parts) filter (c.measure = 'to_pay') as closed_365,
    sum(c.parts) filter (c.measure = 'to_pay') as issued_365,
from curve as c
group by c.day;

-- Of what fell due in the 90 days to each day: the part settled on or before its due date.
create or replace macro on_time_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with due as (
    select
        r.due_date,
        greatest(r.due_date, r.invoice_date) as known_from,
        sum(r.amount_due) as amount_due,
        sum(r.amount_on_time) as amount_on_time,
    from receivable_at(in_known_on, in_currency, in_entity, in_segment) as r
    where r.invoice_type = 'invoice'
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    sum(d.amount_due) as fell_due_90,
    sum(d.amount_on_time) as on_time_90,
    sum(d.amount_on_time) / nullif(sum(d.amount_due), 0) as on_time_share,
from point as p
left join due as d on d.due_date > p.day - 90 and d.due_date <= p.day and d.known_from <= p.day
group by p.day;

-- What the ten customers with most open owe, money on account left out.
create or replace macro top10_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with point as (
    select distinct unnest(in_days) as day
),
-- Each movement counts from the first asked day on or after it.
moved as (
    select b.post_date, min(p.day) as day,
    from (
        select distinct f.post_date from flow_day_at(in_known_on, in_currency, in_entity, in_segment) as f
    ) as b
    inner join point as p on p.day >= b.post_date
    group by b.post_date
),
movement as (
    select i.customer_id, m.day, sum(i.amount) as amount,
    from item_at(in_known_on, in_currency, in_entity, in_segment) as i
    inner join moved as m on m.post_date = i.post_date
    where i.due_date is not null
    group by all
),
balance as (
    select p.day, c.customer_id, sum(m.amount) over (partition by c.customer_id order by p.day) as open_amount,
    from (select distinct m.customer_id from movement as m) as c
    cross join point as p
    left join movement as m on m.customer_id = c.customer_id and m.day = p.day
)
select b.day, list_sum(max(b.open_amount, 10)) as top10_amount,
from balance as b
where b.open_amount <> 0
group by b.day;

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

-- Supplier bills know no segment or entity: under such a filter there is no figure.
create or replace macro bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as table
with bill_base as (
    select
        b.bill_date,
        b.paid_date,
        case
            when in_currency is not null or b.currency = reporting_currency_at(in_known_on) then b.amount
            else converted(b.amount, r.rate)
        end as amount,
    from bill_at(in_known_on) as b
    asof left join fx_rate_at(in_known_on) as r on r.currency = b.currency and r.rate_date <= b.bill_date
    where (in_currency is null or b.currency = in_currency) and in_entity is null and in_segment is null
),
bill_day as (
    select b.bill_date, b.paid_date, sum(b.amount) as amount,
    from bill_base as b
    group by all
),
point as (
    select distinct unnest(in_days) as day
)
select
    p.day,
    sum(b.amount) filter (b.bill_date > p.day - 90) as bills_90,
    coalesce(sum(b.amount) filter (b.paid_date is null or b.paid_date > p.day), 0) as bills_open,
from point as p
left join bill_day as b on b.bill_date <= p.day
group by p.day;

-- All figures together, one row per day. in_dio: days in stock, where they are known.
create or replace macro kpi_on(in_days, in_known_on, in_currency, in_entity, in_segment, in_dio) as table
with balance as materialized (
    select b.*, b.open_amount + b.unapplied as receivables, b.open_amount - b.overdue as not_due,
    from balance_on(
        list_concat(
            in_days,
            [one - 365 for one in in_days],
            [cast(date_trunc('month', one) as date) - 1 for one in in_days]
        ),
        in_known_on, in_currency, in_entity, in_segment
    ) as b
)
select
    b.day,
    b.receivables,
    b.open_amount,
    b.not_due,
    b.unapplied,
    b.overdue,
    b.overdue / nullif(b.open_amount, 0) as overdue_share,
    b.d90_plus / nullif(b.open_amount, 0) as d90_plus_share,
    coalesce(t.top10_amount, 0) / nullif(b.open_amount, 0) as top10_share,
    c.dso_countback,
    b.open_amount / nullif(f.billings_90, 0) * 90 as dso_balance_90,
    b.not_due / nullif(f.billings_90, 0) * 90 as best_possible_dso,
    b.overdue / nullif(f.billings_90, 0) * 90 as average_days_delinquent,
    (m.open_amount + f.billings_month - b.open_amount)
    / nullif(m.open_amount + f.billings_month - b.not_due, 0) * 100 as cei,
    p.days_to_pay,
    p.days_late,
    s.days_to_pay_with_open,
    s.days_late_with_open,
    o.on_time_share,
    f.billings_365 / nullif((y.receivables + b.receivables) / 2, 0) as ar_turnover,
    k.promise_kept_share,
    k.promise_kept_amount_share,
    k.disputed_90 / nullif(f.billings_90, 0) as dispute_rate,
    k.days_disputed,
    k.days_disputed_open,
    l.bills_open / nullif(l.bills_90, 0) * 90 as dpo,
    in_dio as dio,
    b.open_amount / nullif(f.billings_90, 0) * 90 + in_dio
    - l.bills_open / nullif(l.bills_90, 0) * 90 as cash_conversion_cycle,
    f.billings_90,
    f.billings_365,
    f.billings_month,
    m.open_amount as opening_amount,
    c.counted_billings,
    c.first_invoice_date,
    p.paid_90,
    p.paid_days_to_pay,
    p.paid_days_late,
    s.closed_365,
    s.issued_365,
from (select distinct unnest(in_days) as day) as q
inner join balance as b on b.day = q.day
inner join balance as m on m.day = cast(date_trunc('month', q.day) as date) - 1
inner join balance as y on y.day = q.day - 365
left join billing_on(in_days, in_known_on, in_currency, in_entity, in_segment) as f on f.day = q.day
left join countback_on(in_days, in_known_on, in_currency, in_entity, in_segment) as c on c.day = q.day
left join payment_on(in_days, in_known_on, in_currency, in_entity, in_segment) as p on p.day = q.day
left join survival_on(in_days, in_known_on, in_currency, in_entity, in_segment) as s on s.day = q.day
left join on_time_on(in_days, in_known_on, in_currency, in_entity, in_segment) as o on o.day = q.day
left join top10_on(in_days, in_known_on, in_currency, in_entity, in_segment) as t on t.day = q.day
left join follow_up_on(in_days, in_known_on, in_currency, in_entity, in_segment) as k on k.day = q.day
left join bill_on(in_days, in_known_on, in_currency, in_entity, in_segment) as l on l.day = q.day;
