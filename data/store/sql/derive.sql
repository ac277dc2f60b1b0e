-- From the facts of the touched customers to their item rows. $base is the reporting currency.
-- Run as one script on the writer's connection; `touched` (customer_id) is there already.

create or replace temp table doc as
with candidate as (
    select i.*
    from invoice_at(null) as i
    where
        i.customer_id in (select t.customer_id from touched as t)
        or i.invoice_id in (
            select s.invoice_id
            from settlement_at(null) as s
            where s.customer_id in (select t.customer_id from touched as t)
        )
)
select
    i.invoice_id,
    i.customer_id,
    i.invoice_type,
    coalesce(c.segment, '') as segment,
    coalesce(i.entity, '') as entity,
    i.currency,
    i.invoice_date,
    case
        when i.due_date is not null then i.due_date
        when i.invoice_type = 'credit_note' then i.invoice_date
        else i.invoice_date + cast(coalesce(i.terms_days, c.payment_terms_days, 30) as integer)
    end as due_date,
    i.amount,
    i.cancelled_date,
    case when i.currency = $base then cast(1 as decimal(18, 10)) else r.rate end as rate,
from candidate as i
left join customer_at(null) as c on c.customer_id = i.customer_id
asof left join fx_rate_at(null) as r on r.currency = i.currency and r.rate_date <= i.invoice_date;

-- What falls due when: the document as a whole, or its instalments if they add up to it.
create or replace temp table part as
with scheduled as (
    select
        n.invoice_id,
        n.due_date,
        n.amount,
        row_number() over (partition by n.invoice_id order by n.due_date, n.part) as instalment,
        count(*) over (partition by n.invoice_id) as instalments,
        sum(n.amount) over (partition by n.invoice_id order by n.due_date, n.part) - n.amount as before,
        sum(n.amount) over (partition by n.invoice_id) as total,
        min(n.amount * sign(d.amount)) over (partition by n.invoice_id) as least_part,
    from instalment_at(null) as n
    inner join doc as d on d.invoice_id = n.invoice_id
)
select
    d.* exclude (due_date, amount),
    coalesce(s.instalment, 0) as instalment,
    coalesce(s.due_date, d.due_date) as due_date,
    coalesce(s.amount, d.amount) as amount,
    coalesce(s.instalments, 0) as instalments,
    -- The stretch of what is paid in all that falls to this part; null is no end: least() and greatest() skip it.
    case when s.instalment > 1 then abs(s.before) end as first_cent,
    case when s.instalment < s.instalments then abs(s.before + s.amount) end as last_cent,
from doc as d
left join scheduled as s on s.invoice_id = d.invoice_id and s.total = d.amount and s.least_part > 0;

create or replace temp table line as
select
    s.payment_id,
    s.customer_id,
    s.invoice_id,
    s.payment_date,
    s.currency,
    s.amount,
    coalesce(s.kind, 'payment') as kind,
    coalesce(d.entity, s.entity, '') as entity,
    d.invoice_type,
    d.invoice_date,
    -- A payment in another currency than its document cannot lower it: it stays on account.
    d.invoice_id is not null and d.currency = s.currency as is_applied,
    greatest(s.payment_date, d.invoice_date) as applied_date,
    coalesce(c.segment, '') as segment,
    case when s.currency = $base then cast(1 as decimal(18, 10)) else r.rate end as rate,
from settlement_at(null) as s
left join doc as d on d.invoice_id = s.invoice_id
left join customer_at(null) as c on c.customer_id = s.customer_id
asof left join fx_rate_at(null) as r on r.currency = s.currency and r.rate_date <= s.payment_date
where
    s.customer_id in (select t.customer_id from touched as t)
    or d.customer_id in (select t.customer_id from touched as t);

create or replace temp table document_row as
with paid_so_far as (
    select
        l.*,
        sum(l.amount) over (
            partition by l.invoice_id order by l.applied_date, l.payment_date, l.payment_id
            rows between unbounded preceding and current row
        ) as paid,
    from line as l
    where l.is_applied
),
settled as (
    select
        p.* exclude (amount),
        l.payment_id,
        l.kind,
        l.payment_date,
        l.applied_date,
        -- Earliest instalment first; what is paid beyond the last stays with it, a refund beyond the first too.
        case
            when p.instalments <= 1 then l.amount
            else
                sign(p.amount) * (
                    least(p.last_cent, greatest(p.first_cent, sign(p.amount) * l.paid))
                    - least(p.last_cent, greatest(p.first_cent, sign(p.amount) * (l.paid - l.amount)))
                )
        end as settled_amount,
    from paid_so_far as l
    inner join part as p on p.invoice_id = l.invoice_id
),
moved as (
    select
        p.* exclude (amount, instalments, cancelled_date, first_cent, last_cent),
        p.invoice_type as kind,
        cast(null as varchar) as payment_id,
        p.invoice_date as event_date,
        p.invoice_date as post_date,
        p.amount,
        0 as step,
    from part as p
    union all
    select
        p.* exclude (amount, instalments, cancelled_date, first_cent, last_cent),
        'cancellation' as kind,
        null as payment_id,
        p.cancelled_date as event_date,
        greatest(p.cancelled_date, p.invoice_date) as post_date,
        -p.amount as amount,
        1 as step,
    from part as p
    where p.cancelled_date is not null
    union all
    select
        s.* exclude (
            instalments, cancelled_date, first_cent, last_cent,
            payment_id, kind, payment_date, applied_date, settled_amount
        ),
        s.kind,
        s.payment_id,
        s.payment_date as event_date,
        s.applied_date as post_date,
        -cast(s.settled_amount as decimal(18, 2)) as amount,
        2 as step,
    from settled as s
    where s.settled_amount <> 0 or s.instalments <= 1
),
running as (
    select
        m.*,
        cast(sum(m.amount) over (
            partition by m.invoice_id, m.instalment order by m.post_date, m.step, m.event_date, m.payment_id
            rows between unbounded preceding and current row
        ) as decimal(18, 2)) as open_amount,
    from moved as m
)
select
    r.* exclude (rate, open_amount, step),
    -- What is open is converted as a whole, so that a document paid in full is zero in every currency.
    case
        when r.currency = $base then r.amount
        else cast(
            converted(r.open_amount, r.rate) - converted(r.open_amount - r.amount, r.rate)
            as decimal(18, 2)
        )
    end as base_amount,
from running as r;

create or replace temp table on_account_row as
select
    l.*,
    l.payment_date as post_date,
    -l.amount as account_amount,
from line as l
where not l.is_applied or l.payment_date < l.invoice_date
union all
select
    l.*,
    l.applied_date as post_date,
    l.amount as account_amount,
from line as l
where l.is_applied and l.payment_date < l.invoice_date;

create or replace temp table wanted as
select
    d.invoice_id as document_id,
    d.invoice_type,
    d.kind,
    d.payment_id,
    cast(d.instalment as smallint) as instalment,
    d.customer_id,
    d.segment,
    d.entity,
    d.currency,
    d.invoice_date,
    d.due_date,
    d.event_date,
    d.post_date,
    cast(d.amount as decimal(18, 2)) as amount,
    d.base_amount,
from document_row as d
where d.customer_id in (select t.customer_id from touched as t)
union all
select
    a.invoice_id as document_id,
    a.invoice_type,
    a.kind,
    a.payment_id,
    0 as instalment,
    a.customer_id,
    a.segment,
    a.entity,
    a.currency,
    a.invoice_date,
    null as due_date,
    a.payment_date as event_date,
    a.post_date,
    a.account_amount as amount,
    case when a.currency = $base then a.account_amount else converted(a.account_amount, a.rate) end as base_amount,
from on_account_row as a
where a.customer_id in (select t.customer_id from touched as t);
