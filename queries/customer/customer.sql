-- name: customer
-- One row: a customer as it stands on the day, with what it owes and how it pays.
-- Days to pay and days late are weighted by amount over payments on invoices in the 365 days to the day.
--
-- param as_of: DATE  day the balance is taken, end of day
-- param known_on: TIMESTAMP = null  only rows recorded by then (UTC); null: everything known now
-- param currency: VARCHAR = null  only documents in this currency; null: all, in the reporting currency
-- param entity: VARCHAR = null  only this administration
-- param customer: VARCHAR  the customer
-- returns customer_id: VARCHAR  the customer
-- returns customer_name: VARCHAR  its name, or its id where it is not in the customer list
-- returns segment: VARCHAR  its segment; empty where none is given
-- returns country: VARCHAR  its country
-- returns customer_type: VARCHAR  business, consumer or public
-- returns size_class: VARCHAR  its size
-- returns account_manager: VARCHAR  who looks after it
-- returns assigned_to: VARCHAR  who follows it up
-- returns email: VARCHAR  where to write to
-- returns phone: VARCHAR  where to call
-- returns contact_name: VARCHAR  whom to ask for
-- returns contact_function: VARCHAR  what that person does
-- returns street: VARCHAR  street and number
-- returns postcode: VARCHAR  postal code
-- returns city: VARCHAR  its town or city
-- returns language: VARCHAR  language to write in
-- returns preferred_method: VARCHAR  how it prefers to pay, as recorded
-- returns payment_terms_days: BIGINT  agreed payment term, days; the most that written terms can come to
-- returns credit_limit: DECIMAL(18,2)  agreed limit, as recorded
-- returns open_amount: DECIMAL(38,2)  open on the day, without money on account
-- returns overdue_amount: DECIMAL(38,2)  open on invoices past their due date; credit notes and overpayments are left out
-- returns owed_amount: DECIMAL(38,2)  owed after set-off of its credit, never below 0
-- returns owed_overdue_amount: DECIMAL(38,2)  of that, on invoices past their due date
-- returns unapplied: DECIMAL(38,2)  money on account, negative
-- returns open_invoices: BIGINT  open documents
-- returns days_to_pay: DOUBLE  payment date less invoice date, weighted, over 365 days; null if nothing was paid
-- returns days_late: DOUBLE  payment date less due date, weighted, early is negative; null if nothing was paid
-- returns first_invoice_date: DATE  first document
-- returns last_invoice_date: DATE  last document on or before the day
-- returns last_payment_date: DATE  last payment on or before the day
-- returns bounces_365: BIGINT  payments that came back in the 365 days to the day
-- returns disputed_amount: DECIMAL(38,2)  in disputes that are open on the day
-- returns billings_365: DECIMAL(38,2)  invoices less credit notes and cancellations of the 365 days to the day
with posted_item as (
    select item.*
    from item_at($known_on, $currency, $entity, null) as item
    where item.customer_id = $customer and item.post_date <= $as_of
),
open_part as (
    select item.document_id, item.invoice_type, item.due_date, sum(item.amount) as open_amount
    from posted_item as item
    where item.due_date is not null
    group by item.document_id, item.invoice_type, item.due_date
    having sum(item.amount) <> 0
),
-- Summed from the customer's own items: customer_balance_at would sum those of every customer first.
balance_of_customer as (
    select
        coalesce(sum(part.open_amount), 0) as open_amount,
        coalesce(
            sum(part.open_amount) filter (is_overdue(part.invoice_type, part.open_amount, part.due_date, $as_of)),
            0
        ) as overdue_amount,
        count(distinct part.document_id) as open_invoices,
    from open_part as part
),
customer_document as (
    select item.document_id, item.invoice_date
    from posted_item as item
    where is_document(item.kind)
    group by item.document_id, item.invoice_date
    having sum(item.weight) > 0
),
document_dates as (
    select min(document.invoice_date) as first_invoice_date, max(document.invoice_date) as last_invoice_date
    from customer_document as document
),
movement_totals as (
    select
        coalesce(sum(item.amount) filter (item.due_date is null), 0) as unapplied,
        coalesce(sum(item.amount) filter (is_billing(item.kind) and item.post_date > $as_of - 365), 0)
            as billings_365,
    from posted_item as item
),
days_paid as (
    select
        ratio(sum(item.amount * date_diff('day', item.invoice_date, item.event_date)), sum(item.amount))
            as days_to_pay,
        ratio(sum(item.amount * date_diff('day', item.due_date, item.event_date)), sum(item.amount)) as days_late,
    from standing_item_at($as_of, $known_on, $currency, $entity, null) as item
    where
        item.customer_id = $customer
        and is_payment(item.kind)
        and item.invoice_type = 'invoice'
        and item.due_date is not null
        and item.event_date > $as_of - 365
),
owed_by_customer as (
    select
        coalesce(sum(document.owed_amount) filter (document.owed_amount > 0), 0) as owed_amount,
        coalesce(
            sum(document.owed_amount) filter (
                is_overdue(document.invoice_type, document.owed_amount, document.due_date, $as_of)
            ),
            0
        ) as owed_overdue_amount,
    from owed_document_at($as_of, $known_on, $currency, $entity, null) as document
    where document.customer_id = $customer
),
amount_disputed as (
    select coalesce(cast(sum(dispute.amount) as decimal(38, 2)), 0) as disputed_amount
    from dispute_amount_at($as_of, $known_on, $currency, $entity) as dispute
    where dispute.customer_id = $customer and dispute.is_open
),
bounces_of_year as (
    select count(*) as bounces
    from bounce_at($as_of, $known_on, $currency, $entity, null) as bounce
    where bounce.customer_id = $customer and bounce.bounce_date > $as_of - 365
),
customer_asked as (
    select known.customer_id
    from known_customer_at($known_on) as known
    where known.customer_id = $customer
)
select
    asked.customer_id,
    coalesce(customer.customer_name, asked.customer_id) as customer_name,
    coalesce(customer.segment, '') as segment,
    customer.country,
    customer.customer_type,
    customer.size_class,
    customer.account_manager,
    reach.assigned_to,
    reach.email,
    reach.phone,
    reach.contact_name,
    reach.contact_function,
    reach.street,
    reach.postcode,
    reach.city,
    customer.language,
    customer.preferred_method,
    coalesce(longest_term_days(customer.payment_terms), customer.payment_terms_days) as payment_terms_days,
    customer.credit_limit,
    balance.open_amount,
    balance.overdue_amount,
    owed.owed_amount,
    owed.owed_overdue_amount,
    totals.unapplied,
    balance.open_invoices,
    paid.days_to_pay,
    paid.days_late,
    dates.first_invoice_date,
    dates.last_invoice_date,
    last.last_payment_date,
    bounced.bounces as bounces_365,
    disputed.disputed_amount,
    totals.billings_365,
from customer_asked as asked
left join customer_at($known_on) as customer on customer.customer_id = asked.customer_id
left join customer_reach_at($known_on) as reach on reach.customer_id = asked.customer_id
cross join balance_of_customer as balance
cross join owed_by_customer as owed
left join last_payment_at($as_of, $known_on) as last on last.customer_id = asked.customer_id
cross join movement_totals as totals
cross join document_dates as dates
cross join days_paid as paid
cross join bounces_of_year as bounced
cross join amount_disputed as disputed
order by asked.customer_id
