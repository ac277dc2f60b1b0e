-- name: payment_terms
-- One row per customer with anything billed or paid in the 365 days to the day, or open on it: the terms and the days
-- taken. Agreed: of the customer list, 30 days by law where none is. Applied: invoice date to due date of the year's
-- invoices. Taken: invoice date to payment of the year's payments. Both by amount; parts of an instalment schedule
-- apart. Legal: the longest the law allows, which rests on what is known of the customer and of the company itself.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
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
-- returns legal_basis: VARCHAR  public, large_debtor, business, consumer; where a fact is not known: kind_unknown, size_unknown, company_unknown
-- returns taken_days: DOUBLE  payment date less invoice date, weighted by amount; null if nothing was paid
-- returns days_late: DOUBLE  payment date less due date, weighted by amount
-- returns recent_days_late: DOUBLE  the same over the last 90 days
-- returns share_outside_agreed: DOUBLE  of the amount paid, the part paid after the agreed term, 0-1
-- returns share_outside_legal: DOUBLE  of the amount paid, the part paid after the legal term, 0-1; null without a legal term
-- returns billed_amount: DECIMAL(38,2)  invoices of the 365 days
-- returns paid_amount: DECIMAL(38,2)  payments of the 365 days on invoices
-- returns recent_paid_amount: DECIMAL(38,2)  payments of the last 90 days on invoices
-- returns parts_due: BIGINT  invoices, and parts, that fell due in the 365 days before the day
-- returns parts_on_time: BIGINT  of those, settled on or before the due date
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns overdue_amount: DECIMAL(38,2)  open on invoices past their due date; credit notes and overpayments are left out
-- returns owed_amount: DECIMAL(38,2)  owed after set-off of its credit, never below 0
-- returns oldest_days_overdue: BIGINT  days past due of the oldest amount it owes, 0 or more; null if nothing is overdue
with term_in_view as (
    select term.*
    from customer_term_at($known_on) as term
    where $customer is null or term.customer_id = $customer
),
invoice_part as (
    select
        part.customer_id,
        part.invoice_date,
        part.amount,
        date_diff('day', part.invoice_date, part.due_date) as days,
    from receivable_at($known_on, $currency, $entity, $segment) as part
    where part.invoice_type = 'invoice' and ($customer is null or part.customer_id = $customer)
),
billed_in_year as (
    select
        part.customer_id,
        sum(part.amount) as amount,
        sum(part.amount * part.days) as amount_days,
        sum(part.amount * part.days * part.days) as amount_days_squared,
    from invoice_part as part
    where part.invoice_date <= $as_of and part.invoice_date > $as_of - 365
    group by part.customer_id
),
parts_due_in_year as (
    select
        part.customer_id,
        count(*) as parts_due,
        count(*) filter (part.is_on_time) as parts_on_time,
    from part_due_at($as_of, $known_on, $currency, $entity, $segment) as part
    where part.invoice_date <= $as_of
    group by part.customer_id
),
payment_in_year as (
    select
        item.customer_id,
        item.event_date,
        -item.amount as amount,
        date_diff('day', item.invoice_date, item.event_date) as days_to_pay,
        date_diff('day', item.due_date, item.event_date) as days_late,
        item.event_date > case when item.instalment > 0 then item.due_date else item.invoice_date + term.term_days end
            as is_outside_agreed,
        date_diff('day', item.invoice_date, item.event_date) > term.legal_days as is_outside_legal,
    from standing_item_at($as_of, $known_on, $currency, $entity, $segment) as item
    inner join term_in_view as term on term.customer_id = item.customer_id
    where
        is_payment(item.kind)
        and item.invoice_type = 'invoice'
        and item.due_date is not null
        and item.event_date > $as_of - 365
),
paid_in_year as (
    select
        payment.customer_id,
        sum(payment.amount) as amount,
        sum(payment.amount * payment.days_to_pay) as amount_days_to_pay,
        sum(payment.amount * payment.days_late) as amount_days_late,
        sum(payment.amount) filter (payment.event_date > $as_of - 90) as recent_amount,
        sum(payment.amount * payment.days_late) filter (payment.event_date > $as_of - 90) as recent_amount_days_late,
        coalesce(sum(payment.amount) filter (payment.is_outside_agreed), 0) as outside_agreed,
        case
            when count(payment.is_outside_legal) > 0
                then coalesce(sum(payment.amount) filter (payment.is_outside_legal), 0)
        end as outside_legal,
    from payment_in_year as payment
    group by payment.customer_id
)
select
    term.customer_id,
    term.customer_name,
    term.segment,
    term.account_manager,
    term.customer_type,
    term.size_class,
    term.credit_limit,
    term.agreed_days,
    term.term_days,
    ratio(billed.amount_days, billed.amount) as applied_days,
    sqrt(greatest(
        0,
        ratio(billed.amount_days_squared, billed.amount)
        - pow(ratio(billed.amount_days, billed.amount), 2)
    )) as applied_spread,
    term.legal_days,
    term.legal_basis,
    ratio(paid.amount_days_to_pay, paid.amount) as taken_days,
    ratio(paid.amount_days_late, paid.amount) as days_late,
    ratio(paid.recent_amount_days_late, paid.recent_amount) as recent_days_late,
    share_of(paid.outside_agreed, paid.amount) as share_outside_agreed,
    share_of(paid.outside_legal, paid.amount) as share_outside_legal,
    cast(coalesce(billed.amount, 0) as decimal(38, 2)) as billed_amount,
    cast(coalesce(paid.amount, 0) as decimal(38, 2)) as paid_amount,
    cast(coalesce(paid.recent_amount, 0) as decimal(38, 2)) as recent_paid_amount,
    coalesce(due.parts_due, 0) as parts_due,
    coalesce(due.parts_on_time, 0) as parts_on_time,
    cast(coalesce(balance.open_amount, 0) as decimal(38, 2)) as open_amount,
    cast(coalesce(balance.overdue_amount, 0) as decimal(38, 2)) as overdue_amount,
    cast(coalesce(balance.owed_amount, 0) as decimal(38, 2)) as owed_amount,
    balance.oldest_days_overdue,
from term_in_view as term
left join billed_in_year as billed on billed.customer_id = term.customer_id
left join parts_due_in_year as due on due.customer_id = term.customer_id
left join paid_in_year as paid on paid.customer_id = term.customer_id
left join customer_balance_at($as_of, $known_on, $currency, $entity, $segment) as balance
    on balance.customer_id = term.customer_id
where billed.amount is not null or paid.amount <> 0 or balance.open_amount <> 0
order by term.customer_id
