-- One row per customer that is in the customer list or has a booking.
create or replace macro known_customer_at(in_known_on) as table
select customer.customer_id
from customer_at(in_known_on) as customer
union
select item.customer_id
from item_at(in_known_on, null, null, null) as item
group by item.customer_id
having sum(item.weight) <> 0;

-- One row per customer that paid anything by the end of a day: when it last did. What came back was no payment.
create or replace macro last_payment_at(in_as_of, in_known_on) as table
with returned_payment as (
    select
        change.document_id,
        change.payment_id,
        change.event_date,
        sum(change.document_amount) as amount,
    from item_change_at(in_as_of, in_known_on, null, null, null) as change
    where is_payment(change.kind) and change.document_amount > 0
    group by change.document_id, change.payment_id, change.event_date
)
select payment.customer_id, max(payment.payment_date) as last_payment_date
from settlement_at(in_known_on) as payment
left join returned_payment as returned
    on
        returned.document_id = payment.invoice_id
        and returned.payment_id = payment.payment_id
        and returned.event_date = payment.payment_date
where
    is_payment(coalesce(payment.kind, 'payment'))
    and payment.amount > coalesce(returned.amount, 0)
    and payment.payment_date <= in_as_of
group by payment.customer_id;

-- An open document that has overdue: an invoice with an amount open above 0, past its due date. Credit notes and
-- overpayments have none of their own.
create or replace macro is_overdue(in_invoice_type, in_open_amount, in_due_date, in_as_of) as
    in_invoice_type = 'invoice' and in_open_amount > 0 and in_due_date < in_as_of;

-- One row per customer with an open document: how much is open, how much of its invoices is overdue and since when.
-- Money on account is left out. owed_amount, owed_overdue_amount: after set-off of its credit, never below 0.
-- oldest_days_overdue: of the amounts it owes; null where none is overdue.
create or replace macro customer_balance_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as table
select
    document.customer_id,
    any_value(document.segment) as segment,
    sum(document.open_amount) as open_amount,
    coalesce(
        sum(document.open_amount) filter (
            is_overdue(document.invoice_type, document.open_amount, document.due_date, in_as_of)
        ),
        0
    ) as overdue_amount,
    coalesce(sum(document.owed_amount) filter (document.owed_amount > 0), 0) as owed_amount,
    coalesce(
        sum(document.owed_amount) filter (
            is_overdue(document.invoice_type, document.owed_amount, document.due_date, in_as_of)
        ),
        0
    ) as owed_overdue_amount,
    max(date_diff('day', document.due_date, in_as_of)) filter (
        is_overdue(document.invoice_type, document.owed_amount, document.due_date, in_as_of)
    ) as oldest_days_overdue,
    count(distinct document.document_id) as open_invoices,
    count(distinct document.document_id) filter (
        is_overdue(document.invoice_type, document.owed_amount, document.due_date, in_as_of)
    ) as overdue_invoices,
from owed_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as document
group by document.customer_id;

-- One row per customer in the customer list or with a typed detail: whom to speak to and where, and who follows it up. What
-- was typed comes before the list, also where it says that there is nothing.
create or replace macro customer_reach_at(in_known_on) as table
with typed_detail as (
    select
        detail.customer_id,
        max({'said': detail.value}) filter (detail.field = 'contact_name') as contact_name,
        max({'said': detail.value}) filter (detail.field = 'contact_function') as contact_function,
        max({'said': detail.value}) filter (detail.field = 'phone') as phone,
        max({'said': detail.value}) filter (detail.field = 'email') as email,
        max({'said': detail.value}) filter (detail.field = 'street') as street,
        max({'said': detail.value}) filter (detail.field = 'postcode') as postcode,
        max({'said': detail.value}) filter (detail.field = 'city') as city,
    from contact_detail_at(in_known_on) as detail
    group by detail.customer_id
),
reached as (
    select customer.customer_id from customer_at(in_known_on) as customer
    union
    select detail.customer_id from typed_detail as detail
    union
    select assignment.customer_id from assignment_at(in_known_on) as assignment
)
select
    reached.customer_id,
    case when typed.contact_name is null then customer.contact_name else typed.contact_name.said end as contact_name,
    case when typed.contact_function is null then customer.contact_function else typed.contact_function.said end
        as contact_function,
    case when typed.phone is null then customer.phone else typed.phone.said end as phone,
    case when typed.email is null then customer.email else typed.email.said end as email,
    case when typed.street is null then customer.street else typed.street.said end as street,
    case when typed.postcode is null then customer.postcode else typed.postcode.said end as postcode,
    case when typed.city is null then customer.city else typed.city.said end as city,
    coalesce(assignment.assigned_to, customer.account_manager) as assigned_to,
from reached
left join customer_at(in_known_on) as customer on customer.customer_id = reached.customer_id
left join typed_detail as typed on typed.customer_id = reached.customer_id
left join assignment_at(in_known_on) as assignment on assignment.customer_id = reached.customer_id;
