-- From documents and settlements to the rows of native files, after settlements.sql: `native_customers`, `native_invoices`,
-- `native_instalments`, `native_payments`, `native_disputes`, `native_ledger_balances`, each with the columns of its file.
-- The table `setting` has one row: `prefix`, put before every id where the store holds books of another Odoo too.

-- An amount as files write it: two decimals, and all there are where there are more, so that such a row is refused.
create or replace temp macro amount_text(in_amount) as
    case
        when in_amount = round(in_amount, 2) then cast(cast(in_amount as decimal(38, 2)) as varchar)
        else rtrim(cast(in_amount as varchar), '0')
    end;

create or replace temp macro customer_number(in_partner_id) as
    case when in_partner_id = 0 then 'no-partner' else cast(in_partner_id as varchar) end;

-- One row per partner, and one for entries without: the table `customer_text`, with texts as files take them.
create or replace temp table native_customers as
select
    customer.customer_id,
    coalesce(clean(customer.customer_name), customer.customer_id) as customer_name,
    clean(customer.country) as country,
    customer.payment_terms_days,
    customer.credit_limit,
    customer.payment_terms,
    customer.customer_type,
    clean(customer.email) as email,
    clean(customer.phone) as phone,
    clean(customer.street) as street,
    clean(customer.postcode) as postcode,
    clean(customer.city) as city,
    clean(customer.language) as language,
    customer.parent_id,
from customer_text as customer;

-- One row per document.
create or replace temp table native_invoices as
with original_document as (
    select document.move_id, min(document.invoice_id) as invoice_id
    from document
    group by document.move_id
    having count(*) = 1
)
select
    setting.prefix || document.invoice_id as invoice_id,
    setting.prefix || customer_number(document.partner_id) as customer_id,
    case when document.amount > 0 then 'invoice' else 'credit_note' end as invoice_type,
    document.date as invoice_date,
    document.due_date,
    company.currency,
    amount_text(document.amount) as amount,
    case
        when document.vat_amount * sign(document.amount) between 0 and abs(document.amount)
            then amount_text(document.vat_amount)
    end as vat_amount,
    document.po_number,
    company.entity,
    case when document.amount < 0 then setting.prefix || original.invoice_id end as original_invoice_id,
    cast(null as date) as cancelled_date,
from document
inner join company on company.company_id = document.company_id
left join original_document as original on original.move_id = document.reversed_move_id
cross join setting;

-- One row per instalment of a document that has several.
create or replace temp table native_instalments as
select
    setting.prefix || document.invoice_id as invoice_id,
    entry.due_date,
    amount_text(entry.balance) as amount,
    cast(entry.line_id as varchar) as part,
from document
inner join document_entry as entry on entry.document_no = document.document_no
cross join setting
where document.entries > 1;

-- One row per settlement: what one payment is on one part of one document, or on account.
create or replace temp table native_payments as
with settlement_of_part as (
    select
        settlement.payment_id,
        settlement.partner_id,
        settlement.company_id,
        settlement.date,
        settlement.kind,
        document.invoice_id,
        document.date as document_date,
        case when document.entries > 1 then cast(settlement.document_line_id as varchar) end as part,
        sum(settlement.amount) as amount,
    from settlement
    left join document on document.document_no = settlement.document_no
    where settlement.amount <> 0
    group by
        settlement.payment_id, settlement.partner_id, settlement.company_id, settlement.date, settlement.kind,
        document.invoice_id, document.date, document.entries, part, sign(settlement.amount)
),
-- Money that Odoo counts on a document after its write-off was settled besides it: it takes no write-off back, so the
-- write-off was a release. Without later money the file says nothing of that.
settlement_with_last_money as (
    select
        settlement.*,
        greatest(settlement.date, settlement.document_date) as applied_date,
        max(greatest(settlement.date, settlement.document_date)) filter (settlement.kind = 'payment') over (
            partition by settlement.invoice_id
        ) as last_money,
    from settlement_of_part as settlement
)
select
    setting.prefix || settlement.payment_id as payment_id,
    setting.prefix || customer_number(settlement.partner_id) as customer_id,
    setting.prefix || settlement.invoice_id as invoice_id,
    settlement.date as payment_date,
    company.currency,
    amount_text(settlement.amount) as amount,
    settlement.kind,
    company.entity,
    settlement.part,
    case
        when
            settlement.kind = 'write_off'
            and settlement.invoice_id is not null
            and settlement.last_money >= settlement.applied_date
            then 'yes'
    end as waived,
from settlement_with_last_money as settlement
inner join company on company.company_id = settlement.company_id
cross join setting
where settlement.amount <> 0;

-- One row per invoice with something open that Odoo marks as blocked: what is open of it now, and the day it was written.
create or replace temp table native_disputes as
with taken_off as (
    select part.debit_line_id as line_id, sum(part.amount) as amount from reconciliation as part group by all
    union all
    select part.credit_line_id, -sum(part.amount) from reconciliation as part group by all
),
open_entry as (
    select entry.document_no, entry.line_id, entry.write_day, entry.balance - coalesce(sum(taken_off.amount), 0) as amount
    from document_entry as entry
    left join taken_off on taken_off.line_id = entry.line_id
    where entry.is_blocked
    group by entry.document_no, entry.line_id, entry.write_day, entry.balance
)
select
    setting.prefix || document.invoice_id as invoice_id,
    max(greatest(document.date, coalesce(entry.write_day, document.date))) as opened_date,
    amount_text(sum(entry.amount)) as amount,
from open_entry as entry
inner join document on document.document_no = entry.document_no
cross join setting
where document.amount > 0
group by setting.prefix, document.invoice_id
having sum(entry.amount) > 0;

-- What the server's own totals come to per administration, at month ends and on the last day: what `check` compares the
-- receivables with. A day for which a balance was loaded before has one too, so that it stays right.
create or replace temp table native_ledger_balances as
with change as (
    select
        company.entity,
        company.currency,
        cast(total.day as date) as day,
        exact(total.amount) as amount,
    from total_text as total
    inner join company on company.company_id = cast(total.company_id as bigint)
),
span as (
    select change.entity, change.currency, min(change.day) as first_day, max(change.day) as last_day
    from change
    group by change.entity, change.currency
),
month_end as (
    select
        span.entity,
        span.currency,
        last_day(cast(unnest(generate_series(date_trunc('month', span.first_day), span.last_day, interval 1 month)) as date))
            as balance_date,
        span.last_day,
    from span
),
wanted_day as (
    select span.entity, span.currency, span.last_day as balance_date from span
    union
    select month_end.entity, month_end.currency, month_end.balance_date
    from month_end
    where month_end.balance_date < month_end.last_day
    union
    select span.entity, span.currency, stored.balance_date
    from stored_ledger_balances as stored
    inner join span on span.entity = stored.entity and span.currency = stored.currency
    where stored.is_own
)
select
    wanted.balance_date,
    wanted.entity,
    wanted.currency,
    amount_text(coalesce(sum(change.amount), 0)) as balance,
from wanted_day as wanted
left join change
    on
        change.entity = wanted.entity
        and change.currency = wanted.currency
        and change.day <= wanted.balance_date
group by wanted.balance_date, wanted.entity, wanted.currency;
