-- The documents and payment lines of the touched customers, whose customer_id the temporary table `touched` holds.
-- `line_change` is made from them (data/store/bounces.py), and then the item rows (derive.sql).

-- One row per document of a touched customer, or paid by one.
create or replace temp table doc as
with touched_document as (
    select invoice.*, invoice.invoice_date as rate_day
    from invoice_at(null) as invoice
    where
        invoice.customer_id in (select touched.customer_id from touched)
        or invoice.invoice_id in (
            select payment.invoice_id
            from settlement_at(null) as payment
            where payment.customer_id in (select touched.customer_id from touched)
        )
)
select
    document.invoice_id,
    document.customer_id,
    document.invoice_type,
    coalesce(customer.segment, '') as segment,
    coalesce(document.entity, '') as entity,
    document.currency,
    document.invoice_date,
    case
        when document.due_date is not null then document.due_date
        when document.invoice_type = 'credit_note' then document.invoice_date
        else document.invoice_date + cast(coalesce(document.terms_days, customer.payment_terms_days, 30) as integer)
    end as due_date,
    document.amount,
    document.cancelled_date,
    document.rate,
from with_rate('touched_document', null, null) as document
left join customer_at(null) as customer on customer.customer_id = document.customer_id;

-- One row per document and day it falls due (a part): the document as a whole, or its instalments if they add up to it.
create or replace temp table part as
with scheduled_part as (
    select
        instal.invoice_id,
        instal.due_date,
        instal.amount,
        row_number() over (partition by instal.invoice_id order by instal.due_date, instal.part) as instalment,
        count(*) over (partition by instal.invoice_id) as instalments,
        sum(instal.amount) over (partition by instal.invoice_id order by instal.due_date, instal.part) - instal.amount
            as amount_before,
        sum(instal.amount) over (partition by instal.invoice_id) as total,
        min(instal.amount * sign(document.amount)) over (partition by instal.invoice_id) as least_part,
    from instalment_at(null) as instal
    inner join doc as document on document.invoice_id = instal.invoice_id
)
select
    document.* exclude (due_date, amount),
    coalesce(schedule.instalment, 0) as instalment,
    coalesce(schedule.due_date, document.due_date) as due_date,
    coalesce(schedule.amount, document.amount) as amount,
    coalesce(schedule.instalments, 0) as instalments,
    -- This part takes the cents from first_cent to last_cent of all that is paid; null means no end, for least() and
    -- greatest() skip it.
    case when schedule.instalment > 1 then abs(schedule.amount_before) end as first_cent,
    case
        when schedule.instalment < schedule.instalments then abs(schedule.amount_before + schedule.amount)
    end as last_cent,
from doc as document
left join scheduled_part as schedule
    on
        schedule.invoice_id = document.invoice_id
        and schedule.total = document.amount
        and schedule.least_part > 0;

-- One row per payment line of a touched customer, or on a document of one.
create or replace temp table line as
with touched_payment as (
    select
        payment.payment_id,
        payment.place,
        payment.customer_id,
        payment.invoice_id,
        payment.payment_date,
        payment.payment_date as rate_day,
        payment.currency,
        payment.amount,
        coalesce(payment.kind, 'payment') as kind,
        payment.waived,
        coalesce(document.entity, payment.entity, '') as entity,
        document.invoice_type,
        document.invoice_date,
        -- A payment in another currency than its document cannot lower it: it stays on account.
        document.invoice_id is not null and document.currency = payment.currency as is_applied,
        greatest(payment.payment_date, document.invoice_date) as applied_date,
        coalesce(customer.segment, '') as segment,
    from settlement_at(null) as payment
    left join doc as document on document.invoice_id = payment.invoice_id
    left join customer_at(null) as customer on customer.customer_id = payment.customer_id
    where
        payment.customer_id in (select touched.customer_id from touched)
        or document.customer_id in (select touched.customer_id from touched)
)
select payment.* exclude (rate_day, rate_date), row_number() over () as line_id
from with_rate('touched_payment', null, null) as payment;
