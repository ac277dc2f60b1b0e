-- From the facts of the touched customers to their item rows. The parameter `base` is the reporting currency.
-- Run as one script on the writer's connection, once the temporary table `touched` holds their customer_id.

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
select payment.* exclude (rate_day, rate_date)
from with_rate('touched_payment', null, null) as payment;

-- One row per part and event on it: the document itself, its cancellation, each payment applied to it.
create or replace temp table document_row as
with line_on_invoice as (
    select payment.*
    from line as payment
    where payment.is_applied and payment.invoice_type = 'invoice'
),
applied_line as (
    select payment.* from line as payment where payment.is_applied
    union all
    select
        payment.* replace (
            'recovered' as kind,
            payment.applied_date as payment_date,
            -recovery.amount as amount
        ),
    from recovery_of('line_on_invoice') as recovery
    inner join line as payment
        on
            payment.invoice_id = recovery.invoice_id
            and payment.payment_id = recovery.payment_id
            and payment.place = recovery.place
),
applied_payment as (
    select
        payment.*,
        sum(payment.amount) over (
            partition by payment.invoice_id
            order by
                payment.applied_date, payment.payment_date, payment.payment_id, payment.place, payment.kind = 'recovered'
            rows between unbounded preceding and current row
        ) as paid,
    from applied_line as payment
),
settlement_of_part as (
    select
        part.* exclude (amount),
        payment.payment_id,
        payment.kind,
        payment.payment_date,
        payment.applied_date,
        -- The earliest instalment is paid first; an overpayment stays with the last one, a refund beyond it with the
        -- first.
        case
            when part.instalments <= 1 then payment.amount
            else
                sign(part.amount) * (
                    least(part.last_cent, greatest(part.first_cent, sign(part.amount) * payment.paid))
                    - least(
                        part.last_cent,
                        greatest(part.first_cent, sign(part.amount) * (payment.paid - payment.amount))
                    )
                )
        end as settled_amount,
    from applied_payment as payment
    inner join part on part.invoice_id = payment.invoice_id
),
document_event as (
    select
        part.* exclude (amount, instalments, cancelled_date, first_cent, last_cent),
        part.invoice_type as kind,
        cast(null as varchar) as payment_id,
        part.invoice_date as event_date,
        part.invoice_date as post_date,
        part.amount,
        0 as step,
    from part
    union all
    select
        part.* exclude (amount, instalments, cancelled_date, first_cent, last_cent),
        'cancellation' as kind,
        null as payment_id,
        part.cancelled_date as event_date,
        greatest(part.cancelled_date, part.invoice_date) as post_date,
        -part.amount as amount,
        1 as step,
    from part
    where part.cancelled_date is not null
    union all
    select
        payment.* exclude (
            instalments, cancelled_date, first_cent, last_cent,
            payment_id, kind, payment_date, applied_date, settled_amount
        ),
        payment.kind,
        payment.payment_id,
        payment.payment_date as event_date,
        payment.applied_date as post_date,
        -cast(payment.settled_amount as decimal(18, 2)) as amount,
        2 as step,
    from settlement_of_part as payment
    where payment.settled_amount <> 0 or payment.instalments <= 1
),
balance_after_event as (
    select
        event.*,
        cast(sum(event.amount) over (
            partition by event.invoice_id, event.instalment
            order by event.post_date, event.step, event.event_date, event.payment_id, event.kind, event.amount
            rows between unbounded preceding and current row
        ) as decimal(18, 2)) as open_amount,
    from document_event as event
)
select
    event.* exclude (rate, open_amount, step),
    -- What is open is converted as a whole, so that a document paid in full is zero in every currency.
    case
        when event.currency = $base then event.amount
        else cast(
            converted(event.open_amount, event.rate) - converted(event.open_amount - event.amount, event.rate)
            as decimal(18, 2)
        )
    end as base_amount,
from balance_after_event as event;

-- One row per payment line and day it moves money on account: onto it, and off it again when its invoice is there.
create or replace temp table on_account_row as
select
    payment.*,
    payment.payment_date as post_date,
    -payment.amount as account_amount,
from line as payment
where not payment.is_applied or payment.payment_date < payment.invoice_date
union all
select
    payment.*,
    payment.applied_date as post_date,
    payment.amount as account_amount,
from line as payment
where payment.is_applied and payment.payment_date < payment.invoice_date;

-- One row per item row that the touched customers should have.
create or replace temp table wanted as
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
    cast(entry.amount as decimal(18, 2)) as amount,
    entry.base_amount,
from document_row as entry
where entry.customer_id in (select touched.customer_id from touched)
union all
select
    entry.invoice_id as document_id,
    entry.invoice_type,
    entry.kind,
    entry.payment_id,
    0 as instalment,
    entry.customer_id,
    entry.segment,
    entry.entity,
    entry.currency,
    entry.invoice_date,
    null as due_date,
    entry.payment_date as event_date,
    entry.post_date,
    entry.account_amount as amount,
    case
        when entry.currency = $base then entry.account_amount
        else converted(entry.account_amount, entry.rate)
    end as base_amount,
from on_account_row as entry
where entry.customer_id in (select touched.customer_id from touched);
