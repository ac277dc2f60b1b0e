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
        else
            term_due_date(
                last_term(
                    agreed_terms(
                        document.payment_terms, document.terms_days, customer.payment_terms, customer.payment_terms_days
                    )
                ),
                document.invoice_date
            )
    end as due_date,
    case
        when document.due_date is null and document.invoice_type = 'invoice'
            then coalesce(document.payment_terms, case when document.terms_days is null then customer.payment_terms end)
    end as terms,
    document.amount,
    document.cancelled_date,
    document.rate,
from with_rate('touched_document', null, null) as document
left join customer_at(null) as customer on customer.customer_id = document.customer_id;

-- One row per document and day it falls due (a part): the document as a whole, or its instalments: those of the file if
-- they add up to it, else those its terms name.
create or replace temp table part as
with filed_part as (
    select
        instal.invoice_id,
        instal.due_date,
        instal.part,
        instal.amount,
        sum(instal.amount) over (partition by instal.invoice_id) as total,
    from instalment_at(null) as instal
),
agreed_part as (
    select instal.invoice_id, instal.due_date, instal.part, instal.amount
    from filed_part as instal
    inner join doc as document on document.invoice_id = instal.invoice_id and document.amount = instal.total
),
any_part as (
    select agreed.* from agreed_part as agreed
    union all
    select instal.invoice_id, instal.due_date, instal.part, instal.amount
    from term_instalment('doc') as instal
    where instal.invoice_id not in (select agreed.invoice_id from agreed_part as agreed)
),
scheduled_part as (
    select
        instal.*,
        row_number() over (partition by instal.invoice_id order by instal.due_date, instal.part) as instalment,
        count(*) over (partition by instal.invoice_id) as instalments,
        count(*) over (partition by instal.invoice_id, instal.part) as namesakes,
    from any_part as instal
)
select
    document.* exclude (due_date, amount, terms),
    coalesce(schedule.instalment, 0) as instalment,
    coalesce(schedule.due_date, document.due_date) as due_date,
    coalesce(schedule.amount, document.amount) as amount,
    coalesce(schedule.instalments, 0) as instalments,
    sign(document.amount) as side,
    -- By which a payment names it; null where several of the document bear the name.
    case when schedule.namesakes = 1 then schedule.part end as part_name,
from doc as document
left join scheduled_part as schedule on schedule.invoice_id = document.invoice_id;

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
        payment.part,
        coalesce(document.entity, payment.entity, '') as entity,
        document.invoice_type,
        document.invoice_date,
        sign(document.amount) as side,
        -- A payment in another currency than its document lowers it by what it settles; without an amount or rates it
        -- stays on account.
        document.invoice_id is not null
        and (document.currency = payment.currency or crossing.invoice_id is not null) as is_applied,
        crossing.document_currency,
        crossing.settled_amount,
        crossing.exchange_amount,
        greatest(payment.payment_date, document.invoice_date) as applied_date,
        coalesce(customer.segment, '') as segment,
    from settlement_at(null) as payment
    left join doc as document on document.invoice_id = payment.invoice_id
    left join customer_at(null) as customer on customer.customer_id = payment.customer_id
    left join cross_settlement_at(null) as crossing
        on
            crossing.payment_id = payment.payment_id
            and crossing.invoice_id = payment.invoice_id
            and crossing.place = payment.place
    where
        payment.customer_id in (select touched.customer_id from touched)
        or document.customer_id in (select touched.customer_id from touched)
)
select
    payment.* exclude (
        rate_day, rate_date, part, side, currency, amount, document_currency, settled_amount
    ),
    -- On account it stands as it came, on its document as it settles that.
    payment.currency as paid_currency,
    payment.amount as paid_amount,
    coalesce(payment.document_currency, payment.currency) as currency,
    coalesce(payment.settled_amount, payment.amount) as amount,
    row_number() over () as line_id,
    -- The instalment it names; what came back, that of the payment of its number.
    coalesce(
        named.instalment,
        case
            when payment.amount * payment.side < 0
                then max(named.instalment) over (partition by payment.invoice_id, payment.payment_id)
        end
    ) as named_instalment,
    -- Paid back as agreed: it takes no payment away.
    coalesce(named.amount * payment.side < 0, false) as is_due_back,
from with_rate('touched_payment', null, null) as payment
left join part as named
    on named.invoice_id = payment.invoice_id and named.part_name = payment.part and named.instalments > 1;

-- And one per document of a touched customer and day on which what lists settle of it changes.
insert into line by name
with line_on_invoice as (
    select payment.*
    from line as payment
    where payment.is_applied and payment.invoice_type = 'invoice'
),
movement_on_document as (
    select payment.invoice_id, payment.applied_date, payment.amount
    from line as payment
    where payment.is_applied
    union all
    select payment.invoice_id, payment.applied_date, -recovery.amount as amount
    from recovery_of('line_on_invoice') as recovery
    inner join line_on_invoice as payment
        on
            payment.invoice_id = recovery.invoice_id
            and payment.payment_id = recovery.payment_id
            and payment.place = recovery.place
),
document_of_touched as (
    select document.*
    from doc as document
    where document.customer_id in (select touched.customer_id from touched)
),
last_line as (
    select coalesce(max(payment.line_id), 0) as line_id from line as payment
)
select
    concat_ws(' ', nullif(listed.list, ''), listed.list_date) as payment_id,
    0 as place,
    document.customer_id,
    document.invoice_id,
    listed.day as payment_date,
    'listed' as kind,
    document.entity,
    document.invoice_type,
    document.invoice_date,
    true as is_applied,
    listed.day as applied_date,
    document.segment,
    document.currency as paid_currency,
    listed.amount as paid_amount,
    document.currency,
    listed.amount,
    last_line.line_id + row_number() over () as line_id,
    false as is_due_back,
from listed_settlement_of('document_of_touched', 'movement_on_document', null) as listed
inner join document_of_touched as document on document.invoice_id = listed.invoice_id
cross join last_line;
