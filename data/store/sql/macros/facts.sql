-- One row per administration, currency, day and part of the receivables (a line of the tie-out),
-- summed from documents and payments without the item ledger, so that a tie-out compares two ways of adding. A payment
-- belongs to the administration of its document, where that is in the books.
create or replace macro fact_state(in_known_on) as table
with document as (
    select
        invoice.invoice_id,
        coalesce(invoice.entity, '') as entity,
        invoice.currency,
        invoice.invoice_type,
        invoice.invoice_date,
        -- greatest() skips a null: without the case every document would be cancelled.
        case
            when invoice.cancelled_date is not null then greatest(invoice.cancelled_date, invoice.invoice_date)
        end as cancelled_date,
        invoice.amount,
    from invoice_at(in_known_on) as invoice
),
crossing as materialized (
    select line.* from cross_settlement_at(in_known_on) as line
),
line_on_document as (
    select
        payment.invoice_id,
        payment.payment_id,
        payment.place,
        coalesce(payment.kind, 'payment') as kind,
        payment.waived,
        payment.payment_date,
        greatest(payment.payment_date, document.invoice_date) as applied_date,
        coalesce(crossing.settled_amount, payment.amount) as amount,
        document.entity,
        document.currency,
        document.invoice_type,
    from settlement_at(in_known_on) as payment
    inner join document on document.invoice_id = payment.invoice_id
    left join crossing
        on
            crossing.payment_id = payment.payment_id
            and crossing.invoice_id = payment.invoice_id
            and crossing.place = payment.place
    where document.currency = payment.currency or crossing.invoice_id is not null
),
line_on_invoice as (
    select line.* from line_on_document as line
    where line.invoice_type = 'invoice'
),
recovery as (
    select line.invoice_id, line.entity, line.currency, line.applied_date, taken.amount
    from recovery_of('line_on_invoice') as taken
    inner join line_on_invoice as line
        on
            line.invoice_id = taken.invoice_id
            and line.payment_id = taken.payment_id
            and line.place = taken.place
),
movement_on_document as (
    select line.invoice_id, line.applied_date, line.amount from line_on_document as line
    union all
    select recovery.invoice_id, recovery.applied_date, -recovery.amount as amount from recovery
)
select
    document.entity,
    document.currency,
    document.invoice_date as day,
    tie_out_line(document.invoice_type) as part,
    sum(document.amount) as amount,
from document
group by all
union all
select document.entity, document.currency, document.cancelled_date, tie_out_line('cancellation'), -sum(document.amount)
from document
where document.cancelled_date is not null
group by all
union all
select
    coalesce(document.entity, payment.entity, '') as entity,
    payment.currency,
    payment.payment_date,
    tie_out_line(coalesce(payment.kind, 'payment')),
    -sum(payment.amount),
from settlement_at(in_known_on) as payment
left join document on document.invoice_id = payment.invoice_id
group by all
union all
-- A payment in another currency leaves it for that of its document; the exchange difference and the money beyond what
-- the document was worth are in the reporting currency.
select document.entity, side.currency, crossing.applied_date, side.part, sum(side.amount)
from crossing
inner join document on document.invoice_id = crossing.invoice_id
cross join lateral (
    values
        (crossing.paid_currency, tie_out_line(crossing.kind), crossing.paid_amount),
        (crossing.document_currency, tie_out_line(crossing.kind), -crossing.settled_amount),
        (reporting_currency_at(in_known_on), 'exchange', crossing.exchange_amount),
        (reporting_currency_at(in_known_on), tie_out_line(crossing.kind), -crossing.exchange_amount)
) as side (currency, part, amount)
where side.amount <> 0
group by all
union all
select recovery.entity, recovery.currency, recovery.applied_date, tie_out_line('recovered'), sum(recovery.amount)
from recovery
group by all
union all
select document.entity, document.currency, listed.day, tie_out_line('listed'), -sum(listed.amount)
from listed_settlement_of('document', 'movement_on_document', in_known_on) as listed
inner join document on document.invoice_id = listed.invoice_id
group by all;

-- The same rows as known on a moment: kept for everything known now, summed anew for an earlier one.
create or replace macro fact_day_at(in_known_on) as table
select fact.* from fact_day as fact
where in_known_on is null
union all
select fact.* from fact_state(in_known_on) as fact
where in_known_on is not null;
