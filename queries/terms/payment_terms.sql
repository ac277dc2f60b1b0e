-- name: payment_terms
-- One row per customer with anything billed or paid in the 365 days to the day, or open on it: the terms and the days taken.
-- Agreed: of the customer list, 30 days by law where none is. Applied: invoice date to due date of the year's invoices.
-- Taken: invoice date to payment of the year's payments. Both by amount; parts of an instalment schedule apart.
-- Legal: the longest the law allows, which rests on what is known of the customer and of the company itself.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only what was recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param segment: VARCHAR = null  only this segment
-- param customer: VARCHAR = null  only this customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  its segment; empty where none is given
-- returns account_manager: VARCHAR  who looks after it
-- returns customer_type: VARCHAR  business, consumer or public; null where it is not known
-- returns size_class: VARCHAR  its size
-- returns credit_limit: DECIMAL(18,2)  agreed limit, as recorded
-- returns agreed_days: BIGINT  agreed payment term, days; null where none is recorded
-- returns term_days: INTEGER  the term that counts as agreed: 30 days where none is recorded
-- returns applied_days: DOUBLE  due date less invoice date, weighted by amount; null if nothing was billed
-- returns applied_spread: DOUBLE  standard deviation of the same, days
-- returns legal_days: BIGINT  the longest term by law; null: the law has none (consumers)
-- returns legal_basis: VARCHAR  public, large_debtor, business, consumer; what is not known: kind_unknown, size_unknown, company_unknown
-- returns taken_days: DOUBLE  payment date less invoice date, weighted by amount; null if nothing was paid
-- returns days_late: DOUBLE  payment date less due date, weighted by amount
-- returns recent_days_late: DOUBLE  the same over the last 90 days
-- returns share_outside_agreed: DOUBLE  of what was paid, the part paid after the agreed term, 0-1
-- returns share_outside_legal: DOUBLE  of what was paid, the part paid after the legal term, 0-1; null without one
-- returns billed_amount: DECIMAL(38,2)  invoices of the 365 days
-- returns paid_amount: DECIMAL(38,2)  payments of the 365 days on invoices
-- returns recent_paid_amount: DECIMAL(38,2)  payments of the last 90 days on invoices
-- returns parts_due: BIGINT  invoices, and parts, that fell due in the 365 days before the day
-- returns parts_on_time: BIGINT  of those, settled on or before the due date
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns overdue_amount: DECIMAL(38,2)  past the due date
-- returns oldest_days_overdue: BIGINT  days past due of the oldest amount it owes; null if nothing is overdue
with term as (
    select t.*
    from customer_term_at($known_on) as t
    where $customer is null or t.customer_id = $customer
),
part as (
    select r.*, date_diff('day', r.invoice_date, r.due_date) as days
    from receivable_at($known_on, $currency, $entity, $segment) as r
    where r.invoice_type = 'invoice' and ($customer is null or r.customer_id = $customer)
),
billed as (
    select
        p.customer_id,
        sum(p.amount) as amount,
        sum(p.amount * p.days) as amount_days,
        sum(p.amount * p.days * p.days) as amount_days_squared,
    from part as p
    where p.invoice_date <= $as_of and p.invoice_date > $as_of - 365
    group by p.customer_id
),
fallen_due as (
    select
        p.customer_id,
        count(*) as parts_due,
        count(*) filter (p.amount_on_time >= p.amount_due) as parts_on_time,
    from part as p
    where p.amount_due > 0 and p.due_date < $as_of and p.due_date > $as_of - 365 and p.invoice_date <= $as_of
    group by p.customer_id
),
payment as (
    select
        i.customer_id,
        i.event_date,
        -i.amount as amount,
        date_diff('day', i.invoice_date, i.event_date) as days_to_pay,
        date_diff('day', i.due_date, i.event_date) as days_late,
        i.event_date > case when i.instalment > 0 then i.due_date else i.invoice_date + t.term_days end
            as is_outside_agreed,
        date_diff('day', i.invoice_date, i.event_date) > t.legal_days as is_outside_legal,
    from item_at($known_on, $currency, $entity, $segment) as i
    inner join term as t on t.customer_id = i.customer_id
    where
        i.kind = 'payment'
        and i.invoice_type = 'invoice'
        and i.due_date is not null
        and i.post_date <= $as_of
        and i.event_date > $as_of - 365
),
paid as (
    select
        p.customer_id,
        sum(p.amount) as amount,
        sum(p.amount * p.days_to_pay) as amount_days_to_pay,
        sum(p.amount * p.days_late) as amount_days_late,
        sum(p.amount) filter (p.event_date > $as_of - 90) as recent_amount,
        sum(p.amount * p.days_late) filter (p.event_date > $as_of - 90) as recent_amount_days_late,
        coalesce(sum(p.amount) filter (p.is_outside_agreed), 0) as outside_agreed,
        case
            when count(p.is_outside_legal) > 0 then coalesce(sum(p.amount) filter (p.is_outside_legal), 0)
        end as outside_legal,
    from payment as p
    group by p.customer_id
),
owed as (
    select
        o.customer_id,
        sum(o.open_amount) as open_amount,
        sum(o.open_amount) filter (o.due_date < $as_of) as overdue_amount,
        max(date_diff('day', o.due_date, $as_of)) filter (o.due_date < $as_of and o.open_amount > 0)
            as oldest_days_overdue,
    from open_document_at($as_of, $known_on, $currency, $entity, $segment) as o
    where $customer is null or o.customer_id = $customer
    group by o.customer_id
)
select
    t.customer_id,
    t.customer_name,
    t.segment,
    t.account_manager,
    t.customer_type,
    t.size_class,
    t.credit_limit,
    t.agreed_days,
    t.term_days,
    cast(b.amount_days as double) / nullif(cast(b.amount as double), 0) as applied_days,
    sqrt(greatest(
        0,
        cast(b.amount_days_squared as double) / nullif(cast(b.amount as double), 0)
        - pow(cast(b.amount_days as double) / nullif(cast(b.amount as double), 0), 2)
    )) as applied_spread,
    t.legal_days,
    t.legal_basis,
    cast(p.amount_days_to_pay as double) / nullif(cast(p.amount as double), 0) as taken_days,
    cast(p.amount_days_late as double) / nullif(cast(p.amount as double), 0) as days_late,
    cast(p.recent_amount_days_late as double) / nullif(cast(p.recent_amount as double), 0) as recent_days_late,
    cast(p.outside_agreed as double) / nullif(cast(p.amount as double), 0) as share_outside_agreed,
    cast(p.outside_legal as double) / nullif(cast(p.amount as double), 0) as share_outside_legal,
    cast(coalesce(b.amount, 0) as decimal(38, 2)) as billed_amount,
    cast(coalesce(p.amount, 0) as decimal(38, 2)) as paid_amount,
    cast(coalesce(p.recent_amount, 0) as decimal(38, 2)) as recent_paid_amount,
    coalesce(f.parts_due, 0) as parts_due,
    coalesce(f.parts_on_time, 0) as parts_on_time,
    cast(coalesce(o.open_amount, 0) as decimal(38, 2)) as open_amount,
    cast(coalesce(o.overdue_amount, 0) as decimal(38, 2)) as overdue_amount,
    o.oldest_days_overdue,
from term as t
left join billed as b on b.customer_id = t.customer_id
left join fallen_due as f on f.customer_id = t.customer_id
left join paid as p on p.customer_id = t.customer_id
left join owed as o on o.customer_id = t.customer_id
where b.amount is not null or p.amount <> 0 or o.open_amount <> 0
order by t.customer_id
