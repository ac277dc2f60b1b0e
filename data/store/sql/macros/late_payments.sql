-- One row per invoice that payments closed by the end of a day, the last of them after it fell due and from a day on (null:
-- any), with the facts of claim_facts_at. Credits and waived write-offs count from the start; an invoice with a write-off
-- that waived nothing is claimed as it is open.
create or replace macro late_payment_facts_at(
    in_as_of, in_known_on, in_currency, in_entity, in_segment, in_customer, in_paid_since
) as table
with posted_item as materialized (
    select item.*
    from standing_item_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as item
    where
        item.invoice_type = 'invoice'
        and item.due_date is not null
        and (in_customer is null or item.customer_id = in_customer)
),
unwaived as (
    select write_off.document_id
    from unwaived_write_off_at(in_as_of, in_known_on) as write_off
),
-- What came back is no payment, and the day of a refund no day of payment.
last_payment as (
    select payment.document_id, max(payment.event_date) as paid_date
    from (
        select item.document_id, item.payment_id, item.event_date
        from posted_item as item
        where is_receipt(item.kind)
        group by item.document_id, item.payment_id, item.event_date
        having sum(item.document_amount) < 0
    ) as payment
    group by payment.document_id
),
closed_invoice as materialized (
    select
        item.document_id,
        item.customer_id,
        item.segment,
        item.entity,
        item.currency,
        item.invoice_date,
        last.paid_date,
    from posted_item as item
    inner join last_payment as last on last.document_id = item.document_id
    where item.document_id not in (select unwaived.document_id from unwaived)
    group by
        item.document_id, item.customer_id, item.segment, item.entity, item.currency, item.invoice_date, last.paid_date
    having
        sum(item.document_amount) <= 0
        and sum(item.weight) > 0
        and last.paid_date > min(item.due_date)
        and (in_paid_since is null or last.paid_date >= in_paid_since)
),
part_due as (
    select item.document_id, item.due_date, sum(item.amount) as amount
    from posted_item as item
    where
        not is_receipt(item.kind)
        and item.document_id in (select invoice.document_id from closed_invoice as invoice)
    group by item.document_id, item.due_date
    having sum(item.amount) > 0
),
parts_of_invoice as (
    select
        part.document_id,
        list(part.due_date order by part.due_date) as due_dates,
        list(part.amount order by part.due_date) as due_amounts,
    from part_due as part
    group by part.document_id
),
payment_on_invoice as (
    select item.document_id, item.payment_id, item.event_date, -sum(item.amount) as amount
    from posted_item as item
    where
        is_receipt(item.kind)
        and item.document_id in (select invoice.document_id from closed_invoice as invoice)
    group by item.document_id, item.payment_id, item.event_date
    having sum(item.amount) <> 0
),
payments_of_invoice as (
    select
        payment.document_id,
        list(payment.event_date order by payment.event_date, payment.amount desc, payment.payment_id) as paid_dates,
        list(payment.amount order by payment.event_date, payment.amount desc, payment.payment_id) as paid_amounts,
    from payment_on_invoice as payment
    group by payment.document_id
),
notice_about_invoice as (
    select invoice.document_id, contact.contact_date, contact.channel, contact.received_date
    from closed_invoice as invoice
    inner join contact_at(in_known_on) as contact on contact.customer_id = invoice.customer_id
    where
        contact.kind = 'notice_14_days'
        and contact.direction = 'out'
        and contact.contact_date <= in_as_of
        and (contact.invoice_id is null or contact.invoice_id = invoice.document_id)
),
notices_of_invoice as (
    select
        notice.document_id,
        list(notice.contact_date order by notice.contact_date, notice.received_date) as notice_dates,
        list(notice.received_date order by notice.contact_date, notice.received_date) as notice_received_dates,
        list(notice_end(notice.received_date) order by notice.contact_date, notice.received_date) as notice_ends,
    from with_receipt('notice_about_invoice', in_known_on) as notice
    group by notice.document_id
)
select
    invoice.*,
    coalesce(customer.customer_name, invoice.customer_id) as customer_name,
    coalesce(customer.customer_type, 'business') as customer_type,
    coalesce(document.contract_interest_percent, customer.contract_interest_percent) as contract_interest_percent,
    case when document.contract_interest_percent is not null
        then document.contract_interest_kind else customer.contract_interest_kind
    end as contract_interest_kind,
    case when document.contract_interest_percent is not null
        then document.contract_interest_compound else customer.contract_interest_compound
    end as contract_interest_compound,
    due.due_dates,
    cast(due.due_amounts as decimal(38, 2)[]) as due_amounts,
    paid.paid_dates,
    cast(paid.paid_amounts as decimal(38, 2)[]) as paid_amounts,
    notices.notice_dates,
    notices.notice_received_dates,
    notices.notice_ends,
from closed_invoice as invoice
inner join parts_of_invoice as due on due.document_id = invoice.document_id
inner join payments_of_invoice as paid on paid.document_id = invoice.document_id
left join invoice_at(in_known_on) as document on document.invoice_id = invoice.document_id
left join customer_at(in_known_on) as customer on customer.customer_id = invoice.customer_id
left join notices_of_invoice as notices on notices.document_id = invoice.document_id;
