-- From the rows of native files and those of the store to what differs, after native.sql. The tables `stored_...` hold the
-- valid rows of the store, `own_...` the keys that came from this database before. Only what differs is loaded: a later
-- file replaces a payment's rows on a document, and a document's instalments, as a whole.

create or replace temp macro is_same(in_one, in_other) as
    in_one is not distinct from in_other;

-- Documents that are new or changed; and those that came from here and are no longer there: out of the books from their
-- own date on, as Odoo's books have them on no day.
create or replace temp table changed_invoices as
with typed_invoice as (
    select native.*, exact(native.amount) as value, exact(native.vat_amount) as vat
    from native_invoices as native
)
select native.* exclude (value, vat), false as is_gone
from typed_invoice as native
left join stored_invoices as stored on stored.invoice_id = native.invoice_id
where
    stored.invoice_id is null
    or stored.cancelled_date is not null
    or stored.customer_id <> native.customer_id
    or stored.invoice_type <> native.invoice_type
    or stored.invoice_date <> native.invoice_date
    or not is_same(stored.due_date, native.due_date)
    or not is_same(stored.currency, native.currency)
    or not is_same(cast(stored.amount as decimal(38, 10)), native.value)
    or not is_same(cast(stored.vat_amount as decimal(38, 10)), native.vat)
    or not is_same(stored.po_number, native.po_number)
    or not is_same(stored.entity, native.entity)
    or not is_same(stored.original_invoice_id, native.original_invoice_id)
union all
select
    stored.invoice_id,
    stored.customer_id,
    stored.invoice_type,
    stored.invoice_date,
    stored.due_date,
    stored.currency,
    cast(stored.amount as varchar),
    cast(stored.vat_amount as varchar),
    stored.po_number,
    stored.entity,
    stored.original_invoice_id,
    stored.invoice_date,
    true,
from stored_invoices as stored
where
    stored.invoice_id in (select own.invoice_id from own_invoices as own)
    and stored.invoice_id not in (select native.invoice_id from native_invoices as native)
    and not coalesce(stored.cancelled_date <= stored.invoice_date, false);

-- Instalments of documents where any differs. A document that has none any more has one, of all of it.
create or replace temp table changed_instalments as
with typed_part as (
    select
        native.invoice_id,
        native.due_date,
        native.part,
        native.amount,
        exact(native.amount) as value,
    from native_instalments as native
    union all
    select document.invoice_id, document.due_date, 'all', document.amount, exact(document.amount)
    from native_invoices as document
    where
        document.invoice_id in (select own.invoice_id from own_instalments as own)
        and document.invoice_id not in (select native.invoice_id from native_instalments as native)
),
different_part as (
    select invoice_id from (
        select part.invoice_id, part.due_date, part.part, part.value from typed_part as part
        except all
        select stored.invoice_id, stored.due_date, stored.part, cast(stored.amount as decimal(38, 10))
        from stored_instalments as stored
    )
    union
    select invoice_id from (
        select stored.invoice_id, stored.due_date, stored.part, cast(stored.amount as decimal(38, 10))
        from stored_instalments as stored
        where stored.invoice_id in (select part.invoice_id from typed_part as part)
        except all
        select part.invoice_id, part.due_date, part.part, part.value from typed_part as part
    )
)
select part.invoice_id, part.due_date, part.amount, part.part
from typed_part as part
where part.invoice_id in (select different.invoice_id from different_part as different);

-- Payments on a document, or on account, of which any row differs; and those that are no longer there: 0.00.
create or replace temp table changed_payments as
with typed_payment as (
    select
        native.payment_id, native.customer_id, native.invoice_id, native.payment_date, native.currency,
        exact(native.amount) as value, native.kind, native.entity, native.part, native.waived,
    from native_payments as native
),
stored_payment as (
    select
        stored.payment_id, stored.customer_id, stored.invoice_id, stored.payment_date, stored.currency,
        cast(stored.amount as decimal(38, 10)) as value, coalesce(stored.kind, 'payment') as kind, stored.entity,
        stored.part, stored.waived,
    from stored_payments as stored
),
different_payment as (
    select payment_id, coalesce(invoice_id, '') as invoice_id
    from (select * from typed_payment except all select * from stored_payment)
    union
    select payment_id, coalesce(invoice_id, '')
    from (select * from stored_payment except all select * from typed_payment)
),
native_set as (
    select distinct native.payment_id, coalesce(native.invoice_id, '') as invoice_id from native_payments as native
)
select native.*, false as is_gone
from native_payments as native
inner join different_payment as different
    on different.payment_id = native.payment_id and different.invoice_id = coalesce(native.invoice_id, '')
union all
select
    stored.payment_id,
    min(stored.customer_id),
    stored.invoice_id,
    min(stored.payment_date),
    min(stored.currency),
    '0.00',
    'payment',
    min(stored.entity),
    null,
    null,
    true,
from stored_payments as stored
inner join own_payments as own
    on own.payment_id = stored.payment_id and own.invoice_id = coalesce(stored.invoice_id, '')
anti join native_set as native
    on native.payment_id = stored.payment_id and native.invoice_id = coalesce(stored.invoice_id, '')
group by stored.payment_id, stored.invoice_id;

-- Customers that are named by documents or settlements, and the partners above them. What Odoo says nothing of keeps the
-- value that other files gave it; a value that came from here goes when Odoo has it no more.
create or replace temp table changed_customers as
with named_customer as (
    select native.customer_id from native_invoices as native
    union
    select native.customer_id from native_payments as native
),
wanted_customer as (
    select native.*
    from native_customers as native
    where
        native.customer_id in (select named.customer_id from named_customer as named)
        or native.customer_id in (
            select child.parent_id
            from native_customers as child
            where child.customer_id in (select named.customer_id from named_customer as named)
        )
),
completed_customer as (
    select
        wanted.customer_id,
        wanted.customer_name,
        stored.segment,
        case when stored.is_own then wanted.country else coalesce(wanted.country, stored.country) end as country,
        case
            when stored.is_own or wanted.payment_terms is not null then wanted.payment_terms_days
            else cast(stored.payment_terms_days as varchar)
        end as payment_terms_days,
        case
            when stored.is_own then wanted.credit_limit
            else coalesce(wanted.credit_limit, cast(stored.credit_limit as varchar))
        end as credit_limit,
        case when stored.is_own then wanted.payment_terms else coalesce(wanted.payment_terms, stored.payment_terms) end
            as payment_terms,
        wanted.customer_type,
        case when stored.is_own then wanted.email else coalesce(wanted.email, stored.email) end as email,
        case when stored.is_own then wanted.phone else coalesce(wanted.phone, stored.phone) end as phone,
        case when stored.is_own then wanted.street else coalesce(wanted.street, stored.street) end as street,
        case when stored.is_own then wanted.postcode else coalesce(wanted.postcode, stored.postcode) end as postcode,
        case when stored.is_own then wanted.city else coalesce(wanted.city, stored.city) end as city,
        case when stored.is_own then wanted.language else coalesce(wanted.language, stored.language) end as language,
        wanted.parent_id,
    from wanted_customer as wanted
    left join stored_customers as stored on stored.customer_id = wanted.customer_id
)
select completed.*
from completed_customer as completed
left join stored_customers as stored on stored.customer_id = completed.customer_id
where
    stored.customer_id is null
    or not is_same(stored.customer_name, completed.customer_name)
    or not is_same(stored.country, completed.country)
    or not is_same(cast(stored.payment_terms_days as varchar), completed.payment_terms_days)
    or not is_same(
        cast(stored.credit_limit as decimal(38, 10)), exact(completed.credit_limit)
    )
    or not is_same(stored.payment_terms, completed.payment_terms)
    or not is_same(stored.customer_type, completed.customer_type)
    or not is_same(stored.email, completed.email)
    or not is_same(stored.phone, completed.phone)
    or not is_same(stored.street, completed.street)
    or not is_same(stored.postcode, completed.postcode)
    or not is_same(stored.city, completed.city)
    or not is_same(stored.language, completed.language)
    or not is_same(stored.parent_id, completed.parent_id);

-- Blocked invoices without an open dispute get one; one from here keeps its day, follows the amount, and is closed when
-- the invoice is blocked no more. The table `setting` has `today`.
create or replace temp table changed_disputes as
with open_dispute as (
    select stored.* from stored_disputes as stored where stored.closed_date is null
),
last_closed as (
    select stored.invoice_id, max(stored.closed_date) as closed_date
    from stored_disputes as stored
    where stored.closed_date is not null
    group by stored.invoice_id
)
select
    native.invoice_id,
    coalesce(
        own.opened_date,
        case
            when least(native.opened_date, setting.today) <= earlier.closed_date then setting.today
            else least(native.opened_date, setting.today)
        end
    ) as opened_date,
    cast(null as date) as closed_date,
    coalesce(own.reason, setting.blocked) as reason,
    native.amount,
from native_disputes as native
cross join setting
left join open_dispute as own on own.invoice_id = native.invoice_id and own.is_own
left join last_closed as earlier on earlier.invoice_id = native.invoice_id
where
    native.invoice_id not in (
        select other.invoice_id from open_dispute as other where not other.is_own
    )
    and not is_same(cast(own.amount as decimal(38, 10)), exact(native.amount))
union all
select own.invoice_id, own.opened_date, greatest(setting.today, own.opened_date), own.reason, cast(own.amount as varchar)
from open_dispute as own
cross join setting
where own.is_own and own.invoice_id not in (select native.invoice_id from native_disputes as native);

-- What Odoo's ledger says at month ends and on the last day; a balance it says no more is 0.00.
create or replace temp table changed_ledger_balances as
select native.balance_date, native.entity, native.currency, native.balance
from native_ledger_balances as native
left join stored_ledger_balances as stored
    on
        stored.balance_date = native.balance_date
        and stored.entity = native.entity
        and stored.currency = native.currency
where not is_same(cast(stored.balance as decimal(38, 10)), exact(native.balance))
union all
select stored.balance_date, stored.entity, stored.currency, '0.00'
from stored_ledger_balances as stored
anti join native_ledger_balances as native
    on
        stored.balance_date = native.balance_date
        and stored.entity = native.entity
        and stored.currency = native.currency
where stored.is_own and stored.balance <> 0;
