-- name: vat_on_bad_debts
-- One row per invoice, and day it fell due, whose VAT can be reclaimed because it was not paid, or can be soon.
-- At the latest one year after the due date what is unpaid counts as uncollectible (art. 29 Wet OB): from that day the
-- VAT in it can be reclaimed, in the return of the period that day is in. No tax advice.
-- What was written off is unpaid as well; what was credited is not. The VAT is the invoice's share of what is unpaid.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- param days_ahead: INTEGER = 60  what opens within so many days is listed as well
-- returns invoice_id: VARCHAR  the document
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  the customer's segment
-- returns entity: VARCHAR  the administration
-- returns currency: VARCHAR  currency of the document itself
-- returns invoice_date: DATE  date of the document
-- returns due_date: DATE  day it, or its instalment, fell due
-- returns amount: DECIMAL(38,2)  amount of the document or instalment
-- returns unpaid_amount: DECIMAL(38,2)  open on the day, and written off by then
-- returns written_off: DECIMAL(38,2)  of that, written off
-- returns vat_unpaid: DECIMAL(38,2)  VAT in what is unpaid; null where the VAT of the invoice is not known
-- returns reclaimable_from: DATE  one year after the due date
-- returns declare_by: DATE  last day to hand in the return of the period of that day, one month after its end
-- returns vat_state: VARCHAR  opens: its day comes; open: reclaimable, the return can still be in time; passed: its last day is over
with part as (
    select r.*, cast(r.due_date + interval 1 year as date) as reclaimable_from
    from receivable_at($known_on, $currency, $entity, $segment) as r
    where
        r.invoice_type = 'invoice'
        and r.amount > 0
        and r.invoice_date <= $as_of
        and ($customer is null or r.customer_id = $customer)
        and r.due_date <= cast($as_of + $days_ahead - interval 1 year as date) + 1
        -- Five years after the year it could be reclaimed in, nothing can be put right any more.
        and r.due_date >= cast(date_trunc('year', $as_of) - interval 6 year as date)
),
posted as (
    select
        i.document_id,
        i.instalment,
        sum(i.amount) as open_amount,
        coalesce(-sum(i.amount) filter (i.kind = 'write_off'), 0) as written_off,
    from item_at($known_on, $currency, $entity, $segment) as i
    where
        i.post_date <= $as_of
        and i.due_date is not null
        and i.document_id in (select p.document_id from part as p)
    group by i.document_id, i.instalment
),
unpaid as (
    select
        p.*,
        q.open_amount + q.written_off as unpaid_amount,
        q.written_off,
    from part as p
    inner join posted as q on q.document_id = p.document_id and q.instalment = p.instalment
    where q.open_amount + q.written_off > 0 and p.reclaimable_from <= $as_of + $days_ahead
),
dated as (
    select
        u.*,
        last_day(cast(
            case
                when s.vat_period = 'month' then date_trunc('month', u.reclaimable_from) + interval 1 month
                else date_trunc('quarter', u.reclaimable_from) + interval 3 month
            end as date
        )) as declare_by,
    from unpaid as u
    cross join term_setting_at($known_on) as s
)
select
    d.document_id as invoice_id,
    d.customer_id,
    coalesce(c.customer_name, d.customer_id) as customer_name,
    d.segment,
    d.entity,
    d.currency,
    d.invoice_date,
    d.due_date,
    cast(d.amount as decimal(38, 2)) as amount,
    cast(d.unpaid_amount as decimal(38, 2)) as unpaid_amount,
    cast(d.written_off as decimal(38, 2)) as written_off,
    cast(
        round(cast(d.unpaid_amount as decimal(18, 2)) * cast(v.vat_amount / v.amount as decimal(18, 10)), 2)
        as decimal(38, 2)
    ) as vat_unpaid,
    d.reclaimable_from,
    d.declare_by,
    case
        when d.reclaimable_from > $as_of then 'opens'
        when d.declare_by >= $as_of then 'open'
        else 'passed'
    end as vat_state,
from dated as d
inner join invoice_at($known_on) as v on v.invoice_id = d.document_id
left join customer_at($known_on) as c on c.customer_id = d.customer_id
where v.vat_amount is null or v.vat_amount > 0
order by d.reclaimable_from, d.document_id, d.due_date
