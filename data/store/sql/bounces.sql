-- One row per payment line, write-off taken back and cancellation on an invoice on which money was paid back, in the
-- order in which they count: on one day payments come before what came back.
with returned_invoice as (
    select distinct payment.invoice_id
    from line as payment
    where
        payment.is_applied
        and payment.invoice_type = 'invoice'
        and payment.amount < 0
        and is_receipt(payment.kind)
        and not payment.is_due_back
),
line_on_invoice as (
    select payment.*
    from line as payment
    inner join returned_invoice as returned on returned.invoice_id = payment.invoice_id
    where payment.is_applied
),
event as (
    select
        payment.line_id,
        payment.invoice_id,
        payment.payment_id,
        payment.kind,
        is_receipt(payment.kind) and not payment.is_due_back as is_money,
        payment.applied_date as day,
        payment.payment_date as paper_day,
        -- What lists settle depends on all that was posted by the end of the day.
        case when is_listed(payment.kind) then 2 else 1 end as step,
        payment.place,
        payment.amount < 0 as is_back,
        payment.amount,
    from line_on_invoice as payment
    union all
    -- Right after its payment: the write-off that the payment took back, or gives back.
    select
        0 as line_id,
        payment.invoice_id,
        payment.payment_id,
        'recovered' as kind,
        false as is_money,
        payment.applied_date as day,
        payment.payment_date as paper_day,
        1 as step,
        payment.place,
        payment.amount < 0 as is_back,
        -recovery.amount as amount,
    from recovery_of('line_on_invoice') as recovery
    inner join line_on_invoice as payment
        on
            payment.invoice_id = recovery.invoice_id
            and payment.payment_id = recovery.payment_id
            and payment.place = recovery.place
    union all
    select
        0 as line_id,
        document.invoice_id,
        null as payment_id,
        'cancellation' as kind,
        false as is_money,
        greatest(document.cancelled_date, document.invoice_date) as day,
        document.cancelled_date as paper_day,
        0 as step,
        0 as place,
        false as is_back,
        document.amount,
    from doc as document
    where document.cancelled_date is not null
)
select
    event.line_id,
    event.invoice_id,
    event.payment_id,
    event.kind,
    event.is_money,
    event.day,
    cast(event.amount * 100 as bigint) as cents,
    cast(document.amount * 100 as bigint) as document_cents,
from event
inner join returned_invoice as returned on returned.invoice_id = event.invoice_id
inner join doc as document on document.invoice_id = event.invoice_id
order by
    event.invoice_id, event.day, event.step, event.paper_day, event.is_back, event.payment_id, event.place,
    event.kind = 'recovered';
