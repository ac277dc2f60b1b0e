-- One row per invoice of a table (document_id, customer_id) with a 14-day notice sent by the end of a day: the days of its
-- notices, when each counts as received, and when its term ends. A notice without an invoice is about every invoice
-- overdue on its day; the claim itself decides which those are.
create or replace macro notices_of(in_invoices, in_as_of, in_known_on) as table
with notice_sent as (
    select invoice.document_id, contact.contact_date, contact.channel, contact.received_date
    from query_table(in_invoices) as invoice
    inner join contact_at(in_known_on) as contact on contact.customer_id = invoice.customer_id
    where
        contact.kind = 'notice_14_days'
        and contact.direction = 'out'
        and contact.contact_date <= in_as_of
        and (contact.invoice_id is null or contact.invoice_id = invoice.document_id)
)
select
    notice.document_id,
    list(notice.contact_date order by notice.contact_date, notice.received_date) as notice_dates,
    list(notice.received_date order by notice.contact_date, notice.received_date) as notice_received_dates,
    list(notice_end(notice.received_date) order by notice.contact_date, notice.received_date) as notice_ends,
from with_receipt('notice_sent', in_known_on) as notice
group by notice.document_id;

-- One row per document of a table of payments: their days and amounts, in the order in which a claim takes them.
create or replace macro payments_of(in_payments) as table
select
    payment.document_id,
    list(payment.event_date order by payment.event_date, payment.amount desc, payment.payment_id) as paid_dates,
    cast(
        list(payment.amount order by payment.event_date, payment.amount desc, payment.payment_id)
        as decimal(38, 2)[]
    ) as paid_amounts,
from query_table(in_payments) as payment
group by payment.document_id;

-- One row per document of a table of amounts due: their sum, days and amounts, the first to fall due first.
create or replace macro amounts_due_of(in_parts) as table
select
    part.document_id,
    cast(sum(part.amount) as decimal(38, 2)) as amount,
    list(part.due_date order by part.due_date) as due_dates,
    cast(list(part.amount order by part.due_date) as decimal(38, 2)[]) as due_amounts,
from query_table(in_parts) as part
group by part.document_id;

-- One row per overdue invoice of which something is owed after set-off, with the facts its claim is worked out from:
-- amounts due, payments, notices sent, disputes. Credits and waived write-offs count from the start, as if the amount
-- was never owed; payments count from their own day. Other write-offs do not count: an invoice they closed in the books
-- is still owed. Parts of an invoice that are not due yet, and credit notes, have no row. due_date is
-- the first due day with something open, as in the ageing; due_dates are the days of everything that fell due, paid
-- since or not.
create or replace macro claim_facts_at(in_as_of, in_known_on, in_currency, in_entity, in_segment, in_customer) as table
with unwaived_write_off as materialized (
    select write_off.payment_id, write_off.document_id
    from unwaived_write_off_at(in_as_of, in_known_on) as write_off
),
item_of_written_off as (
    select item.*
    from item_at(in_known_on, in_currency, in_entity, in_segment) as item
    where
        item.document_id in (select write_off.document_id from unwaived_write_off as write_off)
        and item.invoice_type = 'invoice'
        and item.due_date < in_as_of
        and item.post_date <= in_as_of
        and (in_customer is null or item.customer_id = in_customer)
),
invoice_written_off as materialized (
    select
        item.document_id,
        item.customer_id,
        item.segment,
        item.entity,
        item.currency,
        item.invoice_date,
        min(item.due_date) filter (write_off.document_id is not null) as first_open_date,
        sum(item.amount) as open_amount,
        coalesce(-sum(item.amount) filter (write_off.document_id is not null or item.kind = 'recovered'), 0)
            as written_off_amount,
    from unreversed('item_of_written_off') as item
    left join unwaived_write_off as write_off
        on
            item.kind = 'write_off'
            and write_off.document_id = item.document_id
            and write_off.payment_id = item.payment_id
    group by
        item.document_id, item.customer_id, item.segment, item.entity, item.currency, item.invoice_date
    having written_off_amount > 0
),
set_off_of_day as materialized (
    select pair.* from set_off_at(in_as_of, in_known_on) as pair
),
open_invoice as materialized (
    select
        document.document_id,
        document.customer_id,
        document.segment,
        document.entity,
        document.currency,
        document.invoice_date,
        min(document.due_date) as first_open_date,
        sum(document.open_amount) as open_amount,
        sum(document.owed_amount) as owed_amount,
        all_numbers(document.set_off_with) as set_off_with,
        max(document.discount_until) as discount_until,
        max(document.discount_amount) as discount_amount,
    from owed_document_of(
        'set_off_of_day', in_as_of, in_known_on, in_currency, in_entity, in_segment
    ) as document
    where
        document.invoice_type = 'invoice'
        and document.due_date < in_as_of
        and (in_customer is null or document.customer_id = in_customer)
    group by all
),
-- Credit that open debts leave is set off against what was written off, in the currency shown.
write_off_set_off as materialized (
    select
        pair.document_id,
        pair.due_date,
        pair.is_named,
        pair.set_off_date,
        pair.credit_id,
        share_shown(pair.amount, pair.written_off_amount, invoice.written_off_amount) as amount,
    from write_off_set_off_at(in_as_of, in_known_on) as pair
    inner join invoice_written_off as invoice on invoice.document_id = pair.document_id
),
write_off_set_off_total as (
    select
        pair.document_id,
        sum(pair.amount) as amount,
        string_agg(distinct pair.credit_id, ', ' order by pair.credit_id) as set_off_with,
    from write_off_set_off as pair
    group by pair.document_id
),
overdue_invoice as materialized (
    select invoice.*
    from open_invoice as invoice
    where invoice.owed_amount > 0
    union all
    -- Closed in the books or set off, and not by payments and credit alone.
    select
        invoice.document_id,
        invoice.customer_id,
        invoice.segment,
        invoice.entity,
        invoice.currency,
        invoice.invoice_date,
        invoice.first_open_date,
        invoice.open_amount,
        coalesce(part.owed_amount, invoice.open_amount) as owed_amount,
        part.set_off_with,
        part.discount_until,
        part.discount_amount,
    from invoice_written_off as invoice
    left join open_invoice as part on part.document_id = invoice.document_id
    left join write_off_set_off_total as set_off on set_off.document_id = invoice.document_id
    where
        coalesce(part.owed_amount, invoice.open_amount) <= 0
        and coalesce(part.owed_amount, invoice.open_amount) + invoice.written_off_amount > coalesce(set_off.amount, 0)
),
-- What is set off against a part, in the currency shown, at the rate of its open amount.
set_off as materialized (
    select
        pair.document_id,
        document.due_date,
        pair.is_named,
        pair.set_off_date,
        pair.credit_document_id,
        pair.credit_payment_id,
        share_shown(pair.amount, document.document_open_amount, document.open_amount) as amount,
    from set_off_of_day as pair
    inner join open_document_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as document
        on document.document_id = pair.document_id and document.instalment = pair.instalment
    where
        document.due_date < in_as_of
        and pair.document_id in (select invoice.document_id from overdue_invoice as invoice)
    union all
    select
        pair.document_id,
        pair.due_date,
        pair.is_named,
        pair.set_off_date,
        null as credit_document_id,
        pair.credit_id as credit_payment_id,
        pair.amount,
    from write_off_set_off as pair
    where pair.document_id in (select invoice.document_id from overdue_invoice as invoice)
),
posted_item as materialized (
    select item.document_id, item.kind, item.payment_id, item.due_date, item.event_date, item.amount
    from standing_item_at(in_as_of, in_known_on, in_currency, in_entity, in_segment) as item
    anti join unwaived_write_off as write_off
        on
            write_off.document_id = item.document_id
            and (item.kind = 'recovered' or (item.kind = 'write_off' and write_off.payment_id = item.payment_id))
    where
        item.due_date < in_as_of
        and item.document_id in (select invoice.document_id from overdue_invoice as invoice)
),
-- What a note that names the invoice lowers was never owed, as any credit; other credit counts as a payment.
part_due as (
    select due.document_id, due.due_date, sum(due.amount) as amount
    from (
        select item.document_id, item.due_date, item.amount from posted_item as item where not is_receipt(item.kind)
        union all
        select lowered.document_id, lowered.due_date, -lowered.amount from set_off as lowered where lowered.is_named
    ) as due
    group by due.document_id, due.due_date
    having sum(due.amount) > 0
),
-- One row per payment that did not come back; on one day payments come before what came back from nobody.
payment_on_invoice as (
    select item.document_id, item.payment_id, item.event_date, -sum(item.amount) as amount
    from posted_item as item
    where is_receipt(item.kind)
    group by item.document_id, item.payment_id, item.event_date
    having sum(item.amount) <> 0
    union all
    select
        paid.document_id,
        coalesce(paid.credit_document_id, paid.credit_payment_id) as payment_id,
        paid.set_off_date as event_date,
        sum(paid.amount) as amount,
    from set_off as paid
    where not paid.is_named
    group by all
),
-- A dispute is in the currency of its document, a claim in the currency shown.
amount_in_dispute as (
    select invoice.document_id, invoice.currency, invoice.invoice_date as rate_day, sum(dispute.amount) as amount
    from overdue_invoice as invoice
    inner join open_dispute_at(in_as_of, in_known_on) as dispute on dispute.invoice_id = invoice.document_id
    group by all
)
select
    invoice.document_id,
    invoice.customer_id,
    coalesce(customer.customer_name, invoice.customer_id) as customer_name,
    invoice.segment,
    invoice.entity,
    invoice.currency,
    invoice.invoice_date,
    invoice.first_open_date as due_date,
    due.amount,
    cast(invoice.open_amount as decimal(38, 2)) as open_amount,
    cast(coalesce(written_off.written_off_amount, 0) as decimal(38, 2)) as written_off_amount,
    cast(invoice.open_amount - invoice.owed_amount + coalesce(write_off_set_off.amount, 0) as decimal(38, 2))
        as set_off_amount,
    nullif(numbers_once(concat_ws(', ', invoice.set_off_with, write_off_set_off.set_off_with)), '') as set_off_with,
    invoice.discount_until,
    invoice.discount_amount,
    invoice.customer_type,
    invoice.contract_interest_percent,
    invoice.contract_interest_kind,
    invoice.contract_interest_compound,
    due.due_dates,
    due.due_amounts,
    paid.paid_dates,
    paid.paid_amounts,
    notices.notice_dates,
    notices.notice_received_dates,
    notices.notice_ends,
    dispute.document_id is not null as is_disputed,
    cast(converted(dispute.amount, dispute.rate) as decimal(38, 2)) as disputed_amount,
from with_agreed_interest('overdue_invoice', in_known_on) as invoice
inner join amounts_due_of('part_due') as due on due.document_id = invoice.document_id
left join customer_at(in_known_on) as customer on customer.customer_id = invoice.customer_id
left join invoice_written_off as written_off on written_off.document_id = invoice.document_id
left join write_off_set_off_total as write_off_set_off on write_off_set_off.document_id = invoice.document_id
left join payments_of('payment_on_invoice') as paid on paid.document_id = invoice.document_id
left join notices_of('overdue_invoice', in_as_of, in_known_on) as notices on notices.document_id = invoice.document_id
left join with_rate('amount_in_dispute', in_known_on, in_currency) as dispute
    on dispute.document_id = invoice.document_id;
