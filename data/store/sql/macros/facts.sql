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
