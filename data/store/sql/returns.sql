-- From the rows of documents per course of their payments to what bounces and refunds change about the items. The
-- parameter `base` is the reporting currency. Run as one script on the writer's connection, after derive.sql.

-- One row per part, event on it and day money came back: by how much the event is less from that day on.
create or replace temp table wanted_change as
with changed_row as (
    select course.from_date, course.is_bounce, entry.*
    from course
    inner join document_row as entry on entry.invoice_id = course.invoice_id and entry.course = course.course
    where course.course > 0
    union all
    select course.from_date, course.is_bounce, entry.* replace (-entry.amount as amount, -entry.base_amount as base_amount)
    from course
    inner join document_row as entry on entry.invoice_id = course.invoice_id and entry.course = course.course - 1
    where course.course > 0
)
select
    entry.invoice_id as document_id,
    entry.invoice_type,
    entry.kind,
    entry.payment_id,
    cast(entry.instalment as smallint) as instalment,
    entry.customer_id,
    entry.segment,
    entry.entity,
    entry.currency,
    entry.invoice_date,
    entry.due_date,
    entry.event_date,
    entry.post_date,
    entry.from_date,
    cast(sum(entry.amount) as decimal(18, 2)) as amount,
    cast(sum(entry.base_amount) as decimal(18, 2)) as base_amount,
from changed_row as entry
where is_settlement(entry.kind) and entry.customer_id in (select touched.customer_id from touched)
group by all
having sum(entry.amount) <> 0 or sum(entry.base_amount) <> 0;

-- One row per payment line that opened an invoice again.
create or replace temp table wanted_bounce as
with bounced_line as (
    select
        document.invoice_id as document_id,
        payment.payment_id,
        document.customer_id,
        document.segment,
        document.entity,
        document.currency,
        document.invoice_date,
        document.rate,
        change.from_date as bounce_date,
        change.by_line_id,
        cast(-sum(change.amount) as decimal(18, 2)) as amount,
    from line_change as change
    inner join line as payment on payment.line_id = change.by_line_id
    inner join doc as document on document.invoice_id = change.invoice_id
    where change.is_bounce and change.line_id <> change.by_line_id
    group by all
)
select
    bounce.* exclude (rate, by_line_id),
    case
        when bounce.currency = $base then bounce.amount
        else cast(converted(bounce.amount, bounce.rate) as decimal(18, 2))
    end as base_amount,
from bounced_line as bounce
where bounce.customer_id in (select touched.customer_id from touched);
