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
    from unreversed('posted_item') as item
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
payment_on_invoice as (
    select item.document_id, item.payment_id, item.event_date, -sum(item.amount) as amount
    from posted_item as item
    where
        is_receipt(item.kind)
        and item.document_id in (select invoice.document_id from closed_invoice as invoice)
    group by item.document_id, item.payment_id, item.event_date
    having sum(item.amount) <> 0
)
select
    invoice.*,
    coalesce(customer.customer_name, invoice.customer_id) as customer_name,
    due.due_dates,
    due.due_amounts,
    paid.paid_dates,
    paid.paid_amounts,
    notices.notice_dates,
    notices.notice_received_dates,
    notices.notice_ends,
from with_agreed_interest('closed_invoice', in_known_on) as invoice
inner join amounts_due_of('part_due') as due on due.document_id = invoice.document_id
inner join payments_of('payment_on_invoice') as paid on paid.document_id = invoice.document_id
left join customer_at(in_known_on) as customer on customer.customer_id = invoice.customer_id
left join notices_of('closed_invoice', in_as_of, in_known_on) as notices on notices.document_id = invoice.document_id;
